/// What does not change while an instance runs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setup {
    /// The domain of a production instance.
    pub(crate) domain: Option<String>,
    pub(crate) satellites: Vec<String>,
    pub(crate) handover: Handover,
    pub(crate) suffixed_cookies_only: bool,
}

/// How a handshake hands its cookies over to the application.
///
/// Applications say that they can take both, and which of the two they get is for Clerk to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Handover {
    /// As a signed token, `__clerk_handshake`, with the cookies in it. In production, where it goes by a cookie, one that is
    /// too long for a cookie becomes a nonce.
    #[default]
    Token,
    /// As a nonce, `__clerk_handshake_nonce`, for which the Backend API gives the cookies, once and for half a minute.
    Nonce,
}
