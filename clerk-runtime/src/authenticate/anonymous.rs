//! Requests of which so little decides that all like them come to the same. One is judged, the others are answered with that.

use std::sync::OnceLock;

use http::header::COOKIE;
use http::request::Parts;

use super::authorization::Authorization;
use super::instance::AuthenticateOptions;
use super::state::RequestState;
use crate::token::{AcceptsToken, UnverifiedJwt};

/// What decides. It is found only where sessions alone are accepted and nobody sees the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnonymousRequest {
    /// There is neither a token nor a cookie nor a query.
    NoCredential,
    /// What is in the header has not even the form of a token, and cookies are not asked.
    MalformedToken,
}

impl AnonymousRequest {
    pub(super) fn of(
        authorization: Authorization<'_>,
        request: &Parts,
        options: AuthenticateOptions,
        is_satellite: bool,
    ) -> Option<Self> {
        // A satellite looks at how the browser comes.
        if options.accepts != AcceptsToken::SESSION || options.can_set_response_headers || is_satellite {
            return None;
        }
        match authorization {
            Authorization::Absent => {
                let says_nothing = request.uri.query().is_none() && !request.headers.contains_key(COOKIE);
                says_nothing.then_some(Self::NoCredential)
            }
            Authorization::Bearer(token) => {
                UnverifiedJwt::is_malformed(token).then_some(Self::MalformedToken)
            }
            Authorization::Invalid(None) => Some(Self::MalformedToken),
            Authorization::Invalid(Some(_)) => None,
        }
    }
}

/// What became of the first of each.
#[derive(Default)]
pub(crate) struct AnonymousOutcomes {
    no_credential: OnceLock<RequestState>,
    malformed_token: OnceLock<RequestState>,
}

impl AnonymousOutcomes {
    pub(super) fn of(&self, anonymous: AnonymousRequest) -> &OnceLock<RequestState> {
        match anonymous {
            AnonymousRequest::NoCredential => &self.no_credential,
            AnonymousRequest::MalformedToken => &self.malformed_token,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;
    use crate::Deviation;
    use crate::token::TokenType;

    const GUARD: AuthenticateOptions = AuthenticateOptions {
        accepts: AcceptsToken::SESSION,
        can_set_response_headers: false,
    };

    fn request(uri: &str, cookie: Option<&str>) -> Parts {
        let mut request = Request::get(uri);
        if let Some(cookie) = cookie {
            request = request.header(COOKIE, cookie);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_what_says_nothing_and_what_is_no_token_is_foregone() {
        use Authorization::{Absent, Bearer, Invalid};
        let (nothing, malformed_token) = (
            Some(AnonymousRequest::NoCredential),
            Some(AnonymousRequest::MalformedToken),
        );
        for (authorization, uri, cookie, expected) in [
            (Absent, "/", None, nothing),
            (Absent, "/?page=2", None, None),
            (Absent, "/", Some("a=b"), None),
            (Bearer("garbage"), "/", None, malformed_token),
            (Bearer("garbage"), "/?page=2", Some("a=b"), malformed_token),
            (Bearer("e30.e30."), "/", None, None),
            (Bearer("e30=.e30."), "/", None, None),
            (Invalid(None), "/?page=2", Some("a=b"), malformed_token),
            (Invalid(Some(Deviation::BearerScheme)), "/", None, None),
        ] {
            let found = AnonymousRequest::of(authorization, &request(uri, cookie), GUARD, false);
            assert_eq!(found, expected, "{authorization:?} {uri} {cookie:?}");
        }
    }

    #[test]
    fn nothing_is_foregone_where_more_decides() {
        let machines = AcceptsToken::from(TokenType::ApiKey);
        for authorization in [Authorization::Absent, Authorization::Invalid(None)] {
            for (accepts, can_set_response_headers, is_satellite) in [
                (AcceptsToken::ANY, false, false),
                (machines, false, false),
                (AcceptsToken::SESSION, true, false),
                (AcceptsToken::SESSION, false, true),
            ] {
                let options = AuthenticateOptions {
                    accepts,
                    can_set_response_headers,
                };
                let found = AnonymousRequest::of(authorization, &request("/", None), options, is_satellite);
                assert_eq!(found, None, "{authorization:?} {options:?} {is_satellite}");
            }
        }
    }
}
