//! P: tokens that are made to break whoever reads them.

use std::time::{Duration, Instant};

use clerk_runtime::routing::access_of;
use clerk_runtime::{Clerk, Deviation, protected};
use clerk_testing::LocalInstance;
use serde_json::json;

use crate::forge::{self, USER};
use crate::scene::{bear, get};

#[tokio::test]
async fn p1_size_bombs() {
    let (upstream, clerk) = forge::instance();
    let started = Instant::now();
    let claims = |length: usize| forge::claims_with(&format!(r#""big":"{}""#, "x".repeat(length)));
    for token in [
        "x".repeat(1_500_000),
        ".".repeat(1_000_000),
        format!("{}..", "A".repeat(1_500_000)),
        format!(".{}.", "A".repeat(1_500_000)),
        forge::sign(forge::header().to_string(), claims(16 * 1024)),
    ] {
        bear(&clerk, &token).await.assert_refused("token-invalid");
        let error = clerk.verify_token(&token).await.unwrap_err();
        assert_eq!(error.deviation(), Some(Deviation::SizeLimit), "{}", token.len());
    }
    for _ in 0..100 {
        bear(&clerk, &".".repeat(1_000_000))
            .await
            .assert_refused("token-invalid");
    }
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(upstream.count(), 0);
    // A long header is none of Clerk's either; what is within the limit is read.
    let long = forge::with_header("x", json!("x".repeat(2 * 1024)));
    bear(&clerk, &long).await.assert_refused("token-invalid");
    let big = forge::sign(forge::header().to_string(), claims(8 * 1024));
    assert_eq!(bear(&clerk, &big).await.body, USER);
}

#[test]
fn p2_deep_nesting() {
    // A stack that a parser which descends would leave.
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(async {
            let (_, clerk) = forge::instance();
            for levels in [33, 5_000, 100_000] {
                for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
                    let nested = format!("{}1{}", open.repeat(levels), close.repeat(levels));
                    let header = forge::header().to_string();
                    for token in [
                        forge::sign(&header, &nested),
                        forge::sign(&header, forge::claims_with(&format!(r#""deep":{nested}"#))),
                        forge::sign(&nested, forge::claims().to_string()),
                    ] {
                        bear(&clerk, &token).await.assert_refused("token-invalid");
                    }
                }
            }
            let nested = format!("{}1{}", "[".repeat(30), "]".repeat(30));
            let fair = forge::claims_with(&format!(r#""deep":{nested}"#));
            let fair = forge::sign(forge::header().to_string(), fair);
            assert_eq!(bear(&clerk, &fair).await.body, USER);
        });
    };
    let thread = std::thread::Builder::new().stack_size(1024 * 1024).spawn(run);
    thread.unwrap().join().unwrap();
}

#[tokio::test]
async fn p3_duplicate_keys() {
    let (upstream, clerk) = forge::instance();
    let claims = forge::claims().to_string();
    for header in [
        r#"{"alg":"none","alg":"RS256","kid":"ins_forge"}"#,
        r#"{"alg":"RS256","alg":"RS256","kid":"ins_forge"}"#,
        r#"{"alg":"RS256","kid":"ins_other","kid":"ins_forge"}"#,
        r#"{"alg":"RS256","kid":"ins_forge","\u006bid":"ins_forge"}"#,
        r#"{"alg":"RS256","kid":"ins_forge","x":{"a":1,"a":1}}"#,
    ] {
        bear(&clerk, &forge::sign(header, &claims))
            .await
            .assert_refused("token-invalid");
    }
    for member in [
        r#""sub":"user_admin""#,
        r#""sub":"user_forged""#,
        r#""s\u0075b":"user_admin""#,
        r#""azp":"https://evil.test""#,
        r#""role":"a","role":"b""#,
        r#""metadata":{"role":"a","role":"b"}"#,
        r#""list":[{"deep":[{"role":"a","role":"b"}]}]"#,
        r#""o":{"id":"org_1","id":"org_2"}"#,
    ] {
        let token = forge::sign(forge::header().to_string(), forge::claims_with(member));
        bear(&clerk, &token).await.assert_refused("token-invalid");
        let error = clerk.verify_token(&token).await.unwrap_err();
        assert_eq!(error.deviation(), Some(Deviation::StrictJson), "{member}");
    }
    assert_eq!(upstream.count(), 0);
}

#[tokio::test]
async fn p4_text_tricks() {
    let (_, clerk) = forge::instance();
    let header = forge::header().to_string();
    let claims = forge::claims().to_string();
    let mut invalid_utf8 = forge::claims_with(r#""name":"X""#).into_bytes();
    let at = invalid_utf8.len() - 3;
    invalid_utf8[at] = 0xff;
    let overlong = [&invalid_utf8[..at], &[0xc0, 0xaf], &invalid_utf8[at + 1..]].concat();
    for payload in [
        invalid_utf8,
        overlong,
        format!("\u{feff}{claims}").into_bytes(),
        format!("{claims}{{").into_bytes(),
        format!("{claims}}}{{").into_bytes(),
        format!("{claims}{claims}").into_bytes(),
        format!("{claims}\0").into_bytes(),
        forge::claims_with(r#""name":"\ud800""#).into_bytes(),
        forge::claims_with("// sub").into_bytes(),
        claims.replace('"', "'").into_bytes(),
        Vec::new(),
    ] {
        let token = forge::sign(&header, &payload);
        bear(&clerk, &token).await.assert_refused("token-invalid");
    }
    bear(&clerk, &forge::sign(format!("\u{feff}{header}"), &claims))
        .await
        .assert_refused("token-invalid");
    for (name, value) in [
        ("sub", json!("user_\u{0}ada")),
        ("sub", json!("user_ada\n")),
        ("sub", json!("user_1/../user_2")),
        ("sub", json!("us\u{435}r_ada")),
        ("sub", json!(" user_ada")),
        ("sub", json!("x".repeat(257))),
        ("sid", json!("sess_1?x=1")),
        ("org_id", json!("org 1")),
    ] {
        bear(&clerk, &forge::with_claim(name, value))
            .await
            .assert_refused("token-invalid");
    }
}

#[protected(permission = "org:invoices:read")]
async fn invoices() {}

/// What a handler for those who may read invoices answers.
async fn read_invoices(clerk: &Clerk, token: &str) -> u16 {
    assert!(access_of::<_, _, Clerk>(&invoices).protected().is_some());
    let app = axum::Router::new()
        .route("/", axum::routing::get(invoices))
        .with_state(clerk.clone());
    let bearer = format!("Bearer {token}");
    get(&app, "/", &[("authorization", &bearer)])
        .await
        .status
        .as_u16()
}

#[tokio::test]
async fn p5_permission_mask_abuse() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let member = |features: &str, names: &str, masks: &str| {
        instance
            .user("ada")
            .org("acme")
            .claim("fea", features)
            .claim(
                "o",
                json!({"id": "org_1", "rol": "member", "slg": "acme", "per": names, "fpm": masks}),
            )
            .token()
    };
    assert_eq!(
        read_invoices(&clerk, &member("o:invoices", "read", "1")).await,
        200
    );
    let nines = "9".repeat(4000);
    for (features, names, masks) in [
        // The bits of so large a number are looked at, not a rounded or wrapped one: the lowest is not set in 2^64.
        ("o:invoices", "read", "18446744073709551616"),
        ("o:invoices", "write,read", "1"),
        ("o:invoices", "write", "3"),
        ("o:invoices", "write", nines.as_str()),
        ("o:invoices", "read", "0"),
        ("o:invoices", "read", ""),
        ("o:invoices", "read", "-1"),
        ("o:invoices", "read", "+1"),
        ("o:invoices", "read", "1x"),
        ("o:invoices", "read", "0x1"),
        ("o:invoices", "read", "1.0"),
        ("o:invoices", "read", "\u{661}"),
        ("o:invoices", "", "1"),
        ("u:invoices", "read", "1"),
        ("x:invoices", "read", "1"),
        (":invoices", "read", "1"),
        ("o:", "read", "1"),
        ("", "read", "1"),
        ("o:other,o:invoices", "read", "1"),
    ] {
        let token = member(features, names, masks);
        assert_eq!(
            read_invoices(&clerk, &token).await,
            403,
            "{features} {names} {masks}"
        );
    }
    // A list whose scopes are missing says nothing of whom it is about: Clerk's SDK signs such a session out.
    for features in ["invoices", ",,,", "o:invoices,"] {
        let token = member(features, "read", "1");
        assert_eq!(read_invoices(&clerk, &token).await, 401, "{features}");
    }
    for odd in [
        json!(7),
        json!([1]),
        json!(null),
        json!({"id": "org_1", "per": ["read"], "fpm": 1}),
    ] {
        let token = instance
            .user("ada")
            .org("acme")
            .claim("fea", "o:invoices")
            .claim("o", odd.clone())
            .token();
        let status = read_invoices(&clerk, &token).await;
        assert!(matches!(status, 401 | 403), "{odd}: {status}");
    }
    let list = instance
        .user("ada")
        .org("acme")
        .claim("fea", json!(["o:invoices"]));
    assert_eq!(read_invoices(&clerk, &list.token()).await, 401);
}
