use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{Extensions, HeaderMap, Request, StatusCode};

use super::authenticated::Authenticated;
use crate::auth::Auth;

/// Nothing authenticated this request, so there is no auth object to be got: a mistake in the application, status 500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "nothing has authenticated this request: put `#[protected]` on the handler, take `Auth` as a parameter, or take it in a middleware around this one"
)]
pub struct AuthNotRun;

impl IntoResponse for AuthNotRun {
    fn into_response(self) -> Response {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

/// What [`get_auth`] reads from: [`Parts`] and [`Request`].
pub trait CarriesAuth {
    #[doc(hidden)]
    fn carried(&self) -> (&Extensions, &HeaderMap);
}

impl CarriesAuth for Parts {
    fn carried(&self) -> (&Extensions, &HeaderMap) {
        (&self.extensions, &self.headers)
    }
}

impl<B> CarriesAuth for Request<B> {
    fn carried(&self) -> (&Extensions, &HeaderMap) {
        (self.extensions(), self.headers())
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
/// In an application with several instances it is the result of the one that looked last.
///
/// # Errors
/// [`AuthNotRun`] if nothing has, or if the credentials were changed since, or if the keys were unavailable.
pub fn get_auth<R: CarriesAuth>(request: &R) -> Result<Auth, AuthNotRun> {
    let (extensions, headers) = request.carried();
    let newest = Authenticated::newest(extensions, headers).ok_or(AuthNotRun)?;
    newest.auth().map_err(|_| AuthNotRun)
}
