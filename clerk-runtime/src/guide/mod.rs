//! Pages to read when something does not work, and recipes.
//!
//! | page | for |
//! | --- | --- |
//! | [`compile_errors`] | When it does not compile |
//! | [`refusals`] | When it answers 401, 403 or 503 |
//! | [`recipes`] | CORS, everything below a path, the state, `.env`, error formats, streams |

#[doc = include_str!("../../docs/compile-errors.md")]
pub mod compile_errors {}

#[doc = include_str!("../../docs/refusals.md")]
pub mod refusals {}

#[doc = include_str!("../../docs/recipes.md")]
pub mod recipes {}

#[cfg(test)]
mod tests;
