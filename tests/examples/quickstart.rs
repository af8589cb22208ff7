use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::time::{Duration, Instant};

use clerk_testing::LocalInstance;
use serde_json::Value;

use crate::process::{Running, command, fits, get, refusal};

#[test]
fn every_line_it_offers_gives_the_announced_answer() {
    let mut quickstart = Running::start("quickstart", &[]);
    let offers = quickstart.offers(6);
    let routes: Vec<_> = offers
        .iter()
        .map(|offer| {
            let path = offer.url.strip_prefix(&quickstart.url).unwrap();
            (path, offer.authorization.is_some(), offer.status)
        })
        .collect();
    assert_eq!(
        routes,
        [
            ("/api/example", false, 200),
            ("/api/protected", false, 401),
            ("/api/example", true, 200),
            ("/api/protected", true, 200),
            ("/api/token", true, 200),
            ("/api/user", true, 200),
        ]
    );
    for offer in &offers {
        let answer = get(&offer.url, offer.authorization.as_deref());
        assert_eq!(answer.status, offer.status, "{offer:?}");
        assert_eq!(answer.headers["content-type"], "application/json");
        assert!(fits(&answer.body, &offer.body), "{offer:?}: {}", answer.body);
        assert_eq!(
            answer.headers.contains_key("www-authenticate"),
            offer.status == 401
        );
    }
    for route in ["token", "user"] {
        assert_eq!(get(&format!("{}/api/{route}", quickstart.url), None).status, 401);
    }
    let page = get(&format!("{}/", quickstart.url), None);
    assert_eq!(page.status, 200);
    assert!(page.headers["content-type"].starts_with("text/html"));
    for route in ["example", "protected", "token", "user"] {
        assert!(page.body.contains(&format!("/api/{route}")));
    }
    let (code, rest) = quickstart.interrupt();
    assert_eq!(
        (code, rest.last().map(String::as_str)),
        (Some(0), Some("Stopped."))
    );
}

#[test]
fn an_open_connection_does_not_keep_it_from_stopping() {
    let quickstart = Running::start("quickstart", &[]);
    let _open = TcpStream::connect(quickstart.url.strip_prefix("http://").unwrap()).unwrap();
    assert_eq!(quickstart.interrupt().0, Some(0));
}

