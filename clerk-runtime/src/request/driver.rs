use http::request::Parts;
use http::{HeaderMap, HeaderValue};

use super::context::Context;
use super::decide::{self, Step, Verdict};
use super::handshake;
use super::state::{AuthStatus, RequestState};
use crate::auth::{AuthReason, Session, SessionAuth};
use crate::config::Config;
use crate::token::{OrgId, SessionId, TokenCarrier, TokenVerificationError, UnverifiedJwt, UserId};
use crate::verify::{HeaderTypes, VerifiedToken, Verifier};
use crate::wire;

/// What a request is judged with.
#[derive(Clone, Copy)]
pub(crate) struct Instance<'a> {
    pub(crate) config: &'a Config,
    pub(crate) verifier: &'a Verifier,
    #[cfg(feature = "network")]
    pub(crate) client: &'a clerk_client::Client,
}

/// Performs the steps that `decide` asks for.
pub(crate) async fn authenticate(instance: Instance<'_>, request: &Parts) -> RequestState {
    let context = Context::read(request, instance.config, instance.verifier.clock.unix_millis());
    let state = match decide::start(&context) {
        Step::Done(verdict) => not_signed_in(&context, verdict, presented(&context), None),
        Step::Verify { token, carrier } => match verify(instance, &context, token, carrier).await {
            Ok(session) => signed_in(session, carrier),
            Err(Refusal::Verdict(verdict)) => not_signed_in(&context, verdict, Some(carrier), None),
            Err(Refusal::Error(error)) => not_signed_in(
                &context,
                decide::after_refusal(&context, &error),
                Some(carrier),
                Some(error),
            ),
        },
    };
    tracing::debug!(
        status = state.status.as_str(),
        reason = state.reason.map(AuthReason::as_str),
        carrier = state.carrier.map(TokenCarrier::as_str),
        "request authenticated"
    );
    state
}

enum Refusal {
    Verdict(Verdict),
    Error(TokenVerificationError),
}

async fn verify(
    instance: Instance<'_>,
    context: &Context<'_>,
    token: &str,
    carrier: TokenCarrier,
) -> Result<SessionAuth, Refusal> {
    let jwt = UnverifiedJwt::parse(token).map_err(Refusal::Error)?;
    if let Some(verdict) = decide::before_verification(context, &jwt, carrier) {
        return Err(Refusal::Verdict(verdict));
    }
    let verified = instance
        .verifier
        .verify(jwt, &HeaderTypes::JwtOrAbsent)
        .await
        .map_err(Refusal::Error)?;
    session(instance, verified, token)
}

fn session(instance: Instance<'_>, verified: VerifiedToken, token: &str) -> Result<SessionAuth, Refusal> {
    #[cfg(not(feature = "network"))]
    let _ = instance;
    let claims = verified.claims;
    let contradictory = || Refusal::Verdict(Verdict::SignedOut(AuthReason::UnexpectedError, None));
    let organization = claims.organization().map_err(|_| contradictory())?;
    Ok(SessionAuth::new(Session {
        user_id: claims.sub.text().map(UserId::from).ok_or_else(contradictory)?,
        session_id: claims.sid.text().map(SessionId::from),
        status: claims.status,
        actor: claims.actor,
        org_id: organization.id.as_deref().map(OrgId::from),
        org_slug: organization.slug,
        org_role: organization.role,
        org_permissions: organization.permissions,
        factor_verification_age: claims.factor_verification_age,
        payload: verified.payload,
        token: token.into(),
        #[cfg(feature = "network")]
        client: instance.client.clone(),
    }))
}

/// Where the request carries something in place of a token that nobody had to verify to refuse it.
fn presented(context: &Context<'_>) -> Option<TokenCarrier> {
    use super::authorization::Authorization;
    match (&context.authorization, &context.cookies) {
        (Authorization::Invalid(_) | Authorization::Bearer(_), _) => Some(TokenCarrier::Header),
        (Authorization::Absent, Err(_)) => Some(TokenCarrier::Cookie),
        (Authorization::Absent, Ok(cookies)) => cookies.session.is_some().then_some(TokenCarrier::Cookie),
    }
}

fn signed_in(session: SessionAuth, carrier: TokenCarrier) -> RequestState {
    RequestState {
        status: AuthStatus::SignedIn,
        reason: None,
        message: None,
        headers: HeaderMap::new(),
        session: Some(session),
        carrier: Some(carrier),
        deviation: None,
        outage: None,
    }
}

fn not_signed_in(
    context: &Context<'_>,
    verdict: Verdict,
    carrier: Option<TokenCarrier>,
    error: Option<TokenVerificationError>,
) -> RequestState {
    let (reason, deviation, redirect) = match verdict {
        Verdict::SignedOut(reason, deviation) => (reason, deviation, None),
        Verdict::Handshake(reason) => {
            let cookies = context.cookies.as_ref().ok();
            (
                reason,
                None,
                cookies.and_then(|cookies| handshake::redirect(context, cookies, reason)),
            )
        }
    };
    let status = if redirect.is_some() {
        AuthStatus::Handshake
    } else {
        AuthStatus::SignedOut
    };
    let message = error.as_ref().map(|error| {
        let carrier = carrier.map_or("undefined", TokenCarrier::as_str);
        format!(
            "{} (reason={}, token-carrier={carrier})",
            error.message(),
            error.reason()
        )
    });
    let mut headers = redirect.unwrap_or_default();
    headers.insert(wire::AUTH_STATUS, HeaderValue::from_static(status.as_str()));
    headers.insert(wire::AUTH_REASON, HeaderValue::from_static(reason.as_str()));
    if let Some(message) = message
        .as_deref()
        .and_then(|message| HeaderValue::from_str(message).ok())
    {
        headers.insert(wire::AUTH_MESSAGE, message);
    }
    RequestState {
        status,
        reason: Some(reason),
        message,
        headers,
        session: None,
        carrier,
        deviation,
        outage: error.and_then(|error| error.retry_after()),
    }
}
