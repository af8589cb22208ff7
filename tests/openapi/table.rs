//! The access table of a router, written into a document that was made without it.

use axum::handler::HandlerWithoutStateExt;
use clerk_runtime::openapi::Endpoint;
use clerk_runtime::routing::{MethodFilter, any, get, on};
use clerk_runtime::{Clerk, GuardedRouter, Public, protected, public};
use serde_json::json;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::{HttpMethod, Operation, Paths};

use crate::support::{operation, session, shown, statuses};

#[protected]
async fn signed_in() {}

#[protected(role = "org:admin")]
async fn admin() {}

#[public]
async fn open() {}

fn documented(operations: &[(HttpMethod, &str)]) -> OpenApi {
    let mut paths = Paths::new();
    for (method, path) in operations {
        paths.add_path_operation(path, vec![method.clone()], Operation::new());
    }
    let mut api = OpenApi::default();
    api.paths = paths;
    api
}

fn lines(endpoints: &[Endpoint]) -> Vec<String> {
    endpoints.iter().map(ToString::to_string).collect()
}

#[test]
fn operations_are_found_by_method_and_shape_of_path() {
    let app: GuardedRouter<Clerk> = GuardedRouter::new()
        .route("/", get(open))
        .route("/users/{id}", get(signed_in).delete(admin))
        .route("/files/{*rest}", get(signed_in))
        .nest(
            "/admin",
            GuardedRouter::new()
                .route("/", any(admin))
                .route("/log", any(admin)),
        );
    let mut api = documented(&[
        (HttpMethod::Get, ""),
        (HttpMethod::Get, "/users/{user_id}"),
        (HttpMethod::Head, "/users/{user_id}"),
        (HttpMethod::Delete, "/users/{user_id}"),
        (HttpMethod::Get, "/files/{path}"),
        (HttpMethod::Get, "/admin"),
        (HttpMethod::Trace, "/admin"),
        (HttpMethod::Post, "/admin/log"),
    ]);
    let differences = app.access_table().document(&mut api);
    assert!(differences.is_empty(), "{differences}");
    for (method, path, security, access) in [
        ("get", "", json!([]), "public"),
        ("get", "/users/{user_id}", session(), "signed in"),
        ("head", "/users/{user_id}", session(), "signed in"),
        ("delete", "/users/{user_id}", session(), "`role org:admin`"),
        ("get", "/files/{path}", session(), "signed in"),
        ("get", "/admin", session(), "`role org:admin`"),
        ("trace", "/admin", session(), "`role org:admin`"),
        ("post", "/admin/log", session(), "`role org:admin`"),
    ] {
        let operation = operation(&api, method, path);
        assert_eq!(operation["security"], security, "{method} {path}");
        assert_eq!(operation["description"], format!("Access: {access}."));
    }
    let once = shown(&api);
    assert!(app.access_table().document(&mut api).is_empty());
    assert_eq!(shown(&api), once);
}

#[test]
fn differences_are_listed_both_ways() {
    let app: GuardedRouter<Clerk> = GuardedRouter::new()
        .route("/documented", get(signed_in))
        .route("/partly", on(MethodFilter::PUT.or(MethodFilter::POST), admin))
        .route("/forgotten", get(admin).connect(admin))
        .route("/all", any(admin))
        .route("/rest", get(open).fallback(admin))
        .nest_service::<Public, _>("/static", (|| async { "a file" }).into_service())
        .merge_unchecked(axum::Router::new())
        .fallback(open);
    let mut api = documented(&[
        (HttpMethod::Get, "/documented"),
        (HttpMethod::Post, "/documented"),
        (HttpMethod::Post, "/partly"),
        (HttpMethod::Get, "/rest"),
        (HttpMethod::Patch, "/rest"),
        (HttpMethod::Get, "/static/logo.svg"),
        (HttpMethod::Get, "/gone/{id}"),
    ]);
    let differences = app.access_table().document(&mut api);
    assert!(!differences.is_empty());
    assert_eq!(
        lines(differences.undocumented()),
        ["any /all", "GET /forgotten", "PUT /partly"]
    );
    assert_eq!(
        lines(differences.unrouted()),
        ["POST /documented", "GET /gone/{id}", "GET /static/logo.svg"]
    );
    assert_eq!(differences.unrouted()[1].path(), "/gone/{id}");
    assert_eq!(
        differences.to_string(),
        "not in the document: any /all\n\
         not in the document: GET /forgotten\n\
         not in the document: PUT /partly\n\
         without a route: POST /documented\n\
         without a route: GET /gone/{id}\n\
         without a route: GET /static/logo.svg"
    );
    assert_eq!(
        operation(&api, "patch", "/rest")["description"],
        "Access: `role org:admin`."
    );
    let untouched = operation(&api, "get", "/gone/{id}");
    assert!(untouched["security"].is_null() && statuses(&untouched).is_empty());
}

#[test]
fn methods_beyond_the_usual_are_operations_too() {
    let app: GuardedRouter<Clerk> = GuardedRouter::new().route("/", any(signed_in));
    let mut api = documented(&[(HttpMethod::Get, "/")]);
    let item = api.paths.paths.get_mut("/").unwrap();
    item.query = Some(Operation::new());
    item.additional_operations
        .insert("PURGE".to_owned(), Operation::new());
    assert!(app.access_table().document(&mut api).is_empty());
    let item = &shown(&api)["paths"]["/"];
    assert_eq!(item["query"]["security"], session());
    assert_eq!(item["additionalOperations"]["PURGE"]["security"], session());
}

#[test]
fn schemas_of_the_document_stay() {
    #[derive(utoipa::ToSchema)]
    #[allow(dead_code, reason = "only its schema is used")]
    struct ClerkRejection {
        mine: String,
    }
    #[derive(utoipa::OpenApi)]
    #[openapi(components(schemas(ClerkRejection)))]
    struct Api;

    let app: GuardedRouter<Clerk> = GuardedRouter::new().route("/", get(signed_in));
    let mut api = Api::openapi();
    api.paths = documented(&[(HttpMethod::Get, "/")]).paths;
    assert!(app.access_table().document(&mut api).is_empty());
    assert_eq!(
        shown(&api)["components"]["schemas"]["ClerkRejection"]["required"],
        json!(["mine"])
    );
}
