//! Tokens: a bounded, strict parse to [`UnverifiedJwt`], their class, and claims of both versions in one shape.

mod accepts;
mod actor;
mod audience;
mod base64url;
mod bits;
mod claims;
mod classify;
mod comma_list;
mod error;
mod header;
mod ids;
mod json;
mod organization;
mod text;
mod unverified;

pub use accepts::AcceptsToken;
pub use actor::Actor;
pub(crate) use audience::Audience;
pub(crate) use claims::{Claim, SessionClaims};
pub use claims::{FactorVerificationAge, SessionStatus};
pub(crate) use classify::{Category, Presented, machine_token_type};
pub use classify::{TokenCarrier, TokenType};
pub use error::{TokenVerificationError, TokenVerificationErrorReason};
pub(crate) use header::HeaderMember;
pub use ids::{OrgId, SessionId, UserId};
pub(crate) use ids::{is_in_ids, is_well_formed as is_well_formed_id};
pub(crate) use organization::OrgRole;
pub(crate) use text::Text;
pub use unverified::UnverifiedJwt;
