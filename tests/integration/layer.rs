use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::get;
use clerk_runtime::token::TokenType;
use clerk_runtime::{Auth, Clerk, ClerkLayer, Guard, Policy, Rejection, UserId, WhenSignedOut};
use clerk_testing::{Endpoint, Fault, Handover, LocalInstance};
use http::StatusCode;
use tower::{Layer, Service, ServiceBuilder, ServiceExt};

use crate::call::call;
use crate::visitor::Visitor;

const ORIGIN: &str = "http://localhost:3000";

async fn home(auth: Auth) -> String {
    format!("{:?}", auth.user_id())
}

/// Wants a user, and sends browsers to sign in.
struct Page(UserId);

impl Policy for Page {
    const WHEN_SIGNED_OUT: WhenSignedOut = WhenSignedOut::RedirectToSignIn;

    fn inject(auth: &Auth) -> Result<Self, Rejection> {
        Ok(Self(auth.user_id().cloned().expect("a session has a user")))
    }
}

async fn account(guard: Guard<Page>) -> String {
    guard.value.0.into()
}

fn app(clerk: &Clerk) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/account", get(account).post(account))
        .route(
            "/orgs/{slug}",
            get(|auth: Auth| async move { auth.org_slug().unwrap_or("-").to_owned() }),
        )
        .layer(ClerkLayer::new(clerk.clone()))
        .with_state(clerk.clone())
}

/// Signs in as `username` on the page that the visitor was sent to.
async fn sign_in(visitor: &mut Visitor, username: &str) -> String {
    let page = visitor.trail.last().unwrap().1.clone();
    assert!(page.path().ends_with("/sign-in"), "{page}");
    visitor.submit(&page, &[("identifier", username)]).await
}

#[tokio::test]
async fn a_browser_signs_in_and_comes_back_to_the_page_that_was_asked_for() {
    for handover in [Handover::Token, Handover::Nonce] {
        let instance = LocalInstance::builder().handover(handover).start().await.unwrap();
        let mut visitor = Visitor::new(app(&instance.clerk()), ORIGIN);

        assert_eq!(visitor.navigate("/").await, "None");
        assert_eq!(visitor.handshakes(), ["dev-browser-missing"]);

        visitor.navigate("/account?tab=1").await;
        assert!(visitor.handshakes().is_empty(), "{:?}", visitor.trail);
        let body = sign_in(&mut visitor, "ada").await;
        assert_eq!(body, instance.user("ada").user_id());
        let last = &visitor.trail.last().unwrap().1;
        assert_eq!(last.as_str(), format!("{ORIGIN}/account?tab=1"));
        assert_eq!(visitor.handshakes(), ["dev-browser-sync"]);

        visitor.navigate("/account").await;
        assert_eq!((visitor.status(), visitor.trail.len()), (StatusCode::OK, 1));
    }
}

#[tokio::test]
async fn a_production_instance_hands_over_by_cookie() {
    for handover in [Handover::Token, Handover::Nonce] {
        let builder = LocalInstance::builder()
            .production("app.localhost")
            .handover(handover);
        let instance = builder.start().await.unwrap();
        let mut visitor = Visitor::new(app(&instance.clerk()), "http://app.localhost:3000");
        visitor.navigate("/account").await;
        let body = sign_in(&mut visitor, "ada").await;
        assert_eq!(body, instance.user("ada").user_id(), "{:?}", visitor.trail);
        assert_eq!(visitor.handshakes(), ["client-uat-but-no-session-token"]);
        let last = &visitor.trail.last().unwrap().1;
        assert_eq!(last.as_str(), "http://app.localhost:3000/account");
    }
}

#[tokio::test]
async fn an_expired_session_is_repaired_without_the_user_noticing() {
    let instance = LocalInstance::start().await.unwrap();
    let mut visitor = Visitor::new(app(&instance.clerk()), ORIGIN);
    visitor.navigate("/account").await;
    sign_in(&mut visitor, "ada").await;

    instance.advance(Duration::from_secs(70));
    let refreshes = instance.requests_to(Endpoint::SessionRefresh);
    assert_eq!(visitor.navigate("/account").await, instance.user("ada").user_id());
    assert_eq!(visitor.trail.len(), 1, "{:?}", visitor.trail);
    assert_eq!(instance.requests_to(Endpoint::SessionRefresh), refreshes + 1);
    let answer = visitor.answers.last().unwrap();
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(answer.headers.contains_key("set-cookie"));

    instance.advance(Duration::from_secs(70));
    let jar = visitor.cookies();
    for name in jar.keys().filter(|name| name.starts_with("__refresh")) {
        visitor.set_cookie(name, "");
    }
    assert_eq!(visitor.navigate("/account").await, instance.user("ada").user_id());
    assert_eq!(
        visitor.handshakes(),
        ["session-token-expired-refresh-non-eligible-no-refresh-cookie"]
    );
}

