use url::Url;

use super::*;
use crate::config::{OrganizationTarget, Satellite};
use crate::request::lazy::Lazy;
use crate::request::navigation::Navigation;
use crate::request::page::Page;
use crate::request::session_cookie::SessionCookie;
use crate::token::AcceptsToken;

const DEVELOPMENT: InstanceType = InstanceType::Development;
const PRODUCTION: InstanceType = InstanceType::Production;

/// A browser that is signed in and navigates: each test spoils what it is about.
struct Given {
    browser: Browser<'static>,
    navigation: Navigation,
    page: Box<Page>,
    satellite: Option<Satellite>,
}

impl Given {
    fn signed_in() -> Self {
        Self {
            browser: Browser {
                cookies: Ok(SessionCookies {
                    session: Some(SessionCookie::Unseen("cookie".into())),
                    client_uat: 5.0,
                    dev_browser: Some("dvb_1".into()),
                    ..SessionCookies::NONE
                }),
                handshake: None,
                dev_browser_in_query: None,
                synced: Synced::Unsaid,
                redirect_url: None,
            },
            navigation: Navigation {
                is_document: true,
                is_navigation: true,
            },
            page: Box::new(Page {
                referrer: Referrer::SameOrigin,
                organization: None,
                clerk_url: Url::parse("https://app.test/page").unwrap(),
                frontend_api: None,
                sign_in_url: None,
            }),
            satellite: None,
        }
    }

    fn context(&self, authorization: Authorization<'static>, instance_type: InstanceType) -> Context<'_> {
        Context {
            seen_in_header: None,
            authorization,
            accepts: AcceptsToken::SESSION,
            instance_type,
            is_get: true,
            can_respond: true,
            satellite: self.satellite,
            has_organization_pages: true,
            browser: Lazy::Known(&self.browser),
            navigation: Lazy::Known(&self.navigation),
            page: Lazy::Known(&self.page),
        }
    }

    fn cookies(&mut self) -> &mut SessionCookies<'static> {
        self.browser.cookies.as_mut().unwrap()
    }
}

fn by_cookie(instance_type: InstanceType, spoil: impl FnOnce(&mut Given)) -> Context<'static> {
    let mut given = Given::signed_in();
    spoil(&mut given);
    Box::leak(Box::new(given)).context(Authorization::Absent, instance_type)
}

fn name(step: &Step<'_>) -> String {
    match step {
        Step::VerifySession { token, carrier } => format!("session {token} {}", carrier.as_str()),
        Step::VerifyMachine { token, presented } => format!("machine {token} {}", presented.token_type()),
        Step::ResolveHandshake(_) => "resolve".into(),
        Step::Refresh => "refresh".into(),
        Step::Done(verdict) => verdict_name(verdict),
    }
}

fn verdict_name(verdict: &Verdict) -> String {
    match verdict {
        Verdict::SignedOut {
            token_type,
            reason,
            deviation,
        } => {
            let token_type = token_type.map_or("-", TokenType::as_str);
            let deviation = deviation.map_or("", Deviation::id);
            format!("out {token_type} {reason} {deviation}")
                .trim_end()
                .to_owned()
        }
        Verdict::Handshake {
            reason,
            destination,
            deviation,
        } => {
            let destination = match destination {
                Destination::FrontendApi => "",
                Destination::PrimaryDomain => " to primary",
                Destination::Satellite(_) => " to satellite",
            };
            let deviation = deviation.map_or("", Deviation::id);
            format!("handshake {reason}{destination} {deviation}")
                .trim_end()
                .to_owned()
        }
    }
}

