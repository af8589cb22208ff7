//! The result of authentication, kept with the request so that several extractors share one look at the token.

use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue};

use super::Rejection;
use crate::Clerk;
use crate::auth::{Auth, SessionAuth};
use crate::clerk::HandleId;
use crate::request::{AuthenticateError, RequestState, Terms, is_cross_site};
use crate::token::{AcceptsToken, TokenCarrier, TokenType};

/// All results for one request: one per handle, credential and accepted types of token.
///
/// The credential belongs to the key because a layer may change the headers between two looks, and the handle because an
/// application may hold several instances. Neither may be given the other's user.
#[derive(Clone)]
struct Results {
    newest: Authenticated,
    /// The newest of them last. Hardly any request has some.
    older: Vec<Authenticated>,
}

/// One result.
#[derive(Clone)]
pub(super) struct Authenticated {
    handle: HandleId,
    credential: Credential,
    terms: Terms,
    pub(super) outcome: Result<RequestState, AuthenticateError>,
    /// Whether a foreign site made the request with the cookie that signs somebody in (D10).
    is_forged: bool,
}

/// The headers that decide who makes the request.
#[derive(Clone)]
struct Credential {
    authorization: Values,
    cookies: Values,
}

/// The values of a header, of which there is hardly ever more than one.
#[derive(Clone)]
enum Values {
    None,
    /// `Bearer` and the token of this session.
    Bearer(SessionAuth),
    One(HeaderValue),
    Several(Vec<HeaderValue>),
}

impl Values {
    fn of(headers: &HeaderMap, name: &HeaderName) -> Self {
        let mut values = headers.get_all(name).iter().cloned();
        match (values.next(), values.next()) {
            (None, _) => Self::None,
            (Some(one), None) => Self::One(one),
            (Some(first), Some(second)) => Self::Several([first, second].into_iter().chain(values).collect()),
        }
    }

    fn are_of(&self, headers: &HeaderMap, name: &HeaderName) -> bool {
        let mut values = headers.get_all(name).iter();
        match self {
            Self::None => values.next().is_none(),
            Self::Bearer(session) => {
                values.next().is_some_and(|value| is_bearer(value, session)) && values.next().is_none()
            }
            Self::One(one) => values.eq([one]),
            Self::Several(several) => values.eq(several),
        }
    }
}

fn is_bearer(value: &HeaderValue, session: &SessionAuth) -> bool {
    value.as_bytes().strip_prefix(b"Bearer ") == Some(session.token().as_bytes())
}

impl Credential {
    /// The headers, of which a session's token need not be kept twice.
    fn of(headers: &HeaderMap, session: Option<&SessionAuth>) -> Self {
        let bearer = session.map(|session| Values::Bearer(session.clone()));
        Self {
            authorization: bearer
                .filter(|bearer| bearer.are_of(headers, &AUTHORIZATION))
                .unwrap_or_else(|| Values::of(headers, &AUTHORIZATION)),
            cookies: Values::of(headers, &COOKIE),
        }
    }

    fn is_of(&self, headers: &HeaderMap) -> bool {
        self.authorization.are_of(headers, &AUTHORIZATION) && self.cookies.are_of(headers, &COOKIE)
    }
}

impl Results {
    /// Finds the result of an earlier look on such terms and makes it the newest.
    fn find(&mut self, clerk: &Clerk, terms: Terms, headers: &HeaderMap) -> Option<&Authenticated> {
        let serves = |one: &Authenticated| one.handle == clerk.id() && one.serves(terms, headers);
        if !serves(&self.newest) {
            let at = self.older.iter().rposition(serves)?;
            let found = self.older.remove(at);
            self.older.push(std::mem::replace(&mut self.newest, found));
        }
        Some(&self.newest)
    }

    fn push(&mut self, newest: Authenticated) {
        self.older.push(std::mem::replace(&mut self.newest, newest));
    }
}

