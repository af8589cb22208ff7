//! From settings to a handle: everything is checked here, once.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Clerk, ClerkBuilder};
use crate::auth::TemplateTokenIssuer;
#[cfg(feature = "network")]
use crate::authenticate::OutboundCalls;
use crate::authenticate::{
    AnonymousOutcomes, Authenticator, BackendApi, ConfigurationWarnings, DEFAULT_CAPACITY, VerifiedTokenCache,
};
use crate::clock::SystemClock;
use crate::config::error::{
    API_URL, API_VERSION, AUDIENCE, AUTHORIZED_PARTIES, ISSUERS, JWT_KEY, MACHINE_SECRET_KEY,
    PUBLISHABLE_KEY, SECRET_KEY,
};
use crate::config::{
    ClaimRules, Config, ConfigError, DEFAULT_CLOCK_SKEW_IN_MS, Domains, Issuers, OrganizationSync, Secrets,
    party, ranges, values,
};
use crate::key::{InstanceType, JwtKey, KeyError, PublishableKey, SecretKey};
use crate::verify::{KeySource, Verifier};

impl ClerkBuilder {
    /// Checks everything and makes the handle. Does no I/O.
    ///
    /// # Errors
    /// The first setting that is missing, malformed, of another kind or out of its range, or two that contradict each other.
    pub fn build(mut self) -> Result<Clerk, ConfigError> {
        self.check_contradictions()?;
        let publishable_key = parsed(
            PUBLISHABLE_KEY,
            self.publishable_key.take(),
            PublishableKey::parse,
        )?;
        let publishable_key = publishable_key.ok_or(ConfigError::Missing {
            variable: PUBLISHABLE_KEY,
            fix: "copy it from the API keys page of the Clerk dashboard",
        })?;
        let secret_key = parsed(SECRET_KEY, self.secret_key.take(), SecretKey::parse)?;
        let machine_secret_key = parsed(
            MACHINE_SECRET_KEY,
            self.machine_secret_key.take(),
            SecretKey::parse,
        )?;
        let jwt_key = parsed(JWT_KEY, self.jwt_key.take(), JwtKey::from_pem)?;
        let secrets = Secrets {
            secret_key: secret_key.is_some() || self.without_secret_key || cfg!(not(feature = "network")),
            machine_secret_key: machine_secret_key.is_some(),
        };
        if !secrets.secret_key && !secrets.machine_secret_key {
            return Err(ConfigError::Missing {
                variable: SECRET_KEY,
                fix: "copy it from the API keys page of the Clerk dashboard, or verify tokens with CLERK_JWT_KEY alone by `without_secret_key()`",
            });
        }
        if secret_key.is_none() && machine_secret_key.is_none() && jwt_key.is_none() {
            return Err(ConfigError::Missing {
                variable: JWT_KEY,
                fix: "without a secret key nothing can be fetched; copy the PEM public key from the API keys page of the Clerk dashboard",
            });
        }
        if let Some(key) = &secret_key {
            values::one_instance(publishable_key.instance_type(), key.expose())?;
        }
        let config = self.config(publishable_key, secret_key.as_ref(), secrets)?;
        self.jwks_policy.check()?;
        let verified_tokens = self.verified_token_cache.unwrap_or(DEFAULT_CAPACITY);
        let verified_tokens = ranges::cache_bytes("verified_token_cache", verified_tokens)?;
        #[cfg(feature = "network")]
        let template_tokens = ranges::cache_bytes(
            "template_token_cache",
            self.network
                .template_token_cache
                .unwrap_or(crate::auth::DEFAULT_CAPACITY),
        )?;
        let clock = self.clock.take().unwrap_or_else(|| Arc::new(SystemClock));
        #[cfg(feature = "network")]
        let client = self.backend_api(secret_key.as_ref(), machine_secret_key.as_ref())?;
        #[cfg(feature = "network")]
        let keys = match jwt_key {
            Some(key) => KeySource::JwtKey(key),
            None if secret_key.is_some() => KeySource::Jwks(crate::verify::Jwks::new(
                client.clone(),
                Arc::clone(&clock),
                self.jwks_policy,
            )),
            None => KeySource::None,
        };
        #[cfg(not(feature = "network"))]
        let keys = {
            let _ = (&self.api_url, &self.api_version, &self.jwks_policy, &self.network);
            jwt_key.map_or(KeySource::None, KeySource::JwtKey)
        };
        #[cfg(feature = "network")]
        let backend = BackendApi {
            token_issuer: TemplateTokenIssuer::new(client.clone(), Arc::clone(&clock), template_tokens),
            outbound: OutboundCalls::new(Arc::clone(&clock), config.publishable_key.instance_type())?,
            client,
        };
        #[cfg(not(feature = "network"))]
        let backend = BackendApi {
            token_issuer: TemplateTokenIssuer,
        };
        Ok(Clerk::new(Authenticator {
            backend: Arc::new(backend),
            verifier: Verifier {
                keys,
                rules: config.rules.clone(),
                clock,
            },
            verified_tokens: VerifiedTokenCache::new(verified_tokens),
            anonymous_outcomes: AnonymousOutcomes::default(),
            has_warned_of_conflict: AtomicBool::new(false),
            warnings: ConfigurationWarnings::default(),
            is_snapshot: false,
            config,
        }))
    }

