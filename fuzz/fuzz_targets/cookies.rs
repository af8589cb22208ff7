//! `Cookie` headers, one a line, of a browser that asks for a document.
//!
//! Nobody is signed in but by the one good token in a cookie of the session's name, or by the one good handshake; and
//! browsers are sent nowhere but to the instance.
#![no_main]

use std::sync::LazyLock;

use clerk_runtime::key::PublishableKey;
use clerk_runtime::{AuthStatus, Clerk};
use fuzz::{FRONTEND_API, HANDSHAKE, PUBLISHABLE_KEY, SESSION, networkless, now, split, with_tokens};
use http::{HeaderValue, Request};
use libfuzzer_sys::fuzz_target;
use percent_encoding::percent_decode;

static CLERK: LazyLock<Clerk> = LazyLock::new(networkless);
static SUFFIXED: LazyLock<String> = LazyLock::new(|| {
    let key = PublishableKey::parse(PUBLISHABLE_KEY).expect("a key");
    format!("__session_{}", key.cookie_suffix())
});

fuzz_target!(|input: &[u8]| {
    let lines: Vec<Vec<u8>> = input.split(|byte| *byte == b'\n').map(with_tokens).collect();
    let mut request = Request::builder()
        .uri("http://localhost:3000/")
        .header("host", "localhost:3000")
        .header("sec-fetch-dest", "document")
        .body(())
        .expect("a request");
    for line in &lines {
        let Ok(value) = HeaderValue::from_bytes(line) else {
            return;
        };
        request.headers_mut().append("cookie", value);
    }
    // An error is a handshake that is none.
    let Ok(state) = now(CLERK.authenticate(&request.into_parts().0)) else {
        return;
    };
    if state.status() == AuthStatus::SignedIn {
        let values = |name: &str| -> Vec<String> {
            lines
                .iter()
                .flat_map(|line| line.split(|byte| *byte == b';'))
                .filter_map(|pair| split(pair, b'='))
                .filter(|(found, _)| found.trim_ascii() == name.as_bytes())
                .map(|(_, value)| {
                    percent_decode(value.trim_ascii())
                        .decode_utf8_lossy()
                        .into_owned()
                })
                .collect()
        };
        let is_all = |name: &str, token: &str| {
            let values = values(name);
            !values.is_empty() && values.iter().all(|value| value == token)
        };
        // Of several session cookies those count that Clerk has signed.
        let is_among = |name: &str, token: &str| values(name).iter().any(|value| value == token);
        assert!(
            is_among("__session", SESSION)
                || is_among(&SUFFIXED, SESSION)
                || is_all("__clerk_handshake", HANDSHAKE),
            "signed in by {:?}",
            lines
                .iter()
                .map(|line| String::from_utf8_lossy(line))
                .collect::<Vec<_>>()
        );
    } else {
        assert!(!state.to_auth_with_pending().is_authenticated());
    }
    if let Some(location) = state.headers().get("location") {
        let location = location.to_str().expect("visible");
        let home = location.strip_prefix("http://localhost:3000/").is_some();
        let there = location
            .strip_prefix("https://")
            .and_then(|rest| rest.strip_prefix(FRONTEND_API));
        assert!(
            home || there.is_some_and(|path| path.starts_with('/')),
            "{location}"
        );
    }
});
