//! The errors of looking up a key.

use std::time::Duration;

use super::plan::Answer;
use crate::Deviation;
use crate::key::RsaVerifyingKey;
use crate::token::{TokenVerificationError, TokenVerificationErrorReason as Reason};

pub(super) fn into_result(answer: Answer) -> Result<RsaVerifyingKey, TokenVerificationError> {
    match answer {
        Answer::Key(key) => Ok(key),
        Answer::Unusable => {
            let message = "the key that the token names cannot check RS256 signatures";
            Err(
                TokenVerificationError::new(Reason::TokenVerificationFailed, message)
                    .deviating(Deviation::UnusableKey),
            )
        }
        Answer::UnknownKid => {
            let message = "no key of the instance has the `kid` that the token names";
            Err(TokenVerificationError::new(Reason::JwkKidMismatch, message))
        }
        Answer::Unavailable { reason, retry_after } => Err(outage(reason, retry_after)),
    }
}

/// The error for the operator, with its cause and its fix.
pub(super) fn explained(reason: Reason, cause: &str, retry_after: Duration) -> TokenVerificationError {
    let message = match reason {
        Reason::SecretKeyInvalid => format!(
            "Clerk refused the secret key ({cause}): check CLERK_SECRET_KEY; copy it again from the API keys page of the Clerk dashboard"
        ),
        reason => format!("{}: {cause}", message_of(reason)),
    };
    TokenVerificationError::new(reason, message).during_outage(retry_after.max(Duration::from_secs(1)))
}

fn outage(reason: Reason, retry_after: Duration) -> TokenVerificationError {
    TokenVerificationError::new(reason, message_of(reason))
        .during_outage(retry_after.max(Duration::from_secs(1)))
}

fn message_of(reason: Reason) -> &'static str {
    match reason {
        Reason::SecretKeyInvalid => "Clerk refused the secret key: check CLERK_SECRET_KEY",
        Reason::JwkRemoteFailedToLoad => "Clerk did not answer with the instance's keys",
        _ => "Clerk could not be reached for the instance's keys",
    }
}
