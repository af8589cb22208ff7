use std::sync::atomic::AtomicBool;
#[cfg(feature = "network")]
use std::time::Duration;

#[cfg(feature = "network")]
use clerk_client::{Client, Error};
#[cfg(feature = "network")]
use http::StatusCode;

use super::anonymous::AnonymousOutcomes;
use super::verified_token_cache::VerifiedTokenCache;
use crate::auth::TemplateTokenIssuer;
use crate::config::Config;
use crate::verify::Verifier;

/// Everything that requests are authenticated with. A handle has one, and shares it between its clones.
pub(crate) struct Authenticator {
    pub(crate) config: Config,
    pub(crate) verifier: Verifier,
    pub(crate) verified_tokens: VerifiedTokenCache,
    pub(crate) anonymous_outcomes: AnonymousOutcomes,
    /// Whether the log has told of conflicting cookies. Strangers can cause them, and must not fill it.
    pub(crate) has_warned_of_conflict: AtomicBool,
    pub(crate) backend: BackendApi,
}

/// Clerk's Backend API, for what requests and sessions need of it.
#[cfg(feature = "network")]
pub(crate) struct BackendApi {
    pub(crate) client: Client,
    pub(crate) token_issuer: TemplateTokenIssuer,
}

/// Stands in for the Backend API in builds without the feature `network`.
#[cfg(not(feature = "network"))]
pub(crate) struct BackendApi {
    pub(crate) token_issuer: TemplateTokenIssuer,
}

/// The wait that clients are asked for when Clerk names none.
#[cfg(feature = "network")]
const RETRY_AFTER: Duration = Duration::from_secs(5);
/// The longest wait that clients are asked for.
#[cfg(feature = "network")]
const MAX_RETRY_AFTER: Duration = Duration::from_secs(300);

/// Calls, and calls once more after a failure that may pass. Only for calls that may be made twice.
#[cfg(feature = "network")]
pub(super) async fn retried<T, F: Future<Output = Result<T, Error>>>(
    call: impl Fn() -> F,
) -> Result<T, Error> {
    match call().await {
        Err(error) if may_pass(&error) => call().await,
        outcome => outcome,
    }
}

#[cfg(feature = "network")]
fn may_pass(error: &Error) -> bool {
    error.is_transport() || error.status().is_some_and(|status| status.is_server_error())
}

/// Returns how long to wait before asking again if Clerk could not answer; `None` if it did.
#[cfg(feature = "network")]
pub(super) fn retry_after(error: &Error) -> Option<Duration> {
    let cannot_tell = error.is_transport()
        || matches!(error, Error::Decode { .. } | Error::NoSecretKey)
        || error.status().is_some_and(|status| {
            status.is_server_error()
                || status.is_redirection()
                || matches!(
                    status,
                    StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS
                )
        });
    let wait = error.retry_after().unwrap_or(RETRY_AFTER).min(MAX_RETRY_AFTER);
    cannot_tell.then_some(wait)
}

#[cfg(test)]
impl Authenticator {
    /// Makes an authenticator without keys for unit tests of what does not verify: a production instance, or one in
    /// development, with pages of organizations below `/org`.
    pub(super) fn for_test(instance_type: crate::key::InstanceType) -> Self {
        #[cfg(feature = "network")]
        use std::sync::Arc;

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
            #[cfg(feature = "network")]
            backend: BackendApi {
                token_issuer: TemplateTokenIssuer::new(client.clone(), Arc::new(SystemClock), 0),
                client,
            },
            #[cfg(not(feature = "network"))]
            backend: BackendApi {
                token_issuer: TemplateTokenIssuer,
            },
        }
    }
}