#[tokio::test]
async fn an_organization_s_page_makes_it_the_active_one() {
    let instance = LocalInstance::start().await.unwrap();
    instance.organization("acme").member("ada", "org:admin");
    let clerk = instance
        .clerk_builder()
        .organization_patterns(["/orgs/:slug"])
        .build()
        .unwrap();
    let mut visitor = Visitor::new(app(&clerk), ORIGIN);
    visitor.navigate("/account").await;
    sign_in(&mut visitor, "ada").await;
    assert_eq!(visitor.navigate("/orgs/acme").await, "acme");
    assert_eq!(visitor.handshakes(), ["active-organization-mismatch"]);
    assert_eq!(visitor.navigate("/orgs/acme").await, "acme");
    assert!(visitor.handshakes().is_empty());
}

#[tokio::test]
async fn a_satellite_learns_of_the_session() {
    let builder = LocalInstance::builder()
        .production("app.localhost")
        .satellite("shop.localhost");
    let instance = builder.start().await.unwrap();
    let mut visitor = Visitor::new(app(&instance.clerk()), "http://app.localhost:3000");
    visitor.navigate("/account").await;
    sign_in(&mut visitor, "ada").await;

    let satellite = instance
        .satellite_clerk_builder("shop.localhost")
        .satellite_auto_sync(true)
        .build()
        .unwrap();
    let mut visitor = visitor.on(app(&satellite), "http://shop.localhost:3001");
    assert_eq!(visitor.navigate("/account").await, instance.user("ada").user_id());
    // Once before and once after the Frontend API of the satellite has asked that of the primary domain.
    assert_eq!(visitor.handshakes(), ["satellite-needs-syncing"; 2]);
    assert_eq!(visitor.navigate("/account").await, instance.user("ada").user_id());
    assert!(visitor.handshakes().is_empty());
}

/// A request as a browser's navigation makes it.
fn document(path: &str, cookie: &str) -> Request {
    http::Request::get(path)
        .header("host", "localhost:3000")
        .header("sec-fetch-dest", "document")
        .header("cookie", cookie)
        .body(Body::empty())
        .unwrap()
}

#[tokio::test]
async fn redirects_are_temporary_not_stored_and_empty() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance.clerk());
    let handshake = call(&app, document("/", "a=b")).await;
    assert_eq!(handshake.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(handshake.header("cache-control"), Some("no-store"));
    assert_eq!(handshake.header("x-clerk-auth-status"), Some("handshake"));
    assert_eq!(handshake.body, "");
    let location = handshake.header("location").unwrap();
    assert!(location.starts_with(&format!("{}/v1/client/handshake?", instance.frontend_url())));

    let to_sign_in = call(&app, document("/account", "__clerk_db_jwt=dvb_1")).await;
    assert_eq!(to_sign_in.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(to_sign_in.header("cache-control"), Some("no-store"));
    assert_eq!(to_sign_in.body, "");
    let location = to_sign_in.header("location").unwrap();
    assert!(location.starts_with(&instance.sign_in_url()), "{location}");
    assert!(
        location.contains("redirect_url=http%3A%2F%2Flocalhost%3A3000%2Faccount"),
        "{location}"
    );
    assert!(location.contains("__clerk_db_jwt=dvb_1"), "{location}");

    for method in ["POST", "HEAD", "GET"] {
        let mut request = document("/account", "a=b");
        *request.method_mut() = method.parse().unwrap();
        request
            .headers_mut()
            .insert("sec-fetch-dest", "empty".parse().unwrap());
        let answer = call(&app, request).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method}");
        assert_eq!(answer.header("location"), None);
        assert_eq!(answer.header("x-clerk-auth-reason"), Some("dev-browser-missing"));
    }
}

#[tokio::test]
async fn a_loop_of_redirects_ends() {
    let instance = LocalInstance::start().await.unwrap();
    let app = app(&instance.clerk());
    for (count, status) in [
        ("2", 307),
        ("3", 200),
        ("4", 200),
        ("-1", 200),
        ("1e9", 200),
        ("x", 200),
    ] {
        let cookie = format!("__clerk_redirect_count={count}");
        let answer = call(&app, document("/", &cookie)).await;
        assert_eq!(answer.status.as_u16(), status, "{count}");
    }
}

