//! A JWT key. What is taken for the instance's key has that key's modulus in it, what says that it is private or a
//! certificate is no key, and space around it changes nothing.
#![no_main]

use clerk_runtime::Clerk;
use clerk_runtime::key::JwtKey;
use fuzz::{KEY, SESSION, STRANGER, builder, now};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    // 1 stands for the base64 of the good key.
    let mut pem = String::new();
    for c in String::from_utf8_lossy(input).chars() {
        match c {
            '\u{1}' => pem.push_str(&base64_of(KEY)),
            other => pem.push(other),
        }
    }
    let key = JwtKey::from_pem(&pem);
    assert_eq!(
        key.as_ref().err(),
        JwtKey::from_pem(&format!(" \n{pem}\t\r\n")).as_ref().err()
    );
    assert!(key.is_err() || !pem.contains("PRIVATE KEY") && !pem.contains("CERTIFICATE"));
    let clerk: Option<Clerk> = builder().jwt_key(pem.as_str()).without_secret_key().build().ok();
    assert_eq!(key.is_ok(), clerk.is_some());
    let Some(clerk) = clerk else {
        return;
    };
    let accepts = now(clerk.verify_token(SESSION)).is_ok();
    let modulus = &base64_of(KEY)[44..380];
    let bare = base64_of(&pem.replace("\\r", "").replace("\\n", ""));
    assert!(!accepts || bare.contains(modulus));
    assert!(now(clerk.verify_token(STRANGER)).is_err());
});

/// What stands between the markers, in one line.
fn base64_of(pem: &str) -> String {
    let mut text = pem.to_owned();
    text.retain(|c| !c.is_whitespace());
    for marker in ["BEGIN", "BEGINRSA", "END", "ENDRSA"] {
        text = text.replace(&format!("-----{marker}PUBLICKEY-----"), "");
    }
    text
}
