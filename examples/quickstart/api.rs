use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use clerk_runtime::auth::GetTokenError;
use clerk_runtime::{Auth, Clerk, SessionAuth, UserId, client, protected};
use serde_json::{Value, json};

pub(crate) fn routes(clerk: Clerk) -> Router {
    Router::new()
        .route("/", get(|| async { Html(include_str!("index.html")) }))
        .route("/api/example", get(example))
        .route("/api/protected", get(for_users))
        .route("/api/token", get(token))
        .route("/api/user", get(user))
        .with_state(clerk)
}

/// Anyone may ask; `null` when signed out.
async fn example(auth: Auth) -> Json<Value> {
    Json(json!({ "userId": auth.user_id() }))
}

/// 401 when signed out.
#[protected]
async fn for_users(user_id: UserId) -> Json<Value> {
    Json(json!({ "userId": user_id }))
}

/// A token for another service, made by Clerk from the JWT template `supabase`.
#[protected]
async fn token(auth: SessionAuth) -> Result<Json<Value>, ClerkFailed> {
    let token = auth.get_token().template("supabase").await?;
    Ok(Json(json!({ "token": token })))
}

/// The user as Clerk knows them.
#[protected]
async fn user(user_id: UserId, State(clerk): State<Clerk>) -> Result<Json<Value>, ClerkFailed> {
    let user = clerk.client().users().get_user(&user_id).await?;
    let email_address = user.primary_email_address().map(|address| &address.email_address);
    // Chosen by hand: the whole user has private metadata, which is not for browsers.
    Ok(Json(json!({
        "id": user.id,
        "username": user.username,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "emailAddress": email_address,
    })))
}

/// The request was fine, but Clerk did not do its part.
struct ClerkFailed(String);

impl From<GetTokenError> for ClerkFailed {
    fn from(error: GetTokenError) -> Self {
        Self(format!("{error} (is there a JWT template `supabase`?)"))
    }
}

impl From<client::Error> for ClerkFailed {
    fn from(error: client::Error) -> Self {
        Self(error.to_string())
    }
}

impl IntoResponse for ClerkFailed {
    fn into_response(self) -> Response {
        eprintln!("{}", self.0);
        (
            StatusCode::BAD_GATEWAY,
            Json(json!({ "error": "Clerk did not answer as expected" })),
        )
            .into_response()
    }
}
