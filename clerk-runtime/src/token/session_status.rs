use super::json::Found;
use super::text::Texts;

/// The state of a session, claim `sts`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionStatus {
    /// The session is complete.
    Active,
    /// The user signed in but has tasks left, such as choosing an organization. Counts as signed out by default.
    Pending,
    /// A state made up after this was written.
    Other(Box<str>),
}

impl SessionStatus {
    /// Nothing if the claim is no text.
    pub(super) fn of(found: Found, texts: &Texts<'_>) -> Option<Self> {
        let Found::Text(status) = found else {
            return None;
        };
        Some(match texts.text(status) {
            "active" => Self::Active,
            "pending" => Self::Pending,
            status => Self::Other(status.into()),
        })
    }

    /// Clerk's string for it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Other(status) => status,
        }
    }
}
