//! A router that is served as it is: by axum, as a service, and for each connection.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, Public, UserId, protected, routing};
use clerk_testing::LocalInstance;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::{Service, ServiceExt};

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.to_string()
}

fn app(clerk: Clerk) -> GuardedRouter {
    GuardedRouter::new()
        .route("/me", get(me))
        .route(
            "/peer",
            get(|_: Public, ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }),
        )
        .with_state(clerk)
}

/// Returns the answer of a server on loopback.
async fn ask(address: SocketAddr, path: &str, bearer: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: {bearer}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn axum_serves_it() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = app(instance.clerk());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let answer = ask(address, "/me", &ada.bearer()).await;
    assert!(answer.ends_with(ada.user_id().as_str()), "{answer}");
    let answer = ask(address, "/me", "").await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
}

#[tokio::test]
async fn the_peer_of_a_connection_is_known() {
    let instance = LocalInstance::start().await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = app(instance.clerk()).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    let answer = ask(address, "/peer", "").await;
    assert!(answer.ends_with("127.0.0.1"), "{answer}");
}

#[tokio::test]
async fn it_is_a_service_and_makes_them() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada");
    let request = |bearer: &str| {
        Request::get("/me")
            .header("authorization", bearer)
            .body(Body::empty())
            .unwrap()
    };
    let app = app(instance.clerk());
    let response = app.clone().oneshot(request(&ada.bearer())).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(body, ada.user_id().as_str());
    let response = app.clone().oneshot(request("")).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);

    let service: Result<Router, Infallible> = app.clone().into_make_service().call(()).await;
    let response = service.unwrap().oneshot(request("")).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);

    let outer: Router = Router::new().fallback_service(app);
    let response = outer.oneshot(request("")).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn our_functions_route_on_a_router_of_axums() {
    use routing::axum::{any, connect, delete, get, head, on, options, patch, post, put, trace};

    let instance = LocalInstance::start().await.unwrap();
    let filter = routing::MethodFilter::PUT;
    let routes: [(&str, &str, axum::routing::MethodRouter<Clerk>); 11] = [
        ("GET", "/get", get(me)),
        ("POST", "/post", post(me)),
        ("PUT", "/put", put(me)),
        ("PATCH", "/patch", patch(me)),
        ("DELETE", "/delete", delete(me)),
        ("HEAD", "/head", head(me)),
        ("OPTIONS", "/options", options(me)),
        ("TRACE", "/trace", trace(me)),
        ("CONNECT", "/connect", connect(me)),
        ("PUT", "/on", on(filter, me)),
        ("LOCK", "/any", any(me)),
    ];
    let mut app = Router::new();
    for (_, path, method_router) in &routes {
        app = app.route(path, method_router.clone());
    }
    let app: Router = app.with_state(instance.clerk());
    for (method, path, _) in &routes {
        let ask = |method: &str| {
            let request = Request::builder().method(method).uri(*path);
            app.clone().oneshot(request.body(Body::empty()).unwrap())
        };
        assert_eq!(
            ask(method).await.unwrap().status(),
            StatusCode::UNAUTHORIZED,
            "{path}"
        );
        let other = ask("COPY").await.unwrap().status();
        let expected = if *path == "/any" {
            StatusCode::UNAUTHORIZED
        } else {
            StatusCode::METHOD_NOT_ALLOWED
        };
        assert_eq!(other, expected, "{path}");
    }
}
