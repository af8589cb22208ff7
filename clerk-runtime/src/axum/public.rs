use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::request::Parts;

/// Says that anyone may call a handler. As the first parameter it is what `#[public]` writes; closures take it by hand:
///
/// ```
/// use clerk_runtime::Public;
///
/// let health = |_: Public| async { "ok" };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Public;

impl<S: Sync> FromRequestParts<S> for Public {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self)
    }
}
