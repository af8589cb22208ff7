//! The results of authentication, kept with the request so that several extractors share one look at the token.

use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue};

use crate::Clerk;
use crate::authenticate::{AuthenticateError, AuthenticateOptions, RequestState};
use crate::clerk::HandleId;
use crate::token::{TokenCarrier, TokenType};

/// The result of authenticating a request.
pub(super) type Outcome = Result<RequestState, AuthenticateError>;

/// The results for one request, one for each handle, credential and options.
///
/// The credential is a part of the key because a layer may change the headers between two looks, and the handle because an
/// application may hold several instances. Neither may be given the other's user.
#[derive(Clone)]
pub(super) struct RequestMemo {
    newest: MemoEntry,
    /// The newest of them last. Few requests have any.
    older: Vec<MemoEntry>,
}

/// One result, and what it was found for.
#[derive(Clone)]
pub(super) struct MemoEntry {
    handle: HandleId,
    /// `None` if the token of the session in `outcome` is all that follows `Bearer`: no cookie counts beside it.
    credential: Option<Box<CredentialHeaders>>,
    options: AuthenticateOptions,
    outcome: Outcome,
    /// The handle, for sessions in cookies only: its configuration tells other sites from the application's own.
    clerk: Option<Clerk>,
}

/// The headers that say who makes the request.
#[derive(Clone)]
struct CredentialHeaders {
    authorization: HeaderValues,
    cookies: HeaderValues,
}

/// The values of a header, of which most requests have one.
#[derive(Clone)]
enum HeaderValues {
    None,
    One(HeaderValue),
    Several(Vec<HeaderValue>),
}

impl RequestMemo {
    /// Returns whether an earlier look with this handle serves a look with these options, and makes its outcome the
    /// [`newest`](Self::newest).
    pub(super) fn hit(
        extensions: &mut Extensions,
        headers: &HeaderMap,
        clerk: &Clerk,
        options: AuthenticateOptions,
    ) -> bool {
        let Some(memo) = extensions.get_mut::<Self>() else {
            return false;
        };
        let serves = |entry: &MemoEntry| entry.handle == clerk.id() && entry.serves(options, headers);
        if serves(&memo.newest) {
            return true;
        }
        let Some(at) = memo.older.iter().rposition(serves) else {
            return false;
        };
        let found = memo.older.remove(at);
        memo.older.push(std::mem::replace(&mut memo.newest, found));
        true
    }

    /// Returns whether a look with this handle could have answered the browser, as only a layer can.
    pub(super) fn is_of_layer(extensions: &Extensions, clerk: &Clerk) -> bool {
        let answers =
            |entry: &MemoEntry| entry.handle == clerk.id() && entry.options.can_set_response_headers;
        extensions
            .get::<Self>()
            .is_some_and(|memo| std::iter::once(&memo.newest).chain(&memo.older).any(answers))
    }

    /// Keeps an outcome as the newest.
    pub(super) fn insert(parts: &mut Parts, clerk: &Clerk, options: AuthenticateOptions, outcome: Outcome) {
        let newest = MemoEntry::new(&parts.headers, clerk, options, outcome);
        match parts.extensions.get_mut::<Self>() {
            Some(memo) => memo.older.push(std::mem::replace(&mut memo.newest, newest)),
            None => {
                parts.extensions.insert(Self {
                    newest,
                    older: Vec::new(),
                });
            }
        }
    }

    /// Returns the newest result for these headers, of any handle.
    pub(super) fn newest<'a>(extensions: &'a Extensions, headers: &HeaderMap) -> Option<&'a MemoEntry> {
        let memo: &Self = extensions.get()?;
        std::iter::once(&memo.newest)
            .chain(memo.older.iter().rev())
            .find(|entry| entry.is_for(headers))
    }
}

impl MemoEntry {
    fn new(headers: &HeaderMap, clerk: &Clerk, options: AuthenticateOptions, outcome: Outcome) -> Self {
        let state = outcome.as_ref().ok();
        let carrier = state.and_then(RequestState::token_carrier);
        let session = state.and_then(RequestState::session);
        // The token was found in the header, so it is all of it if nothing is left over.
        let is_whole_header = carrier == Some(TokenCarrier::Header)
            && session.is_some_and(|session| bearer(headers).map(<[u8]>::len) == Some(session.token().len()));
        let is_cookie = carrier == Some(TokenCarrier::Cookie) && session.is_some();
        Self {
            handle: clerk.id(),
            credential: (!is_whole_header).then(|| Box::new(CredentialHeaders::new(headers))),
            options,
            clerk: is_cookie.then(|| clerk.clone()),
            outcome,
        }
    }

    pub(super) fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    pub(super) fn clerk(&self) -> Option<&Clerk> {
        self.clerk.as_ref()
    }

    /// Returns whether a look with these options would come to the same.
    fn serves(&self, options: AuthenticateOptions, headers: &HeaderMap) -> bool {
        // Without a token in the header only the session's cookie counts, whatever else is accepted.
        let both_by_cookie = || {
            let session = TokenType::SessionToken;
            !headers.contains_key(AUTHORIZATION)
                && self.options.accepts.accepts(session)
                && options.accepts.accepts(session)
        };
        self.is_for(headers)
            && (self.options.can_set_response_headers || !options.can_set_response_headers)
            && (self.options.accepts == options.accepts || both_by_cookie())
    }

    /// Returns whether these headers carry the credential that was looked at.
    fn is_for(&self, headers: &HeaderMap) -> bool {
        match &self.credential {
            Some(credential) => credential.is_in(headers),
            None => {
                let session = self.outcome.as_ref().ok().and_then(RequestState::session);
                session.is_some_and(|session| bearer(headers) == Some(session.token().as_bytes()))
            }
        }
    }
}

impl CredentialHeaders {
    fn new(headers: &HeaderMap) -> Self {
        Self {
            authorization: HeaderValues::new(headers, &AUTHORIZATION),
            cookies: HeaderValues::new(headers, &COOKIE),
        }
    }

    fn is_in(&self, headers: &HeaderMap) -> bool {
        self.authorization.are_in(headers, &AUTHORIZATION) && self.cookies.are_in(headers, &COOKIE)
    }
}

impl HeaderValues {
    fn new(headers: &HeaderMap, name: &HeaderName) -> Self {
        let mut values = headers.get_all(name).iter().cloned();
        match (values.next(), values.next()) {
            (None, _) => Self::None,
            (Some(one), None) => Self::One(one),
            (Some(first), Some(second)) => Self::Several([first, second].into_iter().chain(values).collect()),
        }
    }

    fn are_in(&self, headers: &HeaderMap, name: &HeaderName) -> bool {
        let mut values = headers.get_all(name).iter();
        match self {
            Self::None => values.next().is_none(),
            // The headers are those that were kept, as long as no layer changes them.
            Self::One(one) => {
                values.next().is_some_and(|value| is_same(value, one)) && values.next().is_none()
            }
            Self::Several(several) => values.eq(several),
        }
    }
}

/// Compares two values, byte by byte only if they are not the same memory.
fn is_same(value: &HeaderValue, other: &HeaderValue) -> bool {
    std::ptr::eq(value.as_bytes(), other.as_bytes()) || value == other
}

/// Returns what follows `Bearer` in the only `Authorization` header.
fn bearer(headers: &HeaderMap) -> Option<&[u8]> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.as_bytes().strip_prefix(b"Bearer "),
        _ => None,
    }
}
