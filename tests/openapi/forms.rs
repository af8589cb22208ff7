//! What `openapi::routes!` takes, and what it makes of it.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use clerk_runtime::openapi::routes;
use clerk_runtime::{Clerk, UserId, protected, public};
use clerk_testing::LocalInstance;
use tower::ServiceExt;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter, UtoipaMethodRouterExt};

use crate::support::{keys, operation, session, shown};

#[public]
#[utoipa::path(get, path = "/", tags = ["first", "second"])]
async fn root() {}

#[protected]
#[utoipa::path(post, path = "/")]
async fn r#type(user_id: UserId) -> String {
    user_id.to_string()
}

#[protected]
#[utoipa::path(method(put, patch), path = "/")]
async fn several(user_id: &str) -> String {
    user_id.to_owned()
}

mod pets {
    #[clerk_runtime::public]
    #[utoipa::path(get, path = "/dog")]
    pub(crate) async fn dog() {}

    pub(crate) mod cats {
        #[derive(serde::Serialize, utoipa::ToSchema)]
        pub(crate) struct Cat {
            name: String,
        }

        #[clerk_runtime::protected]
        #[utoipa::path(get, path = "/cats", responses((status = 200, body = Cat)))]
        pub(crate) async fn cat() -> axum::Json<Cat> {
            axum::Json(Cat {
                name: "Ada".to_owned(),
            })
        }
    }
}

#[derive(Clone)]
struct App {
    clerk: Clerk,
    name: &'static str,
}

impl axum::extract::FromRef<App> for Clerk {
    fn from_ref(app: &App) -> Self {
        app.clerk.clone()
    }
}

#[protected]
#[utoipa::path(get, path = "/named")]
async fn named(State(app): State<App>) -> &'static str {
    app.name
}

macro_rules! mounted {
    ($($handler:path),*) => {
        OpenApiRouter::new()$(.routes(routes!($handler)))*
    };
}

#[test]
fn the_forms_of_the_original() {
    let api = OpenApiRouter::<Clerk>::new()
        .routes(routes!(root, r#type, several,))
        .routes(routes!(pets::cats::cat))
        .into_openapi();
    assert_eq!(keys(&shown(&api)["paths"]["/"]), ["get", "patch", "post", "put"]);
    assert_eq!(keys(&shown(&api)["paths"]["/cats"]), ["get"]);
    for method in ["post", "put", "patch"] {
        assert_eq!(operation(&api, method, "/")["security"], session());
    }
    assert_eq!(
        keys(&shown(&api)["components"]["schemas"]),
        ["Cat", "ClerkRejection"]
    );

    let passed_on: OpenApiRouter<App> = mounted!(root, pets::dog);
    assert_eq!(keys(&shown(passed_on.get_openapi())["paths"]), ["/", "/dog"]);
}

/// But for access, the document is that of the macro that this takes the place of.
#[test]
fn the_rest_of_an_operation_is_as_with_the_original() {
    fn rest(routes: UtoipaMethodRouter<Clerk>) -> OpenApi {
        let mut api = OpenApiRouter::new().routes(routes).into_openapi();
        for item in api.paths.paths.values_mut() {
            for operation in [&mut item.get, &mut item.post, &mut item.put, &mut item.patch] {
                let Some(operation) = operation else { continue };
                operation.description = None;
                operation.security = None;
                for status in ["401", "403", "503"] {
                    operation.responses.responses.remove(status);
                }
            }
        }
        if let Some(components) = &mut api.components {
            components.schemas.remove("ClerkRejection");
        }
        api
    }
    assert_eq!(
        shown(&rest(routes!(root, several))),
        shown(&rest(utoipa_axum::routes!(root, several)))
    );
    assert_eq!(
        shown(&rest(routes!(pets::cats::cat))),
        shown(&rest(utoipa_axum::routes!(pets::cats::cat)))
    );
}

#[tokio::test]
async fn the_handlers_are_served_behind_their_guards() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada");
    let app = App {
        clerk: instance.clerk(),
        name: "App",
    };
    let (router, _) = OpenApiRouter::new()
        .nest("/api", OpenApiRouter::new().routes(routes!(named)))
        .routes(routes!(root, several).layer(axum::Extension(())))
        .with_state(app)
        .split_for_parts();
    for (method, path, bearer, status) in [
        ("GET", "/", None, StatusCode::OK),
        ("PUT", "/", None, StatusCode::UNAUTHORIZED),
        ("PATCH", "/", Some(ada.bearer()), StatusCode::OK),
        ("DELETE", "/", None, StatusCode::METHOD_NOT_ALLOWED),
        ("GET", "/api/named", None, StatusCode::UNAUTHORIZED),
        ("GET", "/api/named", Some(ada.bearer()), StatusCode::OK),
    ] {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(bearer) = bearer {
            request = request.header("Authorization", bearer);
        }
        let router: axum::Router = router.clone();
        let response = router.oneshot(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.unwrap().status(), status, "{method} {path}");
    }
}
