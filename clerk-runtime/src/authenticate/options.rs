use crate::token::AcceptsToken;

/// The options of one call of [`authenticate`](super::Authenticator::authenticate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AuthenticateOptions {
    pub(crate) accepts: AcceptsToken,
    /// The headers of the state get onto a response. If not, nothing is begun that needs a redirect or a cookie.
    pub(crate) can_set_response_headers: bool,
}

impl AuthenticateOptions {
    /// Options of a caller that sends the state's headers: the layer, and applications that authenticate by themselves.
    pub(crate) const fn with_response(accepts: AcceptsToken) -> Self {
        Self {
            accepts,
            can_set_response_headers: true,
        }
    }

    /// Options of a caller that never sees the response: guards, extractors and explanations.
    pub(crate) const fn without_response(accepts: AcceptsToken) -> Self {
        Self {
            accepts,
            can_set_response_headers: false,
        }
    }
}
