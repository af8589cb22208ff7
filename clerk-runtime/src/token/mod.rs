//! Tokens: a bounded, strict parse to [`UnverifiedJwt`], their class, and claims of both versions in one shape.

mod accepts;
mod actor;
mod audience;
mod base64url;
mod claim;
mod claims;
mod claims_set;
mod classify;
mod comma_list;
mod error;
mod factor_verification_age;
mod header;
mod ids;
mod json;
mod organization;
mod permission_mask;
mod session_status;
mod span;
mod unverified;

pub use accepts::AcceptsToken;
pub use actor::Actor;
pub(crate) use audience::Audience;
pub(crate) use claim::Claim;
pub(crate) use claims::SessionClaims;
pub(crate) use classify::{Category, TokenKind, machine_token_type};
pub use classify::{TokenCarrier, TokenType};
pub use error::{TokenVerificationError, TokenVerificationErrorReason};
pub use factor_verification_age::FactorVerificationAge;
pub(crate) use header::JsonField;
pub use ids::{OrgId, SessionId, UserId};
pub(crate) use ids::{consists_of, is_id_byte, is_well_formed as is_well_formed_id};
pub(crate) use organization::OrgRole;
pub use session_status::SessionStatus;
pub(crate) use span::Span;
pub use unverified::UnverifiedJwt;
