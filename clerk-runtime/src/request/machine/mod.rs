//! Machine tokens. JWTs are verified here; about opaque ones Clerk is asked.

mod jwt;
#[cfg(feature = "network")]
mod opaque;
mod refusal;

pub(super) use refusal::Refusal;

use super::instance::Instance;
use crate::auth::MachineAuth;
#[cfg(not(feature = "network"))]
use crate::auth::MachineTokenVerificationErrorCode as Code;
use crate::token::Presented;

pub(super) async fn verify(
    instance: Instance<'_>,
    token: &str,
    presented: Presented,
) -> Result<MachineAuth, Refusal> {
    match presented {
        #[cfg(feature = "network")]
        Presented::Opaque(token_type) => opaque::verify(instance, token, token_type).await,
        #[cfg(not(feature = "network"))]
        Presented::Opaque(token_type) => Err(Refusal {
            token_type,
            code: Code::UnexpectedError,
            message: "Clerk cannot be asked without the feature `network`".into(),
            deviation: None,
            outage: None,
        }),
        Presented::Jwt(_) | Presented::Session => jwt::verify(instance, token).await,
    }
}
