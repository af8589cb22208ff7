//! The same application, guarded by one crate after the other: `GET /` answers `ok` to whoever is signed in.

mod axum_jwks;
mod baseline;
mod clerk_rs;
mod floor;
mod jsonwebtoken;
mod jwt_authorizer;
mod limit;
mod ours;
mod tower_oauth2_resource_server;

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ::axum::Router;
use ::axum::body::Body;
use ::axum::routing::get;
use clerk_testing::{Endpoint, LocalInstance};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Request, StatusCode};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tower_service::Service as _;

use crate::setup::Setup;

pub type Failure = Box<dyn Error + Send + Sync>;

/// Who guards an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Contestant {
    /// Nobody: the handler alone.
    Unprotected,
    /// Nobody: a handler that answers what a guard without a token does.
    Static401,
    /// The least that a guard can do which remembers tokens.
    Floor,
    /// The check of the signature with a parsed key, which every first look needs.
    Limit,
    Ours,
    OursWithLayer,
    Jsonwebtoken,
    ClerkRs,
    AxumJwks,
    JwtAuthorizer,
    TowerOauth2ResourceServer,
}

impl Contestant {
    /// The other crates.
    pub const PEERS: [Self; 5] = [
        Self::Jsonwebtoken,
        Self::ClerkRs,
        Self::AxumJwks,
        Self::JwtAuthorizer,
        Self::TowerOauth2ResourceServer,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Unprotected => "unprotected",
            Self::Static401 => "static 401",
            Self::Floor => "the least a guard can do",
            Self::Limit => "the limit",
            Self::Ours => "ours",
            Self::OursWithLayer => "ours, layer",
            Self::Jsonwebtoken => "jsonwebtoken",
            Self::ClerkRs => "clerk-rs",
            Self::AxumJwks => "axum-jwks",
            Self::JwtAuthorizer => "jwt-authorizer",
            Self::TowerOauth2ResourceServer => "tower-oauth2-r.-s.",
        }
    }

    pub fn is_peer(self) -> bool {
        Self::PEERS.contains(&self)
    }

    /// The application; `None` for what is no guard of requests.
    pub async fn application(self, setup: &Setup, carrier: Carrier) -> Result<Option<Application>, Failure> {
        Ok(Some(match self {
            Self::Unprotected => Application::Axum(baseline::unprotected()),
            Self::Static401 => Application::Axum(baseline::static_401()),
            Self::Floor => Application::Axum(floor::application(setup, carrier)?),
            Self::Limit => return Ok(None),
            Self::Ours => Application::Axum(ours::guarded(setup).await?),
            Self::OursWithLayer => Application::Axum(ours::with_layer(setup).await?),
            Self::Jsonwebtoken => Application::Axum(jsonwebtoken::application(setup)?),
            Self::ClerkRs => Application::Axum(clerk_rs::application(setup)),
            Self::AxumJwks => Application::Axum(axum_jwks::application(setup)?),
            Self::JwtAuthorizer => Application::Axum07(jwt_authorizer::application(setup, carrier).await?),
            Self::TowerOauth2ResourceServer => {
                Application::Axum(tower_oauth2_resource_server::application(setup).await?)
            }
        }))
    }

    /// What verifies a token on its own; `None` for what has no such function.
    pub async fn verifier(self, setup: &Setup) -> Result<Option<Verifier>, Failure> {
        Ok(Some(match self {
            Self::Limit => Verifier::Limit(limit::Check::new(setup)?),
            Self::Ours => Verifier::Ours(ours::clerk(setup).await?),
            Self::Jsonwebtoken => Verifier::Jsonwebtoken(jsonwebtoken::Verifier::new(setup)?),
            Self::ClerkRs => Verifier::ClerkRs(clerk_rs::Verifier::new(setup)),
            Self::AxumJwks => Verifier::AxumJwks(axum_jwks::jwks(setup)?),
            Self::JwtAuthorizer => {
                Verifier::JwtAuthorizer(jwt_authorizer::authorizer(setup, Carrier::Header).await?)
            }
            Self::Floor => Verifier::Floor(floor::Floor::new(setup, Carrier::Header)?),
            Self::Unprotected | Self::Static401 | Self::OursWithLayer | Self::TowerOauth2ResourceServer => {
                return Ok(None);
            }
        }))
    }
}

impl fmt::Display for Contestant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Where tokens are looked for, by those that have to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    Header,
    Cookie,
}

#[derive(Clone)]
pub enum Application {
    Axum(Router),
    Axum07(axum07::Router),
}

