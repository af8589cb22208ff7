//! The claims of session tokens, of version 1 and version 2.

mod claim;
mod organization;
mod permissions;
mod session;
#[cfg(test)]
mod tests;
mod values;

pub(crate) use claim::{Audience, Claim};
pub(crate) use organization::OrgRole;
pub(crate) use session::SessionClaims;
pub use values::{Actor, FactorVerificationAge, SessionStatus};
