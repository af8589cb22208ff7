use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;

/// Returns the expiry in a token from Clerk, Unix milliseconds, without verifying the token. Only decides how long the token is
/// cached.
pub(super) fn unverified_expiry(token: &str) -> Option<i64> {
    #[derive(Deserialize)]
    struct Claims {
        exp: f64,
    }
    let payload = LENIENT.decode(token.split('.').nth(1)?).ok()?;
    let claims: Claims = serde_json::from_slice(&payload).ok()?;
    let is_time = (0.0..MAX_SECONDS).contains(&claims.exp);
    is_time.then_some((claims.exp * 1000.0) as i64)
}

/// The maximum time value of a date, in seconds (ECMA-262 §21.4.1.1).
const MAX_SECONDS: f64 = 8.64e12;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[cfg(test)]
mod tests {
    use base64::prelude::{BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD};

    use super::*;

    #[test]
    fn the_claim_is_read_leniently() {
        for (payload, expected) in [
            (r#"{"exp":1767225600}"#, Some(1_767_225_600_000)),
            (
                r#"{"exp":1767225600.5,"sub":7,"exp2":null}"#,
                Some(1_767_225_600_500),
            ),
            (r#"{"exp":0}"#, Some(0)),
            (r#"{"exp":-1}"#, None),
            (r#"{"exp":1e300}"#, None),
            (r#"{"exp":"1767225600"}"#, None),
            (r#"{"exp":null}"#, None),
            ("{}", None),
            ("[]", None),
            ("", None),
        ] {
            let token = format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(payload));
            assert_eq!(unverified_expiry(&token), expected, "{payload}");
            let padded = format!("e30.{}", BASE64_URL_SAFE.encode(payload));
            assert_eq!(unverified_expiry(&padded), expected, "{payload}");
        }
        for token in ["", "a", "..", "a.*.b", "a.\u{e9}.b"] {
            assert_eq!(unverified_expiry(token), None, "{token}");
        }
    }
}
