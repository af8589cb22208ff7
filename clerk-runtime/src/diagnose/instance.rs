//! The findings that Clerk has to be asked about.

use std::collections::BTreeSet;

use clerk_client::resources::JsonWebKeySet;
use clerk_client::transport::{TransportError, UnreachableCause};
use clerk_client::{CallOptions, Client, Error};
use http::Method;
use serde_json::Value;
use url::Url;

use super::declared::{DeclaredKeys, compare};
use super::diagnosis::{Check, Finding};
use crate::authenticate::Authenticator;
use crate::clock::Clock;
use crate::config::{Config, Origin};
use crate::excerpt::excerpt_of_list;
use crate::key::InstanceType;
use crate::verify::{KeySource, PublishedKeys};

/// Asks Clerk what the configuration has to fit.
pub(super) async fn findings(authenticator: &Authenticator, declared: &DeclaredKeys) -> Vec<Finding> {
    let Authenticator {
        config,
        verifier,
        backend,
        ..
    } = authenticator;
    let client = &backend.client;
    let mut findings = Vec::new();
    let started = verifier.clock.monotonic();
    let answer = client
        .jwks()
        .get_jwks()
        .with(CallOptions::new().retries(0))
        .response()
        .await;
    let answer = answer.and_then(|response| Ok((response.date(), response.json::<JsonWebKeySet>()?)));
    let duration = verifier.clock.monotonic().saturating_sub(started);
    let keys = match answer {
        Ok((date, set)) => {
            let milliseconds = duration.as_millis();
            findings.push(Finding::good(
                Check::Reachability,
                format!("{} answered in {milliseconds} ms", client.host()),
            ));
            findings.push(Finding::good(Check::SecretKey, "Clerk accepts CLERK_SECRET_KEY"));
            findings.extend(date.map(|date| clock(&*verifier.clock, date, duration.as_secs())));
            let keys = PublishedKeys::from_keys(&set.keys);
            if !keys.has_usable_key() {
                findings.push(Finding::problem(
                    Check::Reachability,
                    format!("{} answered without a key that can check tokens, so every token is refused", client.host()),
                    "see whether CLERK_API_URL is Clerk's Backend API, and whether something between answers in its place",
                ));
            }
            Some(keys)
        }
        Err(error) => {
            findings.push(unreachable(client, &error));
            None
        }
    };
    let frontend_keys = frontend_keys(client, config).await;
    let domains = match &keys {
        Some(_) => domains(client).await,
        None => None,
    };
    findings.push(one_instance(
        config,
        domains.as_deref(),
        keys.as_ref(),
        frontend_keys.as_ref(),
    ));
    findings.extend(parties_beside(config, domains.as_deref().unwrap_or_default()));
    if let KeySource::JwtKey(key) = &verifier.keys {
        let published = keys.as_ref().or(frontend_keys.as_ref());
        findings.push(match published.map(|published| published.has(key.verifying_key())) {
            Some(true) => Finding::good(Check::JwtKey, "CLERK_JWT_KEY is one of the instance's keys"),
            Some(false) => Finding::problem(
                Check::JwtKey,
                "CLERK_JWT_KEY is none of the instance's keys, so every token is refused",
                "copy the JWKS public key (PEM) from the API keys page of the Clerk dashboard, or leave CLERK_JWT_KEY away: the keys are then fetched",
            ),
            None => Finding::unknown(Check::JwtKey, "the instance's keys cannot be had to compare CLERK_JWT_KEY with"),
        });
    }
    if keys.is_some() {
        findings.extend(keys_of_the_dashboard(client, Check::Roles, &declared.roles).await);
        findings.extend(keys_of_the_dashboard(client, Check::Permissions, &declared.permissions).await);
    }
    findings
}

fn clock(clock: &dyn Clock, date: i64, seconds: u64) -> Finding {
    /// Clerk's default tolerance, in seconds.
    const TOLERATED: i64 = 5;
    let now = clock.unix_millis().div_euclid(1000);
    let latest = i64::try_from(seconds).unwrap_or(i64::MAX).saturating_add(1);
    let ahead = now.saturating_sub(date);
    match ahead {
        -1.. if ahead <= latest.max(TOLERATED) => {
            Finding::good(Check::Clock, "this machine's clock agrees with Clerk's")
        }
        _ if ahead.abs() <= TOLERATED => Finding::good(
            Check::Clock,
            format!(
                "this machine's clock differs from Clerk's by {} s, which is tolerated",
                ahead.abs()
            ),
        ),
        _ => {
            let (relation, effect) = match ahead {
                1.. => ("ahead of", "tokens seem to have expired"),
                _ => ("behind", "new tokens seem to be from the future"),
            };
            Finding::problem(
                Check::Clock,
                format!(
                    "this machine's clock is {} s {relation} Clerk's: {effect}",
                    ahead.unsigned_abs()
                ),
                "set the clock of this machine, for example with NTP",
            )
        }
    }
}

