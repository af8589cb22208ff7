//! A token is taken apart, or refused. What was taken apart is there once: no other text has the same parts.
#![no_main]

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use clerk_runtime::token::{TokenVerificationErrorReason as Reason, UnverifiedJwt};
use fuzz::{split, with_tokens};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Ok(token) = String::from_utf8(with_tokens(input)) else {
        return;
    };
    check(&token);
    // What is no token as it stands may be the inside of one.
    if let Some((header, payload)) = split(input, b'\n') {
        let encode = |part: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(part);
        check(&format!("{}.{}.AAAA", encode(header), encode(payload)));
    }
});

fn check(token: &str) {
    match UnverifiedJwt::parse(token) {
        Ok(jwt) => {
            let parts: Vec<Vec<u8>> = token
                .split('.')
                .map(|part| BASE64_URL_SAFE_NO_PAD.decode(part).expect("decoded before"))
                .collect();
            let again: Vec<String> = parts
                .iter()
                .map(|part| BASE64_URL_SAFE_NO_PAD.encode(part))
                .collect();
            assert_eq!(again.join("."), token);
            assert_eq!(again.len(), 3);
            assert_eq!(jwt.payload(), parts[1]);
            for json in &parts[..2] {
                serde_json::from_slice::<serde_json::Value>(json).expect("strict JSON is JSON");
            }
            assert!(token.len() <= 16 * 1024 && token.find('.') <= Some(2 * 1024));
            assert_eq!(format!("{jwt:?}"), "UnverifiedJwt { .. }");
        }
        Err(error) => assert!(matches!(
            error.reason(),
            Reason::TokenInvalid | Reason::UnexpectedError
        )),
    }
}
