use clerk_client::Client;
use clerk_client::resources::UpdateJwtTemplateParams;
use serde_json::json;

use super::{Answer, read};
use crate::backend_api::Memory;

pub(super) async fn call(client: &Client, label: &str, memory: &Memory) -> Answer {
    let templates = client.jwt_templates();
    let id = || memory.fill_text("$template.id");
    match label {
        "template" => {
            let call = templates.create("hasura", json!({ "userId": "{{user.id}}" }));
            read(call.lifetime(90).await)
        }
        "template_taken" => read(templates.create("supabase", json!({})).await),
        "templates" => read(templates.list().limit(1).await),
        "template_got" => read(templates.get(&id()).await),
        "template_changed" => {
            let params = UpdateJwtTemplateParams {
                name: "hasura",
                claims: json!({ "b": 2 }),
            };
            read(templates.update(&id(), params).allowed_clock_skew(3).await)
        }
        "template_gone" => read(templates.delete(&id()).await),
        other => panic!("{other} is no step"),
    }
}
