use std::borrow::Cow;
use std::sync::Arc;

use super::cookies::decoded;
use crate::verify::{CachedSession, Verifier};

/// The value of a session cookie.
#[derive(Clone)]
pub(super) enum SessionCookie<'a> {
    /// A token that was seen before: neither need it be decoded nor looked for once more.
    Seen(Arc<CachedSession>),
    Unseen(Cow<'a, str>),
}

impl<'a> SessionCookie<'a> {
    /// `value` is as it stands in the header.
    pub(super) fn of(value: &'a [u8], verifier: Option<&Verifier>) -> Self {
        match verifier.and_then(|verifier| verifier.cached(value)) {
            Some(seen) => Self::Seen(seen),
            None => Self::Unseen(decoded(value)),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Seen(seen) => seen.session().token(),
            Self::Unseen(token) => token,
        }
    }

    pub(super) fn seen(&self) -> Option<&Arc<CachedSession>> {
        match self {
            Self::Seen(seen) => Some(seen),
            Self::Unseen(_) => None,
        }
    }
}

impl PartialEq for SessionCookie<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Seen(seen), Self::Seen(other)) if Arc::ptr_eq(seen, other) => true,
            _ => self.as_str() == other.as_str(),
        }
    }
}

/// Shows nothing of the token.
impl std::fmt::Debug for SessionCookie<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionCookie").finish_non_exhaustive()
    }
}
