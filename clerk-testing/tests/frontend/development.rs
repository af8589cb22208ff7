use std::time::Duration;

use clerk_testing::{Endpoint, Fault, Handover, LocalInstance};

use crate::wire::{
    ask, cookie, directives_of, get, handshake_url, parameter, part, send, sign_in, strings, suffix,
};

const APP: &str = "http://localhost:3000/team?tab=a%2Bb";

/// A handshake of a development instance: where it leads, and the token that it led there with.
fn handshake(instance: &LocalInstance, more: &str) -> (String, String) {
    let answer = get(&handshake_url(&instance.frontend_url(), APP, more));
    assert_eq!(answer.status, 307, "{}", answer.body);
    assert_eq!(answer.headers("cache-control"), ["no-store"]);
    assert!(answer.headers("set-cookie").is_empty());
    let location = answer.location().to_owned();
    let token = parameter(&location, "__clerk_handshake").unwrap().to_owned();
    (location, token)
}

#[tokio::test]
async fn a_new_browser_gets_a_token_and_is_signed_out() {
    let instance = LocalInstance::start().await.unwrap();
    assert_eq!(instance.frontend_url(), instance.url());
    let (location, token) = handshake(&instance, "");
    assert!(location.starts_with("http://localhost:3000/team?tab=a%2Bb&__clerk_handshake=ey"));

    let (header, claims) = (part(&token, 0), part(&token, 1));
    assert_eq!(header["cat"], "cl_B7d4PD111AAA");
    assert_eq!(header["kid"], instance.jwks()["keys"][0]["kid"]);
    assert_eq!(claims["iss"], instance.issuer());
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        30
    );

    let directives = directives_of(&token);
    let suffix = suffix(&directives);
    let browser = cookie(&directives, "__clerk_db_jwt").unwrap();
    assert!(browser.starts_with("dvb_"));
    assert_eq!(
        cookie(&directives, &format!("__clerk_db_jwt_{suffix}")),
        Some(browser)
    );
    for name in ["__client_uat".to_owned(), format!("__client_uat_{suffix}")] {
        assert_eq!(cookie(&directives, &name), Some("0"));
    }
    for name in [
        "__session".to_owned(),
        format!("__session_{suffix}"),
        format!("__refresh_{suffix}"),
    ] {
        assert_eq!(cookie(&directives, &name), Some(""));
    }
    assert!(
        directives
            .iter()
            .all(|directive| directive.contains("; Path=/; Max-Age="))
    );
    assert!(!directives.iter().any(|directive| directive.contains("Secure")));
    assert!(!directives.iter().any(|directive| directive.contains("Domain")));
    assert_eq!(instance.requests_to(Endpoint::Handshake), 1);
}

#[tokio::test]
async fn whoever_signs_in_is_known_to_the_next_handshake() {
    let instance = LocalInstance::start().await.unwrap();
    let (_, token) = handshake(&instance, "");
    let browser = cookie(&directives_of(&token), "__clerk_db_jwt")
        .unwrap()
        .to_owned();

    let answer = sign_in(&instance, "ada", &browser, APP);
    assert_eq!(answer.status, 303);
    assert_eq!(answer.location(), format!("{APP}&__clerk_db_jwt={browser}"));

    let (_, token) = handshake(&instance, &format!("&__clerk_db_jwt={browser}"));
    let directives = directives_of(&token);
    let suffix = suffix(&directives);
    assert_eq!(cookie(&directives, "__clerk_db_jwt"), Some(browser.as_str()));
    let session = cookie(&directives, "__session").unwrap();
    assert_eq!(cookie(&directives, &format!("__session_{suffix}")), Some(session));
    let last = directives
        .iter()
        .rfind(|directive| directive.starts_with("__session"));
    assert!(last.unwrap().contains(session));
    let refresh = format!("__refresh_{suffix}=");
    let refresh = directives
        .iter()
        .find(|directive| directive.starts_with(&refresh));
    assert!(refresh.unwrap().contains("; HttpOnly"));

    let claims = part(session, 1);
    assert_eq!(claims["sub"], instance.user("ada").user_id());
    assert_eq!(claims["azp"], "http://localhost:3000");
    let uat: i64 = cookie(&directives, "__client_uat").unwrap().parse().unwrap();
    assert!(uat > 0 && uat <= claims["iat"].as_i64().unwrap());
    assert!(instance.clerk().verify_token(session).await.is_ok());

    // The Backend API can end the session, upon which the browser is signed out.
    instance.end_session(claims["sid"].as_str().unwrap());
    let (_, token) = handshake(&instance, &format!("&__clerk_db_jwt={browser}"));
    assert_eq!(cookie(&directives_of(&token), "__client_uat"), Some("0"));
    assert_eq!(
        cookie(&directives_of(&token), "__clerk_db_jwt"),
        Some(browser.as_str())
    );
}

