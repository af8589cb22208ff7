//! From a session token to its session.

use super::context::Context;
use super::decide::{self, NotSignedIn};
use super::instance::Instance;
use crate::Deviation;
use crate::auth::SessionAuth;
use crate::config::ClaimRules;
use crate::telemetry::{self, Signature};
use crate::token::{
    Claim, SessionClaims, TokenCarrier, TokenVerificationError, TokenVerificationErrorReason as Reason,
    UnverifiedJwt,
};
use crate::verify::{SignedBy, TokenClass, VerifiedToken};

/// Why there is no session.
pub(super) enum SessionRefusal {
    NotSignedIn(NotSignedIn),
    Error(TokenVerificationError),
}

/// The session of a token, or nothing if its key has to be waited for.
pub(super) fn verify(
    instance: Instance<'_>,
    context: &Context<'_>,
    token: &str,
    carrier: TokenCarrier,
) -> Result<Option<SessionAuth>, SessionRefusal> {
    let verifier = instance.verifier;
    // Whether it was seen before or not, the same decisions are made about it.
    if let Some(seen) = context.seen(carrier) {
        before_verification(context, true, seen.claims().iat(), carrier)?;
        verifier.recheck_validity(seen).map_err(SessionRefusal::Error)?;
        after_verification(context, carrier)?;
        telemetry::record_verification(Signature::Cached);
        return Ok(Some(seen.session().clone()));
    }
    let jwt = UnverifiedJwt::parse(token).map_err(SessionRefusal::Error)?;
    before_verification(context, decide::is_session(&jwt), jwt.claims().iat(), carrier)?;
    let Some(signed_by) = verifier.verify_now(&jwt, TokenClass::Session) else {
        return Ok(None);
    };
    let signed_by = signed_by.map_err(SessionRefusal::Error)?;
    accept(instance, context, token, carrier, jwt.into_claims(), signed_by).map(Some)
}

/// The session of a token that [`verify`] had to leave until its key is there.
pub(super) async fn verify_async(
    instance: Instance<'_>,
    context: &Context<'_>,
    token: &str,
    carrier: TokenCarrier,
) -> Result<SessionAuth, SessionRefusal> {
    let jwt = UnverifiedJwt::parse(token).map_err(SessionRefusal::Error)?;
    let verified = instance.verifier.verify(jwt, TokenClass::Session).await;
    let VerifiedToken { claims, signed_by } = verified.map_err(SessionRefusal::Error)?;
    accept(instance, context, token, carrier, claims, signed_by)
}

/// The session of a token that passed the gate for the first time.
fn accept(
    instance: Instance<'_>,
    context: &Context<'_>,
    token: &str,
    carrier: TokenCarrier,
    claims: SessionClaims,
    signed_by: SignedBy,
) -> Result<SessionAuth, SessionRefusal> {
    after_verification(context, carrier)?;
    let session = session(instance, claims, token).map_err(SessionRefusal::Error)?;
    telemetry::record_verification(Signature::Verified);
    instance.verifier.remember(signed_by, &session);
    Ok(session)
}

fn before_verification(
    context: &Context<'_>,
    is_session: bool,
    iat: Claim<f64>,
    carrier: TokenCarrier,
) -> Result<(), SessionRefusal> {
    let not_signed_in = decide::before_verification(context, is_session, &iat, carrier);
    not_signed_in.map_or(Ok(()), |not_signed_in| {
        Err(SessionRefusal::NotSignedIn(not_signed_in))
    })
}

fn after_verification(context: &Context<'_>, carrier: TokenCarrier) -> Result<(), SessionRefusal> {
    let not_signed_in = decide::after_verification(context, carrier);
    not_signed_in.map_or(Ok(()), |not_signed_in| {
        Err(SessionRefusal::NotSignedIn(not_signed_in))
    })
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
    let session = SessionAuth::new(
        claims,
        token,
        #[cfg(feature = "network")]
        instance.token_issuer.clone(),
    );
    session.ok_or_else(contradictory)
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
pub(super) async fn session_from_clerk(
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
