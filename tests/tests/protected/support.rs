use axum::Router;
use axum::body::Body;
use axum::handler::Handler;
use axum::routing::post;
use clerk_runtime::Clerk;
use clerk_testing::LocalInstance;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use serde_json::json;
use tower::ServiceExt;

/// An instance and a token of Ada's, who is in an organization.
pub(crate) struct World {
    pub(crate) instance: LocalInstance,
    pub(crate) bearer: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        let instance = LocalInstance::start().await.unwrap();
        let bearer = instance
            .user("ada")
            .org("acme")
            .claim("email", json!("ada@example.com"))
            .bearer();
        Self { instance, bearer }
    }

    /// Calls a handler as Ada, at `/items/7?page=2` with the body `text`.
    pub(crate) async fn call<H, T>(&self, handler: H) -> (StatusCode, String)
    where
        H: Handler<T, Clerk>,
        T: 'static,
    {
        self.call_as(Some(&self.bearer), handler).await
    }

    /// Calls a handler with another `Authorization`, or none.
    pub(crate) async fn call_as<H, T>(&self, bearer: Option<&str>, handler: H) -> (StatusCode, String)
    where
        H: Handler<T, Clerk>,
        T: 'static,
    {
        let response = self.respond(bearer, handler).await;
        (response.status(), response.into_body())
    }

    /// Calls a handler in the same way, for the headers of the response as well.
    pub(crate) async fn respond<H, T>(&self, bearer: Option<&str>, handler: H) -> Response<String>
    where
        H: Handler<T, Clerk>,
        T: 'static,
    {
        let app = Router::new()
            .route("/items/{id}", post(handler))
            .with_state(self.instance.clerk());
        let mut request = Request::post("/items/7?page=2");
        if let Some(bearer) = bearer {
            request = request.header("authorization", bearer);
        }
        let response = app
            .oneshot(request.body(Body::from("text")).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Response::from_parts(parts, String::from_utf8(body.to_vec()).unwrap())
    }

    pub(crate) fn user_id(&self) -> String {
        self.instance.user("ada").user_id().to_string()
    }
}
