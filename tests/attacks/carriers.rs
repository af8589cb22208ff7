//! H: headers, cookies and queries that are read differently by different readers.

use axum::Router;
use axum::body::Body;
use axum::routing::any;
use clerk_runtime::protected;
use clerk_testing::LocalInstance;
use http::{HeaderValue, Request};

use crate::leakage::Scribe;
use crate::scene::{api, bring, get, navigate, pages, send};

#[tokio::test]
async fn h1_two_authorization_headers() {
    let instance = LocalInstance::start().await.unwrap();
    let app = api(&instance.clerk());
    let ada = instance.user("ada");
    let (good, bad) = (ada.bearer(), instance.user("eve").signed_by_other_key().bearer());
    let cookie = ada.cookie();
    for pair in [
        [&good, &bad],
        [&bad, &good],
        [&good, &good],
        [&"Basic eA==".to_owned(), &good],
    ] {
        let headers = [("authorization", &**pair[0]), ("authorization", &**pair[1])];
        get(&app, "/", &headers).await.assert_refused("token-invalid");
        // Nor does the cookie speak in their place.
        let headers = [headers[0], headers[1], ("cookie", &cookie)];
        get(&app, "/", &headers).await.assert_refused("token-invalid");
    }
    let joined = format!("{good}, {bad}");
    get(&app, "/", &[("authorization", &joined)])
        .await
        .assert_refused("token-invalid");
}

#[tokio::test]
async fn h2_unreadable_header_beside_a_good_cookie() {
    let instance = LocalInstance::start().await.unwrap();
    let app = api(&instance.clerk());
    let ada = instance.user("ada");
    for value in [&b"Bearer \xff"[..], b"Bearer caf\xc3\xa9", b"\xff"] {
        let request = Request::get("/")
            .header("authorization", HeaderValue::from_bytes(value).unwrap())
            .header("cookie", ada.cookie());
        send(&app, request.body(Body::empty()).unwrap())
            .await
            .assert_refused("token-invalid");
    }
    // A readable one that is no good does not yield either.
    for value in ["Bearer", "Bearer garbage", "garbage"] {
        let headers = [("authorization", value), ("cookie", &ada.cookie())];
        get(&app, "/", &headers).await.assert_refused("token-invalid");
    }
    assert_eq!(bring(&instance.clerk(), &ada.cookie()).await.body, ada.user_id());
}

#[tokio::test]
async fn h3_scheme_smuggling() {
    let instance = LocalInstance::start().await.unwrap();
    let app = api(&instance.clerk());
    let ada = instance.user("ada");
    let token = ada.token();
    let (head, tail) = token.split_at(40);
    for value in [
        token.clone(),
        format!("Bearer Bearer {token}"),
        format!("Bearer {head}Bearer {tail}"),
        format!("Bearer {token} junk"),
        format!("Bearer  {token}"),
        format!("Bearer\t{token}"),
        format!("Bearer {token},"),
        format!("Bearer \"{token}\""),
        format!("Bearer token={token}"),
        format!("Bearer{token}"),
    ] {
        get(&app, "/", &[("authorization", &value)])
            .await
            .assert_refused("token-invalid");
    }
    for scheme in ["Bearer", "bearer", "BEARER", "bEaReR"] {
        let value = format!("{scheme} {token}");
        let answer = get(&app, "/", &[("authorization", &value)]).await;
        assert_eq!(answer.body, ada.user_id());
    }
    for other in ["Basic", "Token", "DPoP", "Bearer:"] {
        let value = format!("{other} {token}");
        get(&app, "/", &[("authorization", &value)])
            .await
            .assert_signed_out();
    }
}

