use std::sync::Arc;
use std::sync::atomic::AtomicBool;

#[cfg(feature = "network")]
use clerk_client::Client;

use super::anonymous::AnonymousOutcomes;
#[cfg(feature = "network")]
use super::outbound::OutboundCalls;
use super::verified_token_cache::VerifiedTokenCache;
use super::warnings::{ConfigurationWarning, ConfigurationWarnings};
use crate::auth::TemplateTokenIssuer;
use crate::config::Config;
use crate::verify::Verifier;

/// Everything that requests are authenticated with. A handle has one, and shares it between its clones.
pub(crate) struct Authenticator {
    pub(crate) config: Config,
    pub(crate) verifier: Verifier,
    pub(crate) verified_tokens: VerifiedTokenCache,
    pub(crate) anonymous_outcomes: AnonymousOutcomes,
    /// Set once the log has told of conflicting cookies. Strangers can cause them, and must not fill the log.
    pub(crate) has_warned_of_conflict: AtomicBool,
    /// Counts the signs of a configuration that does not fit, and when the log was last told.
    pub(crate) warnings: ConfigurationWarnings,
    /// Set if nothing is counted.
    pub(crate) is_snapshot: bool,
    pub(crate) backend: Arc<BackendApi>,
}

impl Authenticator {
    /// Counts a request that deserves a line in the log. Returns the number of such requests if a line is due.
    pub(crate) fn count(&self, warning: ConfigurationWarning) -> Option<u64> {
        self.warnings.count(warning, self.verifier.clock.monotonic())
    }

    /// Returns an authenticator with the keys as they are now, which fetches none, keeps nothing and logs nothing.
    pub(super) fn snapshot(&self) -> Self {
        Self {
            config: self.config.clone(),
            verifier: self.verifier.snapshot(),
            verified_tokens: VerifiedTokenCache::new(0),
            anonymous_outcomes: AnonymousOutcomes::default(),
            has_warned_of_conflict: AtomicBool::new(true),
            warnings: ConfigurationWarnings::default(),
            is_snapshot: true,
            backend: Arc::clone(&self.backend),
        }
    }
}

/// Clerk's Backend API, for what requests and sessions need of it.
#[cfg(feature = "network")]
pub(crate) struct BackendApi {
    pub(crate) client: Client,
    /// The bounds of the calls about credentials of requests.
    pub(crate) outbound: OutboundCalls,
    pub(crate) token_issuer: TemplateTokenIssuer,
}

/// Stands in for the Backend API in builds without the feature `network`.
#[cfg(not(feature = "network"))]
pub(crate) struct BackendApi {
    pub(crate) token_issuer: TemplateTokenIssuer,
}

#[cfg(test)]
impl Authenticator {
    /// Makes an authenticator without keys for unit tests of what does not verify: a production instance, or one in
    /// development, with pages of organizations below `/org`.
    pub(super) fn for_test(instance_type: crate::key::InstanceType) -> Self {
        use crate::auth::TemplateTokenIssuer;
        #[cfg(feature = "network")]
        use crate::clock::SystemClock;
        use crate::config::{DomainSettings, Domains, OrganizationSync, Secrets};
        use crate::key::{InstanceType, PublishableKey};

        let publishable_key = PublishableKey::parse(match instance_type {
            InstanceType::Production => "pk_live_Y2xlcmsuYXBwLnRlc3Qk",
            InstanceType::Development => "pk_test_Y2xlcmsuYXBwLnRlc3Qk",
        });
        let publishable_key = publishable_key.unwrap();
        let verifier = Verifier::for_test();
        let patterns = ["/org/:slug".to_owned()];
        #[cfg(feature = "network")]
        let client = Client::new("sk_test_1").unwrap();
        Self {
            config: Config {
                secrets: Secrets {
                    secret_key: true,
                    machine_secret_key: false,
                },
                rules: verifier.rules.clone(),
                domains: Domains::new(DomainSettings::default(), &publishable_key, false, None).unwrap(),
                organization_sync: OrganizationSync::parse(Some(&patterns), None).unwrap(),
                oauth_resource: None,
                debug_headers: false,
                publishable_key,
            },
            verifier,
            verified_tokens: VerifiedTokenCache::new(0),
            anonymous_outcomes: AnonymousOutcomes::default(),
            has_warned_of_conflict: AtomicBool::new(false),
            warnings: ConfigurationWarnings::default(),
            is_snapshot: false,
            #[cfg(feature = "network")]
            backend: Arc::new(BackendApi {
                token_issuer: TemplateTokenIssuer::new(client.clone(), Arc::new(SystemClock), 0),
                client,
                outbound: OutboundCalls::new(Arc::new(SystemClock), instance_type).unwrap(),
            }),
            #[cfg(not(feature = "network"))]
            backend: Arc::new(BackendApi {
                token_issuer: TemplateTokenIssuer,
            }),
        }
    }
}
