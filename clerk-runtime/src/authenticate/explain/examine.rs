//! Puts an explanation together from a request and its outcome. Nothing is asked, fetched or kept for it.

use http::header::AUTHORIZATION;
use http::request::Parts;

use super::advice::{Advice, Findings};
use super::claims::ClaimFacts;
use super::cookies::CookieFacts;
use super::explanation::Explanation;
use super::refusal;
use super::shape::TokenShape;
use super::words::{key, kid, organization, session_status};
use crate::Deviation;
use crate::auth::{AuthReason, RefreshTokenErrorReason as Refresh};
use crate::authenticate::credential::Credential;
use crate::authenticate::cross_site::is_cross_site;
use crate::authenticate::state::{AuthStatus, AuthenticateError, RequestState, SignedIn};
use crate::authenticate::steps::Operation;
use crate::authenticate::view::RequestView;
use crate::excerpt::excerpt;
use crate::key::InstanceType;
use crate::token::{TokenCarrier, TokenKind, TokenVerificationErrorReason as Reason, UnverifiedJwt};
use crate::verify::KeySource;

/// Holds the result of judging a request, as far as it is judged without I/O.
pub(in crate::authenticate) enum Outcome<'a> {
    State(&'a RequestState),
    Waits(Operation),
    Error(&'a AuthenticateError),
}

/// Holds the facts about the credential of a request, and the advice that follows from its outcome.
struct Examined<'a> {
    carrier: Option<TokenCarrier>,
    header: Option<TokenShape>,
    token: Option<TokenShape>,
    cookies: CookieFacts,
    jwt: Option<UnverifiedJwt<'a>>,
    claims: Option<ClaimFacts>,
    scheme: Option<String>,
    signature: &'static str,
    advice: Option<Advice>,
}

impl<'a> Examined<'a> {
    fn new(view: &'a RequestView<'_>, outcome: &Outcome<'_>) -> Self {
        let config = view.config();
        let cookies = CookieFacts::read(&view.parts.headers, &config.publishable_key);
        let header = TokenShape::of_header(&view.parts.headers);
        let carrier = match outcome {
            Outcome::State(state) => state.token_carrier(),
            Outcome::Waits(_) | Outcome::Error(_) => None,
        }
        .or_else(|| carrier(view));
        let text = carrier.and_then(|carrier| Some(view.token(carrier)?.as_str()));
        let token = text.map(TokenShape::of_token);
        let is_opaque = matches!(
            token,
            Some(TokenShape::ApiKey | TokenShape::MachineToken | TokenShape::OauthToken)
        );
        let reason = match outcome {
            Outcome::State(state) => state.reason(),
            Outcome::Waits(_) | Outcome::Error(_) => None,
        };
        let signature = signature(outcome, reason);
        let (jwt, malformed) = match text.map(UnverifiedJwt::parse) {
            Some(Ok(jwt)) => (Some(jwt), None),
            Some(Err(error)) => (None, Some(error)),
            None => (None, None),
        };
        let claims = jwt.as_ref().map(|jwt| {
            let verifier = &view.authenticator.verifier;
            ClaimFacts::read(jwt.claims(), &verifier.rules, verifier.clock.unix_millis())
        });
        let clock_ahead = view.authenticator.verifier.keys.clock_ahead();
        let scheme = scheme(view.parts);
        let last_failure = view.authenticator.verifier.keys.last_failure();
        let findings = Findings {
            refusal: match (&malformed, outcome) {
                (Some(error), _) if !is_opaque => Some(error.message()),
                (_, Outcome::State(state)) => state.refusal(),
                _ => None,
            },
            scheme: scheme.as_deref(),
            known_word: text.and_then(TokenShape::known_word),
            is_signature_good: signature == "good",
            is_outage: matches!(outcome, Outcome::State(state) if state.retry_after().is_some()),
            names_key: jwt.as_ref().is_none_or(|jwt| kid(jwt).is_some()),
            deviation: deviation(outcome),
            accepts: view.accepts(),
            header,
            carrier,
            cookies: &cookies,
            claims: claims.as_ref(),
            token: token.or(header),
            has_jwt_key: matches!(view.authenticator.verifier.keys, KeySource::JwtKey(_)),
            is_development: config.publishable_key.instance_type() == InstanceType::Development,
            last_failure: last_failure.as_deref(),
            clock_ahead,
        };
        let advice = match outcome {
            Outcome::Waits(Operation::AwaitCookieKeys | Operation::VerifySession(_)) => {
                let is_known = jwt
                    .as_ref()
                    .and_then(kid)
                    .and_then(|kid| view.authenticator.verifier.keys.has_kid(kid));
                Some(findings.key_is_missing(is_known))
            }
            Outcome::Waits(Operation::VerifyMachine(TokenKind::Jwt(_))) => Some(refusal::machine_jwt()),
            Outcome::Waits(Operation::VerifyMachine(_)) => Some(refusal::clerk_is_asked()),
            Outcome::Waits(Operation::ResolveHandshake | Operation::Refresh) => None,
            Outcome::Error(error) => Some(refusal::configuration(error)),
            Outcome::State(state) => match state.reason() {
                None => refused_though_signed_in(view, state),
                Some(reason) => Some(findings.advice(reason)),
            },
        };
        Self {
            carrier,
            header,
            token,
            cookies,
            jwt,
            claims,
            scheme,
            signature,
            advice,
        }
    }
}

