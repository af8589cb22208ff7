//! The way from a session token to its session: the decisions before and after verification, and verification itself.

use std::task::Poll;

use super::authenticator::Authenticator;
use super::credential::PresentedToken;
use super::decide;
use super::step::{self, NotSignedIn};
use super::verified_token_cache::CachedSession;
use super::view::RequestView;
use crate::Deviation;
use crate::auth::{AuthReason, SessionAuth};
use crate::config::ClaimRules;
use crate::telemetry::{self, Signature};
use crate::token::{
    Claim, SessionClaims, TokenCarrier, TokenVerificationError, TokenVerificationErrorReason as Reason,
    UnverifiedJwt, is_session,
};
use crate::verify::Verified;

/// The reason why a session token does not sign the request in.
pub(super) enum SessionRefusal {
    /// A decision about the request.
    Decided(NotSignedIn),
    /// The token was refused.
    Token(TokenVerificationError),
}

/// Verifies the session token in this place. Pending if its key has to be fetched first.
pub(super) fn try_verify(
    view: &RequestView<'_>,
    carrier: TokenCarrier,
) -> Poll<Result<SessionAuth, SessionRefusal>> {
    if let Some(cached) = view.token(carrier).and_then(|token| token.cached()) {
        return Poll::Ready(recheck(view, carrier, cached));
    }
    let text = match text(view, carrier) {
        Ok(text) => text,
        Err(refusal) => return Poll::Ready(Err(refusal)),
    };
    let mut jwt = UnverifiedJwt::parse(text);
    let jwt = match &mut jwt {
        Ok(jwt) => jwt,
        Err(error) => return Poll::Ready(Err(malformed(view, carrier, text, error.clone()))),
    };
    if let Err(refusal) = before_first_verification(view, carrier, jwt) {
        return Poll::Ready(Err(refusal));
    }
    let verified = view.authenticator.verifier.try_verify_session(jwt);
    verified.map(|verified| accept(view, carrier, text, verified))
}

/// Verifies the session token in this place, and waits for its key.
pub(super) async fn verify(
    view: &RequestView<'_>,
    carrier: TokenCarrier,
) -> Result<SessionAuth, SessionRefusal> {
    let text = text(view, carrier)?;
    let mut jwt = UnverifiedJwt::parse(text).map_err(|error| malformed(view, carrier, text, error))?;
    before_first_verification(view, carrier, &jwt)?;
    let verifier = &view.authenticator.verifier;
    let verified = verifier.verify_session(&mut jwt, &verifier.rules).await;
    accept(view, carrier, text, verified)
}

/// Decides about a token that was verified before as about any other, and checks what can change.
fn recheck(
    view: &RequestView<'_>,
    carrier: TokenCarrier,
    cached: &CachedSession,
) -> Result<SessionAuth, SessionRefusal> {
    let token = cached.session().verified();
    before_verification(view, true, token.claims().iat(), carrier)?;
    view.authenticator
        .verifier
        .recheck(token)
        .map_err(SessionRefusal::Token)?;
    after_verification(view, carrier)?;
    telemetry::record_verification(Signature::Cached);
    Ok(cached.session().clone())
}

/// Decides whether a token may be verified as a session token of this request.
fn before_first_verification(
    view: &RequestView<'_>,
    carrier: TokenCarrier,
    jwt: &UnverifiedJwt<'_>,
) -> Result<(), SessionRefusal> {
    before_verification(view, is_session(jwt), jwt.claims().iat(), carrier)
}

/// Returns the refusal of a token that cannot be parsed. Clerk's SDK decides by the header alone whether a token in the
/// `Authorization` header is another type of token, so one of those is refused for its type even if its payload is `null`.
#[cold]
fn malformed(
    view: &RequestView<'_>,
    carrier: TokenCarrier,
    text: &str,
    error: TokenVerificationError,
) -> SessionRefusal {
    if carrier == TokenCarrier::Header
        && error.reason() == Reason::UnexpectedError
        && let Ok(jwt) = UnverifiedJwt::parse_nullable(text)
        && let Err(refusal) = before_first_verification(view, carrier, &jwt)
    {
        return refusal;
    }
    SessionRefusal::Token(error)
}

/// Makes the session of a token that was verified for the first time, and keeps it.
#[inline]
fn accept(
    view: &RequestView<'_>,
    carrier: TokenCarrier,
    text: &str,
    verified: Result<Verified<SessionClaims>, TokenVerificationError>,
) -> Result<SessionAuth, SessionRefusal> {
    let verified = verified.map_err(SessionRefusal::Token)?;
    after_verification(view, carrier)?;
    let session = session(view.authenticator, verified, text).map_err(SessionRefusal::Token)?;
    if !view.authenticator.is_snapshot {
        telemetry::record_verification(Signature::Verified);
    }
    view.authenticator.verified_tokens.insert(&session);
    Ok(session)
}

/// Returns the text of the token in this place. A token is verified only where one was found.
fn text<'v>(view: &'v RequestView<'_>, carrier: TokenCarrier) -> Result<&'v str, SessionRefusal> {
    let token = view.token(carrier).map(PresentedToken::as_str);
    token.ok_or_else(|| SessionRefusal::Decided(step::signed_out(AuthReason::UnexpectedError)))
}

fn before_verification(
    view: &RequestView<'_>,
    is_session: bool,
    iat: Claim<f64>,
    carrier: TokenCarrier,
) -> Result<(), SessionRefusal> {
    let decided = decide::before_verification(view, is_session, &iat, carrier);
    decided.map_or(Ok(()), |outcome| Err(SessionRefusal::Decided(outcome)))
}

fn after_verification(view: &RequestView<'_>, carrier: TokenCarrier) -> Result<(), SessionRefusal> {
    let decided = decide::after_verification(view, carrier);
    decided.map_or(Ok(()), |outcome| Err(SessionRefusal::Decided(outcome)))
}

#[inline]
fn session(
    authenticator: &Authenticator,
    verified: Verified<SessionClaims>,
    token: &str,
) -> Result<SessionAuth, TokenVerificationError> {
    let contradictory = || {
        TokenVerificationError::new(
            Reason::UnexpectedError,
            "the token's claims contradict themselves",
        )
    };
    let session = SessionAuth::new(verified, token, authenticator.backend.token_issuer.clone());
    session.ok_or_else(contradictory)
}

/// Makes the session of a token whose signature is not checked.
#[cfg(fuzzing)]
pub(crate) fn unsigned_session(
    authenticator: &Authenticator,
    token: &str,
) -> Result<SessionAuth, TokenVerificationError> {
    let verified = authenticator
        .verifier
        .verify_unsigned(&mut UnverifiedJwt::parse(token)?)?;
    session(authenticator, verified, token)
}

/// Verifies a session token that Clerk handed over, by a handshake or a refresh; its category too, which Clerk's SDK leaves
/// out here.
pub(super) async fn session_from_clerk(
    authenticator: &Authenticator,
    token: &str,
    rules: &ClaimRules,
) -> Result<SessionAuth, TokenVerificationError> {
    let mut jwt = UnverifiedJwt::parse(token)?;
    let is_session = is_session(&jwt);
    let verified = authenticator.verifier.verify_session(&mut jwt, rules).await?;
    if !is_session {
        let error =
            TokenVerificationError::new(Reason::TokenInvalid, "the token handed over is no session token");
        return Err(error.deviating(Deviation::TokenCategory));
    }
    session(authenticator, verified, token)
}
