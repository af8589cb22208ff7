//! A new session token for a browser whose old one has expired, without a redirect.

use clerk_client::Error;
use clerk_client::resources::{RefreshFormat, RefreshSessionParams};
use clerk_client::transport::Response;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::clerk_url;
use super::handshake::HandshakeCookies;
use super::outbound::{CallError, CallKind, RefreshFailure, Refreshed};
use super::view::RequestView;
use crate::Deviation;
use crate::auth::RefreshTokenErrorReason as Reason;
use crate::token::UnverifiedJwt;

/// Refreshes the session of a browser. Requests that send the same expired session and refresh cookie share one refresh.
pub(super) async fn refresh(view: &RequestView<'_>) -> Result<Refreshed, RefreshFailure> {
    let expired = Expired::read(view).map_err(RefreshFailure::once)?;
    let is_suffixed = if expired.is_suffixed { "suffixed" } else { "" };
    let parts = [expired.refresh_token, expired.token, &expired.origin, is_suffixed];
    let outbound = &view.authenticator.backend.outbound;
    outbound.refresh(&parts, || ask(view, &expired)).await
}

/// The cookies of an expired session, and the facts that Clerk needs to renew it.
struct Expired<'a> {
    token: &'a str,
    refresh_token: &'a str,
    session_id: String,
    /// The application's, which Clerk compares with that of the session.
    origin: String,
    is_suffixed: bool,
}

impl<'a> Expired<'a> {
    fn read(view: &'a RequestView<'_>) -> Result<Self, Reason> {
        let cookies = view
            .browser()
            .cookies
            .as_ref()
            .map_err(|_| Reason::NonEligibleNoRefreshCookie)?;
        let refresh_token = cookies
            .refresh
            .as_deref()
            .ok_or(Reason::NonEligibleNoRefreshCookie)?;
        let token = view.session_token().unwrap_or_default();
        let jwt = UnverifiedJwt::parse(token).map_err(|_| Reason::ExpiredSessionTokenDecodeFailed)?;
        let sid = jwt.claims().sid().as_str().filter(|sid| !sid.is_empty());
        Ok(Self {
            token,
            refresh_token,
            session_id: sid.ok_or(Reason::ExpiredSessionTokenMissingSidClaim)?.to_owned(),
            origin: clerk_url::origin(&view.page().clerk_url),
            is_suffixed: cookies.suffixed,
        })
    }
}

async fn ask(view: &RequestView<'_>, expired: &Expired<'_>) -> Result<Refreshed, RefreshFailure> {
    let backend = &view.authenticator.backend;
    let call = || {
        let params = RefreshSessionParams {
            expired_token: expired.token,
            refresh_token: expired.refresh_token,
            request_origin: &expired.origin,
        };
        let sessions = backend.client.sessions();
        let call = sessions
            .refresh_session(&expired.session_id, params)
            .format(RefreshFormat::Cookie)
            .request_headers(headers_of(view.parts));
        let mut call = call.into_call();
        if expired.is_suffixed {
            // Clerk's own packages send it; its description of the API does not have it.
            call = call.query("suffixed_cookies", "true");
        }
        call.response()
    };
    match backend.outbound.once_unknown(CallKind::Refresh, call).await {
        Ok(answer) => refreshed(view, &answer).map_err(RefreshFailure::passing),
        Err(CallError::Refused(refusal)) => Err(RefreshFailure {
            deviation: Some(Deviation::CallBudget),
            retry_after: Some(refusal.retry_after),
            ..RefreshFailure::once(Reason::FetchError)
        }),
        Err(CallError::Failed(error)) => Err(match reason(&error) {
            reason @ Reason::Api(_) if !may_be_over_soon(&error) => RefreshFailure::settled(reason),
            reason => RefreshFailure::passing(reason),
        }),
    }
}

fn may_be_over_soon(error: &Error) -> bool {
    error
        .status()
        .is_none_or(|status| status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS)
}

/// Reads the new cookies of the browser from Clerk's answer.
fn refreshed(view: &RequestView<'_>, answer: &Response) -> Result<Refreshed, Reason> {
    let set_cookies = cookies_in(answer)?;
    if set_cookies.is_empty() {
        return Err(Reason::UnexpectedSdkError);
    }
    let suffix = view.config().publishable_key.cookie_suffix();
    let read = HandshakeCookies::read(&set_cookies, suffix).map_err(|_| Reason::UnexpectedSdkError)?;
    let mut headers = HeaderMap::new();
    for cookie in read.set_cookie {
        headers.append(SET_COOKIE, cookie);
    }
    Ok(Refreshed {
        headers,
        session_token: read.session_token,
        deviation: read.deviation,
    })
}

