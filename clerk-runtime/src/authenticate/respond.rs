//! Constructors of [`RequestState`], with the headers for the response.

use std::borrow::Cow;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use super::conflict;
use super::credential::Credential;
use super::handshake::{self, Redirect};
use super::machine_token::MachineTokenError;
use super::state::{AuthStatus, RequestState, ResponseParts, SignedIn};
use super::step::NotSignedIn;
use super::view::RequestView;
use crate::auth::{AuthReason, MachineAuth, SessionAuth};
use crate::token::{TokenCarrier, TokenType, TokenVerificationError, TokenVerificationErrorReason};
use crate::{Deviation, protocol};

/// A handshake's token, or the session in it, was refused by a rule of this crate.
pub(super) fn token_refused(view: &RequestView<'_>, error: TokenVerificationError) -> RequestState {
    let outcome = NotSignedIn::SignedOut {
        token_type: Some(TokenType::SessionToken),
        reason: AuthReason::Token(error.reason()),
        deviation: error.deviation(),
    };
    not_signed_in(view, outcome, Some((error, TokenCarrier::Cookie)))
}

pub(super) fn not_signed_in(
    view: &RequestView<'_>,
    not_signed_in: NotSignedIn,
    refused: Option<(TokenVerificationError, TokenCarrier)>,
) -> RequestState {
    let (token_type, reason, deviation, redirect) = match not_signed_in {
        NotSignedIn::KeysUnavailable { retry_after } => {
            let reason = TokenVerificationErrorReason::JwkRemoteFailedToLoad;
            let mut state = RequestState::signed_out(AuthReason::Token(reason), None, HeaderMap::new());
            state.carrier = Some(TokenCarrier::Cookie);
            return state.with_retry_after(Some(retry_after.unwrap_or(KEYS_RETRY_AFTER)));
        }
        NotSignedIn::ConflictingCookies { cookie, is_back } => {
            if is_back {
                conflict::warn(view, cookie);
            }
            (
                Some(TokenType::SessionToken),
                AuthReason::Token(TokenVerificationErrorReason::TokenInvalid),
                Some(Deviation::ConflictingCookies),
                None,
            )
        }
        NotSignedIn::SignedOut {
            token_type,
            reason,
            deviation,
        } => (token_type, reason, deviation, None),
        NotSignedIn::Handshake {
            reason,
            destination,
            deviation,
        } => {
            let session = Some(TokenType::SessionToken);
            match handshake::redirect(view, &reason, &destination) {
                Redirect::To(headers) => (session, reason, deviation, Some(headers)),
                Redirect::No(rule) => (session, reason, deviation.or(rule), None),
            }
        }
    };
    let carrier = refused
        .as_ref()
        .map(|(_, carrier)| *carrier)
        .or_else(|| presented(view));
    let deviation = deviation.or_else(|| view.cookie_deviation());
    let state = RequestState {
        status: if redirect.is_some() {
            AuthStatus::Handshake
        } else {
            AuthStatus::SignedOut
        },
        token_type,
        reason: Some(reason),
        response: redirect.and_then(ResponseParts::from_headers),
        signed_in: None,
        carrier,
        deviation,
        retry_after: refused.as_ref().and_then(|(error, _)| error.retry_after()),
    };
    // Without response headers nothing but the event tells of it.
    let state = match view.can_set_response_headers() {
        true => state.with_debug_headers(),
        false => state,
    };
    let Some((error, carrier)) = refused else {
        return state;
    };
    let state = match view.can_set_response_headers() {
        true => state.with_message(format!(
            "{} (reason={}, token-carrier={})",
            error.message(),
            error.reason(),
            carrier.as_str()
        )),
        false => state,
    };
    state.with_refusal(error.into_message())
}

/// The wait that a client is asked for when the keys were not there in time and nothing tells when they will be.
const KEYS_RETRY_AFTER: Duration = Duration::from_secs(1);

