//! Clerk request authentication for axum.

pub mod auth;
#[cfg(feature = "axum")]
mod axum;
mod clerk;
pub mod clock;
mod config;
mod deviation;
pub mod key;
mod request;
pub mod token;
mod verify;
mod wire;

#[cfg(feature = "axum")]
pub use crate::axum::{AuthNotRun, CarriesAuth, Guard, HasClerk, Policy, Rejection, get_auth};
pub use auth::{Auth, Claims, SessionAuth, SignedOut};
pub use clerk::{Clerk, ClerkBuilder};
#[cfg(feature = "client")]
pub use clerk_client as client;
#[cfg(feature = "macros")]
pub use clerk_macros::protected;
pub use config::{ConfigError, JwksPolicy};
pub use deviation::Deviation;
pub use request::{AuthStatus, RequestState};
pub use token::{OrgId, SessionId, TokenVerificationError, UserId};
pub use verify::VerifiedToken;

/// What `#[protected]` expands to. Not for other use: it changes without notice.
#[cfg(feature = "axum")]
#[doc(hidden)]
pub mod __private {
    pub use crate::auth::{Auth, Claims, SessionAuth};
    pub use crate::axum::{
        AuthSlot, ClaimsSlot, Guard, OrgIdSlot, Policy, Rejection, SessionIdSlot, UserIdSlot,
    };
    pub use crate::token::{OrgId, SessionId, UserId};
}
