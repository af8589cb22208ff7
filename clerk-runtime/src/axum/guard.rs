use std::fmt;

use axum::extract::FromRequestParts;
use http::header::ACCEPT;
use http::request::Parts;
use http::{HeaderName, Method};

use super::admission::{self, KeepIf};
use super::memo::RequestMemo;
use super::policy::{Policy, Protected, WhenSignedOut};
use super::{HasClerk, Rejection, RejectionDetail};
use super::{protected_resource, refused};
use crate::Clerk;
use crate::auth::Auth;
use crate::authenticate::ConfigurationWarning;
use crate::protocol;
use crate::token::TokenType;

/// Proof that somebody is signed in and that `P` is content. As the first parameter of a handler it runs before any
/// other extractor and before a byte of the body is asked for.
pub struct Guard<P> {
    /// What the policy took from the auth object.
    pub value: P,
    auth: Auth,
}

impl<P> Guard<P> {
    /// The auth object that the policy was content with.
    pub fn auth(&self) -> &Auth {
        &self.auth
    }
}

impl<P: Policy> Guard<P> {
    /// Applies the policy to an auth object: every guard is made here.
    fn new(
        auth: Auth,
        when_signed_out: impl FnOnce(&Auth, bool) -> Rejection,
        refuse: impl FnOnce(&Auth, Rejection) -> Rejection,
    ) -> Result<Self, Rejection> {
        // As `admits` would, which makes a rejection for it.
        if let Auth::SignedOut(signed_out) = &auth {
            let rejection = when_signed_out(&auth, signed_out.token_presented());
            return Err(refuse(&auth, rejection));
        }
        match Protected::from_policy::<P>().admits(&auth) {
            Ok(()) => {}
            Err(Rejection::NotAuthenticated { token_presented, .. }) => {
                let rejection = when_signed_out(&auth, token_presented);
                return Err(refuse(&auth, rejection));
            }
            Err(rejection) => return Err(refuse(&auth, rejection)),
        }
        match P::inject(&auth) {
            Ok(value) => Ok(Self { value, auth }),
            Err(rejection) => Err(refuse(&auth, rejection)),
        }
    }

    /// The guard that a request of whoever `auth` is would have got, to call a handler without HTTP. The crate
    /// `clerk-testing` makes auth objects for it.
    ///
    /// # Errors
    /// What the request would have been answered, but for the advice that depends on a request: 401 in place of a redirect
    /// to the sign-in page.
    #[cfg(feature = "testing")]
    pub fn for_test(auth: impl Into<Auth>) -> Result<Self, Rejection> {
        Self::new(
            auth.into(),
            |_, token_presented| Rejection::not_authenticated(token_presented),
            |_, rejection| rejection,
        )
    }
}

impl<P: fmt::Debug> fmt::Debug for Guard<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard")
            .field("value", &self.value)
            .field("auth", &self.auth)
            .finish()
    }
}

impl<S, P> FromRequestParts<S> for Guard<P>
where
    S: HasClerk + Send + Sync,
    P: Policy,
{
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        let clerk = state.clerk();
        let auth = admission::auth(parts, &clerk, P::ACCEPTS, KeepIf::SignedIn).await?;
        Self::new(
            auth,
            |auth, token_presented| when_signed_out::<P>(parts, &clerk, auth, token_presented),
            |auth, rejection| refused::by_policy(parts, &clerk, P::ACCEPTS, auth, rejection),
        )
    }
}

fn when_signed_out<P: Policy>(parts: &Parts, clerk: &Clerk, auth: &Auth, token_presented: bool) -> Rejection {
    if P::WHEN_SIGNED_OUT == WhenSignedOut::RedirectToSignIn && is_document(parts) {
        let session_status = match auth {
            Auth::SignedOut(signed_out) => signed_out.session_status(),
            Auth::Session(_) | Auth::Machine(_) => None,
        };
        let redirect = clerk.redirect_to_sign_in(parts).session_status(session_status);
        match redirect.url() {
            Ok(location) => {
                warn_without_layer(parts, clerk);
                return Rejection::SignIn {
                    location: location.into(),
                    detail: RejectionDetail::default(),
                };
            }
            Err(error) => tracing::error!(%error, "nobody can be sent to the sign-in page"),
        }
    }
    Rejection::NotAuthenticated {
        token_presented,
        resource_metadata: P::ACCEPTS
            .accepts(TokenType::OauthToken)
            .then(|| protected_resource::metadata_url(clerk, parts).into()),
        detail: RejectionDetail::default(),
    }
}

/// Tells the log, at most once a minute, that no layer renews the session of a browser that is sent to sign in. With an
/// expired cookie it comes back at once, and is sent there again.
fn warn_without_layer(parts: &Parts, clerk: &Clerk) {
    if RequestMemo::is_of_layer(&parts.extensions, clerk) {
        return;
    }
    if let Some(requests) = clerk
        .authenticator()
        .count(ConfigurationWarning::RedirectWithoutLayer)
    {
        tracing::warn!(
            requests,
            "`redirect_to_sign_in` needs a `ClerkLayer` around the router, or a browser with an expired session is sent to the \
             sign-in page and back without end: call `.layer(ClerkLayer::new(clerk))` after the last `.route(..)`"
        );
    }
}

/// Whether a browser wants to show what it is answered.
fn is_document(parts: &Parts) -> bool {
    let header = |name: &HeaderName| parts.headers.get(name).map(|value| value.as_bytes());
    parts.method == Method::GET
        && match header(&protocol::SEC_FETCH_DEST) {
            Some(destination) => matches!(destination, b"document" | b"iframe"),
            None => header(&ACCEPT).is_some_and(|accept| accept.starts_with(b"text/html")),
        }
}
