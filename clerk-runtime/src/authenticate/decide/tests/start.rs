//! What is decided before any token was looked at.

use super::*;

#[test]
fn which_token_in_the_header_is_looked_at() {
    use Credential::{Absent, Invalid};
    use TokenType::{ApiKey, M2mToken, OauthToken, SessionToken};
    let bearer = |token| Credential::Bearer(PresentedToken::from_text(token));
    let any = AcceptsToken::ANY;
    let list = |types: &[TokenType]| AcceptsToken::list(types);
    for (accepts, credential, expected) in [
        (SessionToken.into(), bearer("a.b.c"), "session a.b.c header"),
        (SessionToken.into(), bearer("ak_1"), "session ak_1 header"),
        (
            SessionToken.into(),
            Invalid(None),
            "out session_token token-invalid",
        ),
        (any, bearer("a.b.c"), "session a.b.c header"),
        (any, bearer("ak_1"), "machine ak_1 api_key"),
        (any, bearer("mt_1"), "machine mt_1 m2m_token"),
        (any, bearer("oat_1"), "machine oat_1 oauth_token"),
        (any, Invalid(None), "out session_token token-invalid"),
        (any, Absent, "session cookie cookie"),
        (ApiKey.into(), bearer("ak_1"), "machine ak_1 api_key"),
        (ApiKey.into(), bearer("mt_1"), "out api_key token-type-mismatch"),
        (ApiKey.into(), bearer("a.b.c"), "out api_key token-type-mismatch"),
        (ApiKey.into(), Invalid(None), "out api_key token-type-mismatch"),
        (
            ApiKey.into(),
            Invalid(Some(Deviation::BearerScheme)),
            "out api_key token-invalid D1",
        ),
        (ApiKey.into(), Absent, "out api_key No token in header"),
        (M2mToken.into(), Absent, "out m2m_token No token in header"),
        (OauthToken.into(), bearer("oat_1"), "machine oat_1 oauth_token"),
        (list(&[ApiKey]), bearer("ak_1"), "machine ak_1 api_key"),
        (list(&[ApiKey]), bearer("a.b.c"), "out - token-type-mismatch"),
        (list(&[ApiKey]), Absent, "out - token-type-mismatch"),
        (
            list(&[ApiKey]),
            Invalid(Some(Deviation::BearerScheme)),
            "out - token-type-mismatch D1",
        ),
        (list(&[]), Absent, "out - token-type-mismatch"),
        (list(&[SessionToken, ApiKey]), Absent, "session cookie cookie"),
        (
            list(&[SessionToken, ApiKey]),
            bearer("mt_1"),
            "out - token-type-mismatch",
        ),
        (list(&[SessionToken]), bearer("a.b.c"), "session a.b.c header"),
    ] {
        let mut given = Given::signed_in();
        given.options.accepts = accepts;
        let case = format!("{accepts:?} {credential:?}");
        let view = given.view(credential, PRODUCTION);
        assert_eq!(name(&view, &start(&view)), expected, "{case}");
    }
}

