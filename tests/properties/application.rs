//! One protected handler, the tokens that it takes, and the one answer to all others.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::get;
use clerk_runtime::{UserId, protected};
use clerk_testing::LocalInstance;
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::json;
use tower::ServiceExt;

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.to_string()
}

/// A response, read to its end.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

pub(crate) struct Application {
    /// Its key is configured.
    pub(crate) networkless: Router,
    /// It fetches its keys.
    pub(crate) fetching: Router,
    /// Version 2, version 1, and version 2 with nothing in its header but `alg`; the last names no key to look up.
    pub(crate) tokens: [String; 3],
    /// Keeps the keys to be fetched.
    _instance: LocalInstance,
}

impl Application {
    pub(crate) async fn start() -> Self {
        let instance = LocalInstance::start().await.unwrap();
        let networkless = instance
            .clerk_builder()
            .debug_headers(false)
            .jwt_key(instance.jwt_key());
        let ada = || instance.user("ada").org("acme").expires_in(3600);
        let minimal = ["cat", "kid", "typ"]
            .into_iter()
            .fold(ada(), |ada, member| ada.header(member, json!(null)));
        let app = |clerk| Router::new().route("/me", get(me)).with_state(clerk);
        Self {
            networkless: app(networkless.build().unwrap()),
            fetching: app(instance.clerk_builder().debug_headers(false).build().unwrap()),
            tokens: [ada().token(), ada().v1().token(), minimal.token()],
            _instance: instance,
        }
    }

    /// Each token with each router that takes it.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&Router, &str)> {
        let [version_2, version_1, minimal] = &self.tokens;
        [
            (&self.networkless, version_2.as_str()),
            (&self.networkless, version_1),
            (&self.networkless, minimal),
            (&self.fetching, version_2),
            (&self.fetching, version_1),
        ]
        .into_iter()
    }
}

/// What every token that is not accepted is answered.
pub(crate) fn refusal() -> Answer {
    let headers = [
        ("content-type", "application/json"),
        ("www-authenticate", r#"Bearer error="invalid_token""#),
        ("content-length", "29"),
    ];
    Answer {
        status: StatusCode::UNAUTHORIZED,
        headers: headers
            .into_iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect::<HeaderMap>(),
        body: Bytes::from_static(br#"{"error":"Not authenticated"}"#),
    }
}

/// Sends this as `Authorization`, unless no header can have such a value.
pub(crate) async fn send(router: &Router, authorization: &[u8]) -> Option<Answer> {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = "/me".parse().unwrap();
    let value = HeaderValue::from_bytes(authorization).ok()?;
    request.headers_mut().insert("authorization", value);
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Some(Answer {
        status: parts.status,
        headers: parts.headers,
        body: body.collect().await.unwrap().to_bytes(),
    })
}
