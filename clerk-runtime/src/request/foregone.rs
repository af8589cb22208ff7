//! Requests of which so little decides that all like them come to the same. One is judged, the others are answered with that.

use std::sync::OnceLock;

use http::header::COOKIE;
use http::request::Parts;

use super::authorization::Authorization;
use super::instance::Terms;
use super::state::RequestState;
use crate::config::Config;
use crate::token::{AcceptsToken, UnverifiedJwt};

/// What decides. It is found only where sessions alone are accepted and nobody sees the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foregone {
    /// There is neither a token nor a cookie nor a query.
    NothingSaid,
    /// What is in the header has not even the form of a token, and cookies are not asked.
    NoToken,
}

impl Foregone {
    pub(super) fn of(
        authorization: Authorization<'_>,
        request: &Parts,
        config: &Config,
        terms: Terms,
    ) -> Option<Self> {
        // A satellite looks at how the browser comes.
        let is_plain = terms.accepts == AcceptsToken::SESSION
            && !terms.can_respond
            && config.domains.satellite.is_none();
        if !is_plain {
            return None;
        }
        match authorization {
            Authorization::Absent => {
                let says_nothing = request.uri.query().is_none() && !request.headers.contains_key(COOKIE);
                says_nothing.then_some(Self::NothingSaid)
            }
            Authorization::Bearer(token) => UnverifiedJwt::is_malformed(token).then_some(Self::NoToken),
            Authorization::Invalid(None) => Some(Self::NoToken),
            Authorization::Invalid(Some(_)) => None,
        }
    }
}

/// What became of the first of each.
#[derive(Default)]
pub(crate) struct Conclusions {
    nothing_said: OnceLock<RequestState>,
    no_token: OnceLock<RequestState>,
}

impl Conclusions {
    pub(super) fn of(&self, foregone: Foregone) -> &OnceLock<RequestState> {
        match foregone {
            Foregone::NothingSaid => &self.nothing_said,
            Foregone::NoToken => &self.no_token,
        }
    }
}
