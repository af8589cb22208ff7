//! Explains a refusal: [`Clerk::explain`](crate::Clerk::explain).

pub use crate::authenticate::{ClaimExplanation, Explanation, TokenShape};
