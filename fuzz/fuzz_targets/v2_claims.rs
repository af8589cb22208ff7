//! Claims of a token whose signature counts as good: a whole payload, or the three lists of version 2 a line each.
//!
//! The organization's permissions are what another way of reading the claims finds, no more and in the same order.
#![no_main]

use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use clerk_runtime::{Clerk, Requirement};
use fuzz::{NOW_MS, networkless};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

static CLERK: LazyLock<Clerk> = LazyLock::new(networkless);

fuzz_target!(|input: &[u8]| {
    let payload = match input.first() {
        Some(b'{') => input.to_vec(),
        _ => lists(&String::from_utf8_lossy(input)).to_string().into_bytes(),
    };
    let encode = |part: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(part);
    let token = format!("{}.{}.", encode(br#"{"alg":"RS256"}"#), encode(&payload));
    let Ok(session) = CLERK.unsigned_session(&token) else {
        return;
    };
    let claims: Value = serde_json::from_slice(&payload).expect("strict JSON is JSON");
    let is_id = |id: &str| {
        !id.is_empty()
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    };
    assert_eq!(claims["sub"], *session.user_id().as_str());
    assert!(is_id(session.user_id()) && session.session_id().is_none_or(|id| is_id(id)));
    assert!(session.org_id().is_none_or(|id| is_id(id)));
    let now = NOW_MS / 1000;
    let time = |name: &str| claims[name].as_f64();
    assert!(time("exp").is_some_and(|exp| exp > (now - 5) as f64 && exp <= 2_f64.powi(53)));
    for name in ["nbf", "iat"] {
        assert!(claims.get(name).is_none() || time(name).is_some_and(|time| time < (now + 6) as f64));
    }

    let expected = permissions(&claims);
    assert_eq!(session.org_permissions(), expected.as_deref(), "{claims}");
    for permission in expected.iter().flatten().take(4) {
        let longer = format!("{permission}x");
        let is_listed = |key: &String| expected.iter().flatten().any(|one| one == key);
        if !is_listed(&longer) {
            assert!(!session.has(Requirement::permission(&longer)));
        }
    }
});

/// A good payload with these lists in it.
fn lists(text: &str) -> Value {
    let mut lines = text.split('\n');
    let mut line = || lines.next().unwrap_or_default();
    let now = NOW_MS / 1000;
    json!({
        "v": 2, "sub": "user_1", "sid": "sess_1", "sts": "active", "azp": "http://localhost:3000",
        "iss": format!("https://{}", fuzz::FRONTEND_API), "iat": now - 10, "nbf": now - 20, "exp": now + 50,
        "fea": line(), "o": {"id": "org_1", "slg": "acme", "rol": "admin", "per": line(), "fpm": line()},
    })
}

fn permissions(claims: &Value) -> Option<Vec<String>> {
    if claims["v"].as_f64() != Some(2.0) {
        let list = claims["org_permissions"].as_array()?;
        return Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    }
    let organization = claims["o"].as_object()?;
    let list = |value: Option<&Value>| -> Vec<String> {
        let text = value.and_then(Value::as_str).unwrap_or_default();
        text.split(',')
            .filter(|_| !text.is_empty())
            .map(|item| item.trim().to_owned())
            .collect()
    };
    let (names, masks) = (list(organization.get("per")), list(organization.get("fpm")));
    let mut found = Vec::new();
    let mut masks = masks.iter();
    for feature in list(claims.get("fea")) {
        let (scope, slug) = feature.split_once(':').expect("a scope, or there is no session");
        if !["o", "ou", "uo"].contains(&scope) {
            continue;
        }
        let Some(mask) = masks.next() else {
            break;
        };
        if mask.is_empty() || !mask.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let mut mask: Vec<u8> = mask.bytes().map(|digit| digit - b'0').collect();
        for name in &names {
            if halve(&mut mask) {
                found.push(format!("org:{slug}:{name}"));
            }
        }
    }
    Some(found)
}

/// Halves a decimal number; whether it was odd.
fn halve(decimal: &mut [u8]) -> bool {
    let mut carry = 0;
    for digit in decimal {
        let value = carry * 10 + *digit;
        *digit = value / 2;
        carry = value % 2;
    }
    carry == 1
}
