//! The only road from a state to the auth object that a handler sees.

use std::borrow::Cow;

use http::request::Parts;

use super::Rejection;
use super::memo::RequestMemo;
use super::refused;
use crate::Clerk;
use crate::auth::Auth;
use crate::authenticate::{
    AuthenticateError, AuthenticateOptions, Authentication, ConfigurationWarning, RequestHead, RequestState,
    is_cross_site,
};
use crate::token::{AcceptsToken, TokenCarrier};

/// The results that are kept with the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeepIf {
    Always,
    /// Only those that may sign the caller in. After a guard that accepts session tokens alone and does not find one, no
    /// handler runs, and another look costs no more than finding the result.
    SignedIn,
}

/// Makes the auth object that the handler of this request sees.
///
/// # Errors
/// As [`check`].
pub(super) fn admit(
    outcome: Result<&RequestState, &AuthenticateError>,
    request: RequestHead<'_>,
    clerk: Option<&Clerk>,
) -> Result<Auth, Rejection> {
    check(outcome, request, clerk).map(RequestState::to_auth)
}

/// Checks whether a handler of this request may see an outcome.
///
/// The cross-site check (D10) is made on the request as it is now. A middleware may have changed the method or the origin
/// since the request was authenticated, so its result is never stored.
///
/// # Errors
/// 503 if Clerk or its keys are unavailable, 403 if another site made the request with the session cookie, 500 if the
/// configuration does not allow to judge the request.
pub(super) fn check<'a>(
    outcome: Result<&'a RequestState, &AuthenticateError>,
    request: RequestHead<'_>,
    clerk: Option<&Clerk>,
) -> Result<&'a RequestState, Rejection> {
    let state = outcome.map_err(rejection)?;
    if let Some(retry_after) = state.retry_after() {
        return Err(Rejection::unavailable(retry_after));
    }
    let is_forged = state.token_carrier() == Some(TokenCarrier::Cookie)
        && state.is_authenticated()
        && clerk.is_none_or(|clerk| is_cross_site(request, clerk.config()));
    if is_forged {
        return Err(Rejection::not_authorized(
            "a request from the application's own site",
        ));
    }
    Ok(state)
}

fn rejection(error: &AuthenticateError) -> Rejection {
    error
        .retry_after()
        .map_or(Rejection::Misconfigured, Rejection::unavailable)
}

/// Authenticates the request for a guard or an extractor, or finds the result of an earlier look with this handle.
///
/// # Errors
/// As [`admit`].
pub(super) async fn auth(
    parts: &mut Parts,
    clerk: &Clerk,
    accepts: AcceptsToken,
    keep: KeepIf,
) -> Result<Auth, Rejection> {
    let options = AuthenticateOptions::without_response(accepts);
    // Apart from what follows, since the future of a handler is moved and holds all that might be left when it waits.
    let suspended = {
        if RequestMemo::hit(&mut parts.extensions, &parts.headers, clerk, options)
            && let Some(found) = RequestMemo::newest(&parts.extensions, &parts.headers)
        {
            return admit_or_refuse(parts, clerk, accepts, found.outcome().as_ref());
        }
        match clerk.authenticator().authenticate(parts, options) {
            // A shared outcome signs nothing in, so a guard has nothing to keep.
            Authentication::Ready(Ok(Cow::Borrowed(state))) if keep == KeepIf::SignedIn => {
                return admit_or_refuse(parts, clerk, accepts, Ok(state));
            }
            Authentication::Ready(outcome) => return settle(parts, clerk, options, outcome, keep),
            Authentication::Pending(suspended) => suspended,
        }
    };
    let outcome = clerk.authenticator().resume(parts, options, suspended).await;
    settle(parts, clerk, options, outcome.map(Cow::Owned), keep)
}

/// Makes the auth object of an outcome, or tells the log why there is none.
fn admit_or_refuse(
    parts: &Parts,
    clerk: &Clerk,
    accepts: AcceptsToken,
    outcome: Result<&RequestState, &AuthenticateError>,
) -> Result<Auth, Rejection> {
    admit(outcome, parts.into(), Some(clerk))
        .map_err(|rejection| refused::by_admission(parts, clerk, accepts, outcome.ok(), rejection))
}

/// Makes the auth object of an outcome, and keeps the outcome.
fn settle(
    parts: &mut Parts,
    clerk: &Clerk,
    options: AuthenticateOptions,
    outcome: Result<Cow<'_, RequestState>, AuthenticateError>,
    keep: KeepIf,
) -> Result<Auth, Rejection> {
    let auth = admit_or_refuse(parts, clerk, options.accepts, outcome.as_deref());
    let is_anonymous = options.accepts == AcceptsToken::SESSION
        && outcome.as_ref().is_ok_and(|state| state.session().is_none());
    if keep == KeepIf::Always || !is_anonymous {
        log(clerk, outcome.as_ref().err());
        RequestMemo::insert(parts, clerk, options, outcome.map(Cow::into_owned));
    }
    auth
}

/// Logs a mistake in the configuration, at most once a minute.
pub(super) fn log(clerk: &Clerk, error: Option<&AuthenticateError>) {
    let Some(error) = error else { return };
    if let Some(requests) = clerk.authenticator().count(ConfigurationWarning::Misconfigured) {
        tracing::error!(requests, code = error.code(), %error, "the request cannot be authenticated");
    }
}
