//! Text of a request as a log may have it: escaped, short, and without anything that may be a secret.

use std::fmt::Write;

/// The most bytes of an excerpt.
const MAX_BYTES: usize = 128;

/// The beginnings of credentials. A text that has one of them at the beginning of a word is not shown.
const CREDENTIALS: [&str; 14] = [
    "eyJ",
    "sk_live_",
    "sk_test_",
    "pk_live_",
    "pk_test_",
    "whsec_",
    "ak_",
    "mt_",
    "oat_",
    "dvb_",
    "rfr_",
    "nonce_",
    "Bearer ",
    "-----BEGIN",
];

/// Returns the text as a log may have it: in visible ASCII, everything else escaped, at most 128 bytes.
pub(in crate::authenticate) fn excerpt(text: &str) -> String {
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
pub(in crate::authenticate) fn excerpt_of_list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
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
    CREDENTIALS.iter().any(|start| {
        text.match_indices(start)
            .any(|(at, _)| !text[..at].ends_with(|before: char| before.is_ascii_alphanumeric()))
    })
}

/// Returns whether a text is one long run of letters and digits, as secrets are: no id, URL or slug of Clerk is one.
fn is_opaque(text: &str) -> bool {
    const LONGEST_ID: usize = 64;
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
        ] {
            assert_eq!(excerpt(text), expected, "{text:?}");
        }
        let long = "x.".repeat(1_000);
        assert_eq!(excerpt(&long).len(), MAX_BYTES);
        assert!(excerpt(&long).ends_with("..."));
        assert!(excerpt(&"\u{fc}.".repeat(1_000)).len() <= MAX_BYTES);
        assert_eq!(excerpt(&"x".repeat(65)), "[65 bytes that may be a secret]");
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
