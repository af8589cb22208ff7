//! Checks the parameters of a handler against the state of the router that the attribute names.

use axum::extract::{FromRequest, FromRequestParts};

/// Parameters that are extracted with the router state `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be extracted from a request with the router state `{S}`",
    label = "not an extractor with this state",
    note = "`State<T>` needs `T: FromRef<{S}>`, and a `Webhook` needs a `WebhookVerifier` in the state",
    note = "a value of your own in the body is `Json(..): Json<{Self}>`, in the query `Query(..): Query<{Self}>`, in the path `Path(..): Path<{Self}>`"
)]
pub trait Extractable<S> {}

#[diagnostic::do_not_recommend]
impl<S, T: FromRequestParts<S>> Extractable<S> for T {}

/// Last parameters that are extracted with the router state `S`; `M` is axum's mark of how.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be extracted from a request with the router state `{S}`",
    label = "not an extractor with this state",
    note = "`State<T>` needs `T: FromRef<{S}>`, and a `Webhook` needs a `WebhookVerifier` in the state",
    note = "a value of your own in the body is `Json(..): Json<{Self}>`, in the query `Query(..): Query<{Self}>`, in the path `Path(..): Path<{Self}>`"
)]
pub trait ExtractableLast<S, M> {}

#[diagnostic::do_not_recommend]
impl<S, M, T: FromRequest<S, M>> ExtractableLast<S, M> for T {}

/// Compiles if a parameter that is not the last one can be extracted.
pub const fn extracts<T: Extractable<S>, S>() {}

/// Compiles if the last parameter can be extracted.
pub const fn extracts_last<T: ExtractableLast<S, M>, S, M>() {}
