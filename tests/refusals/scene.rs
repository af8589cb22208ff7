//! An application whose requests are refused, and everything that is told about it.

use axum::Router;
use axum::body::Body;
use axum::routing::any;
use clerk_runtime::token::{AcceptsToken, TokenType};
use clerk_runtime::{Claims, Clerk, OrgId, UserId, protected};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde::Deserialize;
use tower::ServiceExt;
use tracing::Level;

use crate::log::Log;

/// Collects what is told of one request.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// Holds the lines of a usual subscriber.
    pub(crate) usual: Vec<String>,
    /// Holds the lines of a subscriber for `DEBUG`.
    pub(crate) debug: Vec<String>,
    pub(crate) explanation: String,
}

#[derive(Deserialize)]
pub(crate) struct Plan {
    #[expect(dead_code, reason = "only whether it is there matters")]
    plan_of_user: String,
}

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

#[protected(token = "api_key")]
async fn keys() {}

#[protected]
async fn of_org(org_id: OrgId) -> String {
    org_id.into()
}

#[protected(permission = "org:invoices:read")]
async fn invoices() {}

#[protected]
async fn plan(_claims: Claims<Plan>) {}

pub(crate) fn app(clerk: &Clerk) -> Router {
    Router::new()
        .route("/me/{id}", any(me))
        .route("/keys/{id}", any(keys))
        .route("/org/{id}", any(of_org))
        .route("/invoices/{id}", any(invoices))
        .route("/plan/{id}", any(plan))
        .with_state(clerk.clone())
}

/// Makes a request of `path` twice, with a usual log and with one that has more, and asks for the explanation.
pub(crate) async fn tell(clerk: &Clerk, path: &str, headers: &[(&str, &str)]) -> Told {
    tell_of(clerk, "GET", path, headers).await
}

pub(crate) async fn tell_of(clerk: &Clerk, method: &str, path: &str, headers: &[(&str, &str)]) -> Told {
    let request = || {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://app.test{path}/7"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).unwrap()
    };
    // As an application does before it serves.
    let _ = clerk.ready().await;
    let log = Log::up_to(Level::DEBUG);
    app(clerk).oneshot(request()).await.unwrap();
    let debug = log.refusals();
    drop(log);
    let log = Log::usual();
    let response = app(clerk).oneshot(request()).await.unwrap();
    let usual = log.refusals();
    drop(log);
    let (parts, body) = response.into_parts();
    let accepts = match path {
        "/keys" => TokenType::ApiKey.into(),
        _ => AcceptsToken::SESSION,
    };
    let log = Log::up_to(Level::TRACE);
    let (request, _) = request().into_parts();
    let explanation = clerk.explain_accepting(&request, accepts);
    assert_eq!(log.text(), "", "an explanation writes nothing");
    Told {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8(body.collect().await.unwrap().to_bytes().into()).unwrap(),
        usual,
        debug,
        explanation: explanation.to_string(),
    }
}

impl Told {
    /// Checks the whole of what a refusal tells: one event with cause and fix, and the same in the explanation.
    #[track_caller]
    pub(crate) fn assert_told(&self, status: u16, reason: &str, cause: &str, fix: &str) {
        assert_eq!(self.status.as_u16(), status, "{self:#?}");
        let events: Vec<_> = self
            .debug
            .iter()
            .filter(|line| !line.contains("requests="))
            .map(|line| line.replace("\\\"", "\""))
            .collect();
        assert_eq!(events.len(), 1, "{self:#?}");
        for text in [&events[0], &self.explanation] {
            assert!(text.contains(cause), "{cause:?} is not in {self:#?}");
            assert!(text.contains(fix), "{fix:?} is not in {self:#?}");
        }
        assert!(events[0].contains(&format!("reason=\"{reason}\"")), "{self:#?}");
        assert!(
            events[0].contains("method=\"GET\"") || events[0].contains("method=\"POST\""),
            "{self:#?}"
        );
        assert!(events[0].contains("/{id}\""), "the route is not in {self:#?}");
    }
}