impl Explanation {
    /// Returns the cause of a refusal in a sentence without values.
    #[cfg(feature = "axum")]
    pub(in crate::authenticate) fn summary_of(
        view: &RequestView<'_>,
        outcome: &Outcome<'_>,
    ) -> Option<&'static str> {
        Some(Examined::new(view, outcome).advice?.summary)
    }

    /// Explains the outcome of a request.
    pub(in crate::authenticate) fn new(view: &RequestView<'_>, outcome: &Outcome<'_>) -> Self {
        let examined = Examined::new(view, outcome);
        let Examined {
            carrier,
            header,
            token,
            signature,
            ..
        } = examined;
        let jwt = examined.jwt.as_ref();
        let (reason, session) = match outcome {
            Outcome::State(state) => (
                state.reason(),
                match &state.signed_in {
                    Some(SignedIn::Session(session)) => Some(session),
                    Some(SignedIn::Machine(_)) | None => None,
                },
            ),
            Outcome::Waits(_) | Outcome::Error(_) => (None, None),
        };
        let is_verified = signature == "good";
        let (compared, seconds) = compared(reason, examined.claims.as_ref());
        Self {
            outcome: name(outcome, examined.advice.is_some()),
            reason: reason.map(reason_text),
            deviation: deviation(outcome).or_else(|| examined.advice.as_ref()?.summary_deviation()),
            method: excerpt(view.parts.method.as_str()),
            route: route(view.parts),
            accepts: view.accepts().to_string(),
            carrier,
            token_type: match outcome {
                Outcome::State(state) => state.token_type(),
                Outcome::Waits(_) | Outcome::Error(_) => None,
            },
            scheme: examined.scheme,
            shape: match carrier {
                Some(TokenCarrier::Cookie) => token,
                Some(TokenCarrier::Header) | None => header,
            },
            signature,
            key: key(view, jwt),
            session_status: session_status(session, jwt).map(|status| {
                if is_verified {
                    status
                } else {
                    format!("{status} (not verified)")
                }
            }),
            organization: organization(session, jwt.map(UnverifiedJwt::claims), is_verified),
            cookies: examined.cookies.names,
            advice: examined.advice,
            claims: examined.claims,
            compared,
            seconds,
        }
    }
}

