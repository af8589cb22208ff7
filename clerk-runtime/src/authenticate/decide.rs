//! The decisions about a request, as pure functions of what was read from it: no I/O, no clock.

use super::authorization::Authorization;
use super::browser::{Browser, Handshake, RedirectUrl, Synced};
use super::context::Context;
use super::referrer::Referrer;
use super::session_cookies::{RedirectCount, SessionCookies};
use crate::Deviation;
use crate::auth::{AuthReason, RefreshTokenErrorReason as Refresh};
use crate::key::InstanceType;
use crate::token::{
    Claim, TokenCarrier, TokenKind, TokenType, TokenVerificationError,
    TokenVerificationErrorReason as Reason, UnverifiedJwt, machine_token_type,
};

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step<'a> {
    /// Look at this session token.
    VerifySession {
        token: &'a str,
        carrier: TokenCarrier,
    },
    /// Look at this machine token.
    VerifyMachine {
        token: &'a str,
        presented: TokenKind,
    },
    /// See what a handshake has left.
    ResolveHandshake(&'a Handshake),
    /// Ask Clerk for a new session token.
    Refresh,
    Done(NotSignedIn),
}

/// How a request that is not signed in ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NotSignedIn {
    SignedOut {
        token_type: Option<TokenType>,
        reason: AuthReason,
        deviation: Option<Deviation>,
    },
    /// Somebody else may know more; a request that cannot be redirected there is signed out for the same reason.
    Handshake {
        reason: AuthReason,
        destination: Destination,
        deviation: Option<Deviation>,
    },
}

/// Where a browser is sent for a handshake.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Destination {
    FrontendApi,
    /// The sign-in page on the primary domain, from a satellite in development.
    PrimaryDomain,
    /// Back to the satellite that asked, in development.
    Satellite(Box<url::Url>),
}

/// A session that was verified, as far as the organization's pages go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verified<'a> {
    pub(super) is_pending: bool,
    pub(super) org_id: Option<&'a str>,
    pub(super) org_slug: Option<&'a str>,
}

fn signed_out(reason: AuthReason) -> NotSignedIn {
    NotSignedIn::SignedOut {
        token_type: Some(TokenType::SessionToken),
        reason,
        deviation: None,
    }
}

fn handshake(reason: AuthReason) -> NotSignedIn {
    NotSignedIn::Handshake {
        reason,
        destination: Destination::FrontendApi,
        deviation: None,
    }
}

/// Which token speaks for the request, if any. A token in the header never yields to a cookie.
pub(super) fn start<'a>(context: &'a Context<'_>) -> Step<'a> {
    let accepts = context.accepts;
    let presented = match context.authorization {
        // Taken for a session token whatever it is, so it need not be looked into twice.
        Authorization::Bearer(_) if accepts.single() == Some(TokenType::SessionToken) => TokenKind::Session,
        Authorization::Bearer(token) => TokenKind::classify(token),
        Authorization::Absent | Authorization::Invalid(_) => TokenKind::Session,
    };
    if accepts.is_list() && !accepts.accepts(presented.token_type()) {
        return Step::Done(mismatch(context, None));
    }
    let machine = accepts.single().filter(|one| *one != TokenType::SessionToken);
    match context.authorization {
        // What is in place of a token is none of a machine's, unless it would be one by the rules of Clerk's SDK.
        Authorization::Invalid(None) if machine.is_some() => Step::Done(mismatch(context, machine)),
        Authorization::Invalid(deviation) => Step::Done(NotSignedIn::SignedOut {
            token_type: Some(machine.unwrap_or(TokenType::SessionToken)),
            reason: AuthReason::Token(Reason::TokenInvalid),
            deviation,
        }),
        Authorization::Absent if machine.is_some() => Step::Done(NotSignedIn::SignedOut {
            token_type: machine,
            reason: AuthReason::NoTokenInHeader,
            deviation: None,
        }),
        Authorization::Absent => cookie_path(&context.browser, context),
        Authorization::Bearer(token) => {
            let session = Step::VerifySession {
                token,
                carrier: TokenCarrier::Header,
            };
            match (accepts.single(), presented) {
                (Some(one), presented) if presented.token_type() != one => {
                    Step::Done(mismatch(context, Some(one)))
                }
                (_, TokenKind::Session) => session,
                (_, presented) => Step::VerifyMachine { token, presented },
            }
        }
    }
}

