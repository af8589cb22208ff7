//! Performs the steps that the decisions ask for, until the outcome is known or something has to be waited for.

use std::task::Poll;
use std::time::Duration;

use http::HeaderMap;

use super::cookies::SessionCookies;
use super::decide;
use super::handshake::{self, HandshakeResult};
use super::machine_token;
use super::respond::{not_signed_in, token_refused};
use super::session_token::{self, SessionRefusal, session_from_clerk};
use super::state::{AuthStatus, AuthenticateError, RequestState};
use super::step::{NotSignedIn, Step};
use super::view::RequestView;
use super::warnings::ConfigurationWarning;
use crate::Deviation;
use crate::auth::{AuthReason, RefreshTokenErrorReason, SessionAuth};
use crate::config::ClaimRules;
use crate::token::{
    SessionStatus, TokenCarrier, TokenKind, TokenVerificationError, TokenVerificationErrorReason as Reason,
};

/// The outcome of a request, or the step that has to wait.
pub(super) enum Progress {
    Done(RequestState),
    Suspended(Suspended),
}

/// A request that waits for something. It goes on from here; what was read of it is read again.
pub(crate) struct Suspended {
    pub(super) operation: Operation,
    pub(super) refused: Option<RefusedToken>,
}

/// A step that has to wait.
#[derive(Debug, Clone, Copy)]
pub(super) enum Operation {
    /// The keys that tell the session cookies apart.
    AwaitCookieKeys,
    /// The key of a session token.
    VerifySession(TokenCarrier),
    VerifyMachine(TokenKind),
    ResolveHandshake,
    Refresh,
}

/// A token that was refused before the outcome was known. The state tells of it in the end.
pub(super) type RefusedToken = (TokenVerificationError, TokenCarrier);

/// Performs `step` and those that follow from it.
pub(super) fn run(view: &RequestView<'_>, mut step: Step, mut refused: Option<RefusedToken>) -> Progress {
    loop {
        let operation = match step {
            Step::Done(outcome) => return Progress::Done(not_signed_in(view, outcome, refused)),
            Step::VerifySession(carrier) => match session_token::try_verify(view, carrier) {
                Poll::Ready(session) => match after_verification(view, carrier, session, &mut refused) {
                    Ok(state) => return Progress::Done(state),
                    Err(next) => {
                        step = next;
                        continue;
                    }
                },
                Poll::Pending => Operation::VerifySession(carrier),
            },
            Step::AwaitCookieKeys => Operation::AwaitCookieKeys,
            Step::VerifyMachine(kind) => Operation::VerifyMachine(kind),
            Step::ResolveHandshake => Operation::ResolveHandshake,
            Step::Refresh => Operation::Refresh,
        };
        return Progress::Suspended(Suspended { operation, refused });
    }
}

/// Turns a verified session into the state of the request, or tells the step that follows.
pub(super) fn after_verification(
    view: &RequestView<'_>,
    carrier: TokenCarrier,
    session: Result<SessionAuth, SessionRefusal>,
    refused: &mut Option<RefusedToken>,
) -> Result<RequestState, Step> {
    match session {
        Ok(session) => {
            let organization = decide::ActiveOrganization {
                is_pending: session.session_status() == Some(&SessionStatus::Pending),
                org_id: session.claims().org_id(),
                org_slug: session.org_slug(),
            };
            match decide::after_authentication(view, organization, carrier) {
                None => {
                    let deviation = match carrier {
                        TokenCarrier::Header => None,
                        TokenCarrier::Cookie => view.cookie_deviation(),
                    };
                    Ok(RequestState::signed_in(
                        session,
                        carrier,
                        HeaderMap::new(),
                        deviation,
                    ))
                }
                Some(outcome) => Err(Step::Done(outcome)),
            }
        }
        Err(SessionRefusal::Decided(outcome)) => Err(Step::Done(outcome)),
        Err(SessionRefusal::Token(error)) => {
            let next = decide::after_refusal(view, &error);
            *refused = Some((error, carrier));
            Err(next)
        }
    }
}

/// Clocks of development machines may be wrong by this much, in milliseconds, without locking developers out.
const DEVELOPMENT_SKEW_IN_MS: i64 = 86_400_000;

