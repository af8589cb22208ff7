use super::json::JsonScalar;
use super::span::SpanRecorder;

/// The state of a session, claim `sts`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionStatus {
    /// The session is complete.
    Active,
    /// The user signed in but has tasks left, such as choosing an organization. Counts as signed out by default.
    Pending,
    /// A status that this version does not know.
    Other(Box<str>),
}

impl SessionStatus {
    /// Returns `None` unless the claim is a string.
    pub(super) fn from_scalar(scalar: JsonScalar, spans: &SpanRecorder<'_>) -> Option<Self> {
        let JsonScalar::String(status) = scalar else {
            return None;
        };
        Some(match spans.get(status) {
            "active" => Self::Active,
            "pending" => Self::Pending,
            status => Self::Other(status.into()),
        })
    }

    /// Returns Clerk's string for the status.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Other(status) => status,
        }
    }
}
