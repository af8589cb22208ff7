//! Results are shared within a request, and never beyond it, its handle or its credential.

use axum::Router;
use axum::extract::{FromRef, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use clerk_runtime::{Auth, Clerk, SessionAuth, UserId, protected};
use clerk_testing::LocalInstance;

use crate::call::get as get_path;

#[protected]
async fn twice(user_id: UserId, auth: SessionAuth) -> String {
    assert_eq!(&user_id, auth.user_id());
    user_id.into()
}

#[tokio::test]
async fn a_layer_that_swaps_the_header_swaps_the_user() {
    let instance = LocalInstance::start().await.unwrap();
    let grace = instance.user("grace");
    let swapped = grace.bearer();
    let clerk = instance.clerk();
    let swap = from_fn(move |mut request: Request, next: Next| {
        request
            .headers_mut()
            .insert("authorization", swapped.parse().unwrap());
        async move { next.run(request).await }
    });
    async fn look(auth: Auth, request: Request, next: Next) -> Response {
        assert!(auth.is_authenticated());
        next.run(request).await
    }
    let app: Router = Router::new()
        .route("/me", get(twice))
        .layer(swap)
        .layer(axum::middleware::from_fn_with_state(clerk.clone(), look))
        .with_state(clerk);
    assert_eq!(
        get_path(&app, "/me", Some(&instance.user("ada").bearer()))
            .await
            .body,
        grace.user_id()
    );
}

#[derive(Clone)]
struct First(Clerk);

impl FromRef<First> for Clerk {
    fn from_ref(state: &First) -> Self {
        state.0.clone()
    }
}

#[tokio::test]
async fn two_instances_in_one_application_do_not_share_users() {
    let (one, other) = (
        LocalInstance::start().await.unwrap(),
        LocalInstance::start().await.unwrap(),
    );
    async fn look(_: Auth, request: Request, next: Next) -> Response {
        next.run(request).await
    }
    // The outer layer looks with one instance, the handler with the other.
    let app: Router = Router::new()
        .route("/me", get(twice))
        .layer(axum::middleware::from_fn_with_state(one.clerk(), look))
        .with_state(First(other.clerk()));
    let of_one = get_path(&app, "/me", Some(&one.user("ada").bearer())).await;
    of_one.assert_not_authenticated(r#"Bearer error="invalid_token""#);
    let grace = other.user("grace");
    assert_eq!(
        get_path(&app, "/me", Some(&grace.bearer())).await.body,
        grace.user_id()
    );
}

#[tokio::test]
async fn an_arc_of_a_state_is_a_state() {
    let instance = LocalInstance::start().await.unwrap();
    let app: Router = Router::new()
        .route("/me", get(twice))
        .with_state(std::sync::Arc::new(First(instance.clerk())));
    let ada = instance.user("ada");
    assert_eq!(
        get_path(&app, "/me", Some(&ada.bearer())).await.body,
        ada.user_id()
    );
}

#[tokio::test]
async fn a_layer_that_swaps_the_cookie_swaps_the_user() {
    let instance = LocalInstance::start().await.unwrap();
    let grace = instance.user("grace");
    let swapped = grace.cookie();
    let clerk = instance.clerk();
    let swap = from_fn(move |mut request: Request, next: Next| {
        request.headers_mut().insert("cookie", swapped.parse().unwrap());
        async move { next.run(request).await }
    });
    async fn look(auth: Auth, request: Request, next: Next) -> Response {
        assert!(auth.is_authenticated());
        next.run(request).await
    }
    let app: Router = Router::new()
        .route("/me", get(twice))
        .layer(swap)
        .layer(axum::middleware::from_fn_with_state(clerk.clone(), look))
        .with_state(clerk);
    let request = http::Request::get("/me")
        .header("cookie", instance.user("ada").cookie())
        .body(axum::body::Body::empty())
        .unwrap();
    assert_eq!(crate::call::call(&app, request).await.body, grace.user_id());
}

#[tokio::test]
async fn get_auth_is_of_the_instance_that_looked_last() {
    let (one, other) = (
        LocalInstance::start().await.unwrap(),
        LocalInstance::start().await.unwrap(),
    );
    async fn look(_: Auth, request: Request, next: Next) -> Response {
        next.run(request).await
    }
    #[protected]
    async fn read(user_id: UserId, request: Request) -> String {
        assert_eq!(
            clerk_runtime::get_auth(&request).unwrap().user_id(),
            Some(&user_id)
        );
        user_id.into()
    }
    // Both look, and then the guard finds the result of the first again.
    let app: Router = Router::new()
        .route("/me", get(read))
        .layer(axum::middleware::from_fn_with_state(other.clerk(), look))
        .with_state(First(one.clerk()));
    let clerk = one.clerk();
    let ada = one.user("ada");
    let shared: Router = Router::new()
        .route("/me", get(read))
        .layer(axum::middleware::from_fn_with_state(other.clerk(), look))
        .layer(axum::middleware::from_fn_with_state(clerk.clone(), look))
        .with_state(clerk);
    for app in [app, shared] {
        assert_eq!(
            get_path(&app, "/me", Some(&ada.bearer())).await.body,
            ada.user_id()
        );
    }
}
