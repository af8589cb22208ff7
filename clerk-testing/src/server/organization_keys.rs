//! Roles and permissions, as Clerk's dashboard lists them.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde_json::{Value, json as value};

use super::answer::json;
use crate::directory::capitalized;
use crate::params::Params;
use crate::state::Shared;

/// `GET /v1/organization_permissions`
pub(super) async fn permissions(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let all: BTreeSet<String> = shared.directory().roles().into_values().flatten().collect();
    let all = all.iter().map(|key| permission(&shared, key)).collect();
    json(page(all, query))
}

/// `GET /v1/organization_roles`
pub(super) async fn roles(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let roles = shared.directory().roles();
    let all = roles.iter().map(|(key, permissions)| {
        let permissions: Vec<Value> = permissions.iter().map(|key| permission(&shared, key)).collect();
        value!({
            "object": "role",
            "id": shared.ids.named("role_", key),
            "name": name(key),
            "key": key,
            "description": null,
            "is_creator_eligible": key == "org:admin",
            "permissions": permissions,
            "created_at": 0,
            "updated_at": 0,
        })
    });
    json(page(all.collect(), query))
}

fn permission(shared: &Shared, key: &str) -> Value {
    value!({
        "object": "permission",
        "id": shared.ids.named("perm_", key),
        "name": name(key),
        "key": key,
        "description": "",
        "type": if key.starts_with("org:sys_") { "system" } else { "user" },
        "created_at": 0,
        "updated_at": 0,
    })
}

fn name(key: &str) -> String {
    let words = key.strip_prefix("org:").unwrap_or(key).replace([':', '_'], " ");
    capitalized(&words)
}

/// The page that `limit` and `offset` name, ten by default as with Clerk.
fn page(all: Vec<Value>, query: Option<String>) -> Value {
    let params = Params::parse(&query.unwrap_or_default());
    let number = |name: &str, default: usize| {
        params
            .first(name)
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
    };
    let total_count = all.len();
    let data: Vec<Value> = all
        .into_iter()
        .skip(number("offset", 0))
        .take(number("limit", 10).clamp(1, 500))
        .collect();
    value!({ "data": data, "total_count": total_count })
}
