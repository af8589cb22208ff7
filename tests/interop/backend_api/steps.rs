use serde_json::{Value, json};

/// One call, for each side in its own words. `$label.member` stands for what an earlier step gave; the step called `local`
/// is what the instance had from the beginning.
pub(crate) struct Step {
    pub(crate) label: &'static str,
    /// Namespace and method of Clerk's package, such as `users.createUser`.
    pub(crate) method: &'static str,
    pub(crate) arguments: Value,
    /// Method and path on the wire, without the version.
    pub(crate) line: &'static str,
    pub(crate) body: Value,
    /// Whether the key of a machine goes with it.
    pub(crate) by_machine: bool,
}

fn step(
    label: &'static str,
    method: &'static str,
    arguments: Value,
    line: &'static str,
    body: Value,
) -> Step {
    Step {
        label,
        method,
        arguments,
        line,
        body,
        by_machine: method.starts_with("m2m."),
    }
}

/// The calls in their order.
pub(crate) fn steps() -> Vec<Step> {
    let none = Value::Null;
    let mut all = users();
    all.extend(sessions());
    all.extend(organizations());
    all.extend(invitations());
    all.extend(machine_tokens());
    all.extend(templates());
    all.push(step(
        "user_gone",
        "users.deleteUser",
        json!(["$user.id"]),
        "DELETE /users/$user.id",
        none.clone(),
    ));
    all.push(step(
        "user_missing",
        "users.getUser",
        json!(["$user.id"]),
        "GET /users/$user.id",
        none,
    ));
    all
}

fn users() -> Vec<Step> {
    let none = Value::Null;
    vec![
        step(
            "user",
            "users.createUser",
            json!([{ "emailAddress": ["grace@navy.example"], "username": "grace", "firstName": "Grace", "lastName": "Hopper",
                "password": "correct horse battery", "publicMetadata": { "planName": "pro" }, "externalId": "crm-1",
                "legalAcceptedAt": "2026-01-01T00:00:00Z", "skipLegalChecks": true }]),
            "POST /users",
            json!({ "email_address": ["grace@navy.example"], "username": "grace", "first_name": "Grace",
                "last_name": "Hopper", "password": "correct horse battery", "public_metadata": { "planName": "pro" },
                "external_id": "crm-1", "legal_accepted_at": "2026-01-01T00:00:00Z", "skip_legal_checks": true }),
        ),
        step(
            "user_again",
            "users.createUser",
            json!([{ "emailAddress": ["grace@navy.example"] }]),
            "POST /users",
            json!({ "email_address": ["grace@navy.example"] }),
        ),
        step(
            "user_short",
            "users.createUser",
            json!([{ "username": "x", "password": "short" }]),
            "POST /users",
            json!({ "username": "x", "password": "short" }),
        ),
        step(
            "user_unknown_member",
            "users.createUser",
            json!([{ "username": "x", "nickName": "y" }]),
            "POST /users",
            json!({ "username": "x", "nick_name": "y" }),
        ),
        step(
            "user_phone",
            "users.createUser",
            json!([{ "phoneNumber": ["+15555550100"] }]),
            "POST /users",
            json!({ "phone_number": ["+15555550100"] }),
        ),
        step(
            "user_got",
            "users.getUser",
            json!(["$user.id"]),
            "GET /users/$user.id",
            none.clone(),
        ),
        step(
            "user_nobody",
            "users.getUser",
            json!(["user_0"]),
            "GET /users/user_0",
            none.clone(),
        ),
        step(
            "users",
            "users.getUserList",
            json!([{ "limit": 2, "orderBy": "-created_at" }]),
            "GET /users?limit=2&order_by=-created_at",
            none.clone(),
        ),
        step(
            "users_found",
            "users.getUserList",
            json!([{ "emailAddress": ["grace@navy.example", "x@y.z"], "query": "hop" }]),
            "GET /users?email_address=grace%40navy.example&email_address=x%40y.z&query=hop",
            none.clone(),
        ),
        step(
            "users_by_id",
            "users.getUserList",
            json!([{ "userId": ["$local.ada", "$user.id"], "orderBy": "+username" }]),
            "GET /users?user_id=$local.ada&user_id=$user.id&order_by=%2Busername",
            none.clone(),
        ),
        step(
            "users_limit",
            "users.getUserList",
            json!([{ "limit": 501 }]),
            "GET /users?limit=501",
            none.clone(),
        ),
        step(
            "user_changed",
            "users.updateUser",
            json!(["$user.id", { "firstName": "Amazing", "lastName": null }]),
            "PATCH /users/$user.id",
            json!({ "first_name": "Amazing", "last_name": null }),
        ),
        step(
            "user_taken",
            "users.updateUser",
            json!(["$user.id", { "username": "ada" }]),
            "PATCH /users/$user.id",
            json!({ "username": "ada" }),
        ),
        step(
            "user_merged",
            "users.updateUserMetadata",
            json!(["$user.id", { "publicMetadata": { "seats": { "used": 1 } }, "privateMetadata": { "stripe": "cus_1" } }]),
            "PATCH /users/$user.id/metadata",
            json!({ "public_metadata": { "seats": { "used": 1 } }, "private_metadata": { "stripe": "cus_1" } }),
        ),
        step(
            "user_removed",
            "users.updateUserMetadata",
            json!(["$user.id", { "publicMetadata": { "planName": null, "seats": { "paid": 2 } } }]),
            "PATCH /users/$user.id/metadata",
            json!({ "public_metadata": { "planName": null, "seats": { "paid": 2 } } }),
        ),
        step(
            "user_replaced",
            "users.replaceUserMetadata",
            json!(["$user.id", { "publicMetadata": {}, "unsafeMetadata": { "a": 1 } }]),
            "PUT /users/$user.id/metadata",
            json!({ "public_metadata": {}, "unsafe_metadata": { "a": 1 } }),
        ),
        step(
            "password",
            "users.verifyPassword",
            json!([{ "userId": "$user.id", "password": "correct horse battery" }]),
            "POST /users/$user.id/verify_password",
            json!({ "password": "correct horse battery" }),
        ),
        step(
            "password_wrong",
            "users.verifyPassword",
            json!([{ "userId": "$user.id", "password": "wrong" }]),
            "POST /users/$user.id/verify_password",
            json!({ "password": "wrong" }),
        ),
        step(
            "user_locked",
            "users.lockUser",
            json!(["$user.id"]),
            "POST /users/$user.id/lock",
            none.clone(),
        ),
        step(
            "user_unlocked",
            "users.unlockUser",
            json!(["$user.id"]),
            "POST /users/$user.id/unlock",
            none,
        ),
    ]
}

fn sessions() -> Vec<Step> {
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

fn organizations() -> Vec<Step> {
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

fn invitations() -> Vec<Step> {
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

fn machine_tokens() -> Vec<Step> {
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

fn templates() -> Vec<Step> {
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
