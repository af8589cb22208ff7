use serde_json::{Value, json};

use super::{Step, step};

pub(super) fn all() -> Vec<Step> {
    let none = Value::Null;
    vec![
        step(
            "key",
            "apiKeys.create",
            json!([{ "name": "deploy", "subject": "$user.id", "scopes": ["a:b"], "claims": { "tier": 1 },
                "secondsUntilExpiration": 600, "description": "of the pipeline" }]),
            "POST /api_keys",
            json!({ "name": "deploy", "subject": "$user.id", "scopes": ["a:b"], "claims": { "tier": 1 },
                "seconds_until_expiration": 600, "description": "of the pipeline" }),
        ),
        step(
            "key_unnamed",
            "apiKeys.create",
            json!([{ "subject": "$user.id" }]),
            "POST /api_keys",
            json!({ "subject": "$user.id" }),
        ),
        step(
            "key_got",
            "apiKeys.get",
            json!(["$key.id"]),
            "GET /api_keys/$key.id",
            none.clone(),
        ),
        step(
            "key_secret",
            "apiKeys.getSecret",
            json!(["$key.id"]),
            "GET /api_keys/$key.id/secret",
            none.clone(),
        ),
        step(
            "key_changed",
            "apiKeys.update",
            json!([{ "apiKeyId": "$key.id", "scopes": ["c:d"] }]),
            "PATCH /api_keys/$key.id",
            json!({ "scopes": ["c:d"] }),
        ),
        step(
            "keys",
            "apiKeys.list",
            json!([{ "subject": "$user.id" }]),
            "GET /api_keys?subject=$user.id",
            none.clone(),
        ),
        step(
            "key_verified",
            "apiKeys.verify",
            json!(["$key.secret"]),
            "POST /api_keys/verify",
            json!({ "secret": "$key.secret" }),
        ),
        step(
            "key_unknown",
            "apiKeys.verify",
            json!(["ak_unknown"]),
            "POST /api_keys/verify",
            json!({ "secret": "ak_unknown" }),
        ),
        step(
            "key_revoked",
            "apiKeys.revoke",
            json!([{ "apiKeyId": "$key.id", "revocationReason": "lost" }]),
            "POST /api_keys/$key.id/revoke",
            json!({ "revocation_reason": "lost" }),
        ),
        step(
            "key_gone",
            "apiKeys.delete",
            json!(["$key.id"]),
            "DELETE /api_keys/$key.id",
            none.clone(),
        ),
        step(
            "m2m",
            "m2m.createToken",
            json!([{ "claims": { "area": "eu" }, "secondsUntilExpiration": 60 }]),
            "POST /m2m_tokens",
            json!({ "claims": { "area": "eu" }, "seconds_until_expiration": 60, "token_format": "opaque" }),
        ),
        step(
            "m2ms",
            "m2m.list",
            json!([{ "subject": "$local.machine" }]),
            "GET /m2m_tokens?subject=$local.machine",
            none.clone(),
        ),
        step(
            "m2m_verified",
            "m2m.verify",
            json!([{ "token": "$m2m.token" }]),
            "POST /m2m_tokens/verify",
            json!({ "token": "$m2m.token" }),
        ),
        step(
            "m2m_unknown",
            "m2m.verify",
            json!([{ "token": "mt_unknown" }]),
            "POST /m2m_tokens/verify",
            json!({ "token": "mt_unknown" }),
        ),
        step(
            "m2m_revoked",
            "m2m.revokeToken",
            json!([{ "m2mTokenId": "$m2m.id", "revocationReason": "lost" }]),
            "POST /m2m_tokens/$m2m.id/revoke",
            json!({ "revocation_reason": "lost" }),
        ),
        step(
            "machine",
            "machines.create",
            json!([{ "name": "worker", "scopedMachines": ["$local.machine"] }]),
            "POST /machines",
            json!({ "name": "worker", "scoped_machines": ["$local.machine"] }),
        ),
        step(
            "machines",
            "machines.list",
            json!([{ "orderBy": "name" }]),
            "GET /machines?order_by=name",
            none.clone(),
        ),
        step(
            "machine_key",
            "machines.getSecretKey",
            json!(["$machine.id"]),
            "GET /machines/$machine.id/secret_key",
            none.clone(),
        ),
        step(
            "machine_gone",
            "machines.delete",
            json!(["$machine.id"]),
            "DELETE /machines/$machine.id",
            none,
        ),
    ]
}
