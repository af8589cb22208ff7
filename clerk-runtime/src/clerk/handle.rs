use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use http::request::Parts;

use super::ClerkBuilder;
use crate::authenticate::{
    AuthenticateError, AuthenticateOptions, Authentication, Authenticator, Explanation, RedirectError,
    RedirectTarget, RequestState, Resumed, SignInRedirect, is_cross_site,
};
#[cfg(feature = "axum")]
use crate::config::Config;
use crate::config::ConfigError;
use crate::diagnose::Diagnose;
use crate::token::{AcceptsToken, TokenVerificationError};
use crate::verify::{Health, VerifiedToken};

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
    id: HandleId,
    authenticator: Authenticator,
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

    pub(super) fn new(authenticator: Authenticator) -> Self {
        Self(Arc::new(Inner {
            id: HandleId::next(),
            authenticator,
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
        self.0.authenticator.verifier.keys.ready().await
    }

    /// Returns the state of the keys, and of the budgets for calls about opaque tokens. Neither fetches nor waits, so a probe may
    /// ask as often as it likes.
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
        let authenticator = &self.0.authenticator;
        let health = authenticator.verifier.keys.health();
        #[cfg(feature = "network")]
        let health = Health {
            calls: authenticator.backend.outbound.health(),
            ..health
        };
        health
    }

    /// Authenticates a request as Clerk's `authenticateRequest()` does. Its body is not touched.
    ///
    /// A request that nothing signs in has a state with a [reason](crate::RequestState::reason); that is not an error. Send
    /// the state's [headers](crate::RequestState::headers) with the response: without them a handshake never ends, and the
    /// cookies of a handshake or a refresh are lost.
    ///
    /// As in Clerk's SDK, the state of a request that another site made with the session cookie is signed in. Guards,
    /// extractors and `ClerkLayer` refuse such a request; an application that calls this asks
    /// [`is_cross_site`](Self::is_cross_site).
    ///
    /// ```no_run
    /// # async fn example(clerk: clerk_runtime::Clerk, parts: http::request::Parts) -> Result<(), Box<dyn std::error::Error>> {
    /// use clerk_runtime::token::{AcceptsToken, TokenType};
    ///
    /// let state = clerk.authenticate(&parts).await?;
    /// let state = clerk.authenticate(&parts).accepts(TokenType::ApiKey).await?;
    /// let state = clerk.authenticate(&parts).accepts(AcceptsToken::ANY).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`AuthenticateError`](crate::AuthenticateError) if the configuration does not allow to judge the request.
    #[doc(alias = "authenticateRequest")]
    pub fn authenticate<'a>(&'a self, request: &'a Parts) -> Authenticate<'a> {
        Authenticate::new(self.authenticator(), request)
    }

    /// Explains how this handle judges a request, and what would change the outcome.
    ///
    /// Runs the same steps as [`authenticate`](Self::authenticate) for session tokens, with the keys as they are now. Makes
    /// no call, keeps nothing and writes nothing to the log. The answer is for people, and decides nothing.
    ///
    /// ```no_run
    /// # fn example(clerk: clerk_runtime::Clerk, parts: http::request::Parts) {
    /// eprintln!("{}", clerk.explain(&parts));
    /// # }
    /// ```
    ///
    /// ```text
    /// not signed in: token-invalid-authorized-parties
    ///   why      the token was made for a site that is not an authorized party (`azp`): the token is for
    ///            http://localhost:5173, accepted are http://localhost:3000: it differs from http://localhost:3000 by the port
    ///   fix      if http://localhost:5173 is a front end of yours, put exactly this text into CLERK_AUTHORIZED_PARTIES
    /// ```
    pub fn explain(&self, request: &Parts) -> Explanation {
        self.explain_accepting(request, AcceptsToken::SESSION)
    }

    /// Explains the same for a handler that accepts other types of token.
    pub fn explain_accepting(&self, request: &Parts, accepts: impl Into<AcceptsToken>) -> Explanation {
        self.authenticator().explain(request, accepts.into())
    }

    /// Checks whether this handle is configured for the instance that it is used with: whether its keys are of one instance,
    /// whether Clerk can be reached, whether the clocks agree, and more, see [`Check`](crate::diagnose::Check).
    ///
    /// Makes a few calls of the Backend API and one of the Frontend API, and keeps nothing of them. It is for a command, a log
    /// at the start or a page for operators, not for a probe: a probe asks [`health`](Self::health).
    ///
    /// ```no_run
    /// # async fn example(clerk: clerk_runtime::Clerk) {
    /// use clerk_runtime::diagnose::Severity;
    ///
    /// let diagnosis = clerk.diagnose().await;
    /// eprintln!("{diagnosis}");
    /// if diagnosis.worst() == Severity::Problem {
    ///     std::process::exit(1);
    /// }
    /// # }
    /// ```
    pub fn diagnose(&self) -> Diagnose<'_> {
        Diagnose::new(self.authenticator())
    }

    /// Returns whether a page of another site may have made this request: a cross-site request that changes something
    /// (RFC 9110 §9.2.1) or opens a web socket. The application's own sites are the host that was asked and the authorized
    /// parties.
    ///
    /// Answer such a request with 403 if the session cookie signs it in. A token in the `Authorization` header cannot be sent by
    /// another site.
    ///
    /// ```no_run
    /// # async fn example(clerk: clerk_runtime::Clerk, parts: http::request::Parts) -> Result<(), Box<dyn std::error::Error>> {
    /// use clerk_runtime::token::TokenCarrier;
    ///
    /// let state = clerk.authenticate(&parts).await?;
    /// let is_forged = state.token_carrier() == Some(TokenCarrier::Cookie) && clerk.is_cross_site(&parts);
    /// # Ok(()) }
    /// ```
    #[must_use = "this only tells: answer such a request with 403"]
    pub fn is_cross_site(&self, request: &Parts) -> bool {
        is_cross_site(request.into(), &self.0.authenticator.config)
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
        SignInRedirect::new(page, request, self.authenticator())
    }

    /// Returns what requests are authenticated with.
    pub(crate) fn authenticator(&self) -> &Authenticator {
        &self.0.authenticator
    }

    /// Makes the session of a token whose signature is not checked. Only there when the compiler builds fuzz targets.
    #[cfg(fuzzing)]
    #[doc(hidden)]
    pub fn unsigned_session(&self, token: &str) -> Result<crate::SessionAuth, TokenVerificationError> {
        crate::authenticate::unsigned_session(self.authenticator(), token)
    }

    #[cfg(feature = "axum")]
    pub(crate) fn config(&self) -> &Config {
        &self.0.authenticator.config
    }

    /// Verifies a token by itself, as Clerk's `verifyToken()` does: every check but whether it is a session token.
    ///
    /// # Errors
    /// [`TokenVerificationError`] if the token is refused.
    #[doc(alias = "verifyToken")]
    pub async fn verify_token(&self, token: &str) -> Result<VerifiedToken, TokenVerificationError> {
        let verified = self.0.authenticator.verifier.verify_standalone(token, None);
        verified.await.map(VerifiedToken::new)
    }

    /// Verifies a token as [`verify_token`](Self::verify_token) does, and accepts only one whose header states one of
    /// `header_types` as its `typ` (Clerk docs: `headerType`).
    ///
    /// # Errors
    /// [`TokenVerificationError`] if the token is refused.
    pub async fn verify_token_of_type<T: Into<String>>(
        &self,
        token: &str,
        header_types: impl IntoIterator<Item = T>,
    ) -> Result<VerifiedToken, TokenVerificationError> {
        let types: Vec<String> = header_types.into_iter().map(Into::into).collect();
        let verifier = &self.0.authenticator.verifier;
        let verified = verifier.verify_standalone(token, Some(&types));
        verified.await.map(VerifiedToken::new)
    }

    /// The client of the Backend API, Clerk's `clerkClient`. Without a secret key every call of it fails, saying so.
    #[cfg(feature = "client")]
    pub fn client(&self) -> &clerk_client::Client {
        &self.0.authenticator.backend.client
    }

    /// Returns the number that this handle shares with its clones and no other handle of the process has.
    #[cfg_attr(not(feature = "axum"), expect(dead_code))]
    pub(crate) fn id(&self) -> HandleId {
        self.0.id
    }
}

