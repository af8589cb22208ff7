//! The forms of the credentials that Clerk is asked about. What has another form is refused without a call (D36).

/// The maximum number of characters of an opaque token after its prefix. Clerk's have 32.
const LONGEST_TOKEN: usize = 256;
/// The maximum number of characters of a nonce. Clerk's have about 30.
const LONGEST_NONCE: usize = 256;

/// Returns whether a token has the form of Clerk's opaque tokens: `ak_`, `mt_` or `oat_`, and after it 1 to 256 characters of
/// `A-Z a-z 0-9 _ -`.
pub(in crate::authenticate) fn is_opaque_token(token: &str) -> bool {
    let secret = ["ak_", "mt_", "oat_"]
        .iter()
        .find_map(|prefix| token.strip_prefix(prefix));
    secret.is_some_and(|secret| is_run_of_characters(secret, LONGEST_TOKEN))
}

/// Returns whether a nonce has 1 to 256 characters of `A-Z a-z 0-9 _ -`.
pub(in crate::authenticate) fn is_nonce(nonce: &str) -> bool {
    is_run_of_characters(nonce, LONGEST_NONCE)
}

fn is_run_of_characters(text: &str, longest: usize) -> bool {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=longest).contains(&text.len()) && text.bytes().all(is_safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opaque_tokens_have_a_prefix_and_a_run_of_safe_characters() {
        let longest = "x".repeat(256);
        for (token, expected) in [
            ("ak_3beecc9c60adb5f9b850e91a8ee1e992", true),
            ("mt_k1L-_9", true),
            ("oat_a", true),
            (&format!("ak_{longest}"), true),
            (&format!("ak_{longest}x"), false),
            ("ak_", false),
            ("AK_1", false),
            ("sk_1", false),
            ("", false),
            ("ak_../../x", false),
            ("ak_a b", false),
            ("mt_ü", false),
            ("oat_a.b.", false),
            ("ak_a\n", false),
        ] {
            assert_eq!(is_opaque_token(token), expected, "{token}");
        }
    }

    #[test]
    fn nonces_are_runs_of_safe_characters() {
        for (nonce, expected) in [
            ("hn_e3W73BJT4qkMDGqvKT6i", true),
            ("1", true),
            (&"n".repeat(256), true),
            (&"n".repeat(257), false),
            ("", false),
            ("a b&c=d", false),
            ("a%20", false),
            ("é", false),
        ] {
            assert_eq!(is_nonce(nonce), expected, "{nonce}");
        }
    }
}
