//! Clerk request authentication for axum.

pub mod clock;
mod deviation;
pub mod key;
pub mod token;
mod wire;

pub use deviation::Deviation;
