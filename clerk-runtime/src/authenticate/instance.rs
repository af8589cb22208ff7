use http::request::Parts;

use super::anonymous::AnonymousOutcomes;
use super::lazy::Source;
#[cfg(feature = "network")]
use crate::auth::TemplateTokenIssuer;
use crate::config::Config;
use crate::token::AcceptsToken;
use crate::verify::Verifier;

/// What a request is judged with.
#[derive(Clone, Copy)]
pub(crate) struct Instance<'a> {
    pub(crate) config: &'a Config,
    pub(crate) verifier: &'a Verifier,
    pub(crate) anonymous_outcomes: &'a AnonymousOutcomes,
    #[cfg(feature = "network")]
    pub(crate) client: &'a clerk_client::Client,
    #[cfg(feature = "network")]
    pub(crate) token_issuer: &'a TemplateTokenIssuer,
}

impl<'a> Instance<'a> {
    pub(super) fn source(self, parts: &'a Parts) -> Source<'a> {
        Source {
            parts,
            config: self.config,
            verifier: self.verifier,
        }
    }
}

/// What the caller wants and can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AuthenticateOptions {
    pub(crate) accepts: AcceptsToken,
    /// Whether the state's headers get onto a response.
    pub(crate) can_set_response_headers: bool,
}
