//! `Authorization` headers, one a line; an empty first line stands for a browser that has a session cookie besides.
//!
//! Nobody is signed in but by the one good token behind the one scheme, or by the cookie where no header speaks of a token.
#![no_main]

use std::sync::LazyLock;

use clerk_runtime::{AuthStatus, Clerk};
use fuzz::{SESSION, networkless, now, with_tokens};
use http::{HeaderValue, Request};
use libfuzzer_sys::fuzz_target;

static CLERK: LazyLock<Clerk> = LazyLock::new(networkless);

fuzz_target!(|input: &[u8]| {
    let (has_cookie, input) = match input.strip_prefix(b"\n") {
        Some(rest) => (true, rest),
        None => (false, input),
    };
    let lines: Vec<Vec<u8>> = input.split(|byte| *byte == b'\n').map(with_tokens).collect();
    let mut request = Request::new(());
    for line in &lines {
        let Ok(value) = HeaderValue::from_bytes(line) else {
            return;
        };
        request.headers_mut().append("authorization", value);
    }
    if has_cookie {
        let cookie = format!("__session={SESSION}; __client_uat=1; __clerk_db_jwt=dvb_1");
        let cookie = HeaderValue::try_from(cookie).expect("visible");
        request.headers_mut().insert("cookie", cookie);
    }
    let state = now(CLERK.authenticate(&request.into_parts().0)).expect("well configured");

    let trimmed = |line: &[u8]| String::from_utf8_lossy(line).trim_matches([' ', '\t']).to_owned();
    let texts: Vec<String> = lines.iter().map(|line| trimmed(line)).collect();
    let scheme = |text: &str| text.split(' ').next().map(str::to_ascii_lowercase);
    let is_good = |text: &String| {
        text.split_once(' ')
            .is_some_and(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer") && token == SESSION)
    };
    let by_header = texts.len() == 1 && is_good(&texts[0]);
    let speaks = texts.iter().any(|text| {
        scheme(text).as_deref() == Some("bearer") || text.contains(SESSION) && !text.contains(' ')
    });
    let is_signed_in = state.status() == AuthStatus::SignedIn;
    assert_eq!(is_signed_in, state.to_auth().is_authenticated());
    if by_header {
        assert!(is_signed_in, "the good token is refused");
    } else if is_signed_in {
        assert!(has_cookie && !speaks, "signed in by {texts:?}");
    }
});
