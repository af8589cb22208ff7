use serde::Serialize;
use serde_json::{Value, json};
use utoipa::openapi::OpenApi;

/// As a reader of the document sees it.
pub(crate) fn shown(part: &impl Serialize) -> Value {
    serde_json::to_value(part).unwrap()
}

/// An operation of a document.
pub(crate) fn operation(api: &OpenApi, method: &str, path: &str) -> Value {
    let operation = shown(api)["paths"][path][method].clone();
    assert!(operation.is_object(), "there is no {method} {path}");
    operation
}

/// The statuses of an operation's responses.
pub(crate) fn statuses(operation: &Value) -> Vec<&str> {
    keys(&operation["responses"])
}

pub(crate) fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The security requirement of sessions.
pub(crate) fn session() -> Value {
    json!([{ "clerk_session_token": [] }, { "clerk_session_cookie": [] }])
}
