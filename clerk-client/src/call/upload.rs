use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::Error;

/// A file to be uploaded.
///
/// ```
/// # #[cfg(feature = "users")]
/// # async fn example(client: clerk_client::Client, picture: Vec<u8>) -> Result<(), clerk_client::Error> {
/// use clerk_client::Upload;
///
/// let picture = Upload::new(picture, "image/png").file_name("ada.png");
/// client.users().update_user_profile_image("user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ", picture).await?;
/// # Ok(()) }
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct Upload {
    bytes: Bytes,
    content_type: String,
    file_name: String,
}

impl Upload {
    /// A file of this type, such as `image/png`.
    pub fn new(bytes: impl Into<Bytes>, content_type: impl Into<String>) -> Self {
        Self {
            bytes: bytes.into(),
            content_type: content_type.into(),
            file_name: "file".to_owned(),
        }
    }

    /// What the file is called, `file` by default.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = name.into();
        self
    }

    /// The body of a form with this file and these fields (RFC 7578), and its type.
    pub(super) fn encode(&self, fields: &Map<String, Value>) -> Result<(Bytes, String), Error> {
        let is_visible = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
        if self.content_type.trim().is_empty() || !self.content_type.bytes().all(is_visible) {
            return Err(Error::Upload);
        }
        let fields: Vec<(&String, String)> = fields.iter().map(|(name, value)| (name, text(value))).collect();
        let texts = fields.iter().map(|(_, value)| value.as_bytes());
        let parts: Vec<&[u8]> = texts.chain([&*self.bytes]).collect();
        let boundary = boundary_outside_of(&parts, RandomState::new().hash_one(()));
        let mut body = Vec::with_capacity(self.bytes.len() + 512);
        for (name, value) in &fields {
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n",
                quoted(name)
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
            quoted(&self.file_name),
            self.content_type
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&self.bytes);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        Ok((body.into(), format!("multipart/form-data; boundary={boundary}")))
    }
}

/// A field's value as a form has it.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What would end a name early, encoded as browsers do it (WHATWG HTML, multipart/form-data).
fn quoted(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '"' => quoted.push_str("%22"),
            '\r' => quoted.push_str("%0D"),
            '\n' => quoted.push_str("%0A"),
            other => quoted.push(other),
        }
    }
    quoted
}

/// A line that is in none of the parts, so that no part ends early: the first from this number on. The parts are read
/// once, however many such lines somebody has put there.
fn boundary_outside_of(parts: &[&[u8]], start: u64) -> String {
    let windows = parts.iter().flat_map(|part| part.windows(BOUNDARY_LENGTH));
    let taken: HashSet<&[u8]> = windows
        .filter(|window| window.starts_with(BOUNDARY_PREFIX.as_bytes()))
        .collect();
    let mut number = start;
    loop {
        let boundary = format!("{BOUNDARY_PREFIX}{number:016x}");
        if !taken.contains(boundary.as_bytes()) {
            return boundary;
        }
        number = number.wrapping_add(1);
    }
}

const BOUNDARY_PREFIX: &str = "clerk-client-";
/// With the number, of sixteen digits.
const BOUNDARY_LENGTH: usize = BOUNDARY_PREFIX.len() + 16;

/// Shows neither the file nor its name.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("content_type", &self.content_type)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn a_boundary_is_in_no_part() {
        let line = |number: u64| format!("clerk-client-{number:016x}");
        let [last, first] = [u64::MAX, 0].map(line);
        let file = format!("{last}{first}");
        for (parts, start, expected) in [
            (vec![], 7, 7),
            (vec!["clerk-client-", "0000000000000007"], 7, 7),
            (vec!["x\r\n--clerk-client-0000000000000007"], 7, 8),
            (
                vec!["clerk-client-0000000000000008", "-clerk-client-0000000000000007-"],
                7,
                9,
            ),
            (vec!["clerk-client-clerk-client-0000000000000007"], 7, 8),
            (vec![file.as_str()], u64::MAX, 1),
        ] {
            let parts: Vec<&[u8]> = parts.into_iter().map(str::as_bytes).collect();
            assert_eq!(boundary_outside_of(&parts, start), line(expected));
        }
    }

    /// Reading the file once for each of them takes minutes.
    #[test]
    fn a_file_full_of_boundaries_costs_no_more_than_another() {
        let file: String = (0..16_000_u64)
            .map(|number| format!("clerk-client-{number:016x}"))
            .collect();
        let started = Instant::now();
        let boundary = boundary_outside_of(&[file.as_bytes()], 0);
        assert_eq!(boundary, "clerk-client-0000000000003e80");
        assert!(
            started.elapsed() < Duration::from_secs(5),
            "{:?}",
            started.elapsed()
        );
    }

    #[test]
    fn a_boundary_cannot_be_guessed() {
        let sent = || Upload::new("x", "image/png").encode(&Map::new()).unwrap().1;
        assert_ne!(sent(), sent());
    }
}
