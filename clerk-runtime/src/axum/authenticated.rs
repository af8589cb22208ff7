//! The result of authentication, kept with the request so that several extractors share one look at the token.

use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderValue};

use super::Rejection;
use crate::auth::Auth;
use crate::request::{AuthenticateError, RequestState, Terms, is_cross_site};
use crate::token::{AcceptsToken, TokenCarrier, TokenType};
use crate::{Clerk, SessionAuth};

/// All results for one request, newest last: one per handle, credential and accepted types of token.
///
/// The credential belongs to the key because a layer may change the headers between two looks, and the handle because an
/// application may hold several instances. Neither may be given the other's user.
#[derive(Clone, Default)]
struct Results(Vec<Arc<Authenticated>>);

/// One result.
pub(super) struct Authenticated {
    clerk: Clerk,
    credential: Credential,
    terms: Terms,
    pub(super) outcome: Result<RequestState, AuthenticateError>,
    auth: Auth,
    /// Whether a foreign site made the request with the cookie that signs somebody in (D10).
    is_forged: bool,
}

/// The headers that decide who makes the request.
#[derive(PartialEq, Eq)]
struct Credential {
    authorization: Vec<HeaderValue>,
    cookies: Vec<HeaderValue>,
}

impl Credential {
    fn of(headers: &HeaderMap) -> Self {
        let all = |name| headers.get_all(name).iter().cloned().collect();
        Self {
            authorization: all(AUTHORIZATION),
            cookies: all(COOKIE),
        }
    }

    fn is_of(&self, headers: &HeaderMap) -> bool {
        self.authorization.iter().eq(headers.get_all(AUTHORIZATION))
            && self.cookies.iter().eq(headers.get_all(COOKIE))
    }
}

impl Authenticated {
    /// Authenticates the request for a handler, or finds the result of an earlier look with this handle.
    pub(super) async fn of(parts: &mut Parts, clerk: Clerk, accepts: AcceptsToken) -> Arc<Self> {
        let terms = Terms {
            accepts,
            can_respond: false,
        };
        Self::found_or_made(parts, clerk, terms).await.0
    }

    /// Authenticates the request for a layer, unless an outer layer has done so.
    pub(super) async fn first(parts: &mut Parts, clerk: Clerk, accepts: AcceptsToken) -> Option<Arc<Self>> {
        let terms = Terms {
            accepts,
            can_respond: true,
        };
        let (authenticated, is_first) = Self::found_or_made(parts, clerk, terms).await;
        is_first.then_some(authenticated)
    }

    async fn found_or_made(parts: &mut Parts, clerk: Clerk, terms: Terms) -> (Arc<Self>, bool) {
        if let Some(Results(results)) = parts.extensions.get_mut()
            && let Some(at) = results
                .iter()
                .position(|one| one.clerk.is_same(&clerk) && one.serves(terms, &parts.headers))
        {
            // The last look is the newest, also when it finds an earlier result.
            let found = results.remove(at);
            results.push(Arc::clone(&found));
            return (found, false);
        }
        let outcome = clerk.authenticate_on(parts, terms).await;
        if let Err(error) = &outcome {
            tracing::error!(code = error.code(), %error, "the request cannot be authenticated");
        }
        let by_cookie = |state: &RequestState| state.token_carrier() == Some(TokenCarrier::Cookie);
        let auth = outcome
            .as_ref()
            .map_or_else(|_| Auth::nobody(), RequestState::to_auth);
        let authenticated = Arc::new(Self {
            credential: Credential::of(&parts.headers),
            terms,
            is_forged: auth.is_authenticated()
                && outcome.as_ref().is_ok_and(by_cookie)
                && is_cross_site(parts, clerk.config()),
            auth,
            outcome,
            clerk,
        });
        parts
            .extensions
            .get_or_insert_default::<Results>()
            .0
            .push(Arc::clone(&authenticated));
        (authenticated, true)
    }

    /// Whether a look on these terms would come to the same.
    fn serves(&self, terms: Terms, headers: &HeaderMap) -> bool {
        // Without a token in the header there is only the session's cookie to look at, whatever else is accepted.
        let both_by_cookie = || {
            let session = TokenType::SessionToken;
            !headers.contains_key(AUTHORIZATION)
                && self.terms.accepts.accepts(session)
                && terms.accepts.accepts(session)
        };
        self.credential.is_of(headers)
            && (self.terms.can_respond || !terms.can_respond)
            && (self.terms.accepts == terms.accepts || both_by_cookie())
    }

    /// The newest result for these headers, whichever handle it is of.
    pub(super) fn newest(extensions: &Extensions, headers: &HeaderMap) -> Option<Arc<Self>> {
        find(extensions, |one| one.credential.is_of(headers))
    }

    /// The auth object, signed in or not.
    ///
    /// # Errors
    /// Nothing is known because Clerk or the keys are unavailable, the configuration is at fault, or a foreign site forged
    /// the request.
    pub(super) fn auth(&self) -> Result<&Auth, Rejection> {
        let retry_after = match &self.outcome {
            Ok(state) => state.retry_after(),
            Err(error) if error.retry_after().is_some() => error.retry_after(),
            Err(_) => return Err(Rejection::Misconfigured),
        };
        match retry_after {
            Some(retry_after) => Err(Rejection::Unavailable { retry_after }),
            None if self.is_forged => Err(Rejection::NotAuthorized {
                missing: "a request from the application's own site",
            }),
            None => Ok(&self.auth),
        }
    }

    /// The session of whoever is signed in.
    pub(super) fn session(&self) -> Result<&SessionAuth, Rejection> {
        match self.auth()? {
            Auth::Session(session) => Ok(session),
            Auth::SignedOut(signed_out) => Err(Rejection::not_authenticated(signed_out.token_presented())),
            Auth::Machine(_) => Err(Rejection::not_authenticated(true)),
        }
    }
}

fn find(extensions: &Extensions, matches: impl Fn(&Authenticated) -> bool) -> Option<Arc<Authenticated>> {
    extensions
        .get::<Results>()?
        .0
        .iter()
        .rev()
        .find(|one| matches(one))
        .cloned()
}
