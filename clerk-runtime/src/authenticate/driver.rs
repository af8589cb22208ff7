use std::pin::Pin;

use http::request::Parts;
use http::{HeaderMap, HeaderValue};

use super::authorization::{Authorization, AuthorizationHeaders};
use super::browser::Handshake;
use super::context::Context;
use super::decide::{self, Step};
use super::error::AuthenticateError;
use super::instance::{AuthenticateOptions, Instance};
use super::machine;
use super::outcome::{
    machine_refused, machine_signed_in, not_signed_in, signed_in, signed_out, token_refused,
};
use super::resolve::{self, HandshakeResult};
use super::session::{SessionRefusal, session_from_clerk, verify, verify_async};
use super::state::RequestState;
use crate::Deviation;
use crate::auth::{AuthReason, RefreshTokenErrorReason, SessionAuth};
use crate::config::{ClaimRules, Config, origin_of};
use crate::key::InstanceType;
use crate::telemetry;
use crate::token::{
    AcceptsToken, SessionStatus, TokenCarrier, TokenKind, TokenType, TokenVerificationError,
    TokenVerificationErrorReason as Reason,
};

/// Clocks of development machines may be wrong by this much, in milliseconds, without locking developers out.
const DEVELOPMENT_SKEW_IN_MS: i64 = 86_400_000;

/// Performs the steps that `decide` asks for; nothing if one has to be waited for.
pub(super) fn try_run(instance: Instance<'_>, context: &Context<'_>) -> Option<RequestState> {
    match run(instance, context, decide::start(context), &mut None) {
        Progress::Done(state) => Some(state),
        Progress::Io(_) => None,
    }
}

/// The outcome of a request that has to wait, judged from the beginning.
///
/// The future is on the heap because it is a part of the future of every handler, and those are moved.
pub(crate) fn authenticate_async<'a>(
    instance: Instance<'a>,
    request: &'a Parts,
    options: AuthenticateOptions,
) -> Pin<Box<dyn Future<Output = Result<RequestState, AuthenticateError>> + Send + 'a>> {
    Box::pin(async move {
        check_configuration(instance.config, request, options.accepts)?;
        let state = run_with_io(instance, request, options).await?;
        telemetry::record_outcome(&state);
        Ok(state)
    })
}

/// The outcome of any request.
async fn run_with_io(
    instance: Instance<'_>,
    request: &Parts,
    options: AuthenticateOptions,
) -> Result<RequestState, AuthenticateError> {
    let source = instance.source(request);
    let headers = AuthorizationHeaders::of(&request.headers);
    let seen = headers.seen_before(instance.verifier);
    let authorization = Authorization::of(headers);
    let context = &Context::read(&source, authorization, seen.as_ref(), options);
    let mut refused = None;
    let mut step = decide::start(context);
    loop {
        step = match run(instance, context, step, &mut refused) {
            Progress::Done(state) => return Ok(state),
            Progress::Io(Io::VerifyMachine { token, presented }) => {
                return Ok(match machine::verify(instance, token, presented).await {
                    Ok(machine) => machine_signed_in(machine),
                    Err(refusal) => machine_refused(refusal),
                });
            }
            Progress::Io(Io::ResolveHandshake(found)) => {
                let found = resolve::resolve(instance, context, found).await;
                match on_handshake(instance, context, found).await? {
                    Some(state) => return Ok(state),
                    None => decide::without_handshake(context),
                }
            }
            Progress::Io(Io::VerifySession { token, carrier }) => {
                let session = verify_async(instance, context, token, carrier).await;
                match after_verification(context, carrier, session, &mut refused) {
                    Ok(state) => return Ok(state),
                    Err(next) => next,
                }
            }
            Progress::Io(Io::Refresh) => match on_refresh(instance, context, request).await {
                Ok(state) => return Ok(state),
                Err((why, deviation)) => Step::Done(decide::after_failed_refresh(why, deviation)),
            },
        }
    }
}

pub(super) fn check_configuration(
    config: &Config,
    request: &Parts,
    accepts: AcceptsToken,
) -> Result<(), AuthenticateError> {
    let secrets = config.secrets;
    if accepts.single() == Some(TokenType::M2mToken) {
        return (secrets.secret_key || secrets.machine_secret_key)
            .then_some(())
            .ok_or(AuthenticateError::SecretKeyMissing);
    }
    if !secrets.secret_key {
        return Err(AuthenticateError::SecretKeyMissing);
    }
    if config.domains.satellite.is_none() {
        return Ok(());
    }
    let sign_in_origin = config.domains.sign_in_url.as_deref().and_then(origin_of);
    let origin = request
        .headers
        .get(http::header::ORIGIN)
        .map(HeaderValue::as_bytes);
    match (sign_in_origin, origin) {
        (Some(own), Some(origin)) if own.as_bytes() == origin => Err(AuthenticateError::SignInUrlOrigin),
        _ => Ok(()),
    }
}

/// How far a request gets without waiting.
enum Progress<'a> {
    Done(RequestState),
    Io(Io<'a>),
}

/// A step that takes time.
enum Io<'a> {
    /// Its key has to be fetched.
    VerifySession {
        token: &'a str,
        carrier: TokenCarrier,
    },
    VerifyMachine {
        token: &'a str,
        presented: TokenKind,
    },
    ResolveHandshake(&'a Handshake),
    Refresh,
}

/// A token that was refused before, of which the request's state tells in the end.
type Refused = Option<(TokenVerificationError, TokenCarrier)>;

