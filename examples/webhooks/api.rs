use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use clerk_runtime::webhook::{Webhook, WebhookVerifier};
use clerk_runtime::{Clerk, UserId, protected};
use serde_json::{Value, json};

use crate::database::{Database, Visitor};

#[derive(Clone, FromRef)]
pub(crate) struct App {
    pub(crate) clerk: Clerk,
    pub(crate) webhooks: WebhookVerifier,
    pub(crate) database: Database,
}

pub(crate) fn routes(app: App) -> Router {
    Router::new()
        .route("/webhooks", post(receive))
        .route("/api/visits", get(visitors).post(visit))
        .with_state(app)
}

/// What Clerk has to tell. Anything but a 2xx makes it come again.
async fn receive(
    State(database): State<Database>,
    Webhook(event): Webhook,
) -> Result<StatusCode, DatabaseFailed> {
    database.apply(&event).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The user was here.
#[protected]
async fn visit(
    user_id: UserId,
    State(database): State<Database>,
) -> Result<(StatusCode, Json<Value>), DatabaseFailed> {
    let visits = database.visit(&user_id).await?;
    Ok((StatusCode::CREATED, Json(json!({ "visits": visits }))))
}

/// Who was here how often, by names that nobody had to ask Clerk for.
#[protected]
async fn visitors(State(database): State<Database>) -> Result<Json<Vec<Visitor>>, DatabaseFailed> {
    Ok(Json(database.visitors().await?))
}

struct DatabaseFailed(sqlx::Error);

impl From<sqlx::Error> for DatabaseFailed {
    fn from(error: sqlx::Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for DatabaseFailed {
    fn into_response(self) -> Response {
        eprintln!("the database failed: {}", self.0);
        (
            StatusCode::INTERNAL_SERVER_ERROR,
            Json(json!({ "error": "The database failed" })),
        )
            .into_response()
    }
}