/// Returns where the request carries a token, or something in its place, that was refused without being verified.
fn presented(view: &RequestView<'_>) -> Option<TokenCarrier> {
    match &view.credential {
        Credential::Invalid(_) | Credential::Bearer(_) => Some(TokenCarrier::Header),
        Credential::Absent => match &view.browser().cookies {
            Err(_) => Some(TokenCarrier::Cookie),
            Ok(cookies) => {
                let is_there = cookies.session.is_some() || cookies.conflict.is_some();
                is_there.then_some(TokenCarrier::Cookie)
            }
        },
    }
}

impl RequestState {
    /// Makes the state of a verified session.
    pub(super) fn signed_in(
        session: SessionAuth,
        carrier: TokenCarrier,
        headers: HeaderMap,
        deviation: Option<Deviation>,
    ) -> Self {
        Self {
            status: AuthStatus::SignedIn,
            token_type: Some(TokenType::SessionToken),
            reason: None,
            response: ResponseParts::from_headers(headers),
            signed_in: Some(SignedIn::Session(session)),
            carrier: Some(carrier),
            deviation,
            retry_after: None,
        }
    }

    /// Makes the state of a verified machine.
    pub(super) fn machine_signed_in(machine: MachineAuth) -> Self {
        Self {
            status: AuthStatus::SignedIn,
            token_type: Some(machine.token_type()),
            reason: None,
            response: None,
            signed_in: Some(SignedIn::Machine(machine)),
            carrier: Some(TokenCarrier::Header),
            deviation: None,
            retry_after: None,
        }
    }

    /// Makes the state of a request whose machine token was refused.
    pub(super) fn machine_refused(error: MachineTokenError) -> Self {
        let reason = AuthReason::MachineToken(error.code);
        let mut state = Self::signed_out(reason, error.deviation, HeaderMap::new());
        state.token_type = Some(error.token_type);
        state.carrier = Some(TokenCarrier::Header);
        state.retry_after = error.retry_after;
        let code = error.code.as_str();
        let message = format!("{} (code={code})", error.message);
        match error.is_upstream_text {
            true => state.with_messages(message, &format!("Clerk did not accept the token (code={code})")),
            false => state.with_message(message).with_refusal(error.message.into()),
        }
    }

    /// Makes the state of a request that nothing signs in.
    pub(super) fn signed_out(reason: AuthReason, deviation: Option<Deviation>, headers: HeaderMap) -> Self {
        let state = Self {
            status: AuthStatus::SignedOut,
            token_type: Some(TokenType::SessionToken),
            reason: Some(reason),
            response: ResponseParts::from_headers(headers),
            signed_in: None,
            carrier: None,
            deviation,
            retry_after: None,
        };
        state.with_debug_headers()
    }

    pub(super) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.retry_after = retry_after;
        self
    }

    fn with_debug_headers(mut self) -> Self {
        let reason = self
            .reason
            .as_ref()
            .and_then(|reason| HeaderValue::try_from(&*reason.as_str()).ok());
        let headers = &mut self.response.get_or_insert_default().headers;
        headers.insert(
            &protocol::AUTH_STATUS,
            HeaderValue::from_static(self.status.as_str()),
        );
        if let Some(reason) = reason {
            headers.insert(&protocol::AUTH_REASON, reason);
        }
        self
    }

    fn with_message(self, message: String) -> Self {
        let in_header = message.clone();
        self.with_messages(message, &in_header)
    }

    /// Adds what the check says that refused the token.
    fn with_refusal(mut self, refusal: Cow<'static, str>) -> Self {
        self.response.get_or_insert_default().refusal = Some(refusal);
        self
    }

    /// Adds a message for logs, and another for the response.
    fn with_messages(mut self, message: String, in_header: &str) -> Self {
        let response = self.response.get_or_insert_default();
        if let Ok(value) = HeaderValue::try_from(in_header) {
            response.headers.insert(&protocol::AUTH_MESSAGE, value);
        }
        response.message = Some(message);
        self
    }
}