#[tokio::test]
async fn h4_cookie_tossing() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let app = api(&clerk);
    let (ada, eve) = (instance.user("ada"), instance.user("eve"));
    let session = |token: &str| format!("__session={token}");
    let others = "__client_uat=1; __clerk_db_jwt=dvb_1";
    let (of_ada, of_eve) = (session(&ada.token()), session(&eve.token()));
    let forged = session(&instance.user("eve").signed_by_other_key().token());
    // Two sessions: nobody is signed in as either, in whatever order and however many headers.
    for (one, other) in [
        (&of_ada, &of_eve),
        (&of_eve, &of_ada),
        (&forged, &session("undefined")),
        (&session(""), &of_ada),
    ] {
        let together = format!("{one}; {other}; {others}");
        bring(&clerk, &together).await.assert_refused("token-invalid");
        let headers = [("cookie", &**one), ("cookie", &**other), ("cookie", others)];
        get(&app, "/", &headers).await.assert_refused("token-invalid");
    }
    // What Clerk has not signed is no session, so it locks nobody out either.
    for (one, other) in [
        (&of_ada, &forged),
        (&forged, &of_ada),
        (&of_ada, &session("undefined")),
        (&of_ada, &session("")),
    ] {
        let together = bring(&clerk, &format!("{one}; {other}; {others}")).await;
        assert_eq!(together.body, ada.user_id(), "{one} {other}");
        let headers = [("cookie", &**one), ("cookie", &**other), ("cookie", others)];
        assert_eq!(get(&app, "/", &headers).await.body, ada.user_id());
    }
    // Names are exact: neither a longer one nor another case is the session's.
    for name in [
        "__sessionEVIL",
        "__SESSION",
        "x__session",
        "__session ;x",
        "__Host-__session",
        "__session_aaaaaaaa",
        "\"__session\"",
    ] {
        let other = of_eve.replace("__session", name);
        let alone = bring(&clerk, &format!("{other}; {others}")).await;
        alone.assert_is(401);
        assert_ne!(alone.reason.as_deref(), None);
        let beside = bring(&clerk, &format!("{other}; {of_ada}; {others}; {other}")).await;
        assert_eq!(beside.body, ada.user_id(), "{name}");
    }
    // The same one twice is one.
    let twice = bring(&clerk, &format!("{of_ada}; {of_ada}; {others}")).await;
    assert_eq!(twice.body, ada.user_id());
}

#[tokio::test]
async fn h10_login_by_a_sibling_site() {
    let builder = LocalInstance::builder()
        .production("app.localhost")
        .suffixed_cookies_only();
    let instance = builder.start().await.unwrap();
    let clerk = instance.clerk();
    let own = instance.user("ada").cookie();
    let expired = instance.user("ada").expired().cookie();
    let signed_out = own
        .split("; ")
        .find(|pair| pair.starts_with("__client_uat_"))
        .unwrap();
    let signed_out = format!("{}=0", signed_out.split('=').next().unwrap());
    instance.advance(std::time::Duration::from_secs(5));
    let eve = instance.user("eve");
    let (fresh, old) = (eve.token(), instance.user("eve").expired().token());
    for tossed in [
        format!("__session={fresh}; __client_uat=4102444800"),
        format!("__session={fresh}"),
        format!("__session={old}; __client_uat=1"),
        format!("__session={fresh}; __session={old}; __client_uat=1; __client_uat=2"),
        "__session=garbage; __client_uat=4102444800".to_owned(),
        "__client_uat=4102444800".to_owned(),
        "__client_uat=1; __client_uat=2".to_owned(),
        "__client_uat=0".to_owned(),
        "__clerk_handshake=1; __clerk_handshake=2; __clerk_redirect_count=1".to_owned(),
    ] {
        for cookie in [format!("{own}; {tossed}"), format!("{tossed}; {own}")] {
            let answer = bring(&clerk, &cookie).await;
            assert_eq!(answer.body, instance.user("ada").user_id(), "{tossed}");
        }
        for own in [&expired, &signed_out] {
            for cookie in [format!("{own}; {tossed}"), format!("{tossed}; {own}")] {
                bring(&clerk, &cookie).await.assert_is(401);
            }
        }
    }
}

/// The browser is sent to Clerk once; then the operator is told once, and the browser is not signed in.
#[tokio::test]
async fn h10_a_second_session_of_the_name_that_counts() {
    let scribe = Scribe::default();
    // While there is only one, an event that another thread meets first is switched off for all threads.
    let _another = tracing::Dispatch::new(Scribe::default());
    let _logging = tracing::subscriber::set_default(scribe.clone());
    let builder = LocalInstance::builder()
        .production("app.localhost")
        .suffixed_cookies_only();
    let instance = builder.start().await.unwrap();
    let app = pages(&instance.clerk());
    let own = instance.user("ada").cookie();
    let theirs = instance.user("eve").cookie();
    let name = theirs.split('=').next().unwrap();
    let both = format!("{own}; {}", theirs.split("; ").next().unwrap());
    let count = |cookie: &str| format!("{cookie}; __clerk_redirect_count=1");
    for _ in 0..3 {
        navigate(&app, "/me", &both).await.assert_is(307);
        assert!(!scribe.text().contains("two different values"));
    }
    for _ in 0..3 {
        let headers = [
            ("host", "www.app.localhost:3000"),
            ("accept", "text/html"),
            ("cookie", &*count(&both)),
        ];
        get(&app, "/me", &headers).await.assert_is(401);
    }
    let text = scribe.text();
    assert_eq!(text.matches("two different values").count(), 1, "{text}");
    assert!(
        text.contains(name) && text.contains("domain=\"app.localhost\""),
        "{text}"
    );
}