    fn config(
        &mut self,
        publishable_key: PublishableKey,
        secret_key: Option<&SecretKey>,
        secrets: Secrets,
    ) -> Result<Config, ConfigError> {
        let authorized_parties = self
            .authorized_parties
            .take()
            .filter(|parties| !parties.is_empty());
        let production = publishable_key.instance_type() == InstanceType::Production;
        let may_be_any = self.any_authorized_party || self.any_authorized_party_by_default;
        if production && authorized_parties.is_none() && !may_be_any {
            return Err(ConfigError::AuthorizedParties);
        }
        self.check_lists(authorized_parties.as_deref().unwrap_or_default())?;
        let has_development_secret = secret_key.is_some_and(|key| {
            let key = key.expose();
            key.starts_with("sk_test_") || key.starts_with("test_")
        });
        let mut settings = std::mem::take(&mut self.domains);
        for text in [
            &mut settings.proxy_url,
            &mut settings.domain,
            &mut settings.sign_in_url,
            &mut settings.sign_up_url,
        ] {
            *text = present(text.take());
        }
        let domains = Domains::new(
            settings,
            &publishable_key,
            has_development_secret,
            authorized_parties.as_deref(),
        )?;
        let issuers = match non_empty(self.issuers.take()) {
            _ if self.any_issuer => None,
            Some(listed) => Some(Issuers::Listed(listed)),
            None => Some(Issuers::Derived(domains.issuers(&publishable_key))),
        };
        let organization_sync = OrganizationSync::parse(
            self.organization_patterns.as_deref(),
            self.personal_account_patterns.as_deref(),
        )
        .map_err(|error| match error.is_unsupported() {
            true => ConfigError::UnsupportedPattern(error.to_string()),
            false => ConfigError::PathPattern(error.to_string()),
        })?;
        Ok(Config {
            secrets,
            rules: ClaimRules {
                authorized_parties,
                audience: non_empty(self.audience.take()),
                issuers,
                clock_skew_in_ms: ranges::clock_skew_in_ms(
                    self.clock_skew_in_ms.unwrap_or(DEFAULT_CLOCK_SKEW_IN_MS),
                )?,
            },
            domains,
            organization_sync,
            debug_headers: self.debug_headers.unwrap_or(!production),
            oauth_resource: present(self.oauth_resource.take())
                .map(|resource| resource.trim_end_matches('/').to_owned()),
            publishable_key,
        })
    }

