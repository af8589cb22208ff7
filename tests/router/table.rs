use axum::Router;
use axum::handler::HandlerWithoutStateExt;
use clerk_runtime::routing::{MethodFilter, Methods, any, delete, get, head, on, post};
use clerk_runtime::{Access, Clerk, Guard, GuardedRouter, Public, protected, public};
use clerk_testing::LocalInstance;
use http::{Method, StatusCode};
use serde_json::json;
use tower::layer::util::Identity;

use crate::support::{Admin, SignedIn, send};

#[protected]
async fn signed_in() {}

#[protected(any(role = "org:admin", all(permission = "org:invoices:create", plan = "pro")))]
async fn create() {}

#[protected(token = "api_key", scope = "invoices:read")]
async fn export() {}

#[public]
async fn everyone() {}

fn invoices() -> GuardedRouter<Clerk> {
    GuardedRouter::new()
        .route("/", get(signed_in).post(create))
        .route("/{id}", get(signed_in).head(everyone).delete(create))
        .route("/export", get(export))
        .fallback(signed_in)
}

fn app() -> GuardedRouter<Clerk> {
    let file = (|| async {}).into_service();
    GuardedRouter::new()
        .route("/", get(everyone))
        .nest(
            "/api",
            GuardedRouter::new()
                .nest("/invoices", invoices())
                .route("/hook", any(everyone).put(signed_in))
                .method_not_allowed_fallback(everyone),
        )
        .nest(
            "/slash/",
            GuardedRouter::new()
                .route("/", get(signed_in))
                .route("/x", post(create)),
        )
        .merge(GuardedRouter::new().route("/draft", on(MethodFilter::PUT.or(MethodFilter::GET), signed_in)))
        .route("/draft", delete(signed_in).fallback(everyone))
        .route("/split", get(signed_in))
        .route("/split", head(everyone))
        .layer(Identity::new())
        .route_service::<Guard<Admin>, _>("/metrics", file.clone())
        .nest_service::<Public, _>("/assets", file.clone())
        .nest_unchecked("/legacy", Router::new())
        .merge_unchecked(Router::new())
        .fallback_service::<Guard<SignedIn>, _>(file)
}

#[test]
fn it_is_fit_for_a_snapshot() {
    assert_eq!(
        app().access_table().to_string(),
        "\
GET, HEAD       /                     public
PUT             /api/hook             signed in
any other       /api/hook             public
GET, HEAD       /api/invoices         signed in
POST            /api/invoices         any(role org:admin, all(permission org:invoices:create, plan pro))
any other       /api/invoices         public
GET, HEAD       /api/invoices/export  scope invoices:read with api_key
any other       /api/invoices/export  public
GET             /api/invoices/{id}    signed in
HEAD            /api/invoices/{id}    public
DELETE          /api/invoices/{id}    any(role org:admin, all(permission org:invoices:create, plan pro))
any other       /api/invoices/{id}    public
any             /assets/*             public
GET, HEAD, PUT  /draft                signed in
DELETE          /draft                signed in
any other       /draft                public
any             /legacy/*             not checked
any             /metrics              role org:admin
GET, HEAD       /slash/               signed in
POST            /slash/x              any(role org:admin, all(permission org:invoices:create, plan pro))
GET             /split                signed in
HEAD            /split                public
any             /*                    signed in
any             /*                    not checked",
    );
}

#[test]
fn it_can_be_serialized() {
    let app = GuardedRouter::<Clerk>::new()
        .route("/", get(everyone).post(create))
        .route("/any", any(signed_in))
        .merge_unchecked(Router::new());

    assert_eq!(
        serde_json::to_value(app.access_table()).unwrap(),
        json!([
            {"methods": ["GET", "HEAD"], "path": "/", "access": "public"},
            {
                "methods": ["POST"],
                "path": "/",
                "access": "any(role org:admin, all(permission org:invoices:create, plan pro))",
            },
            {"methods": ["any"], "path": "/any", "access": "signed in"},
            {"methods": ["any"], "path": "/*", "access": "not checked"},
        ]),
    );
}

#[test]
fn an_empty_router_has_an_empty_one() {
    let table = GuardedRouter::<Clerk>::new().access_table();

    assert_eq!(table.to_string(), "");
    assert_eq!(serde_json::to_value(&table).unwrap(), json!([]));
}

#[test]
fn the_order_of_declaration_does_not_show() {
    let one = GuardedRouter::<Clerk>::new()
        .route("/b", get(signed_in).put(everyone))
        .route("/a", post(create))
        .fallback(everyone);
    let other = GuardedRouter::<Clerk>::new()
        .fallback(everyone)
        .route("/a", post(create))
        .route("/b", clerk_runtime::routing::put(everyone))
        .merge(GuardedRouter::new().route("/b", get(signed_in)));

    assert_eq!(one.access_table(), other.access_table());
}

#[test]
fn the_state_does_not_show() {
    async fn check(app: GuardedRouter<Clerk>) -> bool {
        let instance = LocalInstance::start().await.unwrap();
        let table = app.access_table();
        let served: GuardedRouter<()> = app.with_state(instance.clerk());
        served.access_table() == table
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();

    assert!(runtime.block_on(check(app())));
}

#[test]
fn what_is_unchecked_can_be_found() {
    let unchecked: Vec<_> = app()
        .access_table()
        .into_iter()
        .filter(|row| row.access() == Access::Unchecked)
        .map(|row| row.path().to_owned())
        .collect();

    assert_eq!(unchecked, ["/legacy/*", "/*"]);
}

/// Every row is put to the test: without a token its methods answer 401 if and only if it says that somebody must be
/// signed in.
#[tokio::test]
async fn it_is_true() {
    let instance = LocalInstance::start().await.unwrap();
    let table = app().access_table();
    let app = app().with_state(instance.clerk()).into_axum();
    let mut judged = 0;
    for row in &table {
        let methods = match row.methods() {
            Methods::Named(methods) => methods.clone(),
            _ => vec![Method::TRACE, Method::CONNECT],
        };
        let path = row.path().replace("{id}", "7").replace('*', "something/else");
        for method in methods {
            let (status, _) = send(&app, method.clone(), &path, None).await;
            match row.access() {
                Access::Public => assert_eq!(status, StatusCode::OK, "{method} {path}"),
                Access::Protected(_) => assert_eq!(status, StatusCode::UNAUTHORIZED, "{method} {path}"),
                _ => continue,
            }
            judged += 1;
        }
    }
    assert_eq!(judged, 36);
}