/// Tells why the key set cannot be had.
fn unreachable(client: &Client, error: &Error) -> Finding {
    let host = client.host();
    match error {
        Error::NoSecretKey => Finding::unknown(
            Check::SecretKey,
            "there is no secret key: only what CLERK_JWT_KEY verifies is accepted, and nothing can be asked",
        ),
        Error::Transport(error) => {
            let fix = match error.unreachable_cause() {
                Some(UnreachableCause::Dns) => {
                    "see that this machine resolves the name: its DNS server, the network of its container, a wrong CLERK_API_URL"
                }
                Some(UnreachableCause::Refused | UnreachableCause::NoRoute | UnreachableCause::Timeout) => {
                    "let this machine make outgoing connections to the host: a firewall, a container without network, or a wrong CLERK_API_URL"
                }
                Some(UnreachableCause::Tls) => {
                    "see what stands between: a proxy that opens TLS needs its certificate authority in SSL_CERT_FILE; CLERK_API_URL has to be an `https` address that speaks TLS"
                }
                Some(UnreachableCause::NoCertificateAuthorities) => {
                    "install the package ca-certificates in the image, or set SSL_CERT_FILE"
                }
                Some(UnreachableCause::Proxy) => "check HTTPS_PROXY and NO_PROXY",
                Some(UnreachableCause::NoRuntime) => "call it from async code that Tokio runs",
                _ => "try again; set CLERK_JWT_KEY to verify tokens without a network",
            };
            let message = match error {
                TransportError::Unreachable { .. } => error.to_string(),
                other => format!("{host}: {other}"),
            };
            Finding::problem(Check::Reachability, message, fix)
        }
        error if error.status().is_some_and(|status| status.as_u16() == 401) => Finding::problem(
            Check::SecretKey,
            "Clerk refuses CLERK_SECRET_KEY",
            "copy it from the API keys page of the Clerk dashboard; it may have been deleted or rotated",
        ),
        error => Finding::problem(
            Check::Reachability,
            format!(
                "{host} answered, but not with the instance's keys: {}",
                status(error)
            ),
            "see whether CLERK_API_URL is Clerk's Backend API, and whether something between answers in its place",
        ),
    }
}

/// An error without text that came from Clerk.
fn status(error: &Error) -> String {
    error.status().map_or_else(
        || "no answer that can be read".to_owned(),
        |status| format!("status {status}"),
    )
}

/// Fetches the keys that the Frontend API publishes, which the publishable key names.
async fn frontend_keys(client: &Client, config: &Config) -> Option<PublishedKeys> {
    // Behind a proxy on a path of the application's own origin there is no address to ask.
    let base = config.domains.frontend_api.fixed_base()?;
    let url = base.join(".well-known/jwks.json").ok()?;
    let response = client.get_public(url.as_str()).await.ok()?;
    let body: Value = serde_json::from_slice(&response.body)
        .ok()
        .filter(|_| response.status.is_success())?;
    Some(PublishedKeys::from_keys(body.get("keys")?.as_array()?))
}

