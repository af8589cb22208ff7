//! Text of a request as a log may have it: escaped, short, and without anything that may be a secret.

use std::fmt::Write;

/// The most bytes of an excerpt.
const MAX_BYTES: usize = 128;

/// The beginnings of credentials. A text that has one of them is not shown.
const CREDENTIALS: [&str; 8] = [
    "eyJ",
    "sk_live_",
    "sk_test_",
    "pk_live_",
    "pk_test_",
    "whsec_",
    "Bearer",
    "-----BEGIN",
];

/// Further ones, which are so short that they may be a part of a word.
const SHORT: [&str; 5] = ["ak_", "mt_", "oat_", "dvb_", "rfr_"];

/// Returns the text as a log may have it: in visible ASCII, everything else escaped, at most 128 bytes.
pub(crate) fn excerpt(text: &str) -> String {
    if holds_credential(text) || is_opaque(text) {
        return format!("[{} bytes that may be a secret]", text.len());
    }
    let mut excerpt = String::new();
    for character in text.chars() {
        let end = excerpt.len();
        match character {
            ' '..='~' => excerpt.push(character),
            other => excerpt.extend(other.escape_default()),
        }
        if excerpt.len() > MAX_BYTES - ELLIPSIS.len() {
            excerpt.truncate(end);
            excerpt.push_str(ELLIPSIS);
            break;
        }
    }
    excerpt
}

const ELLIPSIS: &str = "...";

/// Returns the texts as a list, at most 128 bytes.
pub(crate) fn excerpt_of_list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut list = String::new();
    for (index, text) in texts.into_iter().enumerate() {
        let text = excerpt(text);
        if list.len() + text.len() + 2 > MAX_BYTES - " and more".len() {
            list.push_str(" and more");
            break;
        }
        let comma = if index == 0 { "" } else { ", " };
        let _ = write!(list, "{comma}{text}");
    }
    list
}

fn holds_credential(text: &str) -> bool {
    /// Fewer characters are no credential.
    const SHORTEST: usize = 12;
    let is_secret = |start: &&str| {
        text.match_indices(*start).any(|(at, _)| {
            let begins_word = !text[..at].ends_with(|before: char| before.is_ascii_alphanumeric());
            let rest = &text[at + start.len()..];
            let length = rest.bytes().take_while(|byte| is_letter(*byte)).count();
            begins_word || length >= SHORTEST
        })
    };
    CREDENTIALS.iter().any(|start| text.contains(start)) || SHORT.iter().any(is_secret)
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// Returns whether a text is one long run of letters and digits, as secrets are: no id, URL or slug of Clerk is one.
fn is_opaque(text: &str) -> bool {
    const LONGEST_ID: usize = 48;
    text.split(|character: char| !character.is_ascii_alphanumeric() && !matches!(character, '-' | '_'))
        .any(|run| run.len() > LONGEST_ID)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpt_is_short_visible_and_without_secrets() {
        for (text, expected) in [
            ("https://app.test", "https://app.test"),
            ("a\nb\u{1b}[31m", r"a\nb\u{1b}[31m"),
            ("b\u{fc}cher", r"b\u{fc}cher"),
            ("", ""),
            ("x sk_test_abc", "[13 bytes that may be a secret]"),
            ("eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "[29 bytes that may be a secret]"),
            ("user_2aBcD", "user_2aBcD"),
            ("https://break_room.test", "https://break_room.test"),
            (
                "https://a.test/?k%3Dak_0123456789abcdef",
                "[39 bytes that may be a secret]",
            ),
            ("xsk_live_1", "[10 bytes that may be a secret]"),
        ] {
            assert_eq!(excerpt(text), expected, "{text:?}");
        }
        let long = "x.".repeat(1_000);
        assert_eq!(excerpt(&long).len(), MAX_BYTES);
        assert!(excerpt(&long).ends_with("..."));
        assert!(excerpt(&"\u{fc}.".repeat(1_000)).len() <= MAX_BYTES);
        assert_eq!(excerpt(&"x".repeat(49)), "[49 bytes that may be a secret]");
    }

    #[test]
    fn list_of_excerpts_is_short() {
        assert_eq!(excerpt_of_list(["a", "b"]), "a, b");
        assert_eq!(excerpt_of_list([]), "");
        let many = vec!["https://app.example.com"; 100];
        let list = excerpt_of_list(many);
        assert!(list.len() <= MAX_BYTES && list.ends_with(" and more"), "{list}");
    }
}