/// The number of a handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HandleId(u64);

impl HandleId {
    fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl fmt::Debug for Clerk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clerk")
            .field(
                "frontend_api",
                &self.0.authenticator.config.publishable_key.frontend_api(),
            )
            .finish_non_exhaustive()
    }
}

/// The authentication of one request. Await it to get the [`RequestState`]. Made by [`Clerk::authenticate`](crate::Clerk::authenticate).
#[must_use = "nothing is authenticated until this is awaited"]
#[derive(Clone, Copy)]
pub struct Authenticate<'a> {
    authenticator: &'a Authenticator,
    request: &'a Parts,
    options: AuthenticateOptions,
}

impl<'a> Authenticate<'a> {
    pub(super) fn new(authenticator: &'a Authenticator, request: &'a Parts) -> Self {
        Self {
            authenticator,
            request,
            options: AuthenticateOptions::with_response(AcceptsToken::SESSION),
        }
    }

    /// Accepts these types of token in place of session tokens (Clerk docs: `acceptsToken`).
    pub fn accepts(mut self, accepts: impl Into<AcceptsToken>) -> Self {
        self.options = AuthenticateOptions::with_response(accepts.into());
        self
    }
}

impl<'a> IntoFuture for Authenticate<'a> {
    type Output = Result<RequestState, AuthenticateError>;
    type IntoFuture = AuthenticateFuture<'a>;

    fn into_future(self) -> Self::IntoFuture {
        AuthenticateFuture(AuthenticateProgress::Unpolled(self))
    }
}

/// The future of [`Authenticate`]. Nothing happens before it is polled, and it is on the heap only for a request that has to
/// wait.
#[must_use = "nothing is authenticated until this is awaited"]
pub struct AuthenticateFuture<'a>(AuthenticateProgress<'a>);

enum AuthenticateProgress<'a> {
    Unpolled(Authenticate<'a>),
    Waiting(Resumed<'a>),
}

impl Future for AuthenticateFuture<'_> {
    type Output = Result<RequestState, AuthenticateError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut resumed = match &mut self.0 {
            AuthenticateProgress::Waiting(resumed) => return resumed.as_mut().poll(context),
            AuthenticateProgress::Unpolled(Authenticate {
                authenticator,
                request,
                options,
            }) => match authenticator.authenticate(request, *options) {
                Authentication::Ready(outcome) => return Poll::Ready(outcome.map(Cow::into_owned)),
                Authentication::Pending(suspended) => authenticator.resume(request, *options, suspended),
            },
        };
        let polled = resumed.as_mut().poll(context);
        self.0 = AuthenticateProgress::Waiting(resumed);
        polled
    }
}

impl fmt::Debug for AuthenticateFuture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthenticateFuture").finish_non_exhaustive()
    }
}

impl fmt::Debug for Authenticate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticate")
            .field("accepts", &self.options.accepts)
            .finish_non_exhaustive()
    }
}
