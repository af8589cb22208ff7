use std::fmt;
use std::sync::Arc;

use http::request::Parts;

use super::ClerkBuilder;
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::request::{self, RequestState};
use crate::token::{TokenVerificationError, UnverifiedJwt};
use crate::verify::{HeaderTypes, KeySource, VerifiedToken, Verifier};

/// The handle to one Clerk instance: its keys, its rules, its clock. Cloning is cheap and shares everything.
///
/// Give it to a router as state. Nothing is shared between two handles that were built separately, nor between processes:
/// a fleet costs Clerk one fetch of the keys per process and five minutes, so 10 000 processes make about 33 requests a
/// second in all.
///
/// ```no_run
/// use axum::{Router, routing::get};
/// use clerk_runtime::{Clerk, UserId, protected};
///
/// #[protected]
/// async fn me(user_id: UserId) -> String {
///     user_id.into()
/// }
///
/// # fn main() -> Result<(), clerk_runtime::ConfigError> {
/// let app: Router = Router::new().route("/api/me", get(me)).with_state(Clerk::from_env()?);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Clerk(Arc<Inner>);

struct Inner {
    config: Config,
    verifier: Verifier,
    #[cfg(feature = "network")]
    client: clerk_client::Client,
}

impl Clerk {
    /// Starts a configuration with nothing set.
    pub fn builder() -> ClerkBuilder {
        ClerkBuilder::default()
    }

    /// Builds from the environment, see [`ClerkBuilder::from_env`]. Does no I/O.
    ///
    /// # Errors
    /// The first setting that is missing or malformed.
    pub fn from_env() -> Result<Self, ConfigError> {
        ClerkBuilder::from_env()?.build()
    }

    pub(super) fn new(
        config: Config,
        clock: Arc<dyn Clock>,
        keys: KeySource,
        #[cfg(feature = "network")] client: clerk_client::Client,
    ) -> Self {
        let verifier = Verifier {
            keys,
            rules: config.rules.clone(),
            clock,
        };
        Self(Arc::new(Inner {
            config,
            verifier,
            #[cfg(feature = "network")]
            client,
        }))
    }

    /// Makes sure that the keys are there: fetches them unless they are configured or fresh. After a failed fetch the next
    /// one waits, however often this is called, and keys that may still be used are good enough.
    ///
    /// Call it before serving, or from a readiness probe. Without it the first request fetches them.
    ///
    /// # Errors
    /// Why they cannot be had. The handle recovers by itself; nothing needs to be rebuilt.
    pub async fn ready(&self) -> Result<(), TokenVerificationError> {
        self.0.verifier.keys.ready().await
    }

    /// Authenticates a request as Clerk's `authenticateRequest()` does. Its body is not touched.
    ///
    /// Never fails: a request that cannot be authenticated is a state with a [reason](RequestState::reason).
    pub async fn authenticate_request(&self, request: &Parts) -> RequestState {
        let instance = request::Instance {
            config: &self.0.config,
            verifier: &self.0.verifier,
            #[cfg(feature = "network")]
            client: &self.0.client,
        };
        request::authenticate(instance, request).await
    }

    /// Verifies a token on its own, as Clerk's `verifyToken()` does: everything but the question whether it is a session.
    ///
    /// # Errors
    /// Why the token is refused.
    pub async fn verify_token(&self, token: &str) -> Result<VerifiedToken, TokenVerificationError> {
        self.0
            .verifier
            .verify(UnverifiedJwt::parse(token)?, &HeaderTypes::JwtOrAbsent)
            .await
    }

    /// As [`verify_token`](Self::verify_token), for tokens whose header has to state one of `header_types` as `typ`.
    ///
    /// # Errors
    /// Why the token is refused.
    pub async fn verify_token_of_type<T: Into<String>>(
        &self,
        token: &str,
        header_types: impl IntoIterator<Item = T>,
    ) -> Result<VerifiedToken, TokenVerificationError> {
        let types = HeaderTypes::OneOf(header_types.into_iter().map(Into::into).collect());
        self.0.verifier.verify(UnverifiedJwt::parse(token)?, &types).await
    }

    /// The client of the Backend API, Clerk's `clerkClient`. Without a secret key every call of it fails, saying so.
    #[cfg(feature = "client")]
    pub fn client(&self) -> &clerk_client::Client {
        &self.0.client
    }

    /// Whether both are clones of one handle.
    #[cfg(feature = "axum")]
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Clerk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clerk")
            .field("frontend_api", &self.0.config.publishable_key.frontend_api())
            .finish_non_exhaustive()
    }
}
