//! What is decided around the verification of a token.

use super::*;

#[test]
fn a_good_session_may_still_have_to_be_looked_up() {
    let personal = ActiveOrganization {
        is_pending: false,
        org_id: None,
        org_slug: None,
    };
    let acme = ActiveOrganization {
        is_pending: false,
        org_id: Some("org_1"),
        org_slug: Some("acme"),
    };
    let pending = ActiveOrganization {
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
        (acme, slug("other"), none, RedirectCount::Invalid, switch),
        (acme, None, cross, zero, sync),
        (acme, None, cross, RedirectCount::Invalid, sync),
        (acme, None, cross, RedirectCount::Below3(1.0), "-"),
        (acme, slug("other"), cross, zero, sync),
        (acme, None, Referrer::Clerk, zero, "-"),
    ] {
        let view = by_cookie(PRODUCTION, |given| {
            given.page.organization = target.clone();
            given.page.referrer = referrer;
            given.cookies().redirect_count = count;
        });
        let found = |view| {
            let cookie = TokenCarrier::Cookie;
            after_verification(view, cookie).or_else(|| after_authentication(view, verified, cookie))
        };
        let name = found(&view).as_ref().map_or("-".to_owned(), outcome_name);
        assert_eq!(name, expected, "{verified:?} {target:?} {referrer:?} {count:?}");
        assert_eq!(after_verification(&view, TokenCarrier::Header), None);
        assert_eq!(after_authentication(&view, verified, TokenCarrier::Header), None);
    }
    let satellite = by_cookie(PRODUCTION, |given| {
        given.page.referrer = cross;
        given.satellite = Some(Satellite { auto_sync: false });
    });
    assert_eq!(after_verification(&satellite, TokenCarrier::Cookie), None);
}

#[test]
fn only_times_can_be_mended() {
    let refused = |view: &RequestView<'_>, reason| {
        let error = TokenVerificationError::new(reason, "for this test");
        name(view, &after_refusal(view, &error))
    };
    let view = by_cookie(PRODUCTION, |_| {});
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
        assert_eq!(refused(&view, reason), expected);
    }
    let post = by_cookie(PRODUCTION, |given| given.method = Method::POST);
    assert_eq!(
        refused(&post, Reason::TokenExpired),
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
        (5.0, Claim::WrongType, cookie, None),
        (5.0, Claim::Absent, cookie, None),
    ] {
        let view = by_cookie(PRODUCTION, |given| given.cookies().client_uat = client_uat);
        let not_signed_in = before_verification(&view, true, &iat, carrier);
        let case = format!("{client_uat} {iat:?} {}", carrier.as_str());
        assert_eq!(
            not_signed_in.as_ref().map(outcome_name).as_deref(),
            expected,
            "{case}"
        );
        let other = before_verification(&view, false, &iat, carrier);
        let expected = Some("out session_token token-type-mismatch");
        assert_eq!(other.as_ref().map(outcome_name).as_deref(), expected, "{case}");
    }
}
