//! Other spellings of a good token, of which a lenient reader would take some.

use base64::Engine;
use base64::alphabet;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD};

use crate::application::{Application, refusal, send};

/// Reads any trailing bits.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The parts of a token, each spelt in another way in turn.
fn respelt(token: &str, spellings: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let parts: Vec<&str> = token.split('.').collect();
    let mut found = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        for spelling in spellings(part) {
            let mut parts: Vec<&str> = parts.clone();
            parts[index] = &spelling;
            found.push(parts.join("."));
        }
    }
    found
}

/// Texts that decode to the same bytes with a lenient reader of base64, or look as if they did.
fn padded(part: &str) -> Vec<String> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(part).unwrap();
    let mut found = vec![
        format!("{part}="),
        format!("{part}=="),
        format!("{part}==="),
        format!("={part}"),
        format!("{part}A"),
        BASE64_URL_SAFE.encode(&bytes),
        BASE64_STANDARD.encode(&bytes),
        BASE64_STANDARD_NO_PAD.encode(&bytes),
        part.replace('-', "%2D"),
        part.replace('_', "%5F"),
    ];
    for last in LETTERS {
        let text = format!("{}{}", &part[..part.len() - 1], char::from(*last));
        if LENIENT.decode(&text).is_ok_and(|other| other == bytes) {
            found.push(text);
        }
    }
    found.retain(|text| text != part);
    found
}

/// The same with space in it, percent signs and quotes.
fn spaced(part: &str) -> Vec<String> {
    let middle = part.len() / 2;
    let (one, other) = part.split_at(middle);
    let between = [" ", "\t", "  ", "%20", "%0A", "\u{a0}", "\u{feff}", "\\n", "+"];
    let around = [("\"", "\""), ("'", "'"), ("<", ">"), (" ", ""), ("\t", "")];
    between
        .into_iter()
        .map(|space| format!("{one}{space}{other}"))
        .chain(around.map(|(before, after)| format!("{before}{part}{after}")))
        .collect()
}

fn other_case(part: &str) -> Vec<String> {
    let flipped = |c: char| match c.is_ascii_lowercase() {
        true => c.to_ascii_uppercase(),
        false => c.to_ascii_lowercase(),
    };
    let letters = part.char_indices().filter(|(_, c)| c.is_ascii_alphabetic());
    letters
        .map(|(at, c)| format!("{}{}{}", &part[..at], flipped(c), &part[at + 1..]))
        .chain([
            part.to_ascii_lowercase(),
            part.to_ascii_uppercase(),
            part.chars().map(flipped).collect(),
        ])
        .collect()
}

#[tokio::test]
#[allow(clippy::print_stdout, reason = "the counts are what this test is run for")]
async fn a_token_has_one_spelling() {
    let application = Application::start().await;
    let refusal = refusal();
    let mut counts = [0; 4];
    for (router, token) in application.pairs() {
        // A scheme may be written in any case, and space around a header's value is not a part of it (RFC 9110 §5.5, §11.1).
        for good in [
            format!("bearer {token}"),
            format!("BEARER {token}"),
            format!(" \tBearer {token}\t "),
        ] {
            assert_eq!(send(router, good.as_bytes()).await.unwrap().status, 200, "{good}");
        }
        let schemes = [
            "",
            "Bearer  ",
            "Bearer\t",
            "Bearer Bearer ",
            "Bearer=",
            "Bearer: ",
            "Bearer,",
        ];
        let schemes = schemes.map(|scheme| format!("{scheme}{token}"));
        let bearer = |token: String| format!("Bearer {token}");
        let groups: [Vec<String>; 4] = [
            respelt(token, padded).into_iter().map(bearer).collect(),
            respelt(token, spaced).into_iter().map(bearer).collect(),
            respelt(token, other_case).into_iter().map(bearer).collect(),
            schemes.into(),
        ];
        for (group, count) in groups.into_iter().zip(&mut counts) {
            for text in group {
                // A byte is a character, as in any header.
                let Some(answer) = send(router, text.as_bytes()).await else {
                    continue;
                };
                // What the scheme is spelt like decides whether a token was presented at all.
                match text.starts_with("Bearer ") {
                    true => assert_eq!(answer, refusal, "{text}"),
                    false => assert_eq!(answer.status, 401, "{text}"),
                }
                *count += 1;
            }
        }
    }
    let [padding, space, case, scheme] = counts;
    println!(
        "other spellings refused: {padding} of padding, {space} of space, {case} of case, {scheme} of the scheme"
    );
}
