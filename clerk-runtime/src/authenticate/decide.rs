//! The decisions about a request, as pure functions of what was read from it: no I/O, no clock.

use super::browser::{Browser, Handshake, RedirectUrl, Synced};
use super::cookies::{ConflictingCookie, RedirectCount, SessionCookies};
use super::credential::Credential;
use super::referrer::Referrer;
use super::step::{Destination, NotSignedIn, Step, handshake, signed_out};
use super::view::RequestView;
use crate::Deviation;
use crate::auth::{AuthReason, RefreshTokenErrorReason as Refresh};
use crate::token::{
    Claim, TokenCarrier, TokenKind, TokenType, TokenVerificationError,
    TokenVerificationErrorReason as Reason, UnverifiedJwt,
};

/// The facts of a verified session that the choice of an organization's page depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct ActiveOrganization<'a> {
    pub(super) is_pending: bool,
    pub(super) org_id: Option<&'a str>,
    pub(super) org_slug: Option<&'a str>,
}

/// Chooses the first step: the token that counts for the request, if any. A token in the header never yields to a cookie.
pub(super) fn start(view: &RequestView<'_>) -> Step {
    let accepts = view.accepts();
    let kind = match &view.credential {
        // Taken for a session token whatever it is, so it need not be looked into twice.
        Credential::Bearer(_) if accepts.single() == Some(TokenType::SessionToken) => TokenKind::Session,
        Credential::Bearer(token) => TokenKind::classify(token.as_str()),
        Credential::Absent | Credential::Invalid(_) => TokenKind::Session,
    };
    if accepts.is_list() && !accepts.accepts(kind.token_type()) {
        return Step::Done(mismatch(view, None));
    }
    let machine = accepts.single().filter(|one| *one != TokenType::SessionToken);
    match &view.credential {
        // Something in place of a token is no machine token, unless Clerk's SDK would take it for one.
        Credential::Invalid(None) if machine.is_some() => Step::Done(mismatch(view, machine)),
        Credential::Invalid(deviation) => Step::Done(NotSignedIn::SignedOut {
            token_type: Some(machine.unwrap_or(TokenType::SessionToken)),
            reason: AuthReason::Token(Reason::TokenInvalid),
            deviation: *deviation,
        }),
        Credential::Absent if machine.is_some() => Step::Done(NotSignedIn::SignedOut {
            token_type: machine,
            reason: AuthReason::NoTokenInHeader,
            deviation: None,
        }),
        Credential::Absent => cookie_path(view),
        Credential::Bearer(_) => match (accepts.single(), kind) {
            (Some(one), kind) if kind.token_type() != one => Step::Done(mismatch(view, Some(one))),
            (_, TokenKind::Session) => Step::VerifySession(TokenCarrier::Header),
            (_, kind) => Step::VerifyMachine(kind),
        },
    }
}

fn mismatch(view: &RequestView<'_>, token_type: Option<TokenType>) -> NotSignedIn {
    // A token that cannot be read here cannot be classified, though others may read it.
    let deviation = match &view.credential {
        Credential::Bearer(token) => UnverifiedJwt::parse(token.as_str())
            .err()
            .and_then(|error| error.deviation()),
        Credential::Invalid(deviation) => *deviation,
        Credential::Absent => None,
    };
    NotSignedIn::SignedOut {
        token_type,
        reason: AuthReason::TokenTypeMismatch,
        deviation,
    }
}

fn cookie_path(view: &RequestView<'_>) -> Step {
    let browser = view.browser();
    if let Err(deviation) = &browser.cookies {
        return Step::Done(NotSignedIn::SignedOut {
            token_type: Some(TokenType::SessionToken),
            reason: AuthReason::Token(Reason::TokenInvalid),
            deviation: Some(*deviation),
        });
    }
    if let Ok(cookies) = &browser.cookies
        && cookies.awaits_keys
    {
        return match view.has_waited {
            false => Step::AwaitCookieKeys,
            // Neither signed in nor signed out: which cookie counts is not known.
            true => Step::Done(NotSignedIn::KeysUnavailable {
                retry_after: cookies.retry_after,
            }),
        };
    }
    match &browser.handshake {
        Some(Handshake::InQuery) => Step::Done(NotSignedIn::Handshake {
            reason: AuthReason::SessionTokenMissing,
            destination: Destination::FrontendApi,
            deviation: Some(Deviation::HandshakeByQuery),
        }),
        // A browser brings the nonce of a handshake with the document that the handshake was for. Elsewhere it would be used
        // up, or looked up for any stranger who sends one.
        Some(Handshake::Nonce(_)) if view.can_set_response_headers() && !view.navigation().is_document => {
            // Any site below the domain can set the cookie, which must not lock out a browser with a session.
            if browser
                .cookies
                .as_ref()
                .is_ok_and(|cookies| cookies.session.is_some())
            {
                return without_handshake(view);
            }
            Step::Done(NotSignedIn::SignedOut {
                token_type: Some(TokenType::SessionToken),
                reason: AuthReason::SessionTokenMissing,
                deviation: Some(Deviation::NonceOnDocument),
            })
        }
        Some(_) if view.can_set_response_headers() => Step::ResolveHandshake,
        Some(_) | None => without_handshake(view),
    }
}

