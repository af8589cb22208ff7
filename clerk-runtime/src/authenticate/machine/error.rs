use std::time::Duration;

use crate::Deviation;
use crate::auth::MachineTokenVerificationErrorCode as Code;
use crate::token::TokenType;

/// Why a machine is not signed in.
#[derive(Debug)]
pub(crate) struct MachineTokenError {
    pub(crate) token_type: TokenType,
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) deviation: Option<Deviation>,
    pub(crate) retry_after: Option<Duration>,
}