#[tokio::test]
async fn with_keys_it_talks_to_the_instance_they_are_of() {
    let instance = LocalInstance::start().await.unwrap();
    let (url, publishable_key) = (instance.url(), instance.publishable_key());
    let quickstart = Running::start(
        "quickstart",
        &[
            ("CLERK_API_URL", &url),
            ("CLERK_PUBLISHABLE_KEY", &publishable_key),
            ("CLERK_SECRET_KEY", instance.secret_key()),
        ],
    );
    let bob = instance.user("bob");
    let ask = |route: &str| get(&format!("{}/api/{route}", quickstart.url), Some(&bob.bearer()));
    assert_eq!(
        ask("example").body,
        format!(r#"{{"userId":"{}"}}"#, bob.user_id())
    );
    assert_eq!(ask("protected").status, 200);
    let user: Value = serde_json::from_str(&ask("user").body).unwrap();
    assert_eq!(
        (user["id"].as_str(), user["firstName"].as_str()),
        (Some(bob.user_id().as_str()), Some("Bob"))
    );

    // This instance has no template for Supabase yet, and then it does.
    assert_eq!(ask("token").status, 502);
    instance.jwt_template("supabase", serde_json::json!({ "aud": "authenticated" }));
    assert_eq!(ask("token").status, 200);

    let forged = instance.user("bob").signed_by_other_key().bearer();
    assert_eq!(
        get(&format!("{}/api/protected", quickstart.url), Some(&forged)).status,
        401
    );
    assert_eq!(quickstart.interrupt().0, Some(0));
}

#[test]
fn what_cannot_work_is_said_with_its_remedy() {
    let said = refusal("quickstart", &[("PORT", "three")]);
    assert!(
        said.contains("PORT is \"three\"") && said.contains("65535"),
        "{said}"
    );

    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = refusal("quickstart", &[("PORT", &port)]);
    assert!(
        said.contains(&port) && said.contains("in use") && said.contains("PORT="),
        "{said}"
    );
}

#[test]
fn with_some_of_the_keys_it_says_which_are_missing_and_how_to_do_without() {
    for example in ["quickstart", "browser", "permissions", "openapi"] {
        for (set, missing) in [
            ("CLERK_SECRET_KEY", "CLERK_PUBLISHABLE_KEY"),
            ("CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY"),
        ] {
            let said = refusal(
                example,
                &[(set, "sk_test_planted"), ("CLERK_TELEMETRY_DISABLED", "1")],
            );
            for words in [
                format!("{set} is set, but {missing} is not set"),
                "dashboard".to_owned(),
                format!("env -u {set} cargo run --example {example}"),
            ] {
                assert!(said.contains(&words), "{said}");
            }
            assert!(!said.contains("planted") && !said.contains("TELEMETRY"), "{said}");
        }
    }
}

#[test]
fn other_variables_of_clerks_do_not_keep_it_from_its_own_instance() {
    let variables = [
        ("CLERK_TELEMETRY_DISABLED", "1"),
        ("CLERK_JWT_KEY", "planted"),
        ("CLERK_SECRET_KEY", " "),
        ("CLERK_SIGN_IN_URL", ""),
    ];
    for example in ["quickstart", "browser", "permissions", "openapi"] {
        let mut command = command(example, &variables);
        let running = Running::spawn(command.stderr(Stdio::piped()));
        let (code, said) = running.interrupt_and_read_errors();
        assert_eq!(code, Some(0), "{example}: {said}");
        let told = "CLERK_JWT_KEY and CLERK_TELEMETRY_DISABLED are set, and not used: ";
        assert!(
            said.contains(told) && !said.contains("planted"),
            "{example}: {said}"
        );
    }
    let quiet = Running::spawn(command("quickstart", &[]).stderr(Stdio::piped()));
    assert_eq!(quiet.interrupt_and_read_errors(), (Some(0), String::new()));
}

#[test]
fn it_starts_without_certificate_authorities_and_in_a_folder_with_spaces() {
    let folder = std::env::temp_dir().join(format!("clerk quickstart {}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let nowhere = [
        ("SSL_CERT_FILE", "/nonexistent"),
        ("SSL_CERT_DIR", "/nonexistent"),
    ];
    let mut quickstart = Running::spawn(command("quickstart", &nowhere).current_dir(&folder));
    for offer in quickstart.offers(6) {
        let answer = get(&offer.url, offer.authorization.as_deref());
        assert_eq!(answer.status, offer.status, "{offer:?}");
    }
    assert_eq!(quickstart.interrupt().0, Some(0));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_request_that_never_ends_does_not_keep_it_from_stopping() {
    for presses in [1, 2] {
        let quickstart = Running::start("quickstart", &[]);
        let address = quickstart.url.strip_prefix("http://").unwrap().to_owned();
        let mut half = TcpStream::connect(address).unwrap();
        half.write_all(b"GET /api/example HTTP/1.1\r\nHost: localhost\r\n")
            .unwrap();
        std::thread::sleep(Duration::from_millis(100));
        let begun = Instant::now();
        if presses == 2 {
            quickstart.press_ctrl_c();
            std::thread::sleep(Duration::from_millis(200));
        }
        let (code, rest) = quickstart.interrupt();
        assert_eq!(
            (code, rest.last().map(String::as_str)),
            (Some(0), Some("Stopped."))
        );
        let (took, limit) = (
            begun.elapsed(),
            Duration::from_millis(if presses == 2 { 900 } else { 5000 }),
        );
        assert!(took < limit, "{took:?} after {presses} times");
    }
}