/// Every header of the request, repeated ones joined as browsers' `Headers` do it.
fn headers_of(request: &Parts) -> Map<String, Value> {
    let text = |value: &HeaderValue| {
        let text: String = value.as_bytes().iter().map(|byte| char::from(*byte)).collect();
        text.trim_matches([' ', '\t']).to_owned()
    };
    request
        .headers
        .keys()
        .map(|name| {
            let separator = if name == http::header::COOKIE { "; " } else { ", " };
            let values: Vec<String> = request.headers.get_all(name).iter().map(text).collect();
            (name.as_str().to_owned(), json!([values.join(separator)]))
        })
        .collect()
}

#[derive(Deserialize)]
struct Cookies {
    cookies: Option<Vec<String>>,
}

/// Read here, since the answer counts by its type and its status too.
fn cookies_in(answer: &Response) -> Result<Vec<String>, Reason> {
    let content_type = answer.headers.get(CONTENT_TYPE);
    let is_json = content_type.is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
    let is_empty = answer.status == StatusCode::NO_CONTENT;
    if !is_json && !is_empty {
        // What a gateway in between answers has no cookies in it.
        return Ok(Vec::new());
    }
    match serde_json::from_slice(&answer.body) {
        Ok(object @ Value::Object(_)) => {
            let read: Cookies = serde_json::from_value(object).map_err(|_| Reason::FetchError)?;
            Ok(read.cookies.unwrap_or_default())
        }
        // A list or a text has no cookies in it either.
        Ok(Value::Array(_) | Value::String(_) | Value::Number(_) | Value::Bool(_)) => Ok(Vec::new()),
        Ok(Value::Null) | Err(_) if is_empty => Err(Reason::UnexpectedBapiError),
        // JSON that breaks off is no answer.
        Ok(Value::Null) | Err(_) => Err(Reason::FetchError),
    }
}

fn reason(error: &Error) -> Reason {
    let not_json = |error: &Error| !matches!(error, Error::Api { errors, .. } if !errors.is_empty());
    match error {
        Error::Transport(_) => Reason::FetchError,
        error if not_json(error) => Reason::UnexpectedBapiError,
        error => match error.code() {
            "unexpected_error" => Reason::FetchError,
            // It is repeated in a header and in an address, where text of others has no place.
            code if !is_code(code) => Reason::UnexpectedBapiError,
            code => Reason::Api(code.into()),
        },
    }
}

/// Returns whether this can be one of Clerk's error codes, such as `refresh_token_invalid`.
fn is_code(text: &str) -> bool {
    let is_character = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=64).contains(&text.len()) && text.bytes().all(is_character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_words() {
        assert!(is_code("refresh_token_invalid"));
        assert!(is_code(&"a".repeat(64)));
        for text in ["", "two words", "a\"b", "a;b", &"a".repeat(65)] {
            assert!(!is_code(text), "{text}");
        }
    }

    #[test]
    fn cookies_are_in_objects_and_nothing_else_has_some() {
        let json = Some("application/json");
        let one = || Ok(vec!["a=b".to_owned()]);
        for (status, content_type, body, expected) in [
            (200, json, r#"{"cookies":["a=b"]}"#, one()),
            (
                200,
                Some("application/json; charset=utf-8"),
                r#"{"cookies":["a=b"]}"#,
                one(),
            ),
            (200, json, "{}", Ok(Vec::new())),
            (200, json, r#"{"cookies":null}"#, Ok(Vec::new())),
            (200, json, "[]", Ok(Vec::new())),
            (200, json, r#"[["a=b"]]"#, Ok(Vec::new())),
            (200, json, r#"{"cookies":7}"#, Err(Reason::FetchError)),
            (200, json, r#""a=b""#, Ok(Vec::new())),
            (200, json, "7", Ok(Vec::new())),
            (200, json, "null", Err(Reason::FetchError)),
            (200, json, r#"{"cookies":["a="#, Err(Reason::FetchError)),
            (200, json, "", Err(Reason::FetchError)),
            (200, Some("text/html"), "<html>", Ok(Vec::new())),
            (200, None, r#"{"cookies":["a=b"]}"#, Ok(Vec::new())),
            (204, None, "", Err(Reason::UnexpectedBapiError)),
            (204, json, "null", Err(Reason::UnexpectedBapiError)),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(content_type) = content_type {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
            }
            let answer = Response {
                status: StatusCode::from_u16(status).unwrap(),
                headers,
                body: body.into(),
            };
            assert_eq!(cookies_in(&answer), expected, "{status} {content_type:?} {body}");
        }
    }
}
