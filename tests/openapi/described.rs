//! What becomes of an operation, by the access of its handler.

use clerk_runtime::openapi::{self, routes};
use clerk_runtime::token::AcceptsToken;
use clerk_runtime::{Auth, Clerk, Guard, Policy, Rejection, Requirement, protected, public};
use serde_json::{Value, json};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::support::{keys, operation, session, shown, statuses};

fn documented(routes: UtoipaMethodRouter<Clerk>) -> OpenApi {
    documented_in(OpenApi::default(), routes)
}

fn documented_in(api: OpenApi, routes: UtoipaMethodRouter<Clerk>) -> OpenApi {
    let mut api = OpenApiRouter::with_openapi(api).routes(routes).into_openapi();
    openapi::add_security_schemes(&mut api);
    api
}

fn security(api: &OpenApi) -> Value {
    operation(api, "get", "/")["security"].take()
}

#[protected(token = any("session_token", "api_key", "m2m_token"), any(role = "org:admin", all(scope = "a", scope = "b")))]
#[utoipa::path(get, path = "/")]
async fn either() {}

#[test]
fn types_of_token_are_alternatives_with_the_scopes_that_each_needs() {
    let api = documented(routes!(either));
    let scopes = ["a", "b"];
    assert_eq!(
        security(&api),
        json!([
            { "clerk_session_token": [] },
            { "clerk_session_cookie": [] },
            { "clerk_api_key": scopes },
            { "clerk_m2m_token": scopes },
        ])
    );
    assert_eq!(
        operation(&api, "get", "/")["responses"]["403"]["headers"]["WWW-Authenticate"]["schema"],
        json!({ "type": "string" })
    );
}

/// The attribute would refuse it.
struct AnyToken;

impl Policy for AnyToken {
    const ACCEPTS: AcceptsToken = AcceptsToken::ANY;
    const REQUIREMENT: Option<Requirement<'static>> = Some(Requirement::permission("org:invoices:read"));

    fn inject(_: &Auth) -> Result<Self, Rejection> {
        Ok(Self)
    }
}

#[utoipa::path(get, path = "/")]
async fn any_token(_: Guard<AnyToken>) {}

#[protected(token = "any")]
#[utoipa::path(get, path = "/")]
async fn any_token_signed_in() {}

#[test]
fn types_that_can_never_get_in_are_left_out() {
    let api = documented(routes!(any_token));
    assert_eq!(security(&api), session());
    let schemes = &shown(&api)["components"]["securitySchemes"];
    assert_eq!(keys(schemes), ["clerk_session_cookie", "clerk_session_token"]);

    let api = documented(routes!(any_token_signed_in));
    assert_eq!(security(&api).as_array().unwrap().len(), 5);
    assert_eq!(keys(&shown(&api)["components"]["securitySchemes"]).len(), 5);
}

struct Nobody;

impl Policy for Nobody {
    const REQUIREMENT: Option<Requirement<'static>> = Some(Requirement::All(&[]));

    fn inject(_: &Auth) -> Result<Self, Rejection> {
        Ok(Self)
    }
}

#[utoipa::path(get, path = "/")]
async fn for_nobody(_: Guard<Nobody>) {}

#[test]
fn what_nobody_satisfies_is_not_shown_as_open() {
    assert_eq!(security(&documented(routes!(for_nobody))), session());
}

#[protected(all(role = "org:admin", reverification = "strict"))]
#[utoipa::path(get, path = "/")]
async fn fresh() {}

#[test]
fn a_reverification_has_clerks_own_error() {
    let api = documented(routes!(fresh));
    let schema =
        operation(&api, "get", "/")["responses"]["403"]["content"]["application/json"]["schema"].take();
    assert_eq!(
        schema,
        json!({ "oneOf": [
            { "$ref": "#/components/schemas/ClerkRejection" },
            { "$ref": "#/components/schemas/ClerkReverificationError" },
        ] })
    );
    let schemas = &shown(&api)["components"]["schemas"];
    assert_eq!(keys(schemas), ["ClerkRejection", "ClerkReverificationError"]);
    assert_eq!(schemas["ClerkRejection"]["required"], json!(["error"]));
}

#[protected(redirect_to_sign_in)]
#[utoipa::path(get, path = "/")]
async fn page() {}

