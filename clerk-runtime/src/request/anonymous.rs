//! Requests that say nothing of who makes them.

use std::sync::OnceLock;

use http::header::COOKIE;
use http::request::Parts;

use super::authorization::AuthorizationHeaders;
use super::instance::Terms;
use super::state::RequestState;
use crate::config::Config;
use crate::token::AcceptsToken;

/// Whether a request has neither a token nor cookies nor a query.
pub(super) fn is_anonymous(headers: AuthorizationHeaders<'_>, request: &Parts) -> bool {
    matches!(headers, AuthorizationHeaders::None)
        && request.uri.query().is_none()
        && !request.headers.contains_key(COOKIE)
}

/// What became of one such request, where nobody sees the response. Nothing else of a request has a say in it, so it is
/// what becomes of all of them.
#[derive(Default)]
pub(crate) struct Anonymous(OnceLock<RequestState>);

impl Anonymous {
    /// What a request on these terms comes to, if one was judged before.
    pub(super) fn state(&self, config: &Config, terms: Terms) -> Option<&RequestState> {
        self.0.get().filter(|_| is_alike(config, terms))
    }

    pub(super) fn remember(&self, config: &Config, terms: Terms, state: &RequestState) {
        if is_alike(config, terms) {
            self.0.get_or_init(|| state.clone());
        }
    }
}

/// Whether all of them are judged alike. A satellite looks at how the browser comes.
fn is_alike(config: &Config, terms: Terms) -> bool {
    terms.accepts == AcceptsToken::SESSION && !terms.can_respond && config.domains.satellite.is_none()
}
