//! The result of authentication, kept with the request so that several extractors share one look at the token.

use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue};

use super::Rejection;
use crate::Clerk;
use crate::auth::Auth;
use crate::authenticate::{AuthenticateError, AuthenticateOptions, RequestState, is_cross_site};
use crate::clerk::HandleId;
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
    /// Nothing, if it is the session's own token after `Bearer`: no cookie has a say beside it.
    credential: Option<Box<Credential>>,
    options: AuthenticateOptions,
    pub(super) outcome: Outcome,
    /// Whether a foreign site made the request with the cookie that signs somebody in (D10).
    is_cross_site: bool,
}

/// What a look comes to.
type Outcome = Result<RequestState, AuthenticateError>;

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
            // The headers are those that were kept, as long as nobody changes them.
            Self::One(one) => {
                values.next().is_some_and(|value| is_same(value, one)) && values.next().is_none()
            }
            Self::Several(several) => values.eq(several),
        }
    }
}

/// Equal, which need not be found out byte by byte where both are the same.
fn is_same(value: &HeaderValue, other: &HeaderValue) -> bool {
    std::ptr::eq(value.as_bytes(), other.as_bytes()) || value == other
}

/// What follows `Bearer` in the only header.
fn bearer(headers: &HeaderMap) -> Option<&[u8]> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.as_bytes().strip_prefix(b"Bearer "),
        _ => None,
    }
}

impl Credential {
    fn of(headers: &HeaderMap) -> Self {
        Self {
            authorization: Values::of(headers, &AUTHORIZATION),
            cookies: Values::of(headers, &COOKIE),
        }
    }

    fn is_of(&self, headers: &HeaderMap) -> bool {
        self.authorization.are_of(headers, &AUTHORIZATION) && self.cookies.are_of(headers, &COOKIE)
    }
}

