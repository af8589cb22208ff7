//! Explains in words why a request is refused: the facts that are known of it beside what is configured.

mod advice;
mod claims;
mod cookies;
mod examine;
mod explanation;
mod refusal;
mod shape;
mod words;

pub use claims::ClaimExplanation;
pub(super) use examine::Outcome;
pub use explanation::Explanation;
#[cfg(feature = "axum")]
pub(crate) use refusal::SignedInRefusal;
pub use shape::TokenShape;
pub(super) use shape::sends_secret_key;
