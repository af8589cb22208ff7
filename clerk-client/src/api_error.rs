//! What Clerk says is wrong, and how the answer began that says it.

use std::fmt;

use serde_json::{Map, Value};

/// One thing that is wrong, as Clerk says it. What is missing or of another type is empty.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ApiError {
    /// Stable, such as `resource_not_found`.
    pub code: String,
    /// A short sentence.
    pub message: String,
    /// A longer one.
    pub long_message: Option<String>,
    /// Details that depend on the code, such as `param_name`.
    pub meta: Option<Map<String, Value>>,
}

impl ApiError {
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        let members = value.as_object()?;
        let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            code: text("code").unwrap_or_default(),
            message: text("message").unwrap_or_default(),
            long_message: text("long_message"),
            meta: members.get("meta").and_then(Value::as_object).cloned(),
        })
    }
}

/// The first 4 KiB of an error answer's body as text. `Debug` shows only how long it is: a gateway may answer
/// with the request that it was sent, secret key included.
#[derive(Clone, PartialEq, Eq)]
pub struct RawBody(Box<str>);

impl RawBody {
    /// The text; bytes that are not UTF-8 are replaced.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn new(body: &[u8]) -> Self {
        let start = &body[..body.len().min(MAX_RAW_BODY)];
        Self(String::from_utf8_lossy(start).into())
    }
}

impl fmt::Debug for RawBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawBody([{} bytes])", self.0.len())
    }
}

pub(crate) const MAX_RAW_BODY: usize = 4096;