#[test]
fn a_page_sends_to_the_sign_in_page() {
    let api = documented(routes!(page));
    let operation = operation(&api, "get", "/");
    assert_eq!(statuses(&operation), ["307", "401", "403", "503"]);
    assert!(operation["responses"]["307"]["headers"]["Location"].is_object());
}

#[protected]
#[utoipa::path(
    get,
    path = "/",
    security(("mine" = [])),
    responses((status = 401, description = "mine"), (status = "5XX", description = "mine")),
    description = "Mine.",
)]
async fn written() {}

#[public]
#[utoipa::path(get, path = "/", security((), ("mine" = [])))]
async fn optional() {}

#[public]
#[utoipa::path(get, path = "/")]
async fn open() {}

#[test]
fn responses_that_were_written_stay_and_security_is_the_attributes() {
    let api = documented(routes!(written));
    let operation = operation(&api, "get", "/");
    assert_eq!(statuses(&operation), ["401", "403", "5XX"]);
    assert_eq!(operation["responses"]["401"], json!({ "description": "mine" }));
    assert_eq!(operation["security"], session());
    assert_eq!(operation["description"], "Mine.\n\nAccess: signed in.");
}

#[test]
fn what_the_whole_document_asks_for_is_not_asked_of_the_public() {
    #[derive(utoipa::OpenApi)]
    #[openapi(security(("clerk_oauth_token" = ["read"])))]
    struct Api;

    let api = documented_in(Api::openapi(), routes!(open));
    assert_eq!(security(&api), json!([]));
    // The document itself refers to it.
    assert_eq!(
        keys(&shown(&api)["components"]["securitySchemes"]),
        ["clerk_oauth_token"]
    );
    assert_eq!(
        security(&documented(routes!(optional))),
        json!([{}, { "mine": [] }])
    );
    assert!(shown(&documented(routes!(open)))["components"]["securitySchemes"].is_null());
}

#[test]
fn a_scheme_of_the_applications_own_stays() {
    let mut api = documented(routes!(fresh));
    let schemes = &mut api.components.as_mut().unwrap().security_schemes;
    schemes.insert(
        "clerk_session_token".to_owned(),
        SecurityScheme::Http(Http::new(HttpAuthScheme::Basic)).into(),
    );
    openapi::add_security_schemes(&mut api);
    let schemes = &shown(&api)["components"]["securitySchemes"];
    assert_eq!(
        schemes["clerk_session_token"],
        json!({ "type": "http", "scheme": "basic" })
    );
}

mod without_our_macros {
    use clerk_runtime::{Clerk, openapi, protected};
    use serde_json::{Value, json};
    use utoipa_axum::router::OpenApiRouter;
    use utoipa_axum::routes;

    #[protected(permission = "org:invoices:read")]
    #[utoipa::path(get, path = "/invoices", responses((status = 200)))]
    async fn invoices() {}

    #[protected(token = any("session_token", "api_key"), any(role = "org:admin", scope = "invoices:read"))]
    #[utoipa::path(get, path = "/either", responses((status = 200)),)]
    async fn either() {}

    #[protected(token = "api_key", scope = "invoices:read", scope = "invoices:list")]
    #[utoipa::path(get, path = "/export", responses((status = 200)))]
    async fn export() {}

    #[protected]
    #[utoipa::path(get, path = "/own", responses((status = 200)), security(("mine" = [])))]
    async fn own() {}

    #[test]
    fn an_operation_is_told_its_security_requirement() {
        let (_, mut api) = OpenApiRouter::<Clerk>::new()
            .routes(routes!(invoices))
            .routes(routes!(either))
            .routes(routes!(export))
            .routes(routes!(own))
            .split_for_parts();
        openapi::add_security_schemes(&mut api);
        let api = serde_json::to_value(&api).unwrap();
        let security = |path: &str| api["paths"][path]["get"]["security"].clone();
        let session = [
            json!({ "clerk_session_token": [] }),
            json!({ "clerk_session_cookie": [] }),
        ];
        assert_eq!(security("/invoices"), json!(session));
        assert_eq!(
            security("/either"),
            json!([session[0], session[1], { "clerk_api_key": [] }])
        );
        assert_eq!(
            security("/export"),
            json!([{ "clerk_api_key": ["invoices:read", "invoices:list"] }])
        );
        assert_eq!(security("/own"), json!([{ "mine": [] }]));
        let schemes = &api["components"]["securitySchemes"];
        assert!(schemes["clerk_session_cookie"].is_object());
        assert_eq!(schemes["mine"], Value::Null);
    }
}
