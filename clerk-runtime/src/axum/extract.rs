//! Extractors for handlers that do without `#[protected]`.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;

use super::authenticated::Authenticated;
use super::{HasClerk, Rejection};
use crate::auth::{Auth, SessionAuth};
use crate::token::{AcceptsToken, UserId};

/// Signed in or not, as Clerk's `getAuth()` answers it. Rejects only with 503.
impl<S: HasClerk + Send + Sync> FromRequestParts<S> for Auth {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        Authenticated::of(parts, state.clerk(), AcceptsToken::SESSION)
            .await
            .auth()
            .cloned()
    }
}

/// Rejects with 401 when nobody is signed in.
impl<S: HasClerk + Send + Sync> FromRequestParts<S> for SessionAuth {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        Authenticated::of(parts, state.clerk(), AcceptsToken::SESSION)
            .await
            .session()
            .cloned()
    }
}

/// `None` without a token, and for a pending session; a token that is refused is a rejection with 401, never `None`.
impl<S: HasClerk + Send + Sync> OptionalFromRequestParts<S> for SessionAuth {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Rejection> {
        let authenticated = Authenticated::of(parts, state.clerk(), AcceptsToken::SESSION).await;
        match authenticated.auth()? {
            Auth::Session(session) => Ok(Some(session.clone())),
            Auth::SignedOut(signed_out)
                if signed_out.token_presented() && signed_out.session_status().is_none() =>
            {
                Err(Rejection::not_authenticated(true))
            }
            Auth::SignedOut(_) => Ok(None),
            Auth::Machine(_) => Err(Rejection::not_authenticated(true)),
        }
    }
}

/// Rejects with 401 when nobody is signed in.
impl<S: HasClerk + Send + Sync> FromRequestParts<S> for UserId {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        Authenticated::of(parts, state.clerk(), AcceptsToken::SESSION)
            .await
            .session()
            .map(|session| session.user_id().clone())
    }
}
