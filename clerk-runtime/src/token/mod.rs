//! Tokens: strict and bounded parsing to [`UnverifiedJwt`], their types, and the claims of both versions in one form.

mod base64url;
mod claims;
mod error;
mod header;
mod ids;
mod json;
mod jwt;
mod kind;
mod span;

pub use claims::{Actor, FactorVerificationAge, SessionStatus};
pub(crate) use claims::{Audience, Claim, OrgRole, SessionClaims};
pub use error::{TokenVerificationError, TokenVerificationErrorReason};
pub(crate) use header::{Category, JsonField};
pub use ids::{OrgId, SessionId, UserId};
pub(crate) use ids::{consists_of, is_id_byte, is_well_formed as is_well_formed_id};
pub use jwt::UnverifiedJwt;
pub use kind::{AcceptsToken, TokenCarrier, TokenType};
pub(crate) use kind::{TokenKind, is_session, machine_token_type};
pub(crate) use span::Span;
