//! Requirements that a caller has to satisfy, their evaluation, and the denial if it fails.
//!
//! A [`Requirement`] is a tree. Guards hold one as a constant, [`Auth::has`](crate::Auth::has) takes one at run time, and
//! the same function evaluates both: with Clerk's semantics, and a denial if data is absent, empty or malformed.
//!
//! ```
//! use clerk_runtime::Requirement;
//! use clerk_runtime::authorize::Reverification;
//!
//! const OWNERS: Requirement<'static> = Requirement::All(&[
//!     Requirement::role("org:admin"),
//!     Requirement::Reverification(Reverification::Strict),
//! ]);
//!
//! # fn example(auth: clerk_runtime::Auth) {
//! if auth.has(OWNERS) { /* … */ }
//! # }
//! assert_eq!(OWNERS.to_string(), "all(role org:admin, reverification strict)");
//! ```

mod denial;
mod evaluate;
mod into_requirement;
mod requirement;
#[cfg(test)]
mod tests;

pub use denial::Denial;
pub(crate) use evaluate::{AuthorizationContext, Permissions, Principal, evaluate};
pub use into_requirement::IntoRequirement;
pub use requirement::{
    Feature, Permission, Plan, Requirement, Reverification, ReverificationLevel, Role, Scope,
};
