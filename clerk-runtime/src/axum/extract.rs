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
        Authenticated::of(parts, &state.clerk(), AcceptsToken::SESSION).await
    }
}

/// Rejects with 401 when nobody is signed in.
impl<S: HasClerk + Send + Sync> FromRequestParts<S> for SessionAuth {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        match Authenticated::of(parts, &state.clerk(), AcceptsToken::SESSION).await? {
            Auth::Session(session) => Ok(session),
            Auth::SignedOut(signed_out) => Err(Rejection::not_authenticated(signed_out.token_presented())),
            Auth::Machine(_) => Err(Rejection::not_authenticated(true)),
        }
    }
}

/// `None` without a token, and for a pending session; a token that is refused is a rejection with 401, never `None`.
impl<S: HasClerk + Send + Sync> OptionalFromRequestParts<S> for SessionAuth {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Rejection> {
        match Authenticated::of(parts, &state.clerk(), AcceptsToken::SESSION).await? {
            Auth::Session(session) => Ok(Some(session)),
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
        let session = <SessionAuth as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        Ok(session.user_id().clone())
    }
}
