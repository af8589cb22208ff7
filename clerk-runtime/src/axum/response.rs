//! Checks the return type of a handler against axum.

use axum::response::IntoResponse;

/// Types that a handler returns: those that implement [`IntoResponse`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no response, so a handler cannot return it",
    label = "does not implement `IntoResponse`",
    note = "return `Json(..)` of a type that implements `Serialize`, text, `Html(..)`, a `StatusCode`, or a tuple or `Result` of such; the error of a `Result` is a response too, such as `StatusCode` or `clerk_runtime::Rejection`"
)]
pub trait HandlerResponse {}

#[diagnostic::do_not_recommend]
impl<T: IntoResponse> HandlerResponse for T {}

/// Compiles if `T` is a response.
pub const fn is_response<T: HandlerResponse>() {}
