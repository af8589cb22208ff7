use std::fmt;
use std::sync::Arc;
#[cfg(feature = "axum")]
use std::sync::atomic::{AtomicU64, Ordering};

use http::request::Parts;

use super::ClerkBuilder;
#[cfg(feature = "network")]
use crate::auth::TemplateTokenIssuer;
use crate::authenticate::{
    self, AuthenticateError, AuthenticateOptions, Opened, RedirectError, RedirectTarget, RequestState,
    SignInRedirect,
};
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::token::{AcceptsToken, TokenVerificationError};
use crate::verify::{Health, KeySource, TokenClass, VerifiedToken, VerifiedTokenCache, Verifier};

/// The handle to one Clerk instance: its keys, its rules, its clock. Cloning is cheap and shares everything.
///
/// Give it to a router as state. Nothing is shared between two handles that were built separately, nor between processes:
/// a fleet costs Clerk one fetch of the keys per process and four minutes, so 10 000 processes make about 42 requests a
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
    #[cfg(feature = "axum")]
    id: HandleId,
    config: Config,
    verifier: Verifier,
    anonymous_outcomes: authenticate::AnonymousOutcomes,
    #[cfg(feature = "network")]
    client: clerk_client::Client,
    #[cfg(feature = "network")]
    token_issuer: TemplateTokenIssuer,
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
        verified_token_cache: usize,
        #[cfg(feature = "network")] client: clerk_client::Client,
        #[cfg(feature = "network")] template_token_cache: usize,
    ) -> Self {
        #[cfg(feature = "network")]
        let token_issuer = TemplateTokenIssuer::new(client.clone(), Arc::clone(&clock), template_token_cache);
        let verifier = Verifier {
            keys,
            rules: config.rules.clone(),
            clock,
            cache: VerifiedTokenCache::new(verified_token_cache),
        };
        Self(Arc::new(Inner {
            #[cfg(feature = "axum")]
            id: HandleId::next(),
            config,
            verifier,
            anonymous_outcomes: authenticate::AnonymousOutcomes::default(),
            #[cfg(feature = "network")]
            client,
            #[cfg(feature = "network")]
            token_issuer,
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

    /// How the keys are. Neither fetches nor waits, so a probe may ask as often as it likes.
    ///
    /// ```no_run
    /// # fn example(clerk: clerk_runtime::Clerk) {
    /// let health = clerk.health();
    /// if !health.is_ready() {
    ///     eprintln!("no keys: {:?}", health.last_failure);
    /// }
    /// # }
    /// ```
    ///
    /// A handle that has not fetched anything is not ready: a probe that no request gets past should call
    /// [`ready`](Self::ready).
    pub fn health(&self) -> Health {
        self.0.verifier.keys.health()
    }

    /// Authenticates a request as Clerk's `authenticateRequest()` does. Its body is not touched.
    ///
    /// A request that nobody is signed in with is a state with a [reason](RequestState::reason), not an error. The state's
    /// [headers](RequestState::headers) belong on the response: without them a handshake never ends, and what it or a
    /// refresh told is lost.
    ///
    /// # Errors
    /// The request cannot be judged: something is wrong with the configuration.
    pub async fn authenticate_request(&self, request: &Parts) -> Result<RequestState, AuthenticateError> {
        self.authenticate_request_accepting(request, AcceptsToken::SESSION)
            .await
    }

    /// As [`authenticate_request`](Self::authenticate_request), for other types of token too (Clerk docs: `acceptsToken`).
    ///
    /// ```no_run
    /// # async fn example(clerk: clerk_runtime::Clerk, parts: http::request::Parts) -> Result<(), Box<dyn std::error::Error>> {
    /// use clerk_runtime::token::{AcceptsToken, TokenType};
    ///
    /// let state = clerk.authenticate_request_accepting(&parts, TokenType::ApiKey).await?;
    /// let state = clerk.authenticate_request_accepting(&parts, AcceptsToken::ANY).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The request cannot be judged: something is wrong with the configuration.
    pub async fn authenticate_request_accepting(
        &self,
        request: &Parts,
        accepts: impl Into<AcceptsToken>,
    ) -> Result<RequestState, AuthenticateError> {
        let options = AuthenticateOptions {
            accepts: accepts.into(),
            can_set_response_headers: true,
        };
        match self.open(request, options).judge() {
            Some(outcome) => outcome,
            None => self.authenticate_async(request, options).await,
        }
    }

    /// Where to send the browser that made `request`, for its user to sign in and come back (Clerk docs:
    /// `redirectToSignIn()`). Answer 307 with it, and do not let it be stored.
    pub fn redirect_to_sign_in(&self, request: &Parts) -> SignInRedirect {
        self.redirect(RedirectTarget::SignIn, request)
    }

    /// The same for users who have no account yet (Clerk docs: `redirectToSignUp()`).
    pub fn redirect_to_sign_up(&self, request: &Parts) -> SignInRedirect {
        self.redirect(RedirectTarget::SignUp, request)
    }

    /// The address of another page for the browser that made `request`, with what that page needs to know it by: the
    /// development browser's token, if the page is on another origin (Clerk docs: `buildUrlWithAuth()`).
    ///
    /// # Errors
    /// `to` is neither absolute nor a path.
    pub fn build_url_with_auth(&self, request: &Parts, to: &str) -> Result<String, RedirectError> {
        self.redirect(RedirectTarget::Other(to), request)
            .without_return_back_url()
            .url()
    }

    fn redirect(&self, page: RedirectTarget<'_>, request: &Parts) -> SignInRedirect {
        SignInRedirect::new(page, request, self.instance())
    }

    /// A request to be judged without waiting, if it can be.
    pub(crate) fn open<'a>(&'a self, request: &'a Parts, options: AuthenticateOptions) -> Opened<'a> {
        Opened::new(self.instance(), request, options)
    }

    /// The outcome for any request.
    pub(crate) fn authenticate_async<'a>(
        &'a self,
        request: &'a Parts,
        options: AuthenticateOptions,
    ) -> impl Future<Output = Result<RequestState, AuthenticateError>> + Send + 'a {
        authenticate::authenticate_async(self.instance(), request, options)
    }

    fn instance(&self) -> authenticate::Instance<'_> {
        authenticate::Instance {
            config: &self.0.config,
            verifier: &self.0.verifier,
            anonymous_outcomes: &self.0.anonymous_outcomes,
            #[cfg(feature = "network")]
            client: &self.0.client,
            #[cfg(feature = "network")]
            token_issuer: &self.0.token_issuer,
        }
    }

    /// What a token would be if its signature were good. There only where the compiler is told that it builds fuzz targets.
    #[cfg(fuzzing)]
    #[doc(hidden)]
    pub fn unsigned_session(&self, token: &str) -> Result<crate::SessionAuth, TokenVerificationError> {
        authenticate::unsigned_session(self.instance(), token)
    }

    #[cfg(feature = "axum")]
    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    /// Verifies a token on its own, as Clerk's `verifyToken()` does: everything but the question whether it is a session.
    ///
    /// # Errors
    /// Why the token is refused.
    pub async fn verify_token(&self, token: &str) -> Result<VerifiedToken, TokenVerificationError> {
        self.0.verifier.verify_encoded(token, TokenClass::Session).await
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
        let types: Vec<String> = header_types.into_iter().map(Into::into).collect();
        let class = TokenClass::SessionOfTypes(&types);
        self.0.verifier.verify_encoded(token, class).await
    }

    /// The client of the Backend API, Clerk's `clerkClient`. Without a secret key every call of it fails, saying so.
    #[cfg(feature = "client")]
    pub fn client(&self) -> &clerk_client::Client {
        &self.0.client
    }

    /// What tells this handle and its clones from all others of the process.
    #[cfg(feature = "axum")]
    pub(crate) fn id(&self) -> HandleId {
        self.0.id
    }
}

/// The number of a handle.
#[cfg(feature = "axum")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HandleId(u64);

#[cfg(feature = "axum")]
impl HandleId {
    fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl fmt::Debug for Clerk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clerk")
            .field("frontend_api", &self.0.config.publishable_key.frontend_api())
            .finish_non_exhaustive()
    }
}
