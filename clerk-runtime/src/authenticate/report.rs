//! Tells the log of the outcome of a request: one event, and now and then a warning about the configuration.

use http::header::AUTHORIZATION;
use http::request::Parts;

use super::authenticator::Authenticator;
#[cfg(feature = "axum")]
use super::explain::SignedInRefusal;
use super::explain::{Explanation, Outcome, TokenShape, sends_secret_key};
use super::options::AuthenticateOptions;
use super::state::{AuthStatus, RequestState};
use super::view::RequestView;
use super::warnings::ConfigurationWarning;
use crate::key::InstanceType;
use crate::telemetry::{self, RefusalLevel};
#[cfg(feature = "axum")]
use crate::token::TokenType;
use crate::token::{AcceptsToken, JsonField, TokenCarrier, UnverifiedJwt};

/// Tells of the outcome, once for each time that a request is authenticated.
#[inline]
pub(super) fn record(
    authenticator: &Authenticator,
    parts: &Parts,
    options: AuthenticateOptions,
    state: &RequestState,
) {
    if state.status() == AuthStatus::SignedOut {
        return record_signed_out(authenticator, parts, options, state);
    }
    telemetry::record_outcome(|| telemetry::Outcome {
        status: state.status().as_str(),
        reason: state.reason(),
        carrier: state.token_carrier(),
        token_type: state.token_type(),
    });
    if state.status() == AuthStatus::Handshake {
        telemetry::count_refusal(state.reason());
    }
}

fn record_signed_out(
    authenticator: &Authenticator,
    parts: &Parts,
    options: AuthenticateOptions,
    state: &RequestState,
) {
    telemetry::count_refusal(state.reason());
    let has_carrier = state.token_carrier().is_some();
    if !has_carrier && !authenticator.refusal_level(true).is_enabled() {
        // Most requests without a token: nothing is told of them.
        return;
    }
    let is_presented = has_carrier || parts.headers.contains_key(AUTHORIZATION);
    let level = authenticator.refusal_level(is_presented);
    let requests = if is_presented {
        authenticator.warning(parts, state)
    } else {
        None
    };
    let is_enabled = level.is_enabled();
    if requests.is_none() && !is_enabled {
        return;
    }
    let view = RequestView::read(authenticator, parts, options);
    let explanation = Explanation::new(&view, &Outcome::State(state));
    with_refusal("request not signed in", &explanation, |refusal| {
        if is_enabled {
            telemetry::record_refusal(refusal, level);
        }
        if let Some(requests) = requests {
            telemetry::warn_of_configuration(refusal, requests);
        }
    });
}

impl Authenticator {
    /// Returns the level of an event about a refused request.
    fn refusal_level(&self, is_presented: bool) -> RefusalLevel {
        match self.config.publishable_key.instance_type() {
            InstanceType::Development if is_presented => RefusalLevel::Info,
            InstanceType::Development | InstanceType::Production => RefusalLevel::Debug,
        }
    }

    /// Counts a request that smells of a configuration that does not fit. Returns the number of such requests if a warning is
    /// due.
    fn warning(&self, parts: &Parts, state: &RequestState) -> Option<u64> {
        let warning = match ConfigurationWarning::of(state) {
            Some(ConfigurationWarning::UnknownKid) if !self.names_clerk_key(parts, state) => return None,
            Some(warning) => warning,
            None if sends_secret_key(&parts.headers) => ConfigurationWarning::SecretKeySent,
            None => return None,
        };
        self.count(warning)
    }

    /// Returns whether the token names a key as Clerk names them, which text that was made up seldom does.
    fn names_clerk_key(&self, parts: &Parts, state: &RequestState) -> bool {
        let options = AuthenticateOptions::without_response(AcceptsToken::SESSION);
        let view = RequestView::read(self, parts, options);
        let carrier = state.token_carrier().unwrap_or(TokenCarrier::Header);
        let jwt = view
            .token(carrier)
            .map(|token| UnverifiedJwt::parse(token.as_str()));
        matches!(jwt, Some(Ok(jwt)) if matches!(jwt.kid(), JsonField::Present(kid) if kid.starts_with("ins_")))
    }

    /// Tells the log why a request that is signed in is refused, and returns the explanation.
    #[cfg(feature = "axum")]
    pub(crate) fn record_signed_in_refusal(
        &self,
        parts: &Parts,
        accepts: AcceptsToken,
        token_type: Option<TokenType>,
        refusal: SignedInRefusal<'_>,
    ) -> Option<Explanation> {
        let level = self.refusal_level(true);
        let warning = match refusal {
            SignedInRefusal::Pending => Some(ConfigurationWarning::Pending),
            SignedInRefusal::Claims(_) => Some(ConfigurationWarning::Claims),
            SignedInRefusal::CrossSite | SignedInRefusal::Denied(_) | SignedInRefusal::Missing(_) => None,
        };
        let requests = warning.and_then(|warning| self.count(warning));
        let is_enabled = level.is_enabled();
        let has_headers = self.has_debug_headers_of_its_own();
        if requests.is_none() && !is_enabled && !has_headers {
            return None;
        }
        let explanation = self.explain(parts, accepts).refused(parts, token_type, refusal);
        with_refusal("request refused", &explanation, |event| {
            if is_enabled {
                telemetry::record_refusal(event, level);
            }
            if let Some(requests) = requests {
                telemetry::warn_of_configuration(event, requests);
            }
        });
        Some(explanation)
    }

    /// Returns the cause of a refusal in a sentence without values; `None` for a session that is in order.
    #[cfg(feature = "axum")]
    pub(crate) fn summary_of(
        &self,
        parts: &Parts,
        accepts: AcceptsToken,
        state: &RequestState,
    ) -> Option<&'static str> {
        let options = AuthenticateOptions::without_response(accepts);
        let view = RequestView::read(self, parts, options);
        Explanation::summary_of(&view, &Outcome::State(state))
    }

    /// Returns whether guards tell by headers why they refuse a request: in development, unless that was switched off.
    #[cfg(feature = "axum")]
    pub(crate) fn has_debug_headers_of_its_own(&self) -> bool {
        self.config.debug_headers && self.config.publishable_key.instance_type() == InstanceType::Development
    }
}

/// Calls `record` with an explanation as the log has it.
fn with_refusal(
    event: &'static str,
    explanation: &Explanation,
    record: impl FnOnce(&telemetry::Refusal<'_>),
) {
    let deviation = explanation.deviation().map(|deviation| deviation.to_string());
    let cause = explanation.cause().unwrap_or_default();
    let compared = explanation.compared().filter(|claim| claim.difference.is_some());
    record(&telemetry::Refusal {
        event,
        reason: explanation.reason().unwrap_or("none"),
        cause: &cause,
        fix: explanation.fix().unwrap_or_default(),
        deviation: deviation.as_deref(),
        carrier: explanation.carrier().map(TokenCarrier::as_str),
        shape: explanation.shape().map(TokenShape::as_str),
        accepts: explanation.accepts(),
        expected: compared.and_then(|claim| claim.expected.as_deref()),
        found: compared.and_then(|claim| claim.found.as_deref()),
        seconds: explanation.seconds(),
        method: explanation.method(),
        route: explanation.route(),
    });
}
