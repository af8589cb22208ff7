//! The decisions about a request, as pure functions of what was read from it.

use super::authorization::Authorization;
use super::context::Context;
use crate::Deviation;
use crate::auth::{AuthReason, RefreshTokenErrorReason};
use crate::key::InstanceType;
use crate::token::{
    Category, Member, TokenCarrier, TokenVerificationError, TokenVerificationErrorReason as Reason,
    UnverifiedJwt, machine_token_type,
};

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step<'a> {
    /// Look at this token.
    Verify {
        token: &'a str,
        carrier: TokenCarrier,
    },
    Done(Verdict),
}

/// How a request that is not signed in ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Verdict {
    SignedOut(AuthReason, Option<Deviation>),
    /// A handshake may tell more; a request that cannot be redirected is signed out for the same reason.
    Handshake(AuthReason),
}

/// Which token speaks for the request, if any. A token in the header never yields to a cookie.
pub(super) fn start<'a>(context: &'a Context<'_>) -> Step<'a> {
    let invalid = |deviation| {
        Step::Done(Verdict::SignedOut(
            AuthReason::Token(Reason::TokenInvalid),
            deviation,
        ))
    };
    match context.authorization {
        Authorization::Bearer(token) => {
            return Step::Verify {
                token,
                carrier: TokenCarrier::Header,
            };
        }
        Authorization::Invalid(deviation) => return invalid(deviation),
        Authorization::Absent => {}
    }
    let cookies = match &context.cookies {
        Ok(cookies) => cookies,
        Err(deviation) => return invalid(Some(*deviation)),
    };
    let development = context.instance_type == InstanceType::Development;
    let handshake = |reason| Step::Done(Verdict::Handshake(reason));
    if development && context.dev_browser_in_query.is_some() {
        return handshake(AuthReason::DevBrowserSync);
    }
    if development && context.dev_browser().is_none() {
        return handshake(AuthReason::DevBrowserMissing);
    }
    match (cookies.client_uat != 0.0, cookies.session.as_deref()) {
        (false, None) => Step::Done(Verdict::SignedOut(AuthReason::SessionTokenAndUatMissing, None)),
        (false, Some(_)) => handshake(AuthReason::SessionTokenButNoClientUat),
        (true, None) => handshake(AuthReason::ClientUatButNoSessionToken),
        (true, Some(token)) => Step::Verify {
            token,
            carrier: TokenCarrier::Cookie,
        },
    }
}

/// Whether a decoded token may be verified as a session token of this request.
pub(super) fn before_verification(
    context: &Context<'_>,
    jwt: &UnverifiedJwt<'_>,
    carrier: TokenCarrier,
) -> Option<Verdict> {
    if machine_token_type(jwt).is_some() || jwt.category() != Category::Session {
        return Some(Verdict::SignedOut(AuthReason::TokenTypeMismatch, None));
    }
    let client_uat = match (carrier, &context.cookies) {
        (TokenCarrier::Cookie, Ok(cookies)) => cookies.client_uat,
        _ => return None,
    };
    match jwt.claims().iat {
        Member::Present(iat) if iat < client_uat => {
            Some(Verdict::Handshake(AuthReason::SessionTokenIatBeforeClientUat))
        }
        _ => None,
    }
}

/// What becomes of a request whose token was refused.
pub(super) fn after_refusal(context: &Context<'_>, error: &TokenVerificationError) -> Verdict {
    match error.reason() {
        Reason::TokenExpired => {
            Verdict::Handshake(AuthReason::SessionTokenExpired(why_not_refreshed(context)))
        }
        Reason::TokenNotActiveYet => Verdict::Handshake(AuthReason::SessionTokenNbf),
        Reason::TokenIatInTheFuture => Verdict::Handshake(AuthReason::SessionTokenIatInTheFuture),
        reason => Verdict::SignedOut(AuthReason::Token(reason), error.deviation()),
    }
}

fn why_not_refreshed(context: &Context<'_>) -> RefreshTokenErrorReason {
    if !context.is_get {
        RefreshTokenErrorReason::NonEligibleNonGet
    } else if context.cookies.as_ref().is_ok_and(|cookies| cookies.has_refresh) {
        RefreshTokenErrorReason::MissingApiClient
    } else {
        RefreshTokenErrorReason::NonEligibleNoRefreshCookie
    }
}
