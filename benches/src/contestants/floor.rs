//! The least that a guard can do which remembers tokens: what any figure of this crate's can be at best.
//!
//! It is no guard to be used. It reads the one header, looks the token up by its whole text, asks the two clocks that
//! claims and keys have to be compared to, and on a first look decodes the three parts, reads what it needs of them into
//! borrowed text and checks the signature. It keeps with the request who is signed in and by which token, so that others
//! who ask need not look again. It has no rules and knows no carrier but the one it is told, of which its layer reads the
//! two cookies that say who is signed in.

use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::get;
use base64::engine::general_purpose::NO_PAD;
use base64::engine::{Engine as _, Simd};
use foldhash::fast::RandomState;
use memchr::{memchr, memchr_iter, memmem};
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{Equivalent, UnitWeighter};
use serde::Deserialize;
use tower_layer::Layer;
use tower_service::Service;

use super::limit::Check;
use super::{Carrier, Failure};
use crate::setup::Setup;

pub struct Floor {
    carrier: Carrier,
    kid: String,
    check: Check,
    base64url: Simd,
    seen: Cache<Token, Known, UnitWeighter, RandomState>,
    keys_until: Instant,
}

/// A token that was seen before, and what is kept with a request that has it.
#[derive(Clone)]
struct Known {
    verified: Verified,
    #[allow(
        dead_code,
        reason = "kept because a guard has to see whether the header was changed since"
    )]
    token: Arc<[u8]>,
}

#[derive(Clone)]
struct Verified {
    user: Arc<str>,
    issued: u64,
    expires: u64,
}

#[derive(Deserialize)]
struct Header<'a> {
    alg: &'a str,
    kid: &'a str,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "parsed because a guard needs them")]
struct Claims<'a> {
    sub: &'a str,
    sid: &'a str,
    azp: &'a str,
    iss: &'a str,
    exp: u64,
    iat: u64,
    nbf: u64,
    #[serde(borrow)]
    o: Option<Organization<'a>>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "parsed because a guard needs them")]
struct Organization<'a> {
    id: &'a str,
    rol: &'a str,
    per: Option<&'a str>,
    fpm: Option<&'a str>,
}

pub(super) fn application(setup: &Setup, carrier: Carrier) -> Result<Router, Failure> {
    let floor = Arc::new(Floor::new(setup, carrier)?);
    Ok(match carrier {
        Carrier::Header => Router::new().route("/", get(for_users)).with_state(floor),
        Carrier::Cookie => Router::new().route("/", get(for_known)).layer(FloorLayer(floor)),
    })
}

impl Floor {
    pub(super) fn new(setup: &Setup, carrier: Carrier) -> Result<Self, Failure> {
        const TOKENS: usize = 20_000;
        let kid = setup.jwks["keys"][0]["kid"].as_str();
        Ok(Self {
            carrier,
            kid: kid.ok_or("the key has no id")?.to_owned(),
            check: Check::new(setup)?,
            base64url: Simd::url_safe(NO_PAD),
            seen: Cache::with(
                TOKENS,
                TOKENS as u64,
                UnitWeighter,
                RandomState::default(),
                DefaultLifecycle::default(),
            ),
            keys_until: Instant::now() + Duration::from_secs(24 * 60 * 60),
        })
    }