#[tokio::test]
async fn h5_cookie_bombs() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada");
    let many: Vec<String> = (0..1000).map(|number| format!("c{number}=1")).collect();
    for cookie in [
        format!("{}; {}", ada.cookie(), many.join("; ")),
        format!("{}; {}", many.join("; "), ada.cookie()),
        format!("{}; x={}", ada.cookie(), "x".repeat(64 * 1024)),
        format!("x={}; {}", "x".repeat(64 * 1024), ada.cookie()),
    ] {
        bring(&clerk, &cookie).await.assert_refused("token-invalid");
    }
    // What a browser may send within the limits is read.
    let fair = format!(
        "{}; {}; x={}",
        ada.cookie(),
        many[..100].join("; "),
        "x".repeat(20_000)
    );
    assert_eq!(bring(&clerk, &fair).await.body, ada.user_id());
}

#[tokio::test]
async fn h6_token_in_query_or_form() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let token = instance.user("ada").token();
    for name in [
        "__session",
        "access_token",
        "token",
        "__clerk_session",
        "authorization",
    ] {
        get(&api(&clerk), &format!("/?{name}={token}"), &[])
            .await
            .assert_signed_out();
        let page = navigate(
            &pages(&clerk),
            &format!("/?{name}={token}"),
            "__clerk_db_jwt=dvb_1",
        )
        .await;
        assert_eq!(page.body, "nobody");
        let form = Request::post("/")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("{name}={token}")));
        send(&api(&clerk), form.unwrap()).await.assert_signed_out();
    }
}

#[tokio::test]
async fn h7_spoofed_control_headers() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada");
    let (token, user) = (ada.token(), ada.user_id());
    let spoofed = [
        ("x-clerk-auth-status", "signed-in"),
        ("x-clerk-auth-reason", "none"),
        ("x-clerk-auth-token", &*token),
        ("x-clerk-auth-signature", "0"),
        ("x-clerk-clerk-url", "https://evil.test"),
        ("x-middleware-subrequest", "middleware:middleware"),
        ("x-forwarded-user", &*user),
        ("x_forwarded_user", &*user),
        ("x-user-id", &*user),
        ("x-authorization", &*token),
        ("proxy-authorization", &*token),
        ("x-http-method-override", "OPTIONS"),
    ];
    let bare = get(&api(&clerk), "/", &[]).await;
    for header in spoofed {
        let answer = get(&api(&clerk), "/", &[header]).await;
        answer.assert_signed_out();
        assert_eq!(answer.reason, bare.reason);
    }
    let all = get(&api(&clerk), "/", &spoofed).await;
    all.assert_signed_out();
    // Nor do they take anything from somebody who is signed in.
    let bearer = ada.bearer();
    let mut headers = spoofed.to_vec();
    headers[0].1 = "signed-out";
    headers.push(("authorization", &bearer));
    assert_eq!(get(&api(&clerk), "/", &headers).await.body, user);
}

#[tokio::test]
async fn h8_forwarded_host_spoof() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada").expired();
    let cookie = ada.cookie();
    let headers = [
        ("host", "app.example"),
        ("x-forwarded-host", "evil.test"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "host=evil.test"),
        ("sec-fetch-dest", "document"),
        ("cookie", &*cookie),
    ];
    let way_back = |location: &str| {
        let location = url::Url::parse(location).unwrap();
        let mut pairs = location.query_pairs();
        let back = pairs.find(|(name, _)| name == "redirect_url");
        back.unwrap().1.into_owned()
    };
    let answer = get(&pages(&instance.clerk()), "/", &headers).await;
    answer.assert_is(307);
    assert_eq!(
        way_back(answer.header("location").unwrap()),
        "http://app.example/"
    );
    let trusting = instance
        .clerk_builder()
        .trust_forwarded_headers()
        .build()
        .unwrap();
    let answer = get(&pages(&trusting), "/", &headers).await;
    assert_eq!(way_back(answer.header("location").unwrap()), "https://evil.test/");
}

#[protected(token = "oauth_token")]
async fn tool() {}

#[tokio::test]
async fn h9_text_in_the_host() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .trust_forwarded_headers()
        .build()
        .unwrap();
    let app = Router::new().route("/", any(tool)).with_state(clerk);
    let own = r#"Bearer resource_metadata="http://localhost/.well-known/oauth-protected-resource""#;
    for text in [
        "a\",error=\"x",
        "a\\",
        "a;b=c",
        "a b",
        "a%22",
        "user@a",
        "a/b",
        "a?b",
        "[::1",
        ":80",
    ] {
        for headers in [
            &[("host", text)][..],
            &[("x-forwarded-host", text)],
            &[
                ("host", text),
                ("x-forwarded-host", text),
                ("x-forwarded-proto", "http"),
            ],
        ] {
            let answer = get(&app, "/", headers).await;
            answer.assert_is(401);
            assert_eq!(answer.header("www-authenticate"), Some(own), "{headers:?}");
        }
    }
}