fn name(outcome: &Outcome<'_>, has_advice: bool) -> &'static str {
    match outcome {
        Outcome::Error(_) => "not judged: the configuration does not allow it",
        Outcome::Waits(operation) => match operation {
            Operation::AwaitCookieKeys
            | Operation::VerifySession(_)
            | Operation::VerifyMachine(TokenKind::Jwt(_)) => "waits for the instance's keys",
            Operation::VerifyMachine(_) => "needs Clerk's answer about the token",
            Operation::ResolveHandshake => "waits for the result of a handshake",
            Operation::Refresh => "waits for a new session token",
        },
        Outcome::State(state) => match (state.status(), has_advice) {
            (AuthStatus::SignedIn, false) => "signed in",
            (AuthStatus::SignedIn, true) => refusal::REFUSED,
            (AuthStatus::SignedOut, _) => "not signed in",
            (AuthStatus::Handshake, _) => "not signed in, and sent to the handshake",
        },
    }
}

/// Returns the reason string. Clerk's own codes are text from elsewhere.
fn reason_text(reason: &AuthReason) -> String {
    match reason {
        AuthReason::SessionTokenExpired(Refresh::Api(code)) => {
            format!("session-token-expired-refresh-{}", excerpt(code))
        }
        known => known.as_str().into_owned(),
    }
}

fn deviation(outcome: &Outcome<'_>) -> Option<Deviation> {
    match outcome {
        Outcome::State(state) => state.deviation(),
        Outcome::Error(error) => error.deviation(),
        Outcome::Waits(_) => None,
    }
}

/// Guards and extractors refuse some requests that are signed in.
fn refused_though_signed_in(view: &RequestView<'_>, state: &RequestState) -> Option<Advice> {
    if state.is_pending() {
        return Some(refusal::pending());
    }
    let is_forged = state.token_carrier() == Some(TokenCarrier::Cookie)
        && is_cross_site(view.parts.into(), view.config());
    is_forged.then(|| refusal::cross_site(view.parts))
}

/// Returns where the credential is that counts, or what stands in its place.
fn carrier(view: &RequestView<'_>) -> Option<TokenCarrier> {
    match &view.credential {
        Credential::Bearer(_) | Credential::Invalid(_) => Some(TokenCarrier::Header),
        Credential::Absent => view.token(TokenCarrier::Cookie).map(|_| TokenCarrier::Cookie),
    }
}

/// Returns the scheme of the header, unless a token stands in its place.
fn scheme(parts: &Parts) -> Option<String> {
    /// Longer than the name of any registered scheme.
    const MAX_SCHEME: usize = 24;
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.trim();
    let (scheme, _) = value.split_once(' ')?;
    let is_name = scheme.len() <= MAX_SCHEME && scheme.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_name.then(|| scheme.to_owned())
}

/// Returns the route that axum matched. The path itself is not told: it may hold ids and names.
fn route(parts: &Parts) -> Option<String> {
    #[cfg(feature = "matched-path")]
    return parts
        .extensions
        .get::<axum::extract::MatchedPath>()
        .map(|path| excerpt(path.as_str()));
    #[cfg(not(feature = "matched-path"))]
    {
        let _ = parts;
        None
    }
}

/// Returns what the outcome says about the signature: claims are compared after it was found good.
fn signature(outcome: &Outcome<'_>, reason: Option<&AuthReason>) -> &'static str {
    match (outcome, reason) {
        (Outcome::State(state), None) if state.status() == AuthStatus::SignedIn => "good",
        (_, Some(reason)) if reason.is_after_signature() => "good",
        (_, Some(AuthReason::Token(Reason::TokenInvalidSignature))) => "bad",
        // The check of the audience comes after that of the signature.
        (Outcome::State(state), Some(AuthReason::Token(Reason::TokenVerificationFailed)))
            if state.refusal().is_some_and(|refusal| refusal.contains("`aud`")) =>
        {
            "good"
        }
        _ => "not checked",
    }
}

fn compared(reason: Option<&AuthReason>, claims: Option<&ClaimFacts>) -> (Option<&'static str>, Option<i64>) {
    let Some((reason, claims)) = reason.zip(claims) else {
        return (None, None);
    };
    match reason {
        AuthReason::SessionTokenExpired(_) | AuthReason::Token(Reason::TokenExpired) => {
            (Some("exp"), claims.expired_for)
        }
        AuthReason::SessionTokenNbf | AuthReason::Token(Reason::TokenNotActiveYet) => {
            (Some("nbf"), claims.nbf_in)
        }
        AuthReason::SessionTokenIatInTheFuture | AuthReason::Token(Reason::TokenIatInTheFuture) => {
            (Some("iat"), claims.iat_in)
        }
        AuthReason::Token(Reason::TokenInvalidAuthorizedParties) => (Some("azp"), None),
        AuthReason::Token(Reason::TokenVerificationFailed) => (Some("aud"), None),
        AuthReason::Token(
            Reason::TokenInvalidIssuer | Reason::JwkKidMismatch | Reason::TokenInvalidSignature,
        ) => (Some("iss"), None),
        _ => (None, None),
    }
}

impl Advice {
    /// Returns the rule that a refusal of a signed-in request goes by.
    fn summary_deviation(&self) -> Option<Deviation> {
        (self.summary == refusal::CROSS_SITE).then_some(Deviation::CrossSite)
    }
}