#[tokio::test]
async fn the_result_is_handed_to_everything_further_in() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let nested = Router::new().route("/account", get(account));
    let app: Router = Router::new()
        .nest("/nested", nested)
        .fallback(home)
        .layer(
            ServiceBuilder::new()
                .layer(ClerkLayer::new(clerk.clone()))
                .layer(ClerkLayer::new(clerk.clone())),
        )
        .with_state(clerk);
    let ada = instance.user("ada").expired();
    let cookie = format!("{}; {}", ada.cookie(), ada.refresh_cookie());
    for path in ["/nested/account", "/anything"] {
        let before = instance.requests_to(Endpoint::SessionRefresh);
        let answer = call(&app, document(path, &cookie)).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        assert!(answer.body.contains(&ada.user_id()), "{answer:?}");
        // One look for two layers and a guard, and its cookies once.
        assert_eq!(instance.requests_to(Endpoint::SessionRefresh), before + 1);
        let sessions = answer.headers.get_all("set-cookie").iter();
        let sessions = sessions.filter(|value| value.as_bytes().starts_with(b"__session="));
        assert_eq!(sessions.count(), 1);
        // The outcome of a refresh is shared for ten seconds by requests of the same browser.
        instance.advance(Duration::from_secs(10));
    }
    assert_eq!(
        call(&app, document("/nested/no", &cookie)).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_guard_alone_neither_refreshes_nor_redirects() {
    let instance = LocalInstance::start().await.unwrap();
    let app: Router = Router::new().route("/", get(home)).with_state(instance.clerk());
    let ada = instance.user("ada").expired();
    let cookie = format!("{}; {}", ada.cookie(), ada.refresh_cookie());
    let answer = call(&app, document("/", &cookie)).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "None"));
    assert_eq!(instance.requests_to(Endpoint::SessionRefresh), 0);
}

#[tokio::test]
async fn while_clerk_is_unavailable_public_pages_stay_open() {
    let instance = LocalInstance::start().await.unwrap();
    instance.fault(Endpoint::Any, Fault::Status(503));
    let app = app(&instance.clerk());
    let cookie = instance.user("ada").cookie();
    let public: Router = Router::new()
        .route("/", get(|| async { "open" }))
        .layer(ClerkLayer::new(instance.clerk()));
    assert_eq!(call(&public, document("/", &cookie)).await.body, "open");
    let answer = call(&app, document("/account", &cookie)).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
    assert!(answer.header("retry-after").is_some());

    let nonce = document("/?__clerk_handshake_nonce=hn_1", "__clerk_db_jwt=dvb_1");
    let answer = call(&app, nonce).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
}

/// A service that must be polled ready before each call, as those with limits must.
#[derive(Default)]
struct Limited {
    is_ready: bool,
    calls: Arc<AtomicUsize>,
}

impl Clone for Limited {
    fn clone(&self) -> Self {
        Self {
            is_ready: false,
            calls: Arc::clone(&self.calls),
        }
    }
}

impl Service<Request> for Limited {
    type Response = Response;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.is_ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request) -> Self::Future {
        assert!(std::mem::take(&mut self.is_ready), "called without being ready");
        self.calls.fetch_add(1, Ordering::Relaxed);
        std::future::ready(Ok(Response::default()))
    }
}

#[tokio::test]
async fn the_service_that_was_ready_is_the_one_that_is_called() {
    let instance = LocalInstance::start().await.unwrap();
    let limited = Limited::default();
    let mut service = ClerkLayer::new(instance.clerk()).layer(limited.clone());
    for _ in 0..3 {
        let request = http::Request::get("/").body(Body::empty()).unwrap();
        service.ready().await.unwrap().call(request).await.unwrap();
    }
    assert_eq!(limited.calls.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn layer_calls_the_ready_service_after_a_wait() {
    let instance = LocalInstance::start().await.unwrap();
    let limited = Limited::default();
    let layer = ClerkLayer::new(instance.clerk()).accepts_token(TokenType::ApiKey);
    let mut service = layer.layer(limited.clone());
    let key = instance.api_key("ada").bearer();
    for asked in 1..4 {
        // Clerk has to be asked about each, so the service inside is called later.
        let request = http::Request::get("/").header("authorization", &key);
        let request = request.body(Body::empty()).unwrap();
        service.ready().await.unwrap().call(request).await.unwrap();
        assert_eq!(limited.calls.load(Ordering::Relaxed), asked);
    }
    assert_eq!(instance.requests_to(Endpoint::ApiKeys), 3);
}