impl Results {
    /// Finds the result of an earlier look on such terms and makes it the newest.
    fn find(
        &mut self,
        clerk: &Clerk,
        options: AuthenticateOptions,
        headers: &HeaderMap,
    ) -> Option<&Authenticated> {
        let serves = |one: &Authenticated| one.handle == clerk.id() && one.serves(options, headers);
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
    /// Authenticates the request for an extractor, or finds the result of an earlier look with this handle.
    ///
    /// # Errors
    /// As [`auth`](Self::auth).
    pub(super) async fn of(
        parts: &mut Parts,
        clerk: &Clerk,
        accepts: AcceptsToken,
    ) -> Result<Auth, Rejection> {
        let options = AuthenticateOptions {
            accepts,
            can_set_response_headers: false,
        };
        if let Some(found) = Self::found(parts, clerk, options) {
            return found.auth();
        }
        if let Some(outcome) = clerk.open(parts, options).judge() {
            return Self::kept(parts, clerk, options, outcome);
        }
        let outcome = clerk.authenticate_async(parts, options).await;
        Self::kept(parts, clerk, options, outcome)
    }

    /// The same for a guard, which admits or refuses. When nobody is signed in with a session no result is kept for others:
    /// the handler does not run, and whoever looks again finds out as fast.
    ///
    /// # Errors
    /// As [`auth`](Self::auth), and as `admit`.
    pub(super) async fn for_guard<T>(
        parts: &mut Parts,
        clerk: &Clerk,
        accepts: AcceptsToken,
        admit: impl FnOnce(&Parts, Auth) -> Result<T, Rejection>,
    ) -> Result<T, Rejection> {
        let options = AuthenticateOptions {
            accepts,
            can_set_response_headers: false,
        };
        if let Some(found) = Self::found(parts, clerk, options) {
            let auth = found.auth()?;
            return admit(parts, auth);
        }
        // In a block, since the future of a handler is moved and holds whatever might be left when it waits.
        {
            let opened = clerk.open(parts, options);
            if let Some(state) = opened.anonymous() {
                let auth = usable(state, false)?.to_auth();
                return admit(parts, auth);
            }
            if let Some(outcome) = opened.judge() {
                return Self::admitted(parts, clerk, options, outcome, admit);
            }
        }
        let outcome = clerk.authenticate_async(parts, options).await;
        Self::admitted(parts, clerk, options, outcome, admit)
    }

    /// What a guard makes of an outcome, which is kept if somebody may be admitted.
    fn admitted<T>(
        parts: &mut Parts,
        clerk: &Clerk,
        options: AuthenticateOptions,
        outcome: Outcome,
        admit: impl FnOnce(&Parts, Auth) -> Result<T, Rejection>,
    ) -> Result<T, Rejection> {
        if options.accepts == AcceptsToken::SESSION
            && let Ok(state) = &outcome
            && state.session().is_none()
        {
            let auth = usable(state, false)?.to_auth();
            return admit(parts, auth);
        }
        let auth = Self::kept(parts, clerk, options, outcome)?;
        admit(parts, auth)
    }

    /// The auth object of an outcome that is kept.
    fn kept(
        parts: &mut Parts,
        clerk: &Clerk,
        options: AuthenticateOptions,
        outcome: Outcome,
    ) -> Result<Auth, Rejection> {
        logged(&outcome);
        let made = Self::make(parts, clerk, options, outcome);
        let auth = made.auth();
        Self::keep(parts, made);
        auth
    }

    /// Authenticates the request for a layer and tells what becomes of it; `answer` is given nothing if an outer layer has
    /// done so.
    pub(super) async fn for_layer<T>(
        parts: &mut Parts,
        clerk: &Clerk,
        accepts: AcceptsToken,
        answer: impl FnOnce(Option<&Self>) -> T,
    ) -> T {
        let options = AuthenticateOptions {
            accepts,
            can_set_response_headers: true,
        };
        if Self::found(parts, clerk, options).is_some() {
            return answer(None);
        }
        let outcome = clerk.authenticate_async(parts, options).await;
        Self::answered(parts, clerk, options, outcome, answer)
    }

    /// The same without waiting, or nothing if something has to be waited for.
    pub(super) fn for_layer_now<T>(
        parts: &mut Parts,
        clerk: &Clerk,
        accepts: AcceptsToken,
        answer: impl FnOnce(Option<&Self>) -> T,
    ) -> Option<T> {
        let options = AuthenticateOptions {
            accepts,
            can_set_response_headers: true,
        };
        if Self::found(parts, clerk, options).is_some() {
            return Some(answer(None));
        }
        let outcome = clerk.open(parts, options).judge()?;
        Some(Self::answered(parts, clerk, options, outcome, answer))
    }

    fn answered<T>(
        parts: &mut Parts,
        clerk: &Clerk,
        options: AuthenticateOptions,
        outcome: Outcome,
        answer: impl FnOnce(Option<&Self>) -> T,
    ) -> T {
        logged(&outcome);
        let made = Self::make(parts, clerk, options, outcome);
        let answer = answer(Some(&made));
        Self::keep(parts, made);
        answer
    }

    fn found<'a>(parts: &'a mut Parts, clerk: &Clerk, options: AuthenticateOptions) -> Option<&'a Self> {
        let results: &mut Results = parts.extensions.get_mut()?;
        results.find(clerk, options, &parts.headers)
    }

    fn make(parts: &Parts, clerk: &Clerk, options: AuthenticateOptions, outcome: Outcome) -> Self {
        let by_cookie = |state: &RequestState| {
            state.token_carrier() == Some(TokenCarrier::Cookie) && state.to_auth().is_authenticated()
        };
        // The token was found in the header, so it is all of it if nothing is left over.
        let is_bearer = |state: &RequestState| {
            let token = state.session_in_header().map(|session| session.token().len());
            token.is_some() && bearer(&parts.headers).map(<[u8]>::len) == token
        };
        Self {
            handle: clerk.id(),
            credential: if outcome.as_ref().is_ok_and(is_bearer) {
                None
            } else {
                Some(Box::new(Credential::of(&parts.headers)))
            },
            options,
            is_cross_site: outcome.as_ref().is_ok_and(by_cookie) && is_cross_site(parts, clerk.config()),
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
    fn serves(&self, options: AuthenticateOptions, headers: &HeaderMap) -> bool {
        // Without a token in the header there is only the session's cookie to look at, whatever else is accepted.
        let both_by_cookie = || {
            let session = TokenType::SessionToken;
            !headers.contains_key(AUTHORIZATION)
                && self.options.accepts.accepts(session)
                && options.accepts.accepts(session)
        };
        self.is_of(headers)
            && (self.options.can_set_response_headers || !options.can_set_response_headers)
            && (self.options.accepts == options.accepts || both_by_cookie())
    }

    /// Whether these headers say who makes the request as those did that were looked at.
    fn is_of(&self, headers: &HeaderMap) -> bool {
        match &self.credential {
            Some(credential) => credential.is_of(headers),
            None => {
                let session = self.outcome.as_ref().ok().and_then(RequestState::session);
                session.is_some_and(|session| bearer(headers) == Some(session.token().as_bytes()))
            }
        }
    }

    /// The newest result for these headers, whichever handle it is of.
    pub(super) fn newest<'a>(extensions: &'a Extensions, headers: &HeaderMap) -> Option<&'a Self> {
        let results: &Results = extensions.get()?;
        std::iter::once(&results.newest)
            .chain(results.older.iter().rev())
            .find(|one| one.is_of(headers))
    }

    /// The auth object, signed in or not.
    ///
    /// # Errors
    /// Nothing is known because Clerk or the keys are unavailable, the configuration is at fault, or a foreign site forged
    /// the request.
    pub(super) fn auth(&self) -> Result<Auth, Rejection> {
        self.judged().map(RequestState::to_auth)
    }

    /// The state that the auth object is made of.
    ///
    /// # Errors
    /// As [`auth`](Self::auth).
    pub(super) fn judged(&self) -> Result<&RequestState, Rejection> {
        match &self.outcome {
            Ok(state) => usable(state, self.is_cross_site),
            Err(error) => {
                let unavailable = |retry_after| Rejection::Unavailable { retry_after };
                Err(error.retry_after().map_or(Rejection::Misconfigured, unavailable))
            }
        }
    }
}

fn usable(state: &RequestState, is_cross_site: bool) -> Result<&RequestState, Rejection> {
    match state.retry_after() {
        Some(retry_after) => Err(Rejection::Unavailable { retry_after }),
        None if is_cross_site => Err(Rejection::NotAuthorized {
            missing: "a request from the application's own site",
        }),
        None => Ok(state),
    }
}

fn logged(outcome: &Outcome) {
    if let Err(error) = outcome {
        tracing::error!(code = error.code(), %error, "the request cannot be authenticated");
    }
}
