use serde_json::{Value, json};

use super::{Step, step};

pub(super) fn all() -> Vec<Step> {
    let none = Value::Null;
    vec![
        step(
            "template",
            "jwtTemplates.create",
            json!([{ "name": "hasura", "claims": { "userId": "{{user.id}}" }, "lifetime": 90 }]),
            "POST /jwt_templates",
            json!({ "name": "hasura", "claims": { "userId": "{{user.id}}" }, "lifetime": 90 }),
        ),
        step(
            "template_taken",
            "jwtTemplates.create",
            json!([{ "name": "supabase", "claims": {} }]),
            "POST /jwt_templates",
            json!({ "name": "supabase", "claims": {} }),
        ),
        step(
            "templates",
            "jwtTemplates.list",
            json!([{ "limit": 1 }]),
            "GET /jwt_templates?limit=1&paginated=true",
            none.clone(),
        ),
        step(
            "template_got",
            "jwtTemplates.get",
            json!(["$template.id"]),
            "GET /jwt_templates/$template.id",
            none.clone(),
        ),
        step(
            "template_changed",
            "jwtTemplates.update",
            json!([{ "templateId": "$template.id", "name": "hasura", "claims": { "b": 2 }, "allowedClockSkew": 3 }]),
            "PATCH /jwt_templates/$template.id",
            json!({ "name": "hasura", "claims": { "b": 2 }, "allowed_clock_skew": 3 }),
        ),
        step(
            "template_token",
            "sessions.getToken",
            json!(["$local.session", "hasura"]),
            "POST /sessions/$local.session/tokens/hasura",
            none.clone(),
        ),
        step(
            "template_gone",
            "jwtTemplates.delete",
            json!(["$template.id"]),
            "DELETE /jwt_templates/$template.id",
            none.clone(),
        ),
        step(
            "org_gone",
            "organizations.deleteOrganization",
            json!(["$org.id"]),
            "DELETE /organizations/$org.id",
            none.clone(),
        ),
        step(
            "org_missing",
            "organizations.deleteOrganization",
            json!(["$org.id"]),
            "DELETE /organizations/$org.id",
            none,
        ),
    ]
}
