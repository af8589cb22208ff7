use http::Method;

use crate::Endpoint;

/// A request that the instance received, also one that a fault swallowed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// The path as it was sent, without the query.
    pub path: String,
    /// The endpoint that the path belongs to; [`Endpoint::Any`] for an unknown one.
    pub endpoint: Endpoint,
    /// Whether a key that is good for this endpoint came along.
    pub authorized: bool,
}