#[test]
fn what_the_cookies_say() {
    type Case = (InstanceType, fn(&mut Given), &'static str);
    let cases: &[Case] = &[
        (PRODUCTION, |_| {}, "session cookie cookie"),
        (DEVELOPMENT, |_| {}, "session cookie cookie"),
        (
            PRODUCTION,
            |given| given.cookies().client_uat = -1.0,
            "session cookie cookie",
        ),
        (
            PRODUCTION,
            |given| given.cookies().client_uat = 0.0,
            "handshake session-token-but-no-client-uat",
        ),
        (
            PRODUCTION,
            |given| given.cookies().session = None,
            "handshake client-uat-but-no-session-token",
        ),
        (
            PRODUCTION,
            |given| given.browser.cookies = Ok(SessionCookies::NONE),
            "out session_token session-token-and-uat-missing",
        ),
        (
            PRODUCTION,
            |given| given.cookies().dev_browser = None,
            "session cookie cookie",
        ),
        (
            DEVELOPMENT,
            |given| given.cookies().dev_browser = None,
            "handshake dev-browser-missing",
        ),
        (
            DEVELOPMENT,
            |given| given.browser.dev_browser_in_query = Some("dvb_2".into()),
            "handshake dev-browser-sync",
        ),
        (
            DEVELOPMENT,
            |given| given.browser.dev_browser_in_query = Some(String::new()),
            "handshake dev-browser-sync",
        ),
        (
            PRODUCTION,
            |given| given.browser.dev_browser_in_query = Some("dvb_2".into()),
            "session cookie cookie",
        ),
        (
            PRODUCTION,
            |given| given.browser.cookies = Err(Deviation::ConflictingCookies),
            "out session_token token-invalid D31",
        ),
        (
            PRODUCTION,
            |given| given.cookies().conflict = Some(ConflictingCookie::Session),
            "handshake client-uat-but-no-session-token D31",
        ),
        (
            PRODUCTION,
            |given| given.cookies().conflict = Some(ConflictingCookie::ClientUat),
            "handshake session-token-but-no-client-uat D31",
        ),
        (
            DEVELOPMENT,
            |given| given.cookies().conflict = Some(ConflictingCookie::DevBrowser),
            "handshake dev-browser-missing D31",
        ),
        (
            PRODUCTION,
            |given| {
                given.cookies().conflict = Some(ConflictingCookie::Session);
                given.cookies().redirect_count = RedirectCount::Below3(1.0);
            },
            "conflict __session true",
        ),
        (
            PRODUCTION,
            |given| {
                given.cookies().conflict = Some(ConflictingCookie::ClientUat);
                given.navigation.is_document = false;
            },
            "conflict __client_uat false",
        ),
        (
            PRODUCTION,
            |given| {
                given.cookies().conflict = Some(ConflictingCookie::Session);
                given.options.can_set_response_headers = false;
            },
            "conflict __session false",
        ),
        (
            PRODUCTION,
            |given| {
                given.cookies().conflict = Some(ConflictingCookie::Session);
                given.browser.handshake = Some(Handshake::Token("t".into()));
            },
            "resolve",
        ),
        (
            PRODUCTION,
            |given| given.cookies().awaits_keys = true,
            "await cookie keys",
        ),
        (
            PRODUCTION,
            |given| given.browser.handshake = Some(Handshake::Token("t".into())),
            "resolve",
        ),
        (
            DEVELOPMENT,
            |given| given.browser.handshake = Some(Handshake::Nonce("n".into())),
            "resolve",
        ),
        (
            PRODUCTION,
            |given| given.browser.handshake = Some(Handshake::InQuery),
            "handshake session-token-missing D11",
        ),
    ];
    for (instance_type, spoil, expected) in cases {
        let view = by_cookie(*instance_type, spoil);
        assert_eq!(name(&view, &start(&view)), *expected);
    }
}

#[test]
fn without_a_response_no_handshake_is_resolved_and_nothing_refreshed() {
    let view = |can_set_response_headers| {
        by_cookie(PRODUCTION, |given| {
            given.browser.handshake = Some(Handshake::Token("t".into()));
            given.cookies().refresh = Some("r".into());
            given.options.can_set_response_headers = can_set_response_headers;
        })
    };
    let expired = TokenVerificationError::new(Reason::TokenExpired, "for this test");
    for (can_set_response_headers, first, refused) in [
        (true, "resolve", "refresh"),
        (
            false,
            "session cookie cookie",
            "handshake session-token-expired-refresh-missing-api-client",
        ),
    ] {
        let view = view(can_set_response_headers);
        assert_eq!(name(&view, &start(&view)), first);
        assert_eq!(name(&view, &after_refusal(&view, &expired)), refused);
    }
}

#[test]
fn satellites_ask_the_primary_domain() {
    let satellite = |auto_sync| Some(Satellite { auto_sync });
    let none = || Ok(SessionCookies::NONE);
    let needs = "handshake satellite-needs-syncing";
    let missing = "out session_token session-token-and-uat-missing";
    for (auto_sync, has_cookies, synced, is_navigation, expected) in [
        (false, false, Synced::Absent, true, missing),
        (true, false, Synced::Absent, true, needs),
        (false, false, Synced::Needed, true, needs),
        (true, true, Synced::Needed, true, needs),
        (true, false, Synced::Completed, true, missing),
        (true, false, Synced::Absent, false, missing),
        (true, true, Synced::Absent, true, "session cookie cookie"),
        (true, true, Synced::Completed, true, "session cookie cookie"),
    ] {
        let view = by_cookie(PRODUCTION, |given| {
            given.satellite = satellite(auto_sync);
            given.browser.synced = synced;
            given.navigation.is_navigation = is_navigation;
            if !has_cookies {
                given.browser.cookies = none();
            }
        });
        let case = format!("{auto_sync} {has_cookies} {synced:?} {is_navigation}");
        assert_eq!(name(&view, &start(&view)), expected, "{case}");
    }
    let view = by_cookie(DEVELOPMENT, |given| {
        given.satellite = satellite(true);
        given.browser.cookies = none();
    });
    assert_eq!(
        name(&view, &start(&view)),
        "handshake satellite-needs-syncing to primary"
    );
}

#[test]
fn a_development_primary_answers_the_satellites_it_knows() {
    let url = Url::parse("https://satellite.test/").unwrap();
    for (instance_type, redirect_url, expected) in [
        (
            DEVELOPMENT,
            RedirectUrl::Allowed(Box::new(url.clone())),
            "handshake primary-responds-to-syncing to satellite",
        ),
        (
            DEVELOPMENT,
            RedirectUrl::Refused,
            "out session_token primary-responds-to-syncing D14",
        ),
        (
            PRODUCTION,
            RedirectUrl::Allowed(Box::new(url)),
            "session cookie cookie",
        ),
        (PRODUCTION, RedirectUrl::Refused, "session cookie cookie"),
    ] {
        let view = by_cookie(instance_type, |given| {
            given.browser.redirect_url = Some(redirect_url.clone())
        });
        assert_eq!(
            name(&view, &start(&view)),
            expected,
            "{instance_type:?} {redirect_url:?}"
        );
    }
}
