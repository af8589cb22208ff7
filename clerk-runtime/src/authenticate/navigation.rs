//! What a browser wants to do with the answer (Fetch Metadata Request Headers, §2.1).

use http::{HeaderName, Method, header};

use super::lazy::{Read, Source};
use crate::protocol;

/// What a browser says of the request that it makes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Navigation {
    /// Whether it can follow a redirect to the handshake.
    pub(super) is_document: bool,
    /// Whether it says that it navigates a tab here.
    pub(super) is_navigation: bool,
}

impl Read<'_> for Navigation {
    fn read(source: &Source<'_>) -> Self {
        let parts = source.parts;
        let header = |name: &HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let destination = header(&protocol::SEC_FETCH_DEST)
            .map(str::trim)
            .filter(|value| !value.is_empty());
        let is_get = parts.method == Method::GET;
        let accepts_html =
            || header(&header::ACCEPT).is_some_and(|accept| accept.trim_start().starts_with("text/html"));
        Self {
            is_document: is_get
                && destination.map_or_else(accepts_html, |one| matches!(one, "document" | "iframe")),
            is_navigation: is_get && destination == Some("document"),
        }
    }
}
