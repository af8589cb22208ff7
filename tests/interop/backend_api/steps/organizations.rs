use serde_json::{Value, json};

use super::{Step, step};

pub(super) fn all() -> Vec<Step> {
    let none = Value::Null;
    vec![
        step(
            "org",
            "organizations.createOrganization",
            json!([{ "name": "Analytical Engines", "createdBy": "$user.id", "publicMetadata": { "tier": 1 }, "maxAllowedMemberships": 2 }]),
            "POST /organizations",
            json!({ "name": "Analytical Engines", "created_by": "$user.id", "public_metadata": { "tier": 1 },
                "max_allowed_memberships": 2 }),
        ),
        step(
            "org_unnamed",
            "organizations.createOrganization",
            json!([{ "slug": "nameless" }]),
            "POST /organizations",
            json!({ "slug": "nameless" }),
        ),
        step(
            "org_taken",
            "organizations.createOrganization",
            json!([{ "name": "Acme", "slug": "acme" }]),
            "POST /organizations",
            json!({ "name": "Acme", "slug": "acme" }),
        ),
        step(
            "org_by_slug",
            "organizations.getOrganization",
            json!([{ "slug": "analytical-engines", "includeMembersCount": true }]),
            "GET /organizations/analytical-engines?include_members_count=true",
            none.clone(),
        ),
        step(
            "org_by_id",
            "organizations.getOrganization",
            json!([{ "organizationId": "$org.id" }]),
            "GET /organizations/$org.id",
            none.clone(),
        ),
        step(
            "orgs",
            "organizations.getOrganizationList",
            json!([{ "limit": 1, "orderBy": "name" }]),
            "GET /organizations?limit=1&order_by=name",
            none.clone(),
        ),
        step(
            "org_changed",
            "organizations.updateOrganization",
            json!(["$org.id", { "slug": "engines" }]),
            "PATCH /organizations/$org.id",
            json!({ "slug": "engines" }),
        ),
        step(
            "org_merged",
            "organizations.updateOrganizationMetadata",
            json!(["$org.id", { "publicMetadata": { "tier": null, "area": "eu" } }]),
            "PATCH /organizations/$org.id/metadata",
            json!({ "public_metadata": { "tier": null, "area": "eu" } }),
        ),
        step(
            "org_replaced",
            "organizations.replaceOrganizationMetadata",
            json!(["$org.id", { "privateMetadata": { "x": 1 } }]),
            "PUT /organizations/$org.id/metadata",
            json!({ "private_metadata": { "x": 1 } }),
        ),
        step(
            "member",
            "organizations.createOrganizationMembership",
            json!([{ "organizationId": "$org.id", "userId": "$local.ada", "role": "org:member" }]),
            "POST /organizations/$org.id/memberships",
            json!({ "user_id": "$local.ada", "role": "org:member" }),
        ),
        step(
            "member_again",
            "organizations.createOrganizationMembership",
            json!([{ "organizationId": "$org.id", "userId": "$local.ada", "role": "org:member" }]),
            "POST /organizations/$org.id/memberships",
            json!({ "user_id": "$local.ada", "role": "org:member" }),
        ),
        step(
            "member_too_many",
            "organizations.createOrganizationMembership",
            json!([{ "organizationId": "$org.id", "userId": "$user_phone.id", "role": "org:member" }]),
            "POST /organizations/$org.id/memberships",
            json!({ "user_id": "$user_phone.id", "role": "org:member" }),
        ),
        step(
            "members",
            "organizations.getOrganizationMembershipList",
            json!([{ "organizationId": "$org.id", "orderBy": "-created_at" }]),
            "GET /organizations/$org.id/memberships?order_by=-created_at",
            none.clone(),
        ),
        step(
            "memberships",
            "users.getOrganizationMembershipList",
            json!([{ "userId": "$local.ada", "limit": 1 }]),
            "GET /users/$local.ada/organization_memberships?limit=1",
            none.clone(),
        ),
        step(
            "member_role",
            "organizations.updateOrganizationMembership",
            json!([{ "organizationId": "$org.id", "userId": "$local.ada", "role": "org:admin" }]),
            "PATCH /organizations/$org.id/memberships/$local.ada",
            json!({ "role": "org:admin" }),
        ),
        step(
            "member_metadata",
            "organizations.updateOrganizationMembershipMetadata",
            json!([{ "organizationId": "$org.id", "userId": "$local.ada", "publicMetadata": { "desk": 7 } }]),
            "PATCH /organizations/$org.id/memberships/$local.ada/metadata",
            json!({ "public_metadata": { "desk": 7 } }),
        ),
        step(
            "member_gone",
            "organizations.deleteOrganizationMembership",
            json!([{ "organizationId": "$org.id", "userId": "$local.ada" }]),
            "DELETE /organizations/$org.id/memberships/$local.ada",
            none.clone(),
        ),
        step(
            "member_missing",
            "organizations.deleteOrganizationMembership",
            json!([{ "organizationId": "$org.id", "userId": "$local.ada" }]),
            "DELETE /organizations/$org.id/memberships/$local.ada",
            none,
        ),
    ]
}
