//! The shared handle, and the builder that wires it.

mod build;
mod builder;
mod env;
mod handle;

pub use builder::ClerkBuilder;
pub use handle::Clerk;
#[cfg(feature = "axum")]
pub(crate) use handle::HandleId;
