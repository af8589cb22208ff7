//! Why a request is refused: [`Clerk::explain`](crate::Clerk::explain).

pub use crate::authenticate::{ClaimExplanation, Explanation, TokenShape};