/// Goes on with a suspended request until its outcome is known.
pub(super) async fn resume(
    view: &RequestView<'_>,
    mut suspended: Suspended,
) -> Result<RequestState, AuthenticateError> {
    if let Operation::AwaitCookieKeys = suspended.operation {
        SessionCookies::wait_for_keys(view.parts, view.authenticator).await;
    }
    // Cookies were read again after the wait, and in development the choice among them depends on the time. So another
    // cookie may count by now, which nothing has been decided about yet.
    if let Operation::AwaitCookieKeys | Operation::VerifySession(TokenCarrier::Cookie) | Operation::Refresh =
        suspended.operation
    {
        suspended = match run(view, decide::start(view), None) {
            Progress::Done(state) => return Ok(state),
            Progress::Suspended(again) => again,
        };
    }
    loop {
        let Suspended {
            operation,
            mut refused,
        } = suspended;
        let step = match operation {
            Operation::VerifyMachine(kind) => {
                return Ok(match machine_token::verify(view, kind).await {
                    Ok(machine) => RequestState::machine_signed_in(machine),
                    Err(error) => RequestState::machine_refused(error),
                });
            }
            // A request waits for them once.
            Operation::AwaitCookieKeys => Step::Done(NotSignedIn::KeysUnavailable { retry_after: None }),
            Operation::ResolveHandshake => match on_handshake(view).await? {
                Some(state) => return Ok(state),
                None => decide::without_handshake(view),
            },
            Operation::VerifySession(carrier) => {
                let session = session_token::verify(view, carrier).await;
                match after_verification(view, carrier, session, &mut refused) {
                    Ok(state) => return Ok(state),
                    Err(next) => next,
                }
            }
            Operation::Refresh => match on_refresh(view).await {
                Ok(state) => return Ok(state),
                Err(failure) => {
                    let outcome = decide::after_failed_refresh(failure.reason, failure.deviation);
                    let state = not_signed_in(view, outcome, refused);
                    // A browser that navigates goes to the handshake, which does not need this handle to ask Clerk.
                    return Ok(match (state.status, failure.retry_after) {
                        (AuthStatus::SignedOut, Some(wait)) => state.with_retry_after(Some(wait)),
                        _ => state,
                    });
                }
            },
        };
        suspended = match run(view, step, refused) {
            Progress::Done(state) => return Ok(state),
            Progress::Suspended(next) => next,
        };
    }
}

/// Takes over what a handshake left; `None` if the cookies count by themselves.
async fn on_handshake(view: &RequestView<'_>) -> Result<Option<RequestState>, AuthenticateError> {
    let development = view.is_development();
    let (headers, session_token, deviation, retry_after) = match handshake::resolve(view).await {
        HandshakeResult::Cookies {
            headers,
            session_token,
            deviation,
            retry_after,
        } => (headers, session_token, deviation, retry_after),
        HandshakeResult::Ignored => return Ok(None),
        HandshakeResult::Refused(error) => {
            // A stranger can send any text in its place.
            tracing::debug!(%error, "a handshake was refused");
            return match error.deviation() {
                Some(Deviation::HandshakeExpiry) => {
                    Ok(Some(not_signed_in(view, decide::after_expired_handshake(), None)))
                }
                _ if development => Err(AuthenticateError::Handshake(error)),
                // Others may have taken it, and signed in somebody else than the cookies do.
                Some(_) => Ok(Some(token_refused(view, error))),
                None => Ok(None),
            };
        }
    };
    if session_token.is_empty() {
        let reason = AuthReason::SessionTokenMissing;
        let state = RequestState::signed_out(reason, deviation, headers);
        return Ok(Some(state.with_retry_after(retry_after)));
    }
    let rules = &view.authenticator.verifier.rules;
    let mut session = session_from_clerk(view.authenticator, &session_token, rules).await;
    if development && session.as_ref().is_err_and(is_about_time) {
        if let Some(requests) = view.authenticator.count(ConfigurationWarning::HandshakeClock) {
            tracing::warn!(
                requests,
                "the clock of this machine is wrong: the session of a handshake is verified with a tolerance of a day"
            );
        }
        let tolerant = ClaimRules {
            clock_skew_in_ms: DEVELOPMENT_SKEW_IN_MS,
            ..rules.clone()
        };
        session = session_from_clerk(view.authenticator, &session_token, &tolerant).await;
    }
    match session {
        Ok(session) => {
            let carrier = TokenCarrier::Cookie;
            Ok(Some(RequestState::signed_in(
                session, carrier, headers, deviation,
            )))
        }
        Err(error) => {
            if let Some(requests) = view.authenticator.count(ConfigurationWarning::HandshakeSession) {
                tracing::warn!(requests, %error, "the session of a handshake was refused");
            }
            Ok(error.deviation().map(|_| token_refused(view, error)))
        }
    }
}

fn is_about_time(error: &TokenVerificationError) -> bool {
    matches!(
        error.reason(),
        Reason::TokenExpired | Reason::TokenNotActiveYet | Reason::TokenIatInTheFuture
    )
}

/// Why an expired session was not refreshed.
struct NotRefreshed {
    reason: RefreshTokenErrorReason,
    deviation: Option<Deviation>,
    /// The wait until Clerk may be asked, if it was not asked now.
    retry_after: Option<Duration>,
}

#[cfg(feature = "network")]
async fn on_refresh(view: &RequestView<'_>) -> Result<RequestState, NotRefreshed> {
    let fresh = super::refresh::refresh(view)
        .await
        .map_err(|failure| NotRefreshed {
            reason: failure.reason,
            deviation: failure.deviation,
            retry_after: failure.retry_after,
        })?;
    let rules = &view.authenticator.verifier.rules;
    let session = session_from_clerk(view.authenticator, &fresh.session_token, rules).await;
    let session = session.map_err(|error| {
        let deviation = error.deviation().or(fresh.deviation);
        NotRefreshed {
            reason: RefreshTokenErrorReason::InvalidSessionToken,
            deviation,
            retry_after: None,
        }
    })?;
    let carrier = TokenCarrier::Cookie;
    Ok(RequestState::signed_in(
        session,
        carrier,
        fresh.headers,
        fresh.deviation,
    ))
}

#[cfg(not(feature = "network"))]
async fn on_refresh(_: &RequestView<'_>) -> Result<RequestState, NotRefreshed> {
    Err(NotRefreshed {
        reason: RefreshTokenErrorReason::MissingApiClient,
        deviation: None,
        retry_after: None,
    })
}