#[tokio::test]
async fn tokens_carry_the_origin_that_asked() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada");
    let cookies = ada.cookie();
    let browser = cookies
        .split("__clerk_db_jwt=")
        .nth(1)
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    let url = handshake_url(
        &instance.frontend_url(),
        "https://app.localhost/",
        &format!("&__clerk_db_jwt={browser}"),
    );
    let location = get(&url).location().to_owned();
    let directives = directives_of(parameter(&location, "__clerk_handshake").unwrap());
    let claims = part(cookie(&directives, "__session").unwrap(), 1);
    assert_eq!(claims["azp"], "https://app.localhost");
    assert_eq!(claims["sid"], ada.session_id());
    assert!(directives.iter().all(|directive| directive.ends_with("; Secure")));
}

#[tokio::test]
async fn unknown_browsers_get_a_name_of_their_own() {
    let instance = LocalInstance::start().await.unwrap();
    let (_, token) = handshake(&instance, "&__clerk_db_jwt=dvb_of_somebody_else");
    assert_ne!(
        cookie(&directives_of(&token), "__clerk_db_jwt"),
        Some("dvb_of_somebody_else")
    );
}

#[tokio::test]
async fn addresses_elsewhere_are_refused() {
    let instance = LocalInstance::start().await.unwrap();
    let url = format!("{}/v1/client/handshake", instance.frontend_url());
    let missing = get(&url);
    assert_eq!(
        (missing.status, missing.code().as_str()),
        (422, "form_param_missing")
    );
    for bad in [
        "https://evil.example/",
        "javascript:alert(1)",
        "//localhost/",
        "/path",
        "http://localhost@evil.example/",
        "http://localhost:3000/\r\nx",
    ] {
        let answer = get(&handshake_url(&instance.frontend_url(), bad, ""));
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (422, "form_param_format_invalid"),
            "{bad}"
        );
        assert!(answer.headers("location").is_empty());
    }
    assert_eq!(send("POST", &url, &[], "").status, 404);
}

#[tokio::test]
async fn a_nonce_is_good_once_and_for_half_a_minute() {
    let instance = LocalInstance::builder()
        .handover(Handover::Nonce)
        .start()
        .await
        .unwrap();
    let browser = "&__clerk_db_jwt=none";
    let nonce = || {
        let answer = get(&handshake_url(&instance.frontend_url(), APP, browser));
        let location = answer.location();
        assert_eq!(parameter(location, "__clerk_handshake"), None);
        parameter(location, "__clerk_handshake_nonce").unwrap().to_owned()
    };
    let payload = |nonce: &str| {
        ask(
            &instance,
            "GET",
            &format!("/v1/clients/handshake_payload?nonce={nonce}"),
            "",
        )
    };
    let first = nonce();
    let url = format!("{}/v1/clients/handshake_payload?nonce={first}", instance.url());
    assert_eq!(get(&url).status, 401);
    let answer = payload(&first);
    assert_eq!(answer.status, 200);
    let directives = strings(&answer.json()["directives"]);
    assert_eq!(cookie(&directives, "__client_uat"), Some("0"));
    let again = payload(&first);
    assert_eq!((again.status, again.code().as_str()), (404, "resource_not_found"));

    let late = nonce();
    instance.advance(Duration::from_secs(30));
    assert_eq!(payload(&late).status, 404);
    assert_eq!(payload("").status, 404);
    assert_eq!(
        ask(&instance, "GET", "/v1/clients/handshake_payload", "").status,
        422
    );
    assert_eq!(instance.requests_to(Endpoint::HandshakePayload), 6);
}