    /// Checks the values that claims are compared with, and the other texts.
    fn check_lists(&self, authorized_parties: &[String]) -> Result<(), ConfigError> {
        values::list(AUTHORIZED_PARTIES, authorized_parties, party)?;
        values::list(
            AUDIENCE,
            self.audience.as_deref().unwrap_or_default(),
            values::audience,
        )?;
        values::list(
            ISSUERS,
            self.issuers.as_deref().unwrap_or_default(),
            values::issuer,
        )?;
        for (variable, setting) in [(API_URL, &self.api_url), (API_VERSION, &self.api_version)] {
            if let Some(setting) = present(setting.clone()) {
                values::text(variable, &setting)?;
            }
        }
        if let Some(resource) = present(self.oauth_resource.clone()) {
            let fix = "write the resource's URL, such as `https://api.example.com`";
            values::web_url("oauth_resource", &resource, false, fix)?;
        }
        if let Some(skew) = self
            .clock_skew_in_ms
            .filter(|skew| values::is_skew_in_seconds(*skew))
        {
            tracing::warn!(
                clock_skew_in_ms = skew,
                "the clock skew is a number of milliseconds: for so many seconds give a thousand times as much"
            );
        }
        Ok(())
    }

    /// Refuses settings of which one takes back what the other says.
    fn check_contradictions(&self) -> Result<(), ConfigError> {
        let has_issuers = self.issuers.iter().flatten().any(|issuer| !issuer.is_empty());
        let has_parties = self.authorized_parties.iter().flatten().next().is_some();
        let has_secret_key = present(self.secret_key.clone()).is_some();
        for (is_contradiction, one, other) in [
            (has_issuers && self.any_issuer, "issuers", "any_issuer"),
            (
                has_parties && self.any_authorized_party,
                "authorized_parties",
                "any_authorized_party",
            ),
            (
                has_secret_key && self.without_secret_key,
                "secret_key",
                "without_secret_key",
            ),
        ] {
            if is_contradiction {
                return Err(ConfigError::Contradiction { one, other });
            }
        }
        Ok(())
    }

    #[cfg(feature = "network")]
    fn backend_api(
        &mut self,
        secret_key: Option<&SecretKey>,
        machine_secret_key: Option<&SecretKey>,
    ) -> Result<clerk_client::Client, ConfigError> {
        let mut builder = match secret_key {
            Some(key) => clerk_client::Client::builder(key.expose()),
            None => clerk_client::ClientBuilder::without_secret_key(),
        };
        match machine_secret_key {
            Some(key) => builder = builder.machine_secret_key(key.expose()),
            // Its calls end before anything is sent, so nothing has to be set up for sending.
            None if secret_key.is_none() => builder = builder.transport(NoTransport),
            None => {}
        }
        if let Some(url) = present(self.api_url.take()) {
            builder = builder.api_url(url);
        }
        if let Some(version) = present(self.api_version.take()) {
            builder = builder.api_version(version);
        }
        if let Some(transport) = self.network.transport.take() {
            builder = builder.boxed_transport(transport);
        }
        builder.build().map_err(|error| match error {
            clerk_client::BuildError::Transport(cause) => ConfigError::Transport(cause),
            other => ConfigError::Client(other.to_string()),
        })
    }
}

/// Sends nothing.
#[cfg(feature = "network")]
#[derive(Debug)]
struct NoTransport;

#[cfg(feature = "network")]
impl clerk_client::Transport for NoTransport {
    fn send(
        &self,
        _: clerk_client::transport::Request,
    ) -> clerk_client::transport::BoxFuture<
        '_,
        Result<clerk_client::transport::Response, clerk_client::transport::TransportError>,
    > {
        Box::pin(std::future::ready(Err(
            clerk_client::transport::TransportError::Other("there is no secret key".to_owned()),
        )))
    }
}

fn parsed<T>(
    variable: &'static str,
    text: Option<String>,
    parse: impl FnOnce(&str) -> Result<T, KeyError>,
) -> Result<Option<T>, ConfigError> {
    let Some(text) = present(text) else {
        return Ok(None);
    };
    values::key(variable, &text)?;
    match parse(&text) {
        Ok(key) => Ok(Some(key)),
        Err(error) => Err(ConfigError::Key { variable, error }),
    }
}

/// A setting that is not blank: platforms deliver unset variables as empty ones.
fn present(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.trim().is_empty())
}

fn non_empty(list: Option<Vec<String>>) -> Option<Vec<String>> {
    let list: Vec<String> = list?.into_iter().filter(|item| !item.is_empty()).collect();
    (!list.is_empty()).then_some(list)
}