#[test]
fn which_token_in_the_header_is_looked_at() {
    use Authorization::{Absent, Bearer, Invalid};
    use TokenType::{ApiKey, M2mToken, OauthToken, SessionToken};
    let any = AcceptsToken::ANY;
    let list = |types: &[TokenType]| AcceptsToken::list(types);
    for (accepts, authorization, expected) in [
        (SessionToken.into(), Bearer("a.b.c"), "session a.b.c header"),
        (SessionToken.into(), Bearer("ak_1"), "session ak_1 header"),
        (
            SessionToken.into(),
            Invalid(None),
            "out session_token token-invalid",
        ),
        (any, Bearer("a.b.c"), "session a.b.c header"),
        (any, Bearer("ak_1"), "machine ak_1 api_key"),
        (any, Bearer("mt_1"), "machine mt_1 m2m_token"),
        (any, Bearer("oat_1"), "machine oat_1 oauth_token"),
        (any, Invalid(None), "out session_token token-invalid"),
        (any, Absent, "session cookie cookie"),
        (ApiKey.into(), Bearer("ak_1"), "machine ak_1 api_key"),
        (ApiKey.into(), Bearer("mt_1"), "out api_key token-type-mismatch"),
        (ApiKey.into(), Bearer("a.b.c"), "out api_key token-type-mismatch"),
        (ApiKey.into(), Invalid(None), "out api_key token-type-mismatch"),
        (
            ApiKey.into(),
            Invalid(Some(Deviation::BearerScheme)),
            "out api_key token-invalid D1",
        ),
        (ApiKey.into(), Absent, "out api_key No token in header"),
        (M2mToken.into(), Absent, "out m2m_token No token in header"),
        (OauthToken.into(), Bearer("oat_1"), "machine oat_1 oauth_token"),
        (list(&[ApiKey]), Bearer("ak_1"), "machine ak_1 api_key"),
        (list(&[ApiKey]), Bearer("a.b.c"), "out - token-type-mismatch"),
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
            Bearer("mt_1"),
            "out - token-type-mismatch",
        ),
        (list(&[SessionToken]), Bearer("a.b.c"), "session a.b.c header"),
    ] {
        let given = Given::signed_in();
        let mut context = given.context(authorization, PRODUCTION);
        context.accepts = accepts;
        assert_eq!(name(&start(&context)), expected, "{accepts:?} {authorization:?}");
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
        let context = by_cookie(*instance_type, spoil);
        assert_eq!(name(&start(&context)), *expected);
    }
}

#[test]
fn without_a_response_no_handshake_is_resolved_and_nothing_refreshed() {
    let mut context = by_cookie(PRODUCTION, |given| {
        given.browser.handshake = Some(Handshake::Token("t".into()));
        given.cookies().refresh = Some("r".into());
    });
    let expired = TokenVerificationError::new(Reason::TokenExpired, "for this test");
    assert_eq!(name(&start(&context)), "resolve");
    assert_eq!(name(&after_refusal(&context, &expired)), "refresh");
    context.can_respond = false;
    assert_eq!(name(&start(&context)), "session cookie cookie");
    assert_eq!(
        name(&after_refusal(&context, &expired)),
        "handshake session-token-expired-refresh-missing-api-client"
    );
}

#[test]
fn satellites_ask_the_primary_domain() {
    let satellite = |auto_sync| Some(Satellite { auto_sync });
    let none = || Ok(SessionCookies::NONE);
    let needs = "handshake satellite-needs-syncing";
    let missing = "out session_token session-token-and-uat-missing";
    for (auto_sync, has_cookies, synced, is_navigation, expected) in [
        (false, false, Synced::Unsaid, true, missing),
        (true, false, Synced::Unsaid, true, needs),
        (false, false, Synced::Needed, true, needs),
        (true, true, Synced::Needed, true, needs),
        (true, false, Synced::Completed, true, missing),
        (true, false, Synced::Unsaid, false, missing),
        (true, true, Synced::Unsaid, true, "session cookie cookie"),
        (true, true, Synced::Completed, true, "session cookie cookie"),
    ] {
        let context = by_cookie(PRODUCTION, |given| {
            given.satellite = satellite(auto_sync);
            given.browser.synced = synced;
            given.navigation.is_navigation = is_navigation;
            if !has_cookies {
                given.browser.cookies = none();
            }
        });
        let case = format!("{auto_sync} {has_cookies} {synced:?} {is_navigation}");
        assert_eq!(name(&start(&context)), expected, "{case}");
    }
    let context = by_cookie(DEVELOPMENT, |given| {
        given.satellite = satellite(true);
        given.browser.cookies = none();
    });
    assert_eq!(
        name(&start(&context)),
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
        let context = by_cookie(instance_type, |given| {
            given.browser.redirect_url = Some(redirect_url.clone())
        });
        assert_eq!(
            name(&start(&context)),
            expected,
            "{instance_type:?} {redirect_url:?}"
        );
    }
}

