use clerk_runtime::token::AcceptsToken;
use clerk_runtime::{Auth, AuthenticateError};
use http::HeaderValue;
use http::header::AUTHORIZATION;

use crate::LocalInstance;

/// Auth objects, for handlers that are called without HTTP.
impl LocalInstance {
    /// The auth object of a request with this `Authorization` header, whatever type of token it is; an empty text is a
    /// request without the header. It is verified as for a request, and signed out if the token is not good or a
    /// [fault](Self::fault) keeps the instance from telling.
    ///
    /// ```
    /// # async fn example(instance: clerk_testing::LocalInstance) -> Result<(), Box<dyn std::error::Error>> {
    /// let ada = instance.auth(instance.user("ada").bearer()).await?;
    /// assert!(ada.is_authenticated());
    /// assert!(!instance.auth("").await?.is_authenticated());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`Clerk::authenticate`](clerk_runtime::Clerk::authenticate).
    pub async fn auth(&self, authorization: impl AsRef<str>) -> Result<Auth, AuthenticateError> {
        let mut request = http::Request::new(());
        let authorization = authorization.as_ref();
        if !authorization.is_empty() {
            // What no header can hold is no good token either.
            let value = HeaderValue::from_str(authorization).unwrap_or(HeaderValue::from_static("Bearer"));
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        let (parts, ()) = request.into_parts();
        let state = self
            .clerk()
            .authenticate(&parts)
            .accepts(AcceptsToken::ANY)
            .await?;
        Ok(state.to_auth())
    }
}
