//! Caches the outcome of requests without a usable credential, which is the same for all of them.

use std::sync::OnceLock;

use http::header::COOKIE;
use http::request::Parts;

use super::clerk_url::RequestHead;
use super::credential::Credential;
use super::options::AuthenticateOptions;
use super::state::RequestState;
use crate::token::{AcceptsToken, UnverifiedJwt};

/// A request without a usable credential. There are some only where session tokens alone are accepted and the state's headers
/// reach no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnonymousRequest {
    /// The request has neither a token nor a cookie nor a query.
    NoCredential,
    /// The header holds something that does not have the form of a token, so that cookies do not count either.
    MalformedToken,
}

impl AnonymousRequest {
    #[inline]
    pub(super) fn classify(
        credential: &Credential<'_>,
        request: &Parts,
        options: AuthenticateOptions,
        is_satellite: bool,
    ) -> Option<Self> {
        // A satellite looks at how the browser comes.
        if options.accepts != AcceptsToken::SESSION || options.can_set_response_headers || is_satellite {
            return None;
        }
        match credential {
            Credential::Absent => {
                let says_nothing = !request.headers.contains_key(COOKIE)
                    && RequestHead::from(request).uri().query().is_none();
                says_nothing.then_some(Self::NoCredential)
            }
            // A token that is in the cache was well-formed.
            Credential::Bearer(token) => {
                let is_malformed = token.cached().is_none() && UnverifiedJwt::is_malformed(token.as_str());
                is_malformed.then_some(Self::MalformedToken)
            }
            Credential::Invalid(None) => Some(Self::MalformedToken),
            Credential::Invalid(Some(_)) => None,
        }
    }
}

/// The outcome of the first request of each kind.
#[derive(Default)]
pub(crate) struct AnonymousOutcomes {
    no_credential: OnceLock<RequestState>,
    malformed_token: OnceLock<RequestState>,
}

impl AnonymousOutcomes {
    #[inline]
    pub(super) fn slot(&self, request: AnonymousRequest) -> &OnceLock<RequestState> {
        match request {
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
    use crate::authenticate::credential::PresentedToken;
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
    fn anonymous_request_is_one_without_credential_or_with_a_malformed_token() {
        use Credential::{Absent, Invalid};
        let bearer = |token| Credential::Bearer(PresentedToken::from_text(token));
        let (nothing, malformed_token) = (
            Some(AnonymousRequest::NoCredential),
            Some(AnonymousRequest::MalformedToken),
        );
        for (credential, uri, cookie, expected) in [
            (Absent, "/", None, nothing),
            (Absent, "/?page=2", None, None),
            (Absent, "/", Some("a=b"), None),
            (bearer("garbage"), "/", None, malformed_token),
            (bearer("garbage"), "/?page=2", Some("a=b"), malformed_token),
            (bearer("e30.e30."), "/", None, None),
            (bearer("e30=.e30."), "/", None, None),
            (Invalid(None), "/?page=2", Some("a=b"), malformed_token),
            (Invalid(Some(Deviation::BearerScheme)), "/", None, None),
        ] {
            let found = AnonymousRequest::classify(&credential, &request(uri, cookie), GUARD, false);
            assert_eq!(found, expected, "{credential:?} {uri} {cookie:?}");
        }
    }

    #[test]
    fn anonymous_request_needs_sessions_alone_and_no_response_and_no_satellite() {
        let machines = AcceptsToken::from(TokenType::ApiKey);
        for credential in [Credential::Absent, Credential::Invalid(None)] {
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
                let found =
                    AnonymousRequest::classify(&credential, &request("/", None), options, is_satellite);
                assert_eq!(found, None, "{credential:?} {options:?} {is_satellite}");
            }
        }
    }
}
