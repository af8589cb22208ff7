use serde_json::{Value, json};

use super::{Step, step};

pub(super) fn all() -> Vec<Step> {
    let none = Value::Null;
    vec![
        step(
            "orginv",
            "organizations.createOrganizationInvitation",
            json!([{ "organizationId": "$local.acme", "emailAddress": "new@example.com", "role": "org:member",
                "inviterUserId": "$local.ada", "publicMetadata": { "a": 1 } }]),
            "POST /organizations/$local.acme/invitations",
            json!({ "email_address": "new@example.com", "role": "org:member", "inviter_user_id": "$local.ada",
                "public_metadata": { "a": 1 } }),
        ),
        step(
            "orginv_got",
            "organizations.getOrganizationInvitation",
            json!([{ "organizationId": "$local.acme", "invitationId": "$orginv.id" }]),
            "GET /organizations/$local.acme/invitations/$orginv.id",
            none.clone(),
        ),
        step(
            "orginvs",
            "organizations.getOrganizationInvitationList",
            json!([{ "organizationId": "$local.acme", "status": ["pending"] }]),
            "GET /organizations/$local.acme/invitations?status=pending",
            none.clone(),
        ),
        step(
            "orginv_again",
            "organizations.createOrganizationInvitation",
            json!([{ "organizationId": "$local.acme", "emailAddress": "new@example.com", "role": "org:member" }]),
            "POST /organizations/$local.acme/invitations",
            json!({ "email_address": "new@example.com", "role": "org:member" }),
        ),
        step(
            "orginv_revoked",
            "organizations.revokeOrganizationInvitation",
            json!([{ "organizationId": "$local.acme", "invitationId": "$orginv.id", "requestingUserId": "$local.ada" }]),
            "POST /organizations/$local.acme/invitations/$orginv.id/revoke",
            json!({ "requesting_user_id": "$local.ada" }),
        ),
        step(
            "inv",
            "invitations.createInvitation",
            json!([{ "emailAddress": "guest@example.com", "redirectUrl": "https://app.example/in", "expiresInDays": 3,
                "publicMetadata": { "b": 2 } }]),
            "POST /invitations",
            json!({ "email_address": "guest@example.com", "redirect_url": "https://app.example/in", "expires_in_days": 3,
                "public_metadata": { "b": 2 } }),
        ),
        step(
            "inv_again",
            "invitations.createInvitation",
            json!([{ "emailAddress": "guest@example.com" }]),
            "POST /invitations",
            json!({ "email_address": "guest@example.com" }),
        ),
        step(
            "invs",
            "invitations.getInvitationList",
            json!([{ "status": "pending" }]),
            "GET /invitations?status=pending&paginated=true",
            none.clone(),
        ),
        step(
            "inv_revoked",
            "invitations.revokeInvitation",
            json!(["$inv.id"]),
            "POST /invitations/$inv.id/revoke",
            none.clone(),
        ),
        step(
            "inv_missing",
            "invitations.revokeInvitation",
            json!(["inv_0"]),
            "POST /invitations/inv_0/revoke",
            none,
        ),
    ]
}
