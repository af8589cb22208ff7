use serde_json::{Value, json};

use super::{Step, step};

pub(super) fn all() -> Vec<Step> {
    let none = Value::Null;
    vec![
        step(
            "session",
            "sessions.createSession",
            json!([{ "userId": "$user.id" }]),
            "POST /sessions",
            json!({ "user_id": "$user.id" }),
        ),
        step(
            "session_nobody",
            "sessions.createSession",
            json!([{ "userId": "user_0" }]),
            "POST /sessions",
            json!({ "user_id": "user_0" }),
        ),
        step(
            "session_got",
            "sessions.getSession",
            json!(["$session.id"]),
            "GET /sessions/$session.id",
            none.clone(),
        ),
        step(
            "sessions",
            "sessions.getSessionList",
            json!([{ "userId": "$user.id", "status": "active" }]),
            "GET /sessions?user_id=$user.id&status=active&paginated=true",
            none.clone(),
        ),
        step(
            "sessions_of_nobody",
            "sessions.getSessionList",
            json!([{}]),
            "GET /sessions?paginated=true",
            none.clone(),
        ),
        step(
            "token",
            "sessions.getToken",
            json!(["$local.session"]),
            "POST /sessions/$local.session/tokens",
            none.clone(),
        ),
        step(
            "token_long",
            "sessions.getToken",
            json!(["$local.session", "supabase", 600]),
            "POST /sessions/$local.session/tokens/supabase",
            json!({ "expires_in_seconds": 600 }),
        ),
        step(
            "token_unknown",
            "sessions.getToken",
            json!(["$local.session", "unknown"]),
            "POST /sessions/$local.session/tokens/unknown",
            none.clone(),
        ),
        step(
            "session_revoked",
            "sessions.revokeSession",
            json!(["$session.id"]),
            "POST /sessions/$session.id/revoke",
            none.clone(),
        ),
        step(
            "user_banned",
            "users.banUser",
            json!(["$user.id"]),
            "POST /users/$user.id/ban",
            none.clone(),
        ),
        step(
            "session_banned",
            "sessions.createSession",
            json!([{ "userId": "$user.id" }]),
            "POST /sessions",
            json!({ "user_id": "$user.id" }),
        ),
        step(
            "user_unbanned",
            "users.unbanUser",
            json!(["$user.id"]),
            "POST /users/$user.id/unban",
            none,
        ),
    ]
}
