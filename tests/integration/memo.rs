//! The results that are kept with a request serve a later look only if that look would come to the same.

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use clerk_runtime::token::{AcceptsToken, TokenType};
use clerk_runtime::{Auth, Clerk, ClerkLayer, UserId, get_auth, protected};
use clerk_testing::LocalInstance;
use http::header::{AUTHORIZATION, COOKIE, LOCATION, ORIGIN};
use http::{HeaderName, Method, StatusCode};

use crate::call::{Answer, call};

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

/// Shows what the extractor for session tokens makes of the request.
async fn session(auth: Auth) -> String {
    let token_type = auth.token_type().map_or("-", TokenType::as_str);
    let user = auth.user_id().map_or("-", |user| user.as_str());
    format!("{token_type} {user}")
}

#[protected(token = "api_key")]
async fn key(auth: Auth) -> String {
    auth.user_id().map_or("-", |user| user.as_str()).to_owned()
}

/// Authenticates the request and passes it on.
async fn look(_: Auth, request: Request, next: Next) -> Response {
    next.run(request).await
}

/// A router that changes the request between a first look and the handlers.
fn app(
    clerk: &Clerk,
    change: impl Fn(&mut Request) + Clone + Send + Sync + 'static,
    first: impl FnOnce(Router) -> Router,
) -> Router {
    async fn read(request: Request) -> Response {
        match get_auth(&request) {
            Ok(auth) => auth
                .user_id()
                .map_or("-", |user| user.as_str())
                .to_owned()
                .into_response(),
            Err(missing) => missing.into_response(),
        }
    }
    let change = from_fn(move |mut request: Request, next: Next| {
        change(&mut request);
        async move { next.run(request).await }
    });
    let routes = Router::new()
        .route("/me", any(me))
        .route("/session", any(session))
        .route("/key", any(key))
        .route("/get_auth", any(read))
        .with_state(clerk.clone());
    first(routes.layer(change))
}

fn looked_at_by_an_extractor(clerk: &Clerk) -> impl FnOnce(Router) -> Router {
    let look = from_fn_with_state(clerk.clone(), look);
    |router| router.layer(look)
}

fn request(path: &str, headers: &[(HeaderName, &str)]) -> Request {
    let request = http::Request::get(path);
    let add =
        |request: http::request::Builder, (name, value): &(HeaderName, &str)| request.header(name, *value);
    headers.iter().fold(request, add).body(Body::empty()).unwrap()
}

async fn ask(app: &Router, path: &str, headers: &[(HeaderName, &str)]) -> Answer {
    call(app, request(path, headers)).await
}