fn mismatch(context: &Context<'_>, token_type: Option<TokenType>) -> NotSignedIn {
    // What is too odd to be read cannot be classified, though others may read it.
    let deviation = match context.authorization {
        Authorization::Bearer(token) => UnverifiedJwt::parse(token)
            .err()
            .and_then(|error| error.deviation()),
        Authorization::Invalid(deviation) => deviation,
        Authorization::Absent => None,
    };
    NotSignedIn::SignedOut {
        token_type,
        reason: AuthReason::TokenTypeMismatch,
        deviation,
    }
}

fn cookie_path<'a>(browser: &'a Browser<'_>, context: &'a Context<'_>) -> Step<'a> {
    if let Err(deviation) = &browser.cookies {
        return Step::Done(NotSignedIn::SignedOut {
            token_type: Some(TokenType::SessionToken),
            reason: AuthReason::Token(Reason::TokenInvalid),
            deviation: Some(*deviation),
        });
    }
    match &browser.handshake {
        Some(Handshake::InQuery) => Step::Done(NotSignedIn::Handshake {
            reason: AuthReason::SessionTokenMissing,
            destination: Destination::FrontendApi,
            deviation: Some(Deviation::HandshakeByQuery),
        }),
        Some(handshake) if context.can_set_response_headers => Step::ResolveHandshake(handshake),
        Some(_) | None => without_handshake(context),
    }
}

/// The cookies by themselves, when there is no handshake or nothing came of it.
pub(super) fn without_handshake<'a>(context: &'a Context<'_>) -> Step<'a> {
    let browser = &*context.browser;
    let cookies = match &browser.cookies {
        Ok(cookies) => cookies,
        Err(_) => return Step::Done(signed_out(AuthReason::Token(Reason::TokenInvalid))),
    };
    let development = context.instance_type == InstanceType::Development;
    let other_domain = if context.satellite.is_some() {
        from_satellite(context, cookies, development)
    } else {
        to_satellite(browser).filter(|_| development)
    };
    if let Some(not_signed_in) = other_domain {
        return Step::Done(not_signed_in);
    }
    if development && browser.dev_browser_in_query.is_some() {
        return Step::Done(handshake(AuthReason::DevBrowserSync));
    }
    if development && browser.dev_browser().is_none() {
        return Step::Done(handshake(AuthReason::DevBrowserMissing));
    }
    match (cookies.client_uat != 0.0, &cookies.session) {
        (false, None) => Step::Done(signed_out(AuthReason::SessionTokenAndUatMissing)),
        (false, Some(_)) => Step::Done(handshake(AuthReason::SessionTokenButNoClientUat)),
        (true, None) => Step::Done(handshake(AuthReason::ClientUatButNoSessionToken)),
        (true, Some(token)) => Step::VerifySession {
            token: token.as_str(),
            carrier: TokenCarrier::Cookie,
        },
    }
}

/// Whether a satellite has to ask the primary domain first.
fn from_satellite(
    context: &Context<'_>,
    cookies: &SessionCookies<'_>,
    development: bool,
) -> Option<NotSignedIn> {
    let browser = &*context.browser;
    let auto_sync = context.satellite.is_some_and(|satellite| satellite.auto_sync);
    if !context.navigation.is_navigation || browser.synced == Synced::Completed {
        return None;
    }
    let has_cookies = cookies.session.is_some() || cookies.client_uat != 0.0;
    let needs_sync = browser.synced == Synced::Needed;
    if !auto_sync && !has_cookies && !needs_sync {
        return Some(signed_out(AuthReason::SessionTokenAndUatMissing));
    }
    (!has_cookies || needs_sync).then_some(NotSignedIn::Handshake {
        reason: AuthReason::SatelliteNeedsSyncing,
        destination: if development {
            Destination::PrimaryDomain
        } else {
            Destination::FrontendApi
        },
        deviation: None,
    })
}

/// Whether the primary domain has to answer a satellite.
fn to_satellite(browser: &Browser<'_>) -> Option<NotSignedIn> {
    let reason = AuthReason::PrimaryRespondsToSyncing;
    Some(match browser.redirect_url.as_ref()? {
        RedirectUrl::Allowed(url) => NotSignedIn::Handshake {
            reason,
            destination: Destination::Satellite(url.clone()),
            deviation: None,
        },
        RedirectUrl::Refused => NotSignedIn::SignedOut {
            token_type: Some(TokenType::SessionToken),
            reason,
            deviation: Some(Deviation::RedirectOrigin),
        },
    })
}