fn one_instance(
    config: &Config,
    domains: Option<&[Domain]>,
    keys: Option<&PublishedKeys>,
    frontend_keys: Option<&PublishedKeys>,
) -> Finding {
    const CHECK: Check = Check::OneInstance;
    const FIX: &str = "copy both keys from one API keys page of the Clerk dashboard";
    let host = config.publishable_key.frontend_api();
    if keys.is_none() {
        return Finding::unknown(
            CHECK,
            "whether the keys are of one instance needs an answer of the Backend API",
        );
    }
    if let Some(domains) = domains {
        let is_own = domains
            .iter()
            .any(|domain| domain.frontend_api.as_deref() == Some(host));
        if !is_own {
            let hosts: Vec<_> = domains
                .iter()
                .filter_map(|domain| domain.frontend_api.as_deref())
                .collect();
            return Finding::problem(
                CHECK,
                format!(
                    "CLERK_PUBLISHABLE_KEY is of {host}, CLERK_SECRET_KEY of {}",
                    excerpt_of_list(hosts.iter().copied())
                ),
                FIX,
            );
        }
        return Finding::good(
            CHECK,
            "CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY are of one instance",
        );
    }
    match keys
        .zip(frontend_keys)
        .map(|(keys, frontend)| keys.have_one_in_common(frontend))
    {
        Some(true) => Finding::good(
            CHECK,
            "CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY are of one instance",
        ),
        Some(false) => Finding::problem(
            CHECK,
            format!(
                "the keys that CLERK_SECRET_KEY fetches are not those of {host}, which CLERK_PUBLISHABLE_KEY names"
            ),
            FIX,
        ),
        None => Finding::unknown(
            CHECK,
            "neither the instance's domains nor its Frontend API tell whether the keys are of one instance",
        ),
    }
}

/// A domain of the instance.
struct Domain {
    name: Option<String>,
    frontend_api: Option<String>,
}

async fn domains(client: &Client) -> Option<Vec<Domain>> {
    let call = client
        .request(Method::GET, "/domains")
        .with(CallOptions::new().retries(0));
    let answer = call.await.ok()?;
    let list = answer
        .get("data")
        .and_then(Value::as_array)
        .or_else(|| answer.as_array())?;
    let text = |domain: &Value, name: &str| domain.get(name).and_then(Value::as_str).map(str::to_owned);
    let domains: Vec<Domain> = list
        .iter()
        .map(|domain| Domain {
            name: text(domain, "name"),
            frontend_api: text(domain, "frontend_api_url")
                .and_then(|url| Url::parse(&url).ok()?.host_str().map(str::to_owned)),
        })
        .collect();
    domains
        .iter()
        .any(|domain| domain.frontend_api.is_some())
        .then_some(domains)
}

/// Tells of authorized parties that are on no domain of a production instance.
fn parties_beside(config: &Config, domains: &[Domain]) -> Option<Finding> {
    if config.publishable_key.instance_type() != InstanceType::Production || domains.is_empty() {
        return None;
    }
    let is_on_domain = |party: &str| {
        let Some(origin) = Origin::parse(party) else {
            // Native applications and extensions have origins of their own.
            return true;
        };
        let mut names = domains.iter().filter_map(|domain| domain.name.as_deref());
        names.any(|name| origin.is_below(name))
    };
    let parties = config.rules.authorized_parties.as_deref().unwrap_or_default();
    let foreign: Vec<&str> = parties
        .iter()
        .map(String::as_str)
        .filter(|party| !is_on_domain(party))
        .collect();
    (!foreign.is_empty()).then(|| {
        Finding::warning(
            Check::AuthorizedParties,
            format!("these authorized parties are on no domain of the instance: {}", excerpt_of_list(foreign.iter().copied())),
            "tokens for them are made by satellites and previews only: correct their spelling, or leave them away",
        )
    })
}

/// Compares what the code declares with what the dashboard has.
async fn keys_of_the_dashboard(
    client: &Client,
    check: Check,
    declared: &BTreeSet<String>,
) -> Option<Finding> {
    if declared.is_empty() {
        return None;
    }
    let path = match check {
        Check::Roles => "/organization_roles",
        _ => "/organization_permissions",
    };
    /// As many as the Backend API returns at once.
    const LIMIT: usize = 500;
    /// Far more than any instance has.
    const MAX_PAGES: usize = 8;
    let mut keys = BTreeSet::new();
    for _ in 0..MAX_PAGES {
        let call = client
            .request(Method::GET, path)
            .query("limit", LIMIT.to_string())
            .query("offset", keys.len().to_string())
            .with(CallOptions::new().retries(0));
        let page = match call.await {
            Ok(page) => page,
            Err(error) => {
                return Some(Finding::unknown(
                    check,
                    format!("the instance does not tell its {check}: {}", status(&error)),
                ));
            }
        };
        let before = keys.len();
        let list = page
            .get("data")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        keys.extend(
            list.iter()
                .filter_map(|one| one.get("key")?.as_str().map(str::to_owned)),
        );
        if list.len() < LIMIT || keys.len() == before {
            break;
        }
    }
    Some(compare(check, declared, &keys))
}