/// What a handler answers after a change that took the first look's result away.
async fn assert_no_longer_authenticated(app: &Router, headers: &[(HeaderName, &str)]) {
    ask(app, "/me", headers)
        .await
        .assert_not_authenticated(r#"Bearer error="invalid_token""#);
    let read = ask(app, "/get_auth", headers).await;
    assert_eq!(read.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn memo_does_not_serve_a_request_with_an_added_header() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let (ada, grace) = (instance.user("ada"), instance.user("grace"));
    for (name, first, added) in [
        (AUTHORIZATION, ada.bearer(), grace.bearer()),
        (COOKIE, ada.cookie(), grace.cookie()),
    ] {
        let append = {
            let name = name.clone();
            move |request: &mut Request| {
                request.headers_mut().append(&name, added.parse().unwrap());
            }
        };
        let app = app(&clerk, append, looked_at_by_an_extractor(&clerk));
        assert_no_longer_authenticated(&app, &[(name, &first)]).await;
    }
}

#[tokio::test]
async fn memo_does_not_serve_a_request_with_a_first_header() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let (ada, grace) = (instance.user("ada").cookie(), instance.user("grace"));
    for (first, name, added) in [
        (vec![], COOKIE, grace.cookie()),
        (vec![], AUTHORIZATION, grace.bearer()),
        (vec![(COOKIE, ada.as_str())], AUTHORIZATION, grace.bearer()),
    ] {
        let insert = move |request: &mut Request| {
            request.headers_mut().insert(&name, added.parse().unwrap());
        };
        let app = app(&clerk, insert, looked_at_by_an_extractor(&clerk));
        assert_eq!(ask(&app, "/me", &first).await.body, grace.user_id());
        let read = ask(&app, "/get_auth", &first).await;
        assert_eq!(read.status, StatusCode::INTERNAL_SERVER_ERROR, "{read:?}");
    }
}

#[tokio::test]
async fn memo_does_not_serve_a_request_with_only_the_first_of_several_headers() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let (ada, grace) = (instance.user("ada"), instance.user("grace"));
    let (cookie, bearers) = (ada.cookie(), [ada.bearer(), grace.bearer()]);
    let keep_first = |name: HeaderName| {
        move |request: &mut Request| {
            let first = request.headers()[&name].clone();
            request.headers_mut().insert(&name, first);
        }
    };
    // The session is in the second header.
    let cookies = app(&clerk, keep_first(COOKIE), looked_at_by_an_extractor(&clerk));
    let headers = [(COOKIE, "theme=dark"), (COOKIE, cookie.as_str())];
    ask(&cookies, "/me", &headers)
        .await
        .assert_not_authenticated("Bearer");
    let read = ask(&cookies, "/get_auth", &headers).await;
    assert_eq!(read.status, StatusCode::INTERNAL_SERVER_ERROR);
    // Two `Authorization` headers are one invalid token, and one of them alone is valid.
    let bearer = app(
        &clerk,
        keep_first(AUTHORIZATION),
        looked_at_by_an_extractor(&clerk),
    );
    let headers = bearers.each_ref().map(|bearer| (AUTHORIZATION, bearer.as_str()));
    assert_eq!(ask(&bearer, "/me", &headers).await.body, ada.user_id());
}

#[tokio::test]
async fn memo_does_not_serve_a_request_with_another_of_several_cookie_headers() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let (ada, grace) = (instance.user("ada").cookie(), instance.user("grace"));
    let replaced = grace.cookie();
    let replace = move |request: &mut Request| {
        let headers = request.headers_mut();
        headers.insert(COOKIE, "theme=dark".parse().unwrap());
        headers.append(COOKIE, replaced.parse().unwrap());
    };
    let app = app(&clerk, replace, looked_at_by_an_extractor(&clerk));
    let headers = [(COOKIE, "theme=dark"), (COOKIE, &ada)];
    assert_eq!(ask(&app, "/me", &headers).await.body, grace.user_id());
    let read = ask(&app, "/get_auth", &headers).await;
    assert_eq!(read.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn memo_does_not_serve_a_request_without_the_header() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada");
    for (name, value) in [(AUTHORIZATION, ada.bearer()), (COOKIE, ada.cookie())] {
        let remove = {
            let name = name.clone();
            move |request: &mut Request| {
                request.headers_mut().remove(&name);
            }
        };
        let app = app(&clerk, remove, looked_at_by_an_extractor(&clerk));
        let headers = [(name, value.as_str())];
        ask(&app, "/me", &headers)
            .await
            .assert_not_authenticated("Bearer");
        let read = ask(&app, "/get_auth", &headers).await;
        assert_eq!(read.status, StatusCode::INTERNAL_SERVER_ERROR);
    }
}

#[tokio::test]
async fn get_auth_reads_the_result_of_an_unchanged_request() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada");
    let app = app(&clerk, |_| {}, looked_at_by_an_extractor(&clerk));
    for header in [(AUTHORIZATION, ada.bearer()), (COOKIE, ada.cookie())] {
        let headers = [(header.0, header.1.as_str())];
        assert_eq!(ask(&app, "/get_auth", &headers).await.body, ada.user_id());
    }
}

#[tokio::test]
async fn memo_of_an_extractor_does_not_serve_a_layer_further_in() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let app: Router = Router::new()
        .route("/session", any(session))
        .layer(ClerkLayer::new(clerk.clone()))
        .layer(from_fn_with_state(clerk.clone(), look))
        .with_state(clerk);
    let browser = [(http::header::ACCEPT, "text/html")];
    let answer = ask(&app, "/session", &browser).await;
    // Only the layer can send the browser to the handshake.
    assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT, "{answer:?}");
    assert!(
        answer
            .header(LOCATION.as_str())
            .unwrap()
            .contains("/v1/client/handshake")
    );
}