/// Performs steps until one has to be waited for.
fn run<'a>(
    instance: Instance<'_>,
    context: &'a Context<'_>,
    mut step: Step<'a>,
    refused: &mut Refused,
) -> Progress<'a> {
    loop {
        step = match step {
            Step::Done(outcome) => return Progress::Done(not_signed_in(context, outcome, refused.take())),
            Step::VerifyMachine { token, presented } => {
                return Progress::Io(Io::VerifyMachine { token, presented });
            }
            Step::ResolveHandshake(found) => return Progress::Io(Io::ResolveHandshake(found)),
            Step::Refresh => return Progress::Io(Io::Refresh),
            Step::VerifySession { token, carrier } => {
                let Some(session) = verify(instance, context, token, carrier).transpose() else {
                    return Progress::Io(Io::VerifySession { token, carrier });
                };
                match after_verification(context, carrier, session, refused) {
                    Ok(state) => return Progress::Done(state),
                    Err(next) => next,
                }
            }
        }
    }
}

/// What a verified session token makes of a request, or what to do after a refusal.
fn after_verification<'a>(
    context: &'a Context<'_>,
    carrier: TokenCarrier,
    session: Result<SessionAuth, SessionRefusal>,
    refused: &mut Refused,
) -> Result<RequestState, Step<'a>> {
    match session {
        Ok(session) => {
            let facts = decide::Verified {
                is_pending: session.session_status() == Some(&SessionStatus::Pending),
                org_id: session.claims().org_id(),
                org_slug: session.org_slug(),
            };
            match decide::after_authentication(context, facts, carrier) {
                None => Ok(signed_in(session, carrier, HeaderMap::new(), None)),
                Some(not_signed_in) => Err(Step::Done(not_signed_in)),
            }
        }
        Err(SessionRefusal::NotSignedIn(not_signed_in)) => Err(Step::Done(not_signed_in)),
        Err(SessionRefusal::Error(error)) => {
            let next = decide::after_refusal(context, &error);
            *refused = Some((error, carrier));
            Err(next)
        }
    }
}

/// What becomes of a request with a handshake; nothing if the cookies have to speak for themselves.
async fn on_handshake(
    instance: Instance<'_>,
    context: &Context<'_>,
    on_handshake: HandshakeResult,
) -> Result<Option<RequestState>, AuthenticateError> {
    let development = context.instance_type == InstanceType::Development;
    let (headers, session_token, deviation, retry_after) = match on_handshake {
        HandshakeResult::Cookies {
            headers,
            session_token,
            deviation,
            retry_after,
        } => (headers, session_token, deviation, retry_after),
        HandshakeResult::Ignored => return Ok(None),
        HandshakeResult::Refused(error) => {
            tracing::warn!(%error, "a handshake was refused");
            return match error.deviation() {
                Some(Deviation::HandshakeExpiry) => Ok(Some(not_signed_in(
                    context,
                    decide::after_expired_handshake(),
                    None,
                ))),
                _ if development => Err(AuthenticateError::Handshake(error)),
                // Others may have taken it, and signed in somebody else than the cookies do.
                Some(_) => Ok(Some(token_refused(context, error))),
                None => Ok(None),
            };
        }
    };
    if session_token.is_empty() {
        let mut state = signed_out(AuthReason::SessionTokenMissing, deviation, headers);
        state.retry_after = retry_after;
        return Ok(Some(state));
    }
    let mut session = session_from_clerk(instance, &session_token, &instance.verifier.rules).await;
    if development && session.as_ref().is_err_and(is_about_time) {
        tracing::warn!(
            "the clock of this machine is wrong: the session of a handshake is verified with a tolerance of a day"
        );
        let tolerant = ClaimRules {
            clock_skew_in_ms: DEVELOPMENT_SKEW_IN_MS,
            ..instance.verifier.rules.clone()
        };
        session = session_from_clerk(instance, &session_token, &tolerant).await;
    }
    match session {
        Ok(session) => Ok(Some(signed_in(session, TokenCarrier::Cookie, headers, deviation))),
        Err(error) => {
            tracing::warn!(%error, "the session of a handshake was refused");
            Ok(error.deviation().map(|_| token_refused(context, error)))
        }
    }
}

fn is_about_time(error: &TokenVerificationError) -> bool {
    matches!(
        error.reason(),
        Reason::TokenExpired | Reason::TokenNotActiveYet | Reason::TokenIatInTheFuture
    )
}

#[cfg(feature = "network")]
async fn on_refresh(
    instance: Instance<'_>,
    context: &Context<'_>,
    request: &Parts,
) -> Result<RequestState, (RefreshTokenErrorReason, Option<Deviation>)> {
    let fresh = super::refresh::refresh(instance, context, request)
        .await
        .map_err(|why| (why, None))?;
    let session = session_from_clerk(instance, &fresh.session_token, &instance.verifier.rules).await;
    let session = session.map_err(|error| {
        let deviation = error.deviation().or(fresh.deviation);
        (RefreshTokenErrorReason::InvalidSessionToken, deviation)
    })?;
    Ok(signed_in(
        session,
        TokenCarrier::Cookie,
        fresh.headers,
        fresh.deviation,
    ))
}

#[cfg(not(feature = "network"))]
async fn on_refresh(
    _: Instance<'_>,
    _: &Context<'_>,
    _: &Parts,
) -> Result<RequestState, (RefreshTokenErrorReason, Option<Deviation>)> {
    Err((RefreshTokenErrorReason::MissingApiClient, None))
}
