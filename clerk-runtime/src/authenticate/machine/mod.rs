//! Machine tokens. JWTs are verified here; about opaque ones Clerk is asked.

mod error;
mod jwt;
#[cfg(feature = "network")]
mod opaque;

pub(super) use error::MachineTokenError;

use super::instance::Instance;
use crate::auth::MachineAuth;
#[cfg(not(feature = "network"))]
use crate::auth::MachineTokenVerificationErrorCode as Code;
use crate::token::TokenKind;

pub(super) async fn verify(
    instance: Instance<'_>,
    token: &str,
    presented: TokenKind,
) -> Result<MachineAuth, MachineTokenError> {
    match presented {
        #[cfg(feature = "network")]
        TokenKind::Opaque(token_type) => opaque::verify(instance, token, token_type).await,
        #[cfg(not(feature = "network"))]
        TokenKind::Opaque(token_type) => Err(MachineTokenError {
            token_type,
            code: Code::UnexpectedError,
            message: "Clerk cannot be asked without the feature `network`".into(),
            deviation: None,
            retry_after: None,
        }),
        TokenKind::Jwt(_) | TokenKind::Session => jwt::verify(instance, token).await,
    }
}