#[tokio::test]
async fn memo_of_a_layer_serves_extractors_further_in() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada");
    let layer = ClerkLayer::new(clerk.clone());
    let app = app(&clerk, |_| {}, |router| router.layer(layer));
    let (bearer, cookie) = (ada.bearer(), ada.cookie());
    for headers in [[(AUTHORIZATION, bearer.as_str())], [(COOKIE, cookie.as_str())]] {
        assert_eq!(ask(&app, "/get_auth", &headers).await.body, ada.user_id());
        assert_eq!(ask(&app, "/me", &headers).await.body, ada.user_id());
    }
}

#[tokio::test]
async fn memo_for_one_list_of_token_types_does_not_serve_another() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let api_key = instance.api_key("ada").bearer();
    let headers = [(AUTHORIZATION, api_key.as_str())];
    let any_token = ClerkLayer::new(clerk.clone()).accepts_token(AcceptsToken::ANY);
    let after_any = app(&clerk, |_| {}, |router| router.layer(any_token));
    let after_session = app(&clerk, |_| {}, looked_at_by_an_extractor(&clerk));
    let ada = instance.user("ada").user_id().to_owned();
    for app in [after_any, after_session] {
        assert_eq!(ask(&app, "/session", &headers).await.body, "session_token -");
        assert_eq!(ask(&app, "/key", &headers).await.body, ada);
    }
}

#[tokio::test]
async fn cross_site_check_is_made_on_the_request_that_the_handler_sees() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = instance.user("ada");
    let cookie = ada.cookie();
    let post = |request: &mut Request| *request.method_mut() = Method::POST;
    let from_evil = |request: &mut Request| {
        request
            .headers_mut()
            .insert(ORIGIN, "https://evil.test".parse().unwrap());
    };
    let both = [(COOKIE, cookie.as_str()), (ORIGIN, "https://evil.test")];
    let layer = || ClerkLayer::new(clerk.clone());
    for app in [
        app(&clerk, post, looked_at_by_an_extractor(&clerk)),
        app(&clerk, post, |router| router.layer(layer())),
    ] {
        let answer = ask(&app, "/me", &both).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{answer:?}");
        assert_eq!(ask(&app, "/session", &both).await.status, StatusCode::FORBIDDEN);
        let read = ask(&app, "/get_auth", &both).await;
        assert_eq!(read.status, StatusCode::INTERNAL_SERVER_ERROR);
    }
    let app = app(&clerk, from_evil, looked_at_by_an_extractor(&clerk));
    let mut posted = request("/me", &[(COOKIE, &cookie)]);
    *posted.method_mut() = Method::POST;
    assert_eq!(call(&app, posted).await.status, StatusCode::FORBIDDEN);
    // A safe request changes nothing, wherever it comes from.
    assert_eq!(ask(&app, "/me", &[(COOKIE, &cookie)]).await.body, ada.user_id());
}

#[tokio::test]
async fn an_older_result_serves_the_credential_that_it_was_found_for() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let (ada, grace) = (instance.user("ada"), instance.user("grace"));
    let mut parts = request("/", &[(AUTHORIZATION, &ada.bearer())]).into_parts().0;
    for (user, other) in [(&ada, &grace), (&grace, &ada), (&ada, &grace)] {
        parts
            .headers
            .insert(AUTHORIZATION, user.bearer().parse().unwrap());
        let auth = Auth::from_request_parts(&mut parts, &clerk).await.unwrap();
        assert_eq!(auth.user_id().unwrap().as_str(), user.user_id());
        assert_eq!(
            get_auth(&parts).unwrap().user_id().unwrap().as_str(),
            user.user_id()
        );
        parts
            .headers
            .insert(AUTHORIZATION, other.bearer().parse().unwrap());
    }
    // The result that was found before is of the same credential.
    assert_eq!(
        get_auth(&parts).unwrap().user_id().unwrap().as_str(),
        grace.user_id()
    );
}
