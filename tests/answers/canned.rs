//! What Clerk says about tokens, by the name that is in each of them.

use clerk_client::transport::TransportError;
use serde_json::{Value, json};

use crate::upstream::{Fresh, Reply};

/// The ends of opaque tokens, each of which is answered in its own way.
pub(crate) const MACHINES: [&str; 24] = [
    "user", "org", "scoped", "flaky", "revoked", "expired", "deleted", "object", "subject", "scopes",
    "nulls", "half", "empty", "html", "list", "400", "401", "403", "404", "429", "500", "moved", "refused",
    "late",
];
/// The nonces of handshakes.
pub(crate) const NONCES: [&str; 11] = [
    "good", "bad", "out", "odd", "none", "404", "429", "500", "html", "refused", "late",
];
/// The tokens that sessions are refreshed with.
pub(crate) const REFRESHES: [&str; 13] = [
    "good", "bad", "out", "odd", "none", "401", "404", "422", "429", "500", "html", "refused", "late",
];

/// Answers those failures that every endpoint may have.
fn fault(name: &str) -> Option<Reply> {
    Some(match name {
        "400" => Reply::error(400, "bad_request"),
        "401" => Reply::error(401, "clerk_key_invalid"),
        "403" => Reply::error(403, "forbidden"),
        "404" => Reply::error(404, "resource_not_found"),
        "422" => Reply::error(422, "session_refresh_expired_session_token_missing_sid_claim"),
        "429" => Reply::error(429, "too_many_requests").retry_after(7),
        "500" => Reply::error(500, "internal_clerk_error"),
        "html" => Reply::text(503, "text/html", "<html></html>"),
        "empty" => Reply::json(204, &Value::Null),
        "list" => Reply::json(200, &json!([1])),
        "half" => Reply::text(200, "application/json", "{\"object\":"),
        "moved" => Reply::text(302, "text/plain", ""),
        "refused" => Reply::Error(TransportError::Connect("refused".into())),
        "late" => Reply::Error(TransportError::Timeout),
        _ => return None,
    })
}

/// Lists the cookies that are handed over.
pub(crate) fn directives(name: &str, fresh: &Fresh) -> Value {
    let Fresh {
        session_token,
        bad_session_token,
        suffix,
        now,
    } = fresh;
    let uat = format!("__client_uat={now}; Path=/; Domain=example.com; Max-Age=315360000; SameSite=Lax");
    let uat_suffixed =
        format!("__client_uat_{suffix}={now}; Path=/; Max-Age=315360000; SameSite=Lax; Secure");
    match name {
        "good" => json!([
            uat,
            uat_suffixed,
            format!("__session={session_token}; Path=/; Max-Age=315360000; SameSite=Lax"),
            format!("__session_{suffix}={session_token}; Path=/; Max-Age=315360000; SameSite=Lax; Secure"),
            format!("__refresh_{suffix}=rt_good; Path=/; HttpOnly"),
        ]),
        "bad" => json!([uat, format!("__session={bad_session_token}; Path=/")]),
        "out" => json!(["__client_uat=0; Path=/", "__session=; Path=/; Max-Age=0"]),
        "odd" => json!([
            "tracker=1; Path=/",
            format!("__session_{suffix}={session_token}; Path=/; Fancy"),
            "__client_uat=1; Path=elsewhere",
        ]),
        _ => json!([]),
    }
}

/// Answers what the handshake of a nonce told.
pub(crate) fn handshake(nonce: &str, fresh: &Fresh) -> Reply {
    let name = nonce.rsplit('_').next().unwrap_or_default();
    fault(name).unwrap_or_else(|| Reply::json(200, &json!({"directives": directives(name, fresh)})))
}

/// Answers with the cookies of a session that was refreshed.
pub(crate) fn refresh(token: &str, fresh: &Fresh) -> Reply {
    let name = token.rsplit('_').next().unwrap_or_default();
    let cookies = || json!({"object": "cookies", "cookies": directives(name, fresh)});
    fault(name).unwrap_or_else(|| Reply::json(200, &cookies()))
}

/// Answers whose opaque token it is.
pub(crate) fn machine(path: &str, token: &str, fresh: &Fresh) -> Reply {
    let name = token.rsplit('_').next().unwrap_or_default();
    if let Some(fault) = fault(name) {
        return fault;
    }
    if name == "flaky" && fresh.now % 3 == 2 {
        return Reply::error(502, "bad_gateway");
    }
    let (object, subject) = match path {
        path if path.ends_with("/api_keys/verify") => ("api_key", "user_owner"),
        path if path.ends_with("/m2m_tokens/verify") => ("machine_to_machine_token", "mch_worker"),
        _ => ("clerk_idp_oauth_access_token", "user_grantor"),
    };
    let mut body = json!({
        "object": object, "id": format!("{token}_id"), "name": "a key", "client_id": "client_1",
        "subject": subject, "scopes": ["invoices:list"], "claims": {"tier": "gold"},
        "aud": "https://api.example.com", "revoked": false, "expired": false, "expiration": null,
    });
    match name {
        "org" => body["subject"] = "org_acme".into(),
        "scoped" => body["scopes"] = json!(["invoices:read", "invoices:list"]),
        "revoked" => body["revoked"] = true.into(),
        "expired" => body["expired"] = true.into(),
        "deleted" => body["deleted"] = true.into(),
        "object" => body["object"] = "token".into(),
        "subject" => body["subject"] = "user ada".into(),
        "scopes" => body["scopes"] = "all".into(),
        "nulls" => {
            body["scopes"] = Value::Null;
            body["claims"] = Value::Null;
            body["name"] = Value::Null;
        }
        _ => {}
    }
    Reply::json(200, &body)
}
