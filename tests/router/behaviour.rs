use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::handler::{Handler, HandlerWithoutStateExt};
use clerk_runtime::routing::{self, MethodFilter, access_of, any, get, on, post};
use clerk_runtime::{Access, Clerk, Guard, GuardedRouter, Public, UserId, protected, public};
use clerk_testing::LocalInstance;
use http::{Method, StatusCode, Uri};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::layer::util::Identity;

use crate::support::{Admin, SignedIn, get as get_path, send};

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.to_string()
}

#[protected(role = "org:admin")]
async fn close() -> &'static str {
    "closed"
}

#[public]
async fn health() -> &'static str {
    "ok"
}

#[tokio::test]
async fn what_a_handler_says_is_what_happens() {
    let instance = LocalInstance::start().await.unwrap();
    let app = GuardedRouter::new()
        .route("/health", get(health))
        .route("/me", get(me))
        .route("/close", post(close))
        .with_state(instance.clerk())
        .into_axum();
    let ada = instance.user("ada");
    let bearer = ada.bearer();

    assert_eq!(
        get_path(&app, "/health", None).await,
        (StatusCode::OK, "ok".into())
    );
    assert_eq!(get_path(&app, "/me", None).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(
        get_path(&app, "/me", Some(&bearer)).await,
        (StatusCode::OK, ada.user_id().to_string())
    );
    let close = send(&app, Method::POST, "/close", Some(&bearer)).await;
    assert_eq!(close.0, StatusCode::FORBIDDEN);
    assert_eq!(
        get_path(&app, "/close", Some(&bearer)).await.0,
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert_eq!(
        get_path(&app, "/other", Some(&bearer)).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn it_is_served_by_axum() {
    let instance = LocalInstance::start().await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let app = GuardedRouter::new()
        .route("/me", get(me))
        .with_state(instance.clerk());
    assert_eq!(app.access_table().to_string(), "GET, HEAD  /me  signed in");
    tokio::spawn(async move { axum::serve(listener, app.into_axum()).await });

    stream
        .write_all(b"GET /me HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 401 Unauthorized"), "{answer}");
}

#[tokio::test]
async fn a_service_is_called_only_for_whom_its_guard_admits() {
    let instance = LocalInstance::start().await.unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = calls.clone();
    let echo = (move |body: Bytes| async move {
        counted.fetch_add(1, Ordering::SeqCst);
        body
    })
    .into_service();
    let app = GuardedRouter::new()
        .route_service::<Guard<SignedIn>, _>("/signed-in", echo.clone())
        .route_service::<Guard<Admin>, _>("/admin", echo.clone())
        .route_service::<Public, _>("/public", echo)
        .with_state(instance.clerk())
        .into_axum();
    let bearer = instance.user("ada").bearer();

    for (path, authorization, status) in [
        ("/signed-in", None, StatusCode::UNAUTHORIZED),
        ("/signed-in", Some("Bearer forged"), StatusCode::UNAUTHORIZED),
        ("/admin", None, StatusCode::UNAUTHORIZED),
        ("/admin", Some(&*bearer), StatusCode::FORBIDDEN),
    ] {
        assert_eq!(get_path(&app, path, authorization).await.0, status, "{path}");
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0);

    for (path, authorization) in [("/signed-in", Some(&*bearer)), ("/public", None)] {
        let answer = send(&app, Method::POST, path, authorization).await;
        assert_eq!(answer, (StatusCode::OK, "sent".into()), "{path}");
    }
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

/// Compared with axum's own `nest_service`, request by request.
#[tokio::test]
async fn a_nested_service_sees_what_it_sees_in_axum() {
    let inner = || {
        Router::new()
            .route(
                "/item/{id}",
                axum::routing::get(|id: Path<String>, uri: Uri| async move { format!("{} at {uri}", id.0) }),
            )
            .fallback(|uri: Uri| async move { format!("nothing at {uri}") })
    };
    for prefix in ["/files", "/files/", "/of/{tenant}"] {
        let ours: Router = GuardedRouter::without_clerk()
            .route("/{*rest}", get(|_: Public| async { "outside" }))
            .nest_service::<Public, _>(prefix, inner())
            .with_state(())
            .into_axum();
        let theirs = Router::new()
            .route("/{*rest}", axum::routing::get(|| async { "outside" }))
            .nest_service(prefix, inner());
        let base = prefix.replace("{tenant}", "acme");
        let base = base.trim_end_matches('/');
        let mut seen = Vec::new();
        for path in ["", "/", "/a/b", "/item/7", "/item/7/", "s"] {
            let path = format!("{base}{path}");
            let answer = get_path(&ours, &path, None).await;
            assert_eq!(answer, get_path(&theirs, &path, None).await, "{prefix} {path}");
            seen.push(answer.1);
        }
        assert!(seen.contains(&"nothing at /a/b".to_owned()), "{seen:?}");
    }
}

#[tokio::test]
async fn a_later_fallback_takes_the_place_of_an_earlier_one() {
    let app = GuardedRouter::<()>::without_clerk()
        .fallback(|_: Public| async { "first" })
        .fallback(|_: Public| async { "second" })
        .route(
            "/item",
            any(|_: Public| async { "first" }).fallback(|_: Public| async { "second" }),
        );

    assert_eq!(
        app.access_table().to_string(),
        "any  /item  public\nany  /*     public"
    );
    let app = app.with_state(()).into_axum();
    assert_eq!(get_path(&app, "/elsewhere", None).await.1, "second");
    assert_eq!(get_path(&app, "/item", None).await.1, "second");
}

/// The table follows axum, which passes over a fallback inside a router that has none of its own.
#[tokio::test]
async fn the_fallback_of_a_router_nested_twice() {
    for (middle_has_one, answered, rows) in [
        (false, "outer", vec!["/*"]),
        (true, "inner", vec!["/a/b/*", "/a/*", "/*"]),
    ] {
        let inner = GuardedRouter::<()>::without_clerk().fallback(|_: Public| async { "inner" });
        let mut middle = GuardedRouter::without_clerk().nest("/b", inner);
        if middle_has_one {
            middle = middle.fallback(|_: Public| async { "middle" });
        }
        let outer = GuardedRouter::without_clerk()
            .nest("/a", middle)
            .fallback(|_: Public| async { "outer" });

        let table = outer.access_table();
        assert_eq!(
            table.rows().iter().map(|row| row.path()).collect::<Vec<_>>(),
            rows
        );
        let app = outer.with_state(()).into_axum();
        assert_eq!(get_path(&app, "/a/b/c", None).await.1, answered);
    }
}

#[test]
fn one_handler_can_be_asked() {
    #[expect(clippy::too_many_arguments, reason = "as many as axum takes")]
    async fn sixteen(
        _: Public,
        _: Method,
        _: Method,
        _: Method,
        _: Method,
        _: Method,
        _: Method,
        _: Method,
        _: Method,
        _: Method,
        _: Method,
        _: Method,
        _: Method,
        _: Method,
        _: Method,
        _: Bytes,
    ) {
    }
    async fn with_state(_: Guard<Admin>, _: State<Clerk>) {}

    assert_eq!(access_of::<_, _, ()>(&health), Access::Public);
    assert_eq!(access_of::<_, _, ()>(&sixteen), Access::Public);
    assert_eq!(access_of::<_, _, ()>(&|_: Public| async {}), Access::Public);
    assert_eq!(access_of::<_, _, Clerk>(&me).to_string(), "signed in");
    assert_eq!(access_of::<_, _, Clerk>(&close).to_string(), "role org:admin");
    assert_eq!(
        access_of::<_, _, Arc<Clerk>>(&close).to_string(),
        "role org:admin"
    );
    assert_eq!(
        access_of::<_, _, Clerk>(&with_state).to_string(),
        "role org:admin"
    );
    let layered = close.layer(Identity::new());
    assert_eq!(access_of::<_, _, Clerk>(&layered).to_string(), "role org:admin");
}

#[test]
fn it_is_generic_over_the_state() {
    fn routes<S>() -> GuardedRouter<S>
    where
        S: clerk_runtime::HasClerk + Clone + Send + Sync + 'static,
    {
        GuardedRouter::default().route("/me", get(me).route_layer(Identity::new()))
    }

    let one = routes::<Clerk>();
    let other = routes::<Arc<Clerk>>();
    assert_eq!(one.access_table(), other.clone().access_table());
    assert!(format!("{one:?}").contains("/me"));
}

mod panics_as_axum_does {
    use super::*;

    fn router() -> GuardedRouter<Clerk> {
        GuardedRouter::new().route("/me", get(me))
    }

    #[test]
    #[should_panic = "Overlapping method route"]
    fn on_two_handlers_for_a_method() {
        let _ = get::<_, _, Clerk>(me).get(me);
    }

    #[test]
    #[should_panic = "Overlapping method route"]
    fn on_two_handlers_for_a_method_of_a_path() {
        let _ = router().route("/me", on(MethodFilter::GET.or(MethodFilter::PUT), me));
    }

    #[test]
    #[should_panic = "both have a fallback"]
    fn on_two_fallbacks() {
        let _ = router().fallback(me).merge(GuardedRouter::new().fallback(me));
    }

    #[test]
    #[should_panic = "Nesting at the root"]
    fn on_nesting_at_the_root() {
        let _ = router().nest("/", router());
    }

    #[test]
    #[should_panic = "Nesting at the root"]
    fn on_nesting_a_service_at_the_root() {
        let _ = router().nest_service::<Public, _>("/", Router::new());
    }

    #[test]
    #[should_panic = "before any routes is a no-op"]
    fn on_a_route_layer_before_any_route() {
        let _ = routing::GuardedMethodRouter::<Clerk>::new().route_layer(Identity::new());
    }
}