impl Application {
    /// One request in process. The response is dropped unread.
    pub async fn ask(&mut self, request: Request<()>) -> StatusCode {
        match self {
            Self::Axum(router) => {
                let response = router.call(request.map(|()| Body::empty())).await;
                infallible(response).status()
            }
            Self::Axum07(router) => {
                let response = router.call(request.map(|()| axum07::body::Body::empty())).await;
                infallible(response).status()
            }
        }
    }
}

pub enum Verifier {
    Limit(limit::Check),
    Floor(floor::Floor),
    Ours(clerk_runtime::Clerk),
    Jsonwebtoken(jsonwebtoken::Verifier),
    ClerkRs(clerk_rs::Verifier),
    AxumJwks(::axum_jwks::Jwks),
    JwtAuthorizer(::jwt_authorizer::Authorizer<jsonwebtoken::SessionClaims>),
}

impl Verifier {
    /// Whether the token is good.
    pub async fn verifies(&self, token: &Token) -> bool {
        match self {
            Self::Limit(check) => check.verifies(token),
            Self::Floor(floor) => floor.verifies(token.text.as_bytes()),
            Self::Ours(clerk) => clerk.verify_token(&token.text).await.is_ok(),
            Self::Jsonwebtoken(verifier) => verifier.verify(&token.text).is_ok(),
            Self::ClerkRs(verifier) => verifier.verifies(&token.text).await,
            Self::AxumJwks(jwks) => jwks
                .validate_claims::<jsonwebtoken::SessionClaims>(&token.text)
                .is_ok(),
            Self::JwtAuthorizer(authorizer) => authorizer.check_auth(&token.text).await.is_ok(),
        }
    }
}

/// A token, with the signature in the form that the limit needs.
pub struct Token {
    pub text: String,
    signed: usize,
    signature: Vec<u8>,
}

impl Token {
    pub fn new(text: String) -> Self {
        limit::token(text)
    }
}

fn infallible<T>(result: Result<T, Infallible>) -> T {
    result.unwrap_or_else(|never| match never {})
}

/// How often each of those that fetch keys does so: for 500 requests with an unknown `kid` once it has keys, and for 50 good
/// requests at once while it has none.
pub async fn cold_fetches(
    instance: &LocalInstance,
    setup: &Setup,
    unknown_kid: &str,
    good: &str,
) -> Result<Vec<(Contestant, usize, usize)>, Failure> {
    let public = PublicKeySet::serve(setup).await?;
    let mut fetches = Vec::new();
    for contestant in [Contestant::Ours, Contestant::ClerkRs, Contestant::JwtAuthorizer] {
        let fetched = || instance.requests_to(Endpoint::Jwks) + public.requests.load(Ordering::Relaxed);
        let application = async || -> Result<Application, Failure> {
            Ok(match contestant {
                Contestant::Ours => Application::Axum(ours::cold(setup)?),
                Contestant::ClerkRs => Application::Axum(clerk_rs::application(setup)),
                _ => Application::Axum07(jwt_authorizer::fetching(setup, &public.url).await?),
            })
        };
        let mut warm = application().await?;
        warm.ask(bearer(good)).await;
        let before = fetched();
        for _ in 0..500 {
            warm.ask(bearer(unknown_kid)).await;
        }
        let unknown = fetched() - before;
        let cold = application().await?;
        let before = fetched();
        let mut requests = JoinSet::new();
        for _ in 0..50 {
            let (mut cold, request) = (cold.clone(), bearer(good));
            requests.spawn(async move { cold.ask(request).await });
        }
        requests.join_all().await;
        fetches.push((contestant, unknown, fetched() - before));
    }
    Ok(fetches)
}

/// The key set on loopback for those that fetch it without the secret key. It ends with the runtime.
struct PublicKeySet {
    url: String,
    requests: Arc<AtomicUsize>,
}

impl PublicKeySet {
    async fn serve(setup: &Setup) -> Result<Self, Failure> {
        let requests = Arc::new(AtomicUsize::new(0));
        let (keys, counter) = (setup.jwks.to_string(), Arc::clone(&requests));
        let answer = async move || {
            counter.fetch_add(1, Ordering::Relaxed);
            ([(CONTENT_TYPE, "application/json")], keys.clone())
        };
        let application = Router::new().route("/jwks.json", get(answer));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}/jwks.json", listener.local_addr()?);
        tokio::spawn(async move { ::axum::serve(listener, application).await });
        Ok(Self { url, requests })
    }
}

fn bearer(token: &str) -> Request<()> {
    let mut request = Request::new(());
    let value = HeaderValue::try_from(format!("Bearer {token}")).expect("a token is fit for a header");
    request.headers_mut().insert(AUTHORIZATION, value);
    request
}
