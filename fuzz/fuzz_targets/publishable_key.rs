//! A publishable key. What is taken for one names a host, gives cookies a name, and is written in the same way again.
//! Browsers are sent to that host or nowhere.
#![no_main]

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clerk_runtime::key::{InstanceType, PublishableKey};
use clerk_runtime::{AuthStatus, Clerk};
use fuzz::{KEY, SESSION, Still, now};
use http::Request;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    check(text);
    // Base64 is hard to find by chance.
    for prefix in ["pk_test_", "pk_live_"] {
        check(&format!("{prefix}{}", BASE64_STANDARD.encode(text)));
    }
});

fn check(text: &str) {
    let Ok(key) = PublishableKey::parse(text) else {
        return;
    };
    assert_eq!(key.as_str(), text);
    let host = key.frontend_api();
    let prefix = match key.instance_type() {
        InstanceType::Development => "pk_test_",
        InstanceType::Production => "pk_live_",
    };
    assert!(text.starts_with(prefix));
    assert!(host.contains('.') && host.len() <= 253);
    assert!(
        host.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte))
    );
    let suffix = key.cookie_suffix();
    assert_eq!(suffix.len(), 8);
    assert!(
        suffix
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    );
    let again = format!("{prefix}{}", BASE64_STANDARD.encode(format!("{host}$")));
    let again = PublishableKey::parse(&again).expect("the same key, plainly written");
    assert_eq!(again.frontend_api(), host);

    let clerk = Clerk::builder()
        .publishable_key(text)
        .jwt_key(KEY)
        .without_secret_key()
        .any_authorized_party()
        .clock(Still)
        .build();
    let Ok(clerk) = clerk else {
        return;
    };
    let request = Request::builder()
        .uri("http://localhost:3000/")
        .header("host", "localhost:3000")
        .header("sec-fetch-dest", "document")
        .header(
            "cookie",
            format!("__session={SESSION}; __client_uat_{suffix}=1; __client_uat=1"),
        )
        .body(())
        .expect("a request");
    let state = now(clerk.authenticate(&request.into_parts().0)).expect("well configured");
    if state.status() == AuthStatus::SignedIn {
        assert_eq!(host, fuzz::FRONTEND_API, "the token's issuer is another");
    }
    if let Some(location) = state.headers().get("location") {
        let location = location.to_str().expect("visible").to_owned();
        let path = location.strip_prefix(&format!("https://{}", host.to_ascii_lowercase()));
        assert!(path.is_some_and(|path| path.starts_with('/')), "{location}");
    }
}