/// The cookies by themselves, when there is no handshake or nothing came of it.
pub(super) fn without_handshake(view: &RequestView<'_>) -> Step {
    let browser = view.browser();
    let cookies = match &browser.cookies {
        Ok(cookies) => cookies,
        Err(_) => return Step::Done(signed_out(AuthReason::Token(Reason::TokenInvalid))),
    };
    if let Some(cookie) = cookies.conflict {
        return Step::Done(conflicting(view, cookies, cookie));
    }
    let development = view.is_development();
    let other_domain = if view.satellite.is_some() {
        from_satellite(view, cookies, development)
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
        (true, Some(_)) => Step::VerifySession(TokenCarrier::Cookie),
    }
}

/// Clerk may replace one of the values, so a browser that can follow is sent there once.
fn conflicting(
    view: &RequestView<'_>,
    cookies: &SessionCookies<'_>,
    cookie: ConflictingCookie,
) -> NotSignedIn {
    let can_follow = view.can_set_response_headers() && view.navigation().is_document;
    if !can_follow || cookies.redirect_count != RedirectCount::Zero {
        return NotSignedIn::ConflictingCookies {
            cookie,
            is_back: can_follow,
        };
    }
    NotSignedIn::Handshake {
        reason: match cookie {
            ConflictingCookie::Session => AuthReason::ClientUatButNoSessionToken,
            ConflictingCookie::ClientUat => AuthReason::SessionTokenButNoClientUat,
            ConflictingCookie::DevBrowser => AuthReason::DevBrowserMissing,
        },
        destination: Destination::FrontendApi,
        deviation: Some(Deviation::ConflictingCookies),
    }
}

/// Whether a satellite has to ask the primary domain first.
fn from_satellite(
    view: &RequestView<'_>,
    cookies: &SessionCookies<'_>,
    development: bool,
) -> Option<NotSignedIn> {
    let browser = view.browser();
    let auto_sync = view.satellite.is_some_and(|satellite| satellite.auto_sync);
    if !view.navigation().is_navigation || browser.synced == Synced::Completed {
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

/// Decides whether a decoded token may be verified as a session token of this request.
pub(super) fn before_verification(
    view: &RequestView<'_>,
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
    let client_uat = view
        .browser()
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

/// Whether a verified session in a cookie has to be looked up all the same: the browser comes from another site, which may
/// have signed it in or out.
pub(super) fn after_verification(view: &RequestView<'_>, carrier: TokenCarrier) -> Option<NotSignedIn> {
    if carrier == TokenCarrier::Header || !view.can_set_response_headers() {
        return None;
    }
    let browser = view.browser();
    let is_first = matches!(
        redirect_count(browser),
        RedirectCount::Zero | RedirectCount::Invalid
    );
    let is_foreign = view.satellite.is_none()
        && view.navigation().is_navigation
        && view.page().referrer == Referrer::CrossOrigin;
    (is_foreign && is_first).then(|| handshake(AuthReason::PrimaryDomainCrossOriginSync))
}

/// Whether a session in a cookie has to get another active organization for this page.
pub(super) fn after_authentication(
    view: &RequestView<'_>,
    session: ActiveOrganization<'_>,
    carrier: TokenCarrier,
) -> Option<NotSignedIn> {
    if carrier == TokenCarrier::Header || !view.can_set_response_headers() {
        return None;
    }
    let browser = view.browser();
    if view.config().organization_sync.is_empty() {
        return None;
    }
    let target = view.page().organization.as_ref()?;
    let must_switch = !session.is_pending && target.differs_from(session.org_id, session.org_slug);
    // After three redirects Clerk does not know the organization: the page itself has to cope with that.
    let gave_up = matches!(
        redirect_count(browser),
        RedirectCount::Three | RedirectCount::Beyond3
    );
    let can_switch = view.navigation().is_document && !gave_up;
    (must_switch && can_switch).then(|| handshake(AuthReason::ActiveOrganizationMismatch))
}

fn redirect_count(browser: &Browser<'_>) -> RedirectCount {
    let cookies = browser.cookies.as_ref();
    cookies.map_or(RedirectCount::Invalid, |cookies| cookies.redirect_count)
}

/// What becomes of a request whose session token was refused.
pub(super) fn after_refusal(view: &RequestView<'_>, error: &TokenVerificationError) -> Step {
    Step::Done(match error.reason() {
        Reason::TokenExpired => match why_not_refreshed(view) {
            None => return Step::Refresh,
            Some(why) => after_failed_refresh(why, view.browser().cookies.as_ref().err().copied()),
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

fn why_not_refreshed(view: &RequestView<'_>) -> Option<Refresh> {
    if !view.is_get() {
        return Some(Refresh::NonEligibleNonGet);
    }
    let has_refresh = view
        .browser()
        .cookies
        .as_ref()
        .is_ok_and(|cookies| cookies.refresh.is_some());
    if !has_refresh {
        return Some(Refresh::NonEligibleNoRefreshCookie);
    }
    (!view.can_set_response_headers()).then_some(Refresh::MissingApiClient)
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
