//! Names on the wire: headers, cookies and query parameters of Clerk's protocol.

use http::HeaderName;

pub(crate) const SESSION: &str = "__session";
pub(crate) const CLIENT_UAT: &str = "__client_uat";
pub(crate) const DEV_BROWSER: &str = "__clerk_db_jwt";
pub(crate) const LEGACY_DEV_BROWSER: &str = "__dev_session";
pub(crate) const REFRESH: &str = "__refresh";
pub(crate) const HANDSHAKE: &str = "__clerk_handshake";
pub(crate) const HANDSHAKE_NONCE: &str = "__clerk_handshake_nonce";
pub(crate) const HANDSHAKE_HELP: &str = "__clerk_help";
pub(crate) const SYNCED: &str = "__clerk_synced";
pub(crate) const REDIRECT_URL: &str = "__clerk_redirect_url";
pub(crate) const REDIRECT_COUNT: &str = "__clerk_redirect_count";

pub(crate) static AUTH_STATUS: HeaderName = HeaderName::from_static("x-clerk-auth-status");
pub(crate) static AUTH_REASON: HeaderName = HeaderName::from_static("x-clerk-auth-reason");
pub(crate) static AUTH_MESSAGE: HeaderName = HeaderName::from_static("x-clerk-auth-message");
/// The headers that tell why a request is not signed in.
#[cfg(feature = "axum")]
pub(crate) static DEBUG_HEADERS: [&HeaderName; 3] = [&AUTH_STATUS, &AUTH_REASON, &AUTH_MESSAGE];
pub(crate) static FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
pub(crate) static FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
pub(crate) static SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
pub(crate) static SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// The version of Clerk's API that the handshake speaks.
pub(crate) const API_VERSION: &str = "2026-05-12";
