//! An application to attack, and the whole of what it answers.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request as AxumRequest, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use clerk_runtime::{Auth, Clerk, ClerkLayer, Rejection, UserId, protected};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// The challenge of a token that was refused.
pub(crate) const INVALID_TOKEN: &str = r#"Bearer error="invalid_token""#;

/// A response, read to its end, and the reason that no client gets to see.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    pub(crate) reason: Option<String>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn cookies(&self) -> Vec<&str> {
        let values = self.headers.get_all("set-cookie").iter();
        values.map(|value| value.to_str().unwrap()).collect()
    }

    /// The whole contract of a 401: every token that is refused gets this, to the last header.
    #[track_caller]
    pub(crate) fn assert_refused(&self, reason: &str) {
        assert_eq!(self.status, StatusCode::UNAUTHORIZED, "{self:?}");
        self.assert_constant(INVALID_TOKEN);
        assert_eq!(self.reason.as_deref(), Some(reason), "{self:?}");
    }

    /// A request without anything in place of a token.
    #[track_caller]
    pub(crate) fn assert_signed_out(&self) {
        assert_eq!(self.status, StatusCode::UNAUTHORIZED, "{self:?}");
        self.assert_constant("Bearer");
    }

    #[track_caller]
    fn assert_constant(&self, challenge: &str) {
        let headers = [
            ("content-type", "application/json"),
            ("content-length", "29"),
            ("www-authenticate", challenge),
        ];
        let mut expected = HeaderMap::new();
        for (name, value) in headers {
            expected.insert(name, value.parse().unwrap());
        }
        // A development instance tells its developers why, by headers of its own. What production sends is tested by
        // `refusals`, byte for byte.
        let mut headers = self.headers.clone();
        for name in [
            "x-clerk-auth-status",
            "x-clerk-auth-reason",
            "x-clerk-auth-message",
        ] {
            headers.remove(name);
        }
        assert_eq!(headers, expected);
        assert_eq!(self.body, r#"{"error":"Not authenticated"}"#);
    }

    #[track_caller]
    pub(crate) fn assert_is(&self, status: u16) {
        assert_eq!(self.status.as_u16(), status, "{self:?}");
    }
}

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

/// Why the request is not signed in: looked at in the same look that the guard takes, and kept from the client.
async fn note_reason(auth: Result<Auth, Rejection>, request: AxumRequest, next: Next) -> Response {
    let reason = match auth {
        Ok(Auth::SignedOut(nobody)) => nobody.reason().map(ToString::to_string),
        _ => None,
    };
    let mut response = next.run(request).await;
    if let Some(reason) = reason {
        response.extensions_mut().insert(Reason(reason));
    }
    response
}

#[derive(Clone)]
struct Reason(String);

/// An API: a protected handler and nothing else.
pub(crate) fn api(clerk: &Clerk) -> Router {
    Router::new()
        .route("/", any(me))
        .layer(from_fn_with_state(clerk.clone(), note_reason))
        .with_state(clerk.clone())
}

async fn who(State(_): State<Clerk>, auth: Result<Auth, Rejection>) -> Response {
    match auth {
        Ok(auth) => auth
            .user_id()
            .map_or("nobody".to_owned(), ToString::to_string)
            .into_response(),
        Err(rejection) => rejection.into_response(),
    }
}

/// An application with pages: the layer, a page for anybody and one for users.
pub(crate) fn pages(clerk: &Clerk) -> Router {
    Router::new()
        .route("/", any(who))
        .route("/me", any(me))
        .layer(ClerkLayer::new(clerk.clone()))
        .with_state(clerk.clone())
}

/// Reads the response to its end.
pub(crate) async fn send(app: &Router, request: Request<Body>) -> Answer {
    let response = app.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
        reason: parts.extensions.get::<Reason>().map(|reason| reason.0.clone()),
    }
}

/// `GET path` with these headers.
pub(crate) async fn get(app: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    send(app, request("GET", path, headers)).await
}

pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

/// `GET /` of an API with this token in its `Authorization` header.
pub(crate) async fn bear(clerk: &Clerk, token: &str) -> Answer {
    get(&api(clerk), "/", &[("authorization", &format!("Bearer {token}"))]).await
}

/// `GET /` of an API with these cookies.
pub(crate) async fn bring(clerk: &Clerk, cookie: &str) -> Answer {
    get(&api(clerk), "/", &[("cookie", cookie)]).await
}

/// The navigation of a browser to `path`.
pub(crate) async fn navigate(app: &Router, path: &str, cookie: &str) -> Answer {
    let headers = [
        ("host", "localhost:3000"),
        ("sec-fetch-dest", "document"),
        ("cookie", cookie),
    ];
    get(app, path, &headers).await
}
