//! The findings that need no call.

use super::diagnosis::{Check, Finding};
use crate::config::{Config, Issuers};
use crate::excerpt::excerpt_of_list;
use crate::key::InstanceType;
use crate::verify::KeySource;

pub(super) fn findings(config: &Config, keys: &KeySource) -> Vec<Finding> {
    let mut findings = vec![publishable_key(config), parties(config)];
    findings.extend(claims(config));
    if let KeySource::None = keys {
        findings.push(Finding::warning(
            Check::SecretKey,
            "there are no keys to verify session tokens with: only opaque tokens of machines are accepted",
            "set CLERK_SECRET_KEY or CLERK_JWT_KEY if users are to be signed in",
        ));
    }
    findings
}

fn publishable_key(config: &Config) -> Finding {
    let key = &config.publishable_key;
    let kind = match key.instance_type() {
        InstanceType::Development => "a development instance",
        InstanceType::Production => "a production instance",
    };
    let host = key.frontend_api();
    Finding::good(
        Check::PublishableKey,
        format!("CLERK_PUBLISHABLE_KEY is of {kind}, {host}"),
    )
}

fn parties(config: &Config) -> Finding {
    const CHECK: Check = Check::AuthorizedParties;
    match (
        &config.rules.authorized_parties,
        config.publishable_key.instance_type(),
    ) {
        (Some(parties), _) => {
            let parties = list(parties);
            Finding::good(CHECK, format!("tokens are accepted that were made for {parties}"))
        }
        (None, InstanceType::Development) => Finding::good(
            CHECK,
            "tokens are accepted that were made for any site; a production instance needs CLERK_AUTHORIZED_PARTIES",
        ),
        (None, InstanceType::Production) => Finding::warning(
            CHECK,
            "tokens are accepted that were made for any site: another site below the domain can plant a session cookie",
            "list the origins of the front ends in CLERK_AUTHORIZED_PARTIES, and take `any_authorized_party()` away",
        ),
    }
}

fn claims(config: &Config) -> Vec<Finding> {
    let rules = &config.rules;
    let mut findings = Vec::new();
    if let Some(audience) = &rules.audience {
        findings.push(Finding::warning(
            Check::Claims,
            format!("only tokens with `aud` {} are accepted", list(audience)),
            "session tokens have no `aud` unless the Clerk dashboard adds it (Sessions, Customize session token): see that it does, or take CLERK_AUDIENCE away",
        ));
    }
    match &rules.issuers {
        None => findings.push(Finding::warning(
            Check::Claims,
            "tokens of any issuer are accepted whose signature is good",
            "take `any_issuer()` away unless a proxy changes the issuer",
        )),
        Some(Issuers::Listed(issuers)) => {
            findings.push(Finding::good(
                Check::Claims,
                format!("accepted issuers: {}", list(issuers)),
            ));
        }
        Some(Issuers::Derived(_)) => {}
    }
    findings
}

fn list(values: &[String]) -> String {
    excerpt_of_list(values.iter().map(String::as_str))
}
