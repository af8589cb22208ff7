//! From a session token to its session.

use std::sync::Arc;

use super::context::Context;
use super::decide::{self, Verdict};
use super::instance::Instance;
use crate::Deviation;
use crate::auth::{Session, SessionAuth};
use crate::config::ClaimRules;
use crate::observe::{self, Signature};
use crate::token::{
    SessionClaims, TokenCarrier, TokenVerificationError, TokenVerificationErrorReason as Reason,
    UnverifiedJwt,
};
use crate::verify::{SeenToken, TokenClass, VerifiedToken};

/// Why there is no session.
pub(super) enum Refusal {
    Verdict(Verdict),
    Error(TokenVerificationError),
}

/// The session of a token, or nothing if its key has to be waited for.
pub(super) fn verify(
    instance: Instance<'_>,
    context: &Context<'_>,
    token: &str,
    carrier: TokenCarrier,
) -> Result<Option<SessionAuth>, Refusal> {
    let verifier = instance.verifier;
    let look = match context.seen(carrier) {
        Some(seen) => Look::Again(Arc::clone(seen)),
        None => Look::First(UnverifiedJwt::parse(token).map_err(Refusal::Error)?),
    };
    let (is_session, iat) = match &look {
        Look::Again(seen) => (true, seen.claims().iat()),
        Look::First(jwt) => (decide::is_session(jwt), jwt.claims().iat()),
    };
    if let Some(verdict) = decide::before_verification(context, is_session, &iat, carrier) {
        return Err(Refusal::Verdict(verdict));
    }
    let found = match look {
        Look::Again(seen) => verifier.check_again(&seen).map(|()| Good::Remembered(seen)),
        Look::First(jwt) => match verifier.verify_now(jwt, TokenClass::Session) {
            Some(verified) => verified.map(Good::Verified),
            None => return Ok(None),
        },
    };
    let found = found.map_err(Refusal::Error)?;
    good(instance, context, token, carrier, found).map(Some)
}

/// The session of a token that [`verify`] had to leave until its key is there.
pub(super) async fn verify_waiting(
    instance: Instance<'_>,
    context: &Context<'_>,
    token: &str,
    carrier: TokenCarrier,
) -> Result<SessionAuth, Refusal> {
    let jwt = UnverifiedJwt::parse(token).map_err(Refusal::Error)?;
    let verified = instance.verifier.verify(jwt, TokenClass::Session).await;
    let verified = verified.map_err(Refusal::Error)?;
    good(instance, context, token, carrier, Good::Verified(verified))
}

/// The session of a token that passed the gate.
fn good(
    instance: Instance<'_>,
    context: &Context<'_>,
    token: &str,
    carrier: TokenCarrier,
    good: Good,
) -> Result<SessionAuth, Refusal> {
    if let Some(verdict) = decide::after_verification(context, carrier) {
        return Err(Refusal::Verdict(verdict));
    }
    match good {
        Good::Remembered(seen) => {
            observe::verified(Signature::Remembered);
            Ok(seen.session().clone())
        }
        Good::Verified(verified) => {
            let session = session(instance, verified.claims, token).map_err(Refusal::Error)?;
            observe::verified(Signature::Checked);
            instance.verifier.remember(verified.signer, &session);
            Ok(session)
        }
    }
}

/// A session token, by whether its signature is known to be good. Either way the same decisions are made about it.
#[expect(
    clippy::large_enum_variant,
    reason = "a box would be an allocation for every first look"
)]
enum Look<'a> {
    First(UnverifiedJwt<'a>),
    Again(Arc<SeenToken>),
}

/// A session token that passed the gate.
#[expect(
    clippy::large_enum_variant,
    reason = "a box would be an allocation for every first look"
)]
enum Good {
    Verified(VerifiedToken),
    Remembered(Arc<SeenToken>),
}

fn session(
    instance: Instance<'_>,
    claims: SessionClaims,
    token: &str,
) -> Result<SessionAuth, TokenVerificationError> {
    let contradictory = || {
        TokenVerificationError::new(
            Reason::UnexpectedError,
            "the token's claims contradict themselves",
        )
    };
    #[cfg(not(feature = "network"))]
    let _ = instance;
    let session = Session::new(
        claims,
        token,
        #[cfg(feature = "network")]
        instance.mint.clone(),
    );
    session.map(SessionAuth::new).ok_or_else(contradictory)
}

/// The session of a token whose signature nobody looks at.
#[cfg(fuzzing)]
pub(crate) fn unsigned_session(
    instance: Instance<'_>,
    token: &str,
) -> Result<SessionAuth, TokenVerificationError> {
    let claims = instance.verifier.verify_unsigned(UnverifiedJwt::parse(token)?)?;
    session(instance, claims, token)
}

/// Verifies a session token that Clerk handed over; its category too, which Clerk's SDK leaves out here.
pub(super) async fn handed_session(
    instance: Instance<'_>,
    token: &str,
    rules: &ClaimRules,
) -> Result<SessionAuth, TokenVerificationError> {
    let jwt = UnverifiedJwt::parse(token)?;
    let is_session = decide::is_session(&jwt);
    let verified = instance
        .verifier
        .verify_by(jwt, TokenClass::Session, rules)
        .await?;
    if !is_session {
        let error =
            TokenVerificationError::new(Reason::TokenInvalid, "the token handed over is no session token");
        return Err(error.deviating(Deviation::TokenCategory));
    }
    session(instance, verified.claims, token)
}