/// Whether a decoded token may be verified as a session token of this request.
pub(super) fn before_verification(
    context: &Context<'_>,
    is_session: bool,
    iat: &Claim<f64>,
    carrier: TokenCarrier,
) -> Option<NotSignedIn> {
    if !is_session {
        return Some(signed_out(AuthReason::TokenTypeMismatch));
    }
    if carrier == TokenCarrier::Header {
        return None;
    }
    let client_uat = context
        .browser
        .cookies
        .as_ref()
        .map_or(0.0, |cookies| cookies.client_uat);
    match *iat {
        Claim::Present(iat) if iat < client_uat => {
            Some(handshake(AuthReason::SessionTokenIatBeforeClientUat))
        }
        // JavaScript takes `null` for a zero here, and everything else that is no number for incomparable.
        Claim::Null if 0.0 < client_uat => Some(handshake(AuthReason::SessionTokenIatBeforeClientUat)),
        _ => None,
    }
}

/// Whether nothing says that a token is of another class.
pub(super) fn is_session(jwt: &UnverifiedJwt<'_>) -> bool {
    machine_token_type(jwt).is_none() && jwt.category().may_be_session()
}

/// Whether a verified session in a cookie has to be looked up all the same: the browser comes from another site, which may
/// have signed it in or out.
pub(super) fn after_verification(context: &Context<'_>, carrier: TokenCarrier) -> Option<NotSignedIn> {
    if carrier == TokenCarrier::Header || !context.can_set_response_headers {
        return None;
    }
    let browser = &*context.browser;
    let is_first = matches!(redirect_count(browser), RedirectCount::Zero | RedirectCount::Odd);
    let is_foreign = context.satellite.is_none()
        && context.navigation.is_navigation
        && context.page.referrer == Referrer::CrossOrigin;
    (is_foreign && is_first).then(|| handshake(AuthReason::PrimaryDomainCrossOriginSync))
}

/// Whether a session in a cookie has to get another active organization for this page.
pub(super) fn after_authentication(
    context: &Context<'_>,
    verified: Verified<'_>,
    carrier: TokenCarrier,
) -> Option<NotSignedIn> {
    if carrier == TokenCarrier::Header || !context.can_set_response_headers {
        return None;
    }
    let browser = &*context.browser;
    if !context.has_organization_pages {
        return None;
    }
    let target = context.page.organization.as_ref()?;
    let must_switch = !verified.is_pending && target.differs_from(verified.org_id, verified.org_slug);
    // After three redirects Clerk does not know the organization: the page itself has to cope with that.
    let gave_up = matches!(
        redirect_count(browser),
        RedirectCount::Three | RedirectCount::Beyond3
    );
    let can_switch = context.navigation.is_document && !gave_up;
    (must_switch && can_switch).then(|| handshake(AuthReason::ActiveOrganizationMismatch))
}

fn redirect_count(browser: &Browser<'_>) -> RedirectCount {
    let cookies = browser.cookies.as_ref();
    cookies.map_or(RedirectCount::Odd, |cookies| cookies.redirect_count)
}

/// What becomes of a request whose session token was refused.
pub(super) fn after_refusal<'a>(context: &Context<'_>, error: &TokenVerificationError) -> Step<'a> {
    Step::Done(match error.reason() {
        Reason::TokenExpired => match why_not_refreshed(context) {
            None => return Step::Refresh,
            Some(why) => after_failed_refresh(why, context.browser.cookies.as_ref().err().copied()),
        },
        Reason::TokenNotActiveYet => handshake(AuthReason::SessionTokenNbf),
        Reason::TokenIatInTheFuture => handshake(AuthReason::SessionTokenIatInTheFuture),
        reason => NotSignedIn::SignedOut {
            token_type: Some(TokenType::SessionToken),
            reason: AuthReason::Token(reason),
            deviation: error.deviation(),
        },
    })
}

/// What becomes of a request whose expired session token could not be refreshed.
pub(super) fn after_failed_refresh(why: Refresh, deviation: Option<Deviation>) -> NotSignedIn {
    NotSignedIn::Handshake {
        reason: AuthReason::SessionTokenExpired(why),
        destination: Destination::FrontendApi,
        deviation,
    }
}

fn why_not_refreshed(context: &Context<'_>) -> Option<Refresh> {
    if !context.is_get {
        return Some(Refresh::NonEligibleNonGet);
    }
    let has_refresh = context
        .browser
        .cookies
        .as_ref()
        .is_ok_and(|cookies| cookies.refresh.is_some());
    if !has_refresh {
        return Some(Refresh::NonEligibleNoRefreshCookie);
    }
    (!context.can_set_response_headers).then_some(Refresh::MissingApiClient)
}

/// What becomes of a handshake whose token was refused for being too old.
pub(super) fn after_expired_handshake() -> NotSignedIn {
    NotSignedIn::Handshake {
        reason: AuthReason::SessionTokenMissing,
        destination: Destination::FrontendApi,
        deviation: Some(Deviation::HandshakeExpiry),
    }
}

#[cfg(test)]
mod tests;
