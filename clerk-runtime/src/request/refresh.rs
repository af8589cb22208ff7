//! A new session token for a browser whose old one has expired, without a redirect.

use std::collections::BTreeMap;

use clerk_client::Error;
use clerk_client::resources::RefreshSession;
use http::header::SET_COOKIE;
use http::request::Parts;
use http::{HeaderMap, HeaderValue};

use super::clerk_url;
use super::context::Context;
use super::directive::Directives;
use super::instance::Instance;
use crate::Deviation;
use crate::auth::RefreshTokenErrorReason as Reason;
use crate::token::UnverifiedJwt;

/// The browser's new cookies.
pub(super) struct Refreshed {
    pub(super) headers: HeaderMap,
    pub(super) session_token: String,
    pub(super) deviation: Option<Deviation>,
}

pub(super) async fn refresh(
    instance: Instance<'_>,
    context: &Context<'_>,
    request: &Parts,
) -> Result<Refreshed, Reason> {
    let browser = &*context.browser;
    let cookies = browser
        .cookies
        .as_ref()
        .map_err(|_| Reason::NonEligibleNoRefreshCookie)?;
    let refresh_token = cookies
        .refresh
        .as_deref()
        .ok_or(Reason::NonEligibleNoRefreshCookie)?;
    let expired_token = context.session_token().unwrap_or_default();
    let session_id = {
        let jwt = UnverifiedJwt::parse(expired_token).map_err(|_| Reason::ExpiredSessionTokenDecodeFailed)?;
        let sid = jwt.claims().sid.text().filter(|sid| !sid.is_empty());
        sid.ok_or(Reason::ExpiredSessionTokenMissingSidClaim)?.to_owned()
    };
    let answer = instance
        .client
        .sessions()
        .refresh_session(
            &session_id,
            &RefreshSession {
                format: "cookie",
                expired_token,
                refresh_token,
                request_origin: &clerk_url::origin(&browser.page.clerk_url),
                request_headers: headers_of(request),
                suffixed_cookies: cookies.suffixed,
            },
        )
        .await
        .map_err(|error| reason(&error))?;
    if answer.cookies.is_empty() {
        return Err(Reason::UnexpectedSdkError);
    }
    let suffix = instance.config.publishable_key.cookie_suffix();
    let read = Directives::read(&answer.cookies, suffix).map_err(|_| Reason::UnexpectedSdkError)?;
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
fn headers_of(request: &Parts) -> BTreeMap<String, Vec<String>> {
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
            (name.as_str().to_owned(), vec![values.join(separator)])
        })
        .collect()
}

fn reason(error: &Error) -> Reason {
    let not_json = |error: &Error| !matches!(error, Error::Api { errors, .. } if !errors.is_empty());
    match error {
        Error::Transport(_) => Reason::FetchError,
        // JSON that breaks off is no answer.
        Error::Decode { status, .. } if *status == http::StatusCode::NO_CONTENT => {
            Reason::UnexpectedBapiError
        }
        Error::Decode { .. } => Reason::FetchError,
        error if not_json(error) => Reason::UnexpectedBapiError,
        error => match error.code() {
            "unexpected_error" => Reason::FetchError,
            code => Reason::Api(code.into()),
        },
    }
}
