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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::context::SessionCookies;
    use AuthReason as R;

    fn context(
        authorization: Authorization<'static>,
        instance_type: InstanceType,
        cookies: SessionCookies,
    ) -> Context<'static> {
        Context {
            authorization,
            instance_type,
            cookies: Ok(cookies),
            dev_browser_in_query: None,
            is_get: true,
            is_document: false,
            frontend_api: "clerk.example.org",
            url: String::new(),
            query: Vec::new(),
        }
    }

    fn cookies(session: bool, client_uat: f64, dev_browser: bool) -> SessionCookies {
        SessionCookies {
            session: session.then(|| "cookie".to_owned()),
            client_uat,
            dev_browser: dev_browser.then(|| "dvb_1".to_owned()),
            ..SessionCookies::default()
        }
    }

    fn name(step: &Step<'_>) -> String {
        match step {
            Step::Verify { token, carrier } => format!("verify {token} {}", carrier.as_str()),
            Step::Done(Verdict::SignedOut(reason, _)) => format!("signed out {reason}"),
            Step::Done(Verdict::Handshake(reason)) => format!("handshake {reason}"),
        }
    }

    #[test]
    fn which_token_speaks_for_a_request() {
        use Authorization::{Absent, Bearer, Invalid};
        use InstanceType::{Development, Production};
        for (authorization, instance_type, (session, client_uat, dev_browser), expected) in [
            (
                Bearer("token"),
                Production,
                (true, 5.0, true),
                "verify token header",
            ),
            (
                Bearer("token"),
                Development,
                (false, 0.0, false),
                "verify token header",
            ),
            (
                Invalid(None),
                Production,
                (true, 5.0, true),
                "signed out token-invalid",
            ),
            (
                Absent,
                Production,
                (false, 0.0, false),
                "signed out session-token-and-uat-missing",
            ),
            (
                Absent,
                Production,
                (true, 0.0, false),
                "handshake session-token-but-no-client-uat",
            ),
            (
                Absent,
                Production,
                (false, 5.0, false),
                "handshake client-uat-but-no-session-token",
            ),
            (Absent, Production, (true, 5.0, false), "verify cookie cookie"),
            (Absent, Production, (true, -1.0, false), "verify cookie cookie"),
            (
                Absent,
                Development,
                (true, 5.0, false),
                "handshake dev-browser-missing",
            ),
            (Absent, Development, (true, 5.0, true), "verify cookie cookie"),
            (
                Absent,
                Development,
                (false, 0.0, true),
                "signed out session-token-and-uat-missing",
            ),
        ] {
            let context = context(
                authorization,
                instance_type,
                cookies(session, client_uat, dev_browser),
            );
            assert_eq!(
                name(&start(&context)),
                expected,
                "{authorization:?} {instance_type:?}"
            );
        }
    }

    #[test]
    fn a_development_browser_in_the_query_comes_before_the_session() {
        for (instance_type, expected) in [
            (InstanceType::Development, "handshake dev-browser-sync"),
            (InstanceType::Production, "verify cookie cookie"),
        ] {
            let mut context = context(Authorization::Absent, instance_type, cookies(true, 5.0, true));
            context.dev_browser_in_query = Some("dvb_2".to_owned());
            assert_eq!(name(&start(&context)), expected);
        }
    }

    #[test]
    fn cookies_that_cannot_be_read_are_an_invalid_token_unless_the_header_speaks() {
        let mut context = context(
            Authorization::Absent,
            InstanceType::Production,
            SessionCookies::default(),
        );
        context.cookies = Err(Deviation::ConflictingCookies);
        assert_eq!(name(&start(&context)), "signed out token-invalid");
        context.authorization = Authorization::Bearer("token");
        assert_eq!(name(&start(&context)), "verify token header");
    }

    #[test]
    fn only_times_can_be_mended_by_a_handshake() {
        use RefreshTokenErrorReason as Refresh;
        let refused = |context: &Context<'_>, reason| {
            after_refusal(context, &TokenVerificationError::new(reason, "for this test"))
        };
        let mut context = context(
            Authorization::Absent,
            InstanceType::Production,
            cookies(true, 5.0, false),
        );
        for (reason, expected) in [
            (
                Reason::TokenExpired,
                Verdict::Handshake(R::SessionTokenExpired(Refresh::NonEligibleNoRefreshCookie)),
            ),
            (Reason::TokenNotActiveYet, Verdict::Handshake(R::SessionTokenNbf)),
            (
                Reason::TokenIatInTheFuture,
                Verdict::Handshake(R::SessionTokenIatInTheFuture),
            ),
            (
                Reason::TokenInvalidSignature,
                Verdict::SignedOut(R::Token(Reason::TokenInvalidSignature), None),
            ),
            (
                Reason::JwkKidMismatch,
                Verdict::SignedOut(R::Token(Reason::JwkKidMismatch), None),
            ),
        ] {
            assert_eq!(refused(&context, reason), expected);
        }
        context.is_get = false;
        let expected = Verdict::Handshake(R::SessionTokenExpired(Refresh::NonEligibleNonGet));
        assert_eq!(refused(&context, Reason::TokenExpired), expected);
    }
}
