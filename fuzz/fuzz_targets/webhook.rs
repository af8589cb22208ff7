//! A delivery: id, time and signatures a line each, then the body. 1 stands for its right signature, 2 for that of another
//! secret. It is believed if and only if it is signed, of these minutes, and an event.
#![no_main]

use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clerk_runtime::webhook::WebhookVerifier;
use fuzz::{NOW_MS, Still, split};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use sha2::Sha256;

const SECRET: &[u8] = b"the secret of the fuzz targets";

static VERIFIER: LazyLock<WebhookVerifier> = LazyLock::new(|| {
    let secret = format!("whsec_{}", BASE64_STANDARD.encode(SECRET));
    WebhookVerifier::new(&secret).expect("a secret").clock(Still)
});

fuzz_target!(|input: &[u8]| {
    let Some((id, rest)) = split(input, b'\n') else {
        return;
    };
    let Some((time, rest)) = split(rest, b'\n') else {
        return;
    };
    let Some((signatures, body)) = split(rest, b'\n') else {
        return;
    };
    let digits = String::from_utf8_lossy(time).trim().to_owned();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let sent = digits.parse::<i64>().ok().filter(|_| is_number);
    let right = sign(SECRET, id.trim_ascii(), sent.unwrap_or_default(), body);
    let wrong = sign(b"another", id.trim_ascii(), sent.unwrap_or_default(), body);
    let mut signature = Vec::new();
    for byte in signatures {
        match byte {
            1 => signature.extend_from_slice(right.as_bytes()),
            2 => signature.extend_from_slice(wrong.as_bytes()),
            other => signature.push(*other),
        }
    }
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("svix-id", id),
        ("svix-timestamp", time),
        ("svix-signature", &signature),
    ] {
        let Ok(value) = HeaderValue::from_bytes(value) else {
            return;
        };
        headers.insert(name, value);
    }
    let found = VERIFIER.verify(&headers, body);

    let texts = String::from_utf8(signature).unwrap_or_default();
    let mut texts: Vec<&str> = texts.split(' ').filter(|one| !one.is_empty()).collect();
    let is_readable = |value: &[u8]| {
        value
            .iter()
            .all(|byte| (b' '..=b'~').contains(byte) || *byte == b'\t')
    };
    let is_signed = texts.len() <= 16
        && texts.iter_mut().any(|one| {
            let mut parts = one.split(',');
            parts.next() == Some("v1") && parts.next() == Some(&right[3..])
        });
    let event: Value = serde_json::from_slice(body).unwrap_or_default();
    let expected = is_readable(id)
        && !id.trim_ascii().is_empty()
        && is_readable(headers["svix-signature"].as_bytes())
        && sent.is_some_and(|sent| (NOW_MS / 1000).abs_diff(sent) <= 300)
        && is_signed
        && event["type"].is_string();
    assert_eq!(found.is_ok(), expected, "{found:?}");
    if let Ok(found) = found {
        assert_eq!(event["type"], *found.event_type());
        assert_eq!(found.raw, event);
    }
});

fn sign(secret: &[u8], id: &[u8], sent: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any length will do");
    mac.update(id);
    mac.update(format!(".{sent}.").as_bytes());
    mac.update(body);
    format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
}
