//! What a handshake has left: cookies for the browser, and with them a session or none.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, SET_COOKIE,
};
use http::{HeaderMap, HeaderValue};
use serde_json::Value;

use super::redirect::location;
use super::set_cookie::{HandshakeCookies, NotAHeader};
use crate::authenticate::authenticator::Authenticator;
use crate::authenticate::browser::Handshake;
use crate::authenticate::clerk_url;
use crate::authenticate::view::RequestView;
use crate::protocol;
use crate::token::{
    TokenCarrier, TokenVerificationError, TokenVerificationErrorReason as Reason, UnverifiedJwt,
};

/// What was made of a handshake.
pub(in crate::authenticate) enum HandshakeResult {
    /// Cookies to be set, whatever becomes of the session in them.
    Cookies {
        headers: HeaderMap,
        session_token: String,
        deviation: Option<crate::Deviation>,
        /// Clerk could not be asked; the cookies are none then.
        retry_after: Option<std::time::Duration>,
    },
    /// Its token was refused.
    Refused(TokenVerificationError),
    /// Nothing that could be handed on.
    Ignored,
}

pub(in crate::authenticate) async fn resolve(view: &RequestView<'_>) -> HandshakeResult {
    let authenticator = view.authenticator;
    let (mut retry_after, mut rule) = (None, None);
    let directives = match &view.browser().handshake {
        None | Some(Handshake::InQuery) => return HandshakeResult::Ignored,
        Some(Handshake::Nonce(nonce)) => match payload(authenticator, nonce).await {
            Ok(directives) => directives,
            // Any site below the domain can set the cookie, which must not lock out a browser with a session.
            Err(_) if view.token(TokenCarrier::Cookie).is_some() && !is_in_query(view) => {
                return HandshakeResult::Ignored;
            }
            Err(failure) => {
                (retry_after, rule) = (failure.retry_after, failure.deviation);
                Vec::new()
            }
        },
        Some(Handshake::Token(token)) => match claim(authenticator, token).await {
            Ok(Some(directives)) => directives,
            Ok(None) => return HandshakeResult::Ignored,
            Err(error) => return HandshakeResult::Refused(error),
        },
    };
    let suffix = authenticator.config.publishable_key.cookie_suffix();
    match HandshakeCookies::read(&directives, suffix) {
        Ok(read) => HandshakeResult::Cookies {
            headers: headers(view, read.set_cookie),
            session_token: read.session_token,
            deviation: read.deviation.or(rule),
            retry_after,
        },
        Err(NotAHeader) => HandshakeResult::Ignored,
    }
}

fn is_in_query(view: &RequestView<'_>) -> bool {
    let mut names = view.page().clerk_url.query_pairs().map(|(name, _)| name);
    names.any(|name| name == protocol::HANDSHAKE_NONCE)
}

fn headers(view: &RequestView<'_>, set_cookie: Vec<HeaderValue>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("null"));
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    for cookie in set_cookie {
        headers.append(SET_COOKIE, cookie);
    }
    if view.is_development() {
        // The result came in the query, which is not to stay in the address bar.
        let url = clerk_url::without_parameters(
            &view.page().clerk_url,
            &[
                protocol::HANDSHAKE,
                protocol::HANDSHAKE_HELP,
                protocol::DEV_BROWSER,
                protocol::HANDSHAKE_NONCE,
            ],
        );
        // A redirect to the same address, with the same cookies, would have no end.
        let is_progress = headers.contains_key(SET_COOKIE) || url != view.page().clerk_url;
        if is_progress && let Some(location) = location(&url) {
            headers.insert(http::header::LOCATION, location);
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
    headers
}

/// The directives in a handshake token; none if it has no list of them, and nothing if the list holds other things.
async fn claim(
    authenticator: &Authenticator,
    token: &str,
) -> Result<Option<Vec<String>>, TokenVerificationError> {
    let mut jwt = match UnverifiedJwt::parse_nullable(token) {
        Err(error) if error.reason() == Reason::UnexpectedError => return Ok(None),
        parsed => parsed?,
    };
    let verified = authenticator.verifier.verify_handshake(&mut jwt).await?;
    let claims: Value = verified.claims().read().unwrap_or_default();
    let Some(list) = claims.get("handshake").and_then(Value::as_array) else {
        return Ok(Some(Vec::new()));
    };
    Ok(list.iter().map(|item| item.as_str().map(str::to_owned)).collect())
}

/// Why a nonce has no directives.
#[derive(Default)]
struct NoPayload {
    /// The rule by which Clerk was not asked.
    deviation: Option<crate::Deviation>,
    /// The time for which Clerk cannot be asked, if that is the reason.
    retry_after: Option<std::time::Duration>,
}

/// Returns the directives behind a nonce.
#[cfg(feature = "network")]
async fn payload(authenticator: &Authenticator, nonce: &str) -> Result<Vec<String>, NoPayload> {
    use crate::Deviation;
    use crate::authenticate::outbound::{CallError, CallKind, is_nonce, retry_after};

    let by_rule = |deviation, retry_after| NoPayload {
        deviation: Some(deviation),
        retry_after,
    };
    if !is_nonce(nonce) {
        return Err(by_rule(Deviation::CredentialForm, None));
    }
    let backend = &authenticator.backend;
    let Some(credential) = backend.outbound.credential(CallKind::Nonce, nonce) else {
        return Err(by_rule(Deviation::KeptAnswers, None));
    };
    // A second try can do nothing twice: Clerk refuses a nonce that the first has used up.
    let call = || async { backend.client.clients().get_handshake_payload(nonce).await };
    match backend.outbound.retried(&credential, call).await {
        Ok(payload) => Ok(payload.directives),
        Err(CallError::Refused(refusal)) => Err(by_rule(Deviation::CallBudget, Some(refusal.retry_after))),
        Err(CallError::Failed(error)) => {
            // A stranger can send any nonce.
            // Clerk's text may repeat the nonce.
            let status = error.status().map(|status| status.as_u16());
            tracing::debug!(status, "the result of a handshake could not be had");
            Err(NoPayload {
                deviation: None,
                retry_after: retry_after(&error),
            })
        }
    }
}

#[cfg(not(feature = "network"))]
async fn payload(_: &Authenticator, _: &str) -> Result<Vec<String>, NoPayload> {
    tracing::warn!("the result of a handshake cannot be had without the feature `network`");
    Err(NoPayload::default())
}