    fn admits(&self, headers: &HeaderMap) -> Option<Known> {
        let (token, changed) = match self.carrier {
            Carrier::Header => (
                headers.get(AUTHORIZATION)?.as_bytes().strip_prefix(b"Bearer ")?,
                0,
            ),
            Carrier::Cookie => session_cookies(headers.get(COOKIE)?.as_bytes())?,
        };
        let known = match self.seen.get(&Lookup(token)) {
            Some(known) => known,
            None => self.first_look(token)?,
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
        let Verified { issued, expires, .. } = known.verified;
        (changed <= issued && now < expires && Instant::now() < self.keys_until).then_some(known)
    }

    fn first_look(&self, token: &[u8]) -> Option<Known> {
        let known = Known {
            verified: self.verified(token)?,
            token: token.into(),
        };
        self.seen.insert(Token(Arc::clone(&known.token)), known.clone());
        Some(known)
    }

    pub(super) fn verifies(&self, token: &[u8]) -> bool {
        self.verified(token).is_some()
    }

    fn verified(&self, token: &[u8]) -> Option<Verified> {
        let mut dots = memchr_iter(b'.', token);
        let (first, second) = (dots.next()?, dots.next()?);
        let (mut header, mut claims, mut signature) = ([0; 512], [0; 2048], [0; 512]);
        let header: Header<'_> = serde_json::from_slice(self.decode(&token[..first], &mut header)?).ok()?;
        let claims = self.decode(&token[first + 1..second], &mut claims)?;
        let claims: Claims<'_> = serde_json::from_slice(claims).ok()?;
        let signature = self.decode(&token[second + 1..], &mut signature)?;
        let is_good = header.alg == "RS256"
            && header.kid == self.kid
            && self.check.verifies_bytes(&token[..second], signature);
        is_good.then(|| Verified {
            user: claims.sub.into(),
            issued: claims.iat,
            expires: claims.exp,
        })
    }

    fn decode<'b>(&self, part: &[u8], buffer: &'b mut [u8]) -> Option<&'b [u8]> {
        let length = self.base64url.decode_slice(part, buffer).ok()?;
        buffer.get(..length)
    }
}

/// The token and when the client last changed, once the number of cookies is known to be within limits.
fn session_cookies(cookies: &[u8]) -> Option<(&[u8], u64)> {
    if memchr_iter(b';', cookies).count() > 128 {
        return None;
    }
    let (mut token, mut changed) = (None, 0);
    for at in memmem::find_iter(cookies, b"__") {
        let pair = &cookies[at..];
        let until_end = |value: &'static [u8]| {
            let value = pair.strip_prefix(value)?;
            Some(&value[..memchr(b';', value).unwrap_or(value.len())])
        };
        if let Some(value) = until_end(b"__session=") {
            token = Some(value);
        } else if let Some(value) = until_end(b"__client_uat=") {
            changed = str::from_utf8(value).ok()?.parse().ok()?;
        }
    }
    Some((token?, changed))
}

#[derive(Clone)]
struct FloorLayer(Arc<Floor>);

#[derive(Clone)]
struct FloorService<S> {
    inner: S,
    floor: Arc<Floor>,
}

impl<S> Layer<S> for FloorLayer {
    type Service = FloorService<S>;

    fn layer(&self, inner: S) -> FloorService<S> {
        let floor = Arc::clone(&self.0);
        FloorService { inner, floor }
    }
}

impl<S: Service<Request>> Service<Request> for FloorService<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> S::Future {
        if let Some(known) = self.floor.admits(request.headers()) {
            request.extensions_mut().insert(known);
        }
        self.inner.call(request)
    }
}

impl<S: Sync> FromRequestParts<S> for Known {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        parts.extensions.get::<Self>().cloned().ok_or_else(refusal)
    }
}

async fn for_known(known: Known) -> &'static str {
    debug_assert!(!known.verified.user.is_empty());
    "ok"
}

struct User(Arc<str>);

impl FromRequestParts<Arc<Floor>> for User {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, floor: &Arc<Floor>) -> Result<Self, Response> {
        let known = floor.admits(&parts.headers).ok_or_else(refusal)?;
        let user = Arc::clone(&known.verified.user);
        parts.extensions.insert(known);
        Ok(Self(user))
    }
}

fn refusal() -> Response {
    let mut response = Response::new(Body::from(r#"{"error":"Not authenticated"}"#));
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        const { HeaderValue::from_static("application/json") },
    );
    headers.insert(WWW_AUTHENTICATE, const { HeaderValue::from_static("Bearer") });
    response
}

async fn for_users(User(user): User) -> &'static str {
    debug_assert!(!user.is_empty());
    "ok"
}

/// A token as a key, found by the end of its signature.
#[derive(Clone, PartialEq, Eq)]
struct Token(Arc<[u8]>);

struct Lookup<'a>(&'a [u8]);

impl Equivalent<Token> for Lookup<'_> {
    fn equivalent(&self, token: &Token) -> bool {
        *self.0 == *token.0
    }
}

impl Hash for Token {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Lookup(&self.0).hash(state);
    }
}

impl Hash for Lookup<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(&self.0[self.0.len().saturating_sub(32)..]);
    }
}
