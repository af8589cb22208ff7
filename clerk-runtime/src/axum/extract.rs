//! Extractors for handlers that do without `#[protected]`, and `get_auth` for middleware.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{Request, StatusCode};

use super::admission::{self, KeepIf, admit};
use super::memo::RequestMemo;
use super::refused;
use super::{HasClerk, Rejection};
use crate::Clerk;
use crate::auth::{Auth, SessionAuth};
use crate::authenticate::RequestHead;
use crate::error_text::debug_as_display;
use crate::token::{AcceptsToken, UserId};

/// Takes the auth object, signed in or not, as Clerk's `getAuth()` returns it.
///
/// # Errors
/// 503 if Clerk or its keys are unavailable, 403 if another site made the request with the session cookie, 500 if the
/// configuration does not allow to judge the request.
impl<S: HasClerk + Send + Sync> FromRequestParts<S> for Auth {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        admission::auth(parts, &state.clerk(), AcceptsToken::SESSION, KeepIf::Always).await
    }
}

/// Takes the session that signs the request in.
///
/// # Errors
/// 401 without one, and the errors of [`Auth`].
impl<S: HasClerk + Send + Sync> FromRequestParts<S> for SessionAuth {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        let clerk = state.clerk();
        let auth = admission::auth(parts, &clerk, AcceptsToken::SESSION, KeepIf::Always).await?;
        let token_presented = match &auth {
            Auth::Session(session) => return Ok(session.clone()),
            Auth::SignedOut(signed_out) => signed_out.token_presented(),
            Auth::Machine(_) => true,
        };
        Err(refuse(parts, &clerk, &auth, token_presented))
    }
}

/// Takes the session if there is one: `None` without a token, and for a pending session.
///
/// # Errors
/// 401 for a token that is refused, and the errors of [`Auth`].
impl<S: HasClerk + Send + Sync> OptionalFromRequestParts<S> for SessionAuth {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Rejection> {
        let clerk = state.clerk();
        let auth = admission::auth(parts, &clerk, AcceptsToken::SESSION, KeepIf::Always).await?;
        match &auth {
            Auth::Session(session) => Ok(Some(session.clone())),
            Auth::SignedOut(signed_out)
                if !signed_out.token_presented() || signed_out.session_status().is_some() =>
            {
                Ok(None)
            }
            Auth::SignedOut(_) | Auth::Machine(_) => Err(refuse(parts, &clerk, &auth, true)),
        }
    }
}

fn refuse(parts: &Parts, clerk: &Clerk, auth: &Auth, token_presented: bool) -> Rejection {
    let rejection = Rejection::not_authenticated(token_presented);
    refused::by_policy(parts, clerk, AcceptsToken::SESSION, auth, rejection)
}

/// Takes the id of the user whose session signs the request in.
///
/// # Errors
/// 401 without a session, and the errors of [`Auth`].
impl<S: HasClerk + Send + Sync> FromRequestParts<S> for UserId {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        let session = <SessionAuth as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        Ok(session.user_id().clone())
    }
}

/// Nothing authenticated this request, so there is no auth object to be got: a mistake in the application, status 500.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "nothing has authenticated this request: put `#[protected]` on the handler, take `Auth` as a parameter, or take it in a middleware around this one"
)]
pub struct AuthNotRun;

debug_as_display!(AuthNotRun);

impl IntoResponse for AuthNotRun {
    fn into_response(self) -> Response {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

/// A request that [`get_auth`] reads from: [`Parts`] or [`Request`]. Sealed.
pub trait CarriesAuth: sealed::Sealed {}

impl CarriesAuth for Parts {}
impl<B> CarriesAuth for Request<B> {}

mod sealed {
    use http::request::Parts;
    use http::{Extensions, HeaderMap, Method, Request, Uri};

    #[expect(
        unnameable_types,
        reason = "other crates cannot implement a trait that they cannot name"
    )]
    pub trait Sealed {
        fn head(&self) -> (&Method, &Uri, &HeaderMap, &Extensions);
    }

    impl Sealed for Parts {
        fn head(&self) -> (&Method, &Uri, &HeaderMap, &Extensions) {
            (&self.method, &self.uri, &self.headers, &self.extensions)
        }
    }

    impl<B> Sealed for Request<B> {
        fn head(&self) -> (&Method, &Uri, &HeaderMap, &Extensions) {
            (self.method(), self.uri(), self.headers(), self.extensions())
        }
    }
}

/// The auth object of a request that a guard, an extractor or a layer has authenticated (Clerk docs: `getAuth()`).
///
/// ```
/// use axum::extract::Request;
/// use axum::middleware::Next;
/// use axum::response::Response;
/// use clerk_runtime::{Auth, get_auth};
///
/// async fn log_user(_: Auth, request: Request, next: Next) -> Response {
///     if let Ok(auth) = get_auth(&request) {
///         println!("{:?}", auth.user_id());
///     }
///     next.run(request).await
/// }
/// ```
///
/// `Ok` says that the request was looked at, not that somebody is signed in: ask [`Auth::is_authenticated`] or
/// [`Auth::authorize`].
///
/// In an application with several instances it is the result of the one that looked last.
///
/// # Errors
/// [`AuthNotRun`] if nothing has authenticated the request, if its credentials were changed since, if another site made it
/// with the session cookie, or if the keys were unavailable.
pub fn get_auth<R: CarriesAuth>(request: &R) -> Result<Auth, AuthNotRun> {
    let (method, uri, headers, extensions) = request.head();
    let newest = RequestMemo::newest(extensions, headers).ok_or(AuthNotRun)?;
    let head = RequestHead::new(method, uri, headers, extensions);
    admit(newest.outcome().as_ref(), head, newest.clerk()).map_err(|_| AuthNotRun)
}
