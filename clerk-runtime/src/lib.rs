//! Clerk request authentication for axum.

pub mod clock;
