//! The members that objects have to have, by Clerk's OpenAPI document of 2026-05-12.

use serde_json::Value;

const REQUIRED: &[(&str, &str)] = &[
    (
        "user",
        "id external_id primary_email_address_id primary_phone_number_id primary_web3_wallet_id username first_name \
         last_name has_image public_metadata email_addresses phone_numbers web3_wallets passkeys password_enabled \
         two_factor_enabled totp_enabled backup_code_enabled mfa_enabled_at mfa_disabled_at external_accounts saml_accounts \
         enterprise_accounts last_sign_in_at banned locked lockout_expires_in_seconds verification_attempts_remaining \
         updated_at created_at delete_self_enabled create_organization_enabled last_active_at legal_accepted_at",
    ),
    (
        "email_address",
        "email_address reserved verification linked_to created_at updated_at",
    ),
    (
        "phone_number",
        "phone_number reserved verification linked_to created_at updated_at",
    ),
    ("web3_wallet", "web3_wallet verification created_at updated_at"),
    (
        "session",
        "id user_id client_id status last_active_at expire_at abandon_at updated_at created_at",
    ),
    ("token", "jwt"),
    (
        "organization",
        "id name slug has_image max_allowed_memberships admin_delete_enabled public_metadata created_at updated_at",
    ),
    (
        "organization_membership",
        "id role permissions public_metadata organization created_at updated_at",
    ),
    (
        "organization_invitation",
        "id email_address role role_name inviter_id public_inviter_data public_metadata url expires_at created_at updated_at",
    ),
    (
        "invitation",
        "id email_address public_metadata status created_at updated_at",
    ),
    (
        "jwt_template",
        "id name claims lifetime allowed_clock_skew custom_signing_key signing_algorithm created_at updated_at",
    ),
    ("machine", "id name instance_id created_at updated_at"),
    ("machine_secret_key", "secret"),
    ("machine_scope", "from_machine_id to_machine_id created_at"),
    (
        "api_key",
        "id type subject name claims scopes revoked revocation_reason expired expiration created_by last_used_at created_at \
         updated_at",
    ),
    (
        "machine_to_machine_token",
        "id subject revoked revocation_reason expired expiration last_used_at created_at updated_at",
    ),
    ("total_count", "total_count"),
];

/// Checks an answer and every object within it.
pub(crate) fn check(value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(check),
        Value::Object(members) => {
            if let Some(object) = members.get("object").and_then(Value::as_str)
                && !members.contains_key("deleted")
                && let Some((_, names)) = REQUIRED.iter().find(|(name, _)| *name == object)
            {
                for name in names.split_whitespace() {
                    assert!(members.contains_key(name), "{object} lacks {name}: {value}");
                }
            }
            members.values().for_each(check);
        }
        _ => {}
    }
}

#[test]
#[should_panic(expected = "token lacks jwt")]
fn what_is_missing_is_noticed() {
    check(&serde_json::json!({ "data": [{ "object": "token" }] }));
}
