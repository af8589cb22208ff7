use clerk_client::Client;
use clerk_client::resources::TokenFormat;
use http::Method;
use serde_json::json;

use super::{Answer, read};
use crate::backend_api::Memory;

pub(super) async fn call(client: &Client, label: &str, memory: &Memory) -> Answer {
    let (keys, tokens, machines) = (client.api_keys(), client.m2m(), client.machines());
    let of = |reference: &str| memory.fill_text(reference);
    let key = || of("$key.id");
    match label {
        "key" => read(
            keys.create("deploy", &of("$user.id"))
                .scopes(["a:b"])
                .claims(json!({ "tier": 1 }))
                .seconds_until_expiration(600)
                .description("of the pipeline")
                .await,
        ),
        // What the typed method asks for can be left out here.
        "key_unnamed" => {
            let call = client.request(Method::POST, "/api_keys").unversioned();
            read(call.json(json!({ "subject": of("$user.id") })).await)
        }
        "key_got" => read(keys.get(&key()).await),
        "key_secret" => read(keys.get_secret(&key()).await),
        "key_changed" => read(keys.update(&key()).scopes(["c:d"]).await),
        "keys" => read(keys.list(&of("$user.id")).await),
        "key_verified" => read(keys.verify(&of("$key.secret")).await),
        "key_unknown" => read(keys.verify("ak_unknown").await),
        "key_revoked" => read(keys.revoke(&key()).revocation_reason("lost").await),
        "key_gone" => read(keys.delete(&key()).await),
        "m2m" => read(
            tokens
                .create_token()
                .claims(json!({ "area": "eu" }))
                .seconds_until_expiration(60)
                .token_format(TokenFormat::Opaque)
                .await,
        ),
        "m2ms" => read(tokens.list(&of("$local.machine")).await),
        "m2m_verified" => read(tokens.verify(&of("$m2m.token")).await),
        "m2m_unknown" => read(tokens.verify("mt_unknown").await),
        "m2m_revoked" => read(
            tokens
                .revoke_token(&of("$m2m.id"))
                .revocation_reason("lost")
                .await,
        ),
        "machine" => read(
            machines
                .create("worker")
                .scoped_machines([of("$local.machine")])
                .await,
        ),
        "machines" => read(machines.list().order_by("name").await),
        "machine_key" => read(machines.get_secret_key(&of("$machine.id")).await),
        "machine_gone" => read(machines.delete(&of("$machine.id")).await),
        other => panic!("{other} is no step"),
    }
}