#[test]
fn a_good_session_may_still_have_to_be_looked_up() {
    let personal = Verified {
        is_pending: false,
        org_id: None,
        org_slug: None,
    };
    let acme = Verified {
        is_pending: false,
        org_id: Some("org_1"),
        org_slug: Some("acme"),
    };
    let pending = Verified {
        is_pending: true,
        ..acme
    };
    let slug = |slug: &str| Some(OrganizationTarget::Slug(slug.into()));
    let id = |id: &str| Some(OrganizationTarget::Id(id.into()));
    let home = || Some(OrganizationTarget::PersonalAccount);
    let zero = RedirectCount::Zero;
    let (none, cross) = (Referrer::SameOrigin, Referrer::CrossOrigin);
    let switch = "handshake active-organization-mismatch";
    let sync = "handshake primary-domain-cross-origin-sync";
    for (verified, target, referrer, count, expected) in [
        (personal, None, none, zero, "-"),
        (acme, slug("acme"), none, zero, "-"),
        (acme, slug("other"), none, zero, switch),
        (acme, id("org_1"), none, zero, "-"),
        (acme, id("org_2"), none, zero, switch),
        (acme, home(), none, zero, switch),
        (personal, home(), none, zero, "-"),
        (personal, slug("acme"), none, zero, switch),
        (pending, slug("other"), none, zero, "-"),
        (acme, slug("other"), none, RedirectCount::Below3(2.0), switch),
        (acme, slug("other"), none, RedirectCount::Three, "-"),
        (acme, slug("other"), none, RedirectCount::Beyond3, "-"),
        (acme, slug("other"), none, RedirectCount::Odd, switch),
        (acme, None, cross, zero, sync),
        (acme, None, cross, RedirectCount::Odd, sync),
        (acme, None, cross, RedirectCount::Below3(1.0), "-"),
        (acme, slug("other"), cross, zero, sync),
        (acme, None, Referrer::Clerk, zero, "-"),
    ] {
        let context = by_cookie(PRODUCTION, |given| {
            given.page.organization = target.clone();
            given.page.referrer = referrer;
            given.cookies().redirect_count = count;
        });
        let found = |context| {
            let cookie = TokenCarrier::Cookie;
            after_verification(context, cookie).or_else(|| after_authentication(context, verified, cookie))
        };
        let name = found(&context).as_ref().map_or("-".to_owned(), verdict_name);
        assert_eq!(name, expected, "{verified:?} {target:?} {referrer:?} {count:?}");
        assert_eq!(after_verification(&context, TokenCarrier::Header), None);
        assert_eq!(
            after_authentication(&context, verified, TokenCarrier::Header),
            None
        );
    }
    let satellite = by_cookie(PRODUCTION, |given| {
        given.page.referrer = cross;
        given.satellite = Some(Satellite { auto_sync: false });
    });
    assert_eq!(after_verification(&satellite, TokenCarrier::Cookie), None);
}

#[test]
fn only_times_can_be_mended() {
    let refused = |context: &Context<'_>, reason| {
        name(&after_refusal(
            context,
            &TokenVerificationError::new(reason, "for this test"),
        ))
    };
    let mut context = by_cookie(PRODUCTION, |_| {});
    for (reason, expected) in [
        (
            Reason::TokenExpired,
            "handshake session-token-expired-refresh-non-eligible-no-refresh-cookie",
        ),
        (Reason::TokenNotActiveYet, "handshake session-token-nbf"),
        (
            Reason::TokenIatInTheFuture,
            "handshake session-token-iat-in-the-future",
        ),
        (
            Reason::TokenInvalidSignature,
            "out session_token token-invalid-signature",
        ),
        (Reason::JwkKidMismatch, "out session_token jwk-kid-mismatch"),
    ] {
        assert_eq!(refused(&context, reason), expected);
    }
    context.is_get = false;
    assert_eq!(
        refused(&context, Reason::TokenExpired),
        "handshake session-token-expired-refresh-non-eligible-non-get"
    );
    let conflicting = by_cookie(PRODUCTION, |given| {
        given.browser.cookies = Err(Deviation::ConflictingCookies);
    });
    assert_eq!(
        refused(&conflicting, Reason::TokenExpired),
        "handshake session-token-expired-refresh-non-eligible-no-refresh-cookie D31"
    );
}

#[test]
fn a_session_cookie_is_not_older_than_the_last_change_of_the_client() {
    let older = Some("handshake session-token-iat-before-client-uat");
    let (header, cookie) = (TokenCarrier::Header, TokenCarrier::Cookie);
    for (client_uat, iat, carrier, expected) in [
        (5.0, Claim::Present(4.0), cookie, older),
        (5.0, Claim::Present(4.0), header, None),
        (5.0, Claim::Present(5.0), cookie, None),
        (5.0, Claim::Present(6.0), cookie, None),
        (0.0, Claim::Present(-1.0), cookie, older),
        (5.0, Claim::Null, cookie, older),
        (5.0, Claim::Null, header, None),
        (0.0, Claim::Null, cookie, None),
        (-1.0, Claim::Null, cookie, None),
        (5.0, Claim::Odd, cookie, None),
        (5.0, Claim::Absent, cookie, None),
    ] {
        let context = by_cookie(PRODUCTION, |given| given.cookies().client_uat = client_uat);
        let verdict = before_verification(&context, true, &iat, carrier);
        let case = format!("{client_uat} {iat:?} {}", carrier.as_str());
        assert_eq!(verdict.as_ref().map(verdict_name).as_deref(), expected, "{case}");
        let other = before_verification(&context, false, &iat, carrier);
        let expected = Some("out session_token token-type-mismatch");
        assert_eq!(other.as_ref().map(verdict_name).as_deref(), expected, "{case}");
    }
}