#[tokio::test]
async fn organizations_are_switched_by_members_only() {
    let instance = LocalInstance::start().await.unwrap();
    let acme = instance
        .organization("acme")
        .role("org:admin", ["org:invoices:read"])
        .member("ada", "admin");
    instance.organization("globex").member("bob", "org:member");
    let cookies = instance.user("ada").cookie();
    let browser = cookies
        .split("__clerk_db_jwt=")
        .nth(1)
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    let switched = |target: &str| {
        let (_, token) = handshake(
            &instance,
            &format!("&__clerk_db_jwt={browser}&organization_id={target}"),
        );
        part(cookie(&directives_of(&token), "__session").unwrap(), 1)
    };
    let by_slug = switched("acme");
    assert_eq!(by_slug["o"]["id"], acme.id());
    assert_eq!(
        (&by_slug["o"]["rol"], &by_slug["o"]["per"]),
        (&"admin".into(), &"read".into())
    );
    assert_eq!(switched("globex")["o"]["slg"], "acme");
    assert_eq!(switched("").get("o"), None);
    assert_eq!(switched(&acme.id())["o"]["slg"], "acme");
    let removed = acme.remove_member("ada");
    assert_eq!(switched(&removed.id()).get("o"), None);
}

#[tokio::test]
async fn builders_make_members() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance
        .user("ada")
        .org("acme")
        .role("org:admin")
        .permissions(["org:invoices:read"]);
    let cookies = ada.cookie();
    let browser = cookies
        .split("__clerk_db_jwt=")
        .nth(1)
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    let claims = |target: &str| {
        let more = format!("&__clerk_db_jwt={browser}&organization_id={target}");
        part(
            cookie(&directives_of(&handshake(&instance, &more).1), "__session").unwrap(),
            1,
        )
    };
    assert_eq!(claims("").get("o"), None);
    assert_eq!(claims("acme")["o"]["per"], "read");
}

#[tokio::test]
async fn suffixed_cookies_alone_are_a_choice() {
    let instance = LocalInstance::builder()
        .suffixed_cookies_only()
        .start()
        .await
        .unwrap();
    let (_, token) = handshake(&instance, "");
    let directives = directives_of(&token);
    let suffix = suffix(&directives);
    assert!(
        directives
            .iter()
            .all(|directive| directive.split('=').next().unwrap().ends_with(&suffix))
    );
    let cookies = instance.user("ada").cookie();
    assert!(cookies.contains(&format!("__session_{suffix}=ey")) && !cookies.contains("__session="));
}

#[tokio::test]
async fn handshakes_can_fail_as_all_else_can() {
    let instance = LocalInstance::start().await.unwrap();
    instance.fault_times(Endpoint::Handshake, Fault::Status(503), 1);
    let url = handshake_url(&instance.frontend_url(), APP, "");
    assert_eq!(get(&url).code(), "maintenance_mode");
    assert_eq!(get(&url).status, 307);
}

#[tokio::test]
async fn what_browsers_ask_for_has_no_limit() {
    let instance = LocalInstance::start().await.unwrap();
    for endpoint in [Endpoint::Handshake, Endpoint::Any] {
        instance.rate_limit(endpoint, 1, Duration::from_secs(3600));
    }
    for _ in 0..3 {
        let (location, _) = handshake(&instance, "");
        assert!(location.contains("__clerk_handshake=ey"));
        assert_eq!(get(&format!("{}/sign-in", instance.frontend_url())).status, 200);
    }
    // Nor was any of that counted.
    assert_eq!(ask(&instance, "GET", "/v1/users", "").status, 200);
    assert_eq!(ask(&instance, "GET", "/v1/users", "").status, 429);
}
