//! The result of authentication, kept with the request so that several extractors share one look at the token.

use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderValue};

use super::Rejection;
use crate::auth::Auth;
use crate::request::RequestState;
use crate::{Clerk, SessionAuth};

/// All results for one request, newest last: one per handle and credential.
///
/// The credential belongs to the key because a layer may change the headers between two looks, and the handle because an
/// application may hold several instances. Neither may be given the other's user.
#[derive(Clone, Default)]
struct Results(Vec<Arc<Authenticated>>);

/// One result.
pub(super) struct Authenticated {
    clerk: Clerk,
    credential: Credential,
    auth: Auth,
    outage: Option<std::time::Duration>,
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
    /// Authenticates the request, or finds the result of an earlier look with this handle.
    pub(super) async fn of(parts: &mut Parts, clerk: Clerk) -> Arc<Self> {
        if let Some(Results(results)) = parts.extensions.get_mut() {
            let is_this = |one: &Arc<Self>| one.clerk.is_same(&clerk) && one.credential.is_of(&parts.headers);
            if let Some(at) = results.iter().position(is_this) {
                // The last look is the newest, also when it finds an earlier result.
                let found = results.remove(at);
                results.push(Arc::clone(&found));
                return found;
            }
        }
        let state: RequestState = clerk.authenticate_request(parts).await;
        let authenticated = Arc::new(Self {
            credential: Credential::of(&parts.headers),
            auth: state.to_auth(),
            outage: state.retry_after(),
            clerk,
        });
        parts
            .extensions
            .get_or_insert_default::<Results>()
            .0
            .push(Arc::clone(&authenticated));
        authenticated
    }

    /// The newest result for these headers, whichever handle it is of.
    pub(super) fn newest(extensions: &Extensions, headers: &HeaderMap) -> Option<Arc<Self>> {
        find(extensions, |one| one.credential.is_of(headers))
    }

    /// The auth object, signed in or not.
    ///
    /// # Errors
    /// Nothing is known because the keys are unavailable.
    pub(super) fn auth(&self) -> Result<&Auth, Rejection> {
        match self.outage {
            Some(retry_after) => Err(Rejection::Unavailable { retry_after }),
            None => Ok(&self.auth),
        }
    }

    /// The session of whoever is signed in.
    pub(super) fn session(&self) -> Result<&SessionAuth, Rejection> {
        match self.auth()? {
            Auth::Session(session) => Ok(session),
            Auth::SignedOut(signed_out) => Err(Rejection::NotAuthenticated {
                token_presented: signed_out.token_presented(),
            }),
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
