//! Beside other attributes, on either side.

use axum::extract::Path;
use clerk_runtime::{Clerk, UserId, protected};
use tracing::instrument;
use utoipa::OpenApi;

use crate::support::World;

#[instrument]
#[protected]
async fn instrument_above(user_id: UserId, Path(id): Path<u64>) -> String {
    tokio::task::yield_now().await;
    format!("{user_id} {id}")
}

#[protected]
#[instrument(fields(user = %user_id, size = user_id.len()))]
async fn instrument_below(user_id: UserId, Path(id): Path<u64>) -> String {
    tokio::task::yield_now().await;
    format!("{user_id} {id}")
}

#[instrument(skip_all, fields(user = %user_id))]
#[protected]
async fn instrument_above_borrowed(user_id: &str, Path(id): Path<u64>) -> String {
    tokio::task::yield_now().await;
    format!("{user_id} {id}")
}

#[protected]
#[instrument(skip_all, fields(user = %user_id))]
async fn instrument_below_borrowed(user_id: &UserId, Path(id): Path<u64>) -> String {
    tokio::task::yield_now().await;
    format!("{user_id} {id}")
}

/// Above.
#[utoipa::path(get, path = "/above/{id}", params(("id" = u64, Path)), responses((status = 200, body = String)))]
#[protected]
async fn utoipa_above(user_id: UserId, Path(id): Path<u64>) -> String {
    format!("{user_id} {id}")
}

/// Below.
#[protected]
#[utoipa::path(get, path = "/below/{id}", params(("id" = u64, Path)), responses((status = 200, body = String)))]
async fn utoipa_below(user_id: &str, Path(id): Path<u64>) -> String {
    format!("{user_id} {id}")
}

#[protected]
#[axum::debug_handler(state = Clerk)]
async fn debug_handler_below(user_id: &str, Path(id): Path<u64>) -> String {
    format!("{user_id} {id}")
}

/// All at once.
#[utoipa::path(get, path = "/all", responses((status = 200)))]
#[instrument(level = "debug")]
#[protected]
#[axum::debug_handler(state = Clerk)]
async fn all(#[auth(user_id)] me: &str, Path(id): Path<u64>) -> String {
    format!("{me} {id}")
}

#[derive(OpenApi)]
#[openapi(paths(utoipa_above, utoipa_below, all))]
struct Api;

#[tokio::test]
async fn handlers_with_other_attributes_run() {
    let world = World::new().await;
    let expected = format!("{} 7", world.user_id());
    assert_eq!(world.call(instrument_above).await.1, expected);
    assert_eq!(world.call(instrument_below).await.1, expected);
    assert_eq!(world.call(instrument_above_borrowed).await.1, expected);
    assert_eq!(world.call(instrument_below_borrowed).await.1, expected);
    assert_eq!(world.call(utoipa_above).await.1, expected);
    assert_eq!(world.call(utoipa_below).await.1, expected);
    assert_eq!(world.call(debug_handler_below).await.1, expected);
    assert_eq!(world.call(all).await.1, expected);
}

#[test]
fn open_api_names_the_paths_and_no_guard() {
    let api = Api::openapi();
    for (path, summary) in [
        ("/above/{id}", "Above."),
        ("/below/{id}", "Below."),
        ("/all", "All at once."),
    ] {
        let operation = api.paths.paths[path].get.as_ref().unwrap();
        assert_eq!(operation.summary.as_deref(), Some(summary));
        assert!(operation.request_body.is_none());
    }
}