impl Authenticated {
    /// Authenticates the request for a handler, or finds the result of an earlier look with this handle.
    ///
    /// # Errors
    /// As [`auth`](Self::auth).
    pub(super) async fn of(
        parts: &mut Parts,
        clerk: &Clerk,
        accepts: AcceptsToken,
    ) -> Result<Auth, Rejection> {
        let terms = Terms {
            accepts,
            can_respond: false,
        };
        if let Some(found) = Self::found(parts, clerk, terms) {
            return found.auth();
        }
        let made = Self::make(parts, clerk, terms).await;
        let auth = made.auth();
        Self::keep(parts, made);
        auth
    }

    /// Authenticates the request for a layer, unless an outer layer has done so, and tells what becomes of it.
    pub(super) async fn first<T>(
        parts: &mut Parts,
        clerk: &Clerk,
        accepts: AcceptsToken,
        answer: impl FnOnce(&Self) -> T,
    ) -> Option<T> {
        let terms = Terms {
            accepts,
            can_respond: true,
        };
        if Self::found(parts, clerk, terms).is_some() {
            return None;
        }
        let made = Self::make(parts, clerk, terms).await;
        let answer = answer(&made);
        Self::keep(parts, made);
        Some(answer)
    }

    fn found<'a>(parts: &'a mut Parts, clerk: &Clerk, terms: Terms) -> Option<&'a Self> {
        let results: &mut Results = parts.extensions.get_mut()?;
        results.find(clerk, terms, &parts.headers)
    }

    async fn make(parts: &Parts, clerk: &Clerk, terms: Terms) -> Self {
        let outcome = clerk.authenticate_on(parts, terms).await;
        if let Err(error) = &outcome {
            tracing::error!(code = error.code(), %error, "the request cannot be authenticated");
        }
        let by_cookie = |state: &RequestState| {
            state.token_carrier() == Some(TokenCarrier::Cookie) && state.to_auth().is_authenticated()
        };
        Self {
            handle: clerk.id(),
            credential: Credential::of(
                &parts.headers,
                outcome.as_ref().ok().and_then(RequestState::session),
            ),
            terms,
            is_forged: outcome.as_ref().is_ok_and(by_cookie) && is_cross_site(parts, clerk.config()),
            outcome,
        }
    }

    fn keep(parts: &mut Parts, made: Self) {
        match parts.extensions.get_mut::<Results>() {
            Some(results) => results.push(made),
            None => {
                parts.extensions.insert(Results {
                    newest: made,
                    older: Vec::new(),
                });
            }
        }
    }

    /// Whether a look on these terms would come to the same.
    fn serves(&self, terms: Terms, headers: &HeaderMap) -> bool {
        // Without a token in the header there is only the session's cookie to look at, whatever else is accepted.
        let both_by_cookie = || {
            let session = TokenType::SessionToken;
            !headers.contains_key(AUTHORIZATION)
                && self.terms.accepts.accepts(session)
                && terms.accepts.accepts(session)
        };
        self.credential.is_of(headers)
            && (self.terms.can_respond || !terms.can_respond)
            && (self.terms.accepts == terms.accepts || both_by_cookie())
    }

    /// The newest result for these headers, whichever handle it is of.
    pub(super) fn newest<'a>(extensions: &'a Extensions, headers: &HeaderMap) -> Option<&'a Self> {
        let results: &Results = extensions.get()?;
        std::iter::once(&results.newest)
            .chain(results.older.iter().rev())
            .find(|one| one.credential.is_of(headers))
    }

    /// The auth object, signed in or not.
    ///
    /// # Errors
    /// Nothing is known because Clerk or the keys are unavailable, the configuration is at fault, or a foreign site forged
    /// the request.
    pub(super) fn auth(&self) -> Result<Auth, Rejection> {
        let state = match &self.outcome {
            Ok(state) => state,
            Err(error) => {
                let unavailable = |retry_after| Rejection::Unavailable { retry_after };
                return Err(error.retry_after().map_or(Rejection::Misconfigured, unavailable));
            }
        };
        match state.retry_after() {
            Some(retry_after) => Err(Rejection::Unavailable { retry_after }),
            None if self.is_forged => Err(Rejection::NotAuthorized {
                missing: "a request from the application's own site",
            }),
            None => Ok(state.to_auth()),
        }
    }
}
