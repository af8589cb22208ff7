//! What may be asked of whoever is signed in, as data; one evaluator of it; and what it says when it denies.
//!
//! A [`Requirement`] is a tree. Guards hold one as a constant, [`Auth::has`](crate::Auth::has) takes one as it comes, and
//! both are judged by the same function: with Clerk's semantics, and deny on whatever is absent, empty or odd.
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
mod key;
mod principal;
mod requirement;
mod reverification;

pub use denial::Denial;
pub(crate) use evaluate::{AuthorizationContext, Permissions, evaluate};
pub use key::{Feature, Permission, Plan, Role, Scope};
pub(crate) use principal::Principal;
pub use requirement::Requirement;
pub use reverification::{Reverification, ReverificationLevel};
