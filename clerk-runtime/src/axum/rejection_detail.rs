//! Carries the cause of a rejection to the headers of a development instance.

use std::borrow::Cow;
use std::fmt;

use http::{HeaderMap, HeaderValue};

use crate::protocol;

/// Holds the cause of a rejection, beside what its status tells. It is empty in production.
///
/// A development instance sends it as `x-clerk-auth-status`, `x-clerk-auth-reason` and `x-clerk-auth-message`, unless
/// [`debug_headers(false)`](crate::ClerkBuilder::debug_headers) was called. It never has a configured value, a token or text
/// that came from Clerk.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct RejectionDetail(Option<Box<Detail>>);

#[derive(Clone, PartialEq, Eq, Default)]
struct Detail {
    for_log: Option<String>,
    headers: Option<DebugHeaders>,
}

/// Clerk's debug headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DebugHeaders {
    pub(super) status: &'static str,
    pub(super) reason: Cow<'static, str>,
    pub(super) message: &'static str,
}

impl RejectionDetail {
    /// Makes the detail of a rejection that the log tells more about.
    pub(super) fn for_log(text: String) -> Self {
        Self(Some(Box::new(Detail {
            for_log: Some(text),
            headers: None,
        })))
    }

    /// Takes what only the log may have.
    pub(super) fn take_for_log(&mut self) -> Option<String> {
        self.0.as_mut()?.for_log.take()
    }

    pub(super) fn set_headers(&mut self, headers: DebugHeaders) {
        self.0.get_or_insert_default().headers = Some(headers);
    }

    pub(super) fn add_debug_headers(&self, headers: &mut HeaderMap) {
        let Some(own) = self.0.as_ref().and_then(|detail| detail.headers.as_ref()) else {
            return;
        };
        headers.insert(&protocol::AUTH_STATUS, HeaderValue::from_static(own.status));
        let reason = match &own.reason {
            Cow::Borrowed(reason) => Ok(HeaderValue::from_static(reason)),
            Cow::Owned(reason) => HeaderValue::from_str(reason),
        };
        if let Ok(reason) = reason {
            headers.insert(&protocol::AUTH_REASON, reason);
        }
        headers.insert(&protocol::AUTH_MESSAGE, HeaderValue::from_static(own.message));
    }
}

impl fmt::Debug for RejectionDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RejectionDetail")
            .field(&self.0.as_ref().and_then(|detail| detail.headers.as_ref()))
            .finish()
    }
}
