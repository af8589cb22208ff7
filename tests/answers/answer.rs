//! An answer, in one form whatever door gave it.

use std::fmt::Write as _;

use aws_lc_rs::digest::{SHA256, digest};
use axum::response::Response;
use http::HeaderMap;
use http_body_util::BodyExt as _;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The status of the response, or the word of a door that has none.
    pub(crate) status: String,
    text: String,
}

impl Answer {
    /// Makes an answer of a door that is none of HTTP.
    pub(crate) fn new(status: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            status: status.into(),
            text: text.into(),
        }
    }

    /// Reads a response to its end.
    pub(crate) async fn from_response(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let mut text = headers(&parts.headers);
        match body.collect().await {
            Ok(body) => write!(text, "\n{}", printable(&body.to_bytes())).unwrap(),
            Err(error) => write!(text, "\nthe body broke off: {error}").unwrap(),
        }
        Self::new(parts.status.as_str(), text)
    }

    /// Makes one answer of several. Its status is the highest of those that are numbers.
    pub(crate) fn from_several(answers: &[Self]) -> Self {
        let statuses = answers.iter().map(|answer| answer.status.as_str());
        let is_number = |status: &&str| status.starts_with(|c: char| c.is_ascii_digit());
        let highest = statuses.filter(is_number).max().unwrap_or("let in");
        let texts: Vec<String> = answers.iter().map(ToString::to_string).collect();
        Self::new(highest, texts.join("\n\n"))
    }

    /// Gives 64 bits of SHA-256.
    pub(crate) fn digest(&self) -> u64 {
        let hash = digest(&SHA256, self.to_string().as_bytes());
        let first: [u8; 8] = hash.as_ref()[..8].try_into().unwrap();
        u64::from_be_bytes(first)
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n{}", self.status, self.text)
    }
}

/// Writes headers one a line, sorted by name: their order says nothing, but that of the values of one name does.
pub(crate) fn headers(headers: &HeaderMap) -> String {
    let mut lines: Vec<(&str, String)> = headers
        .iter()
        .map(|(name, value)| (name.as_str(), printable(value.as_bytes())))
        .collect();
    lines.sort_by(|one, other| one.0.cmp(other.0));
    lines.iter().fold(String::new(), |mut text, (name, value)| {
        writeln!(text, "{name}: {value}").unwrap();
        text
    })
}

/// Writes bytes as text, escaped unless all of them are ASCII.
pub(crate) fn printable(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => text.to_owned(),
        _ => bytes.escape_ascii().to_string(),
    }
}
