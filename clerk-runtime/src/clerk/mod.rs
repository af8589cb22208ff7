//! The shared handle, and the builder that makes it.

mod build;
mod builder;
mod env;
mod handle;

pub use builder::ClerkBuilder;
#[cfg(feature = "axum")]
pub(crate) use handle::HandleId;
pub use handle::{Authenticate, AuthenticateFuture, Clerk};
