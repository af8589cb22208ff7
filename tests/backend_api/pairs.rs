//! Calls that are dangerous to take for one another, and where each of them goes. Written by hand, from Clerk's description of
//! the API: what is wrong in the table shows here.

use std::future::IntoFuture;

use http::StatusCode;

use crate::recorder::Recorder;

/// Where a call goes, if it is sent once.
async fn sent(recorder: &Recorder, call: impl IntoFuture) -> String {
    recorder.answer(StatusCode::NOT_FOUND, "{}");
    call.await;
    let requests = recorder.taken();
    let [request] = &requests[..] else {
        panic!("{requests:?}")
    };
    let target = request.url.strip_prefix("https://api.clerk.com").unwrap();
    let path = target.split('?').next().unwrap();
    format!("{} {path}", request.method)
}

macro_rules! assert_sent {
    ($recorder:ident, $($call:expr => $expected:literal,)*) => {$(
        assert_eq!(sent(&$recorder, $call).await, $expected, stringify!($call));
    )*};
}

#[tokio::test]
async fn access_is_taken_and_given_back_by_the_call_that_says_so() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let (users, sessions) = (client.users(), client.sessions());
    assert_sent! { recorder,
        users.ban_user("u") => "POST /v1/users/u/ban",
        users.unban_user("u") => "POST /v1/users/u/unban",
        users.ban_users(["u"]) => "POST /v1/users/ban",
        users.unban_users(["u"]) => "POST /v1/users/unban",
        users.lock_user("u") => "POST /v1/users/u/lock",
        users.unlock_user("u") => "POST /v1/users/u/unlock",
        users.set_password_compromised("u") => "POST /v1/users/u/password/set_compromised",
        users.unset_password_compromised("u") => "POST /v1/users/u/password/unset_compromised",
        users.remove_password("u") => "POST /v1/users/u/remove_password",
        users.disable_user_mfa("u") => "DELETE /v1/users/u/mfa",
        users.delete_user_totp("u") => "DELETE /v1/users/u/totp",
        users.delete_user_backup_codes("u") => "DELETE /v1/users/u/backup_code",
        users.revoke_user_trusted_device("u", "d") => "DELETE /v1/users/u/trusted_devices/d",
        sessions.revoke_session("s") => "POST /v1/sessions/s/revoke",
    }
}

#[tokio::test]
async fn metadata_is_merged_and_replaced_by_the_call_that_says_so() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let (users, organizations) = (client.users(), client.organizations());
    assert_sent! { recorder,
        users.update_user("u") => "PATCH /v1/users/u",
        users.update_user_metadata("u") => "PATCH /v1/users/u/metadata",
        users.replace_user_metadata("u") => "PUT /v1/users/u/metadata",
        organizations.update_organization("o") => "PATCH /v1/organizations/o",
        organizations.update_organization_metadata("o") => "PATCH /v1/organizations/o/metadata",
        organizations.replace_organization_metadata("o") => "PUT /v1/organizations/o/metadata",
        organizations.update_organization_membership_metadata("o", "u")
            => "PATCH /v1/organizations/o/memberships/u/metadata",
    }
}

#[tokio::test]
async fn addresses_and_numbers_are_changed_and_replaced_by_the_call_that_says_so() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let (users, emails, phones) = (client.users(), client.email_addresses(), client.phone_numbers());
    assert_sent! { recorder,
        users.replace_user_email_address("u", "a@b.c") => "PUT /v1/users/u/email_address",
        users.replace_user_phone_number("u", "+1") => "PUT /v1/users/u/phone_number",
        emails.create_email_address("u", "a@b.c") => "POST /v1/email_addresses",
        emails.update_email_address("e") => "PATCH /v1/email_addresses/e",
        emails.delete_email_address("e") => "DELETE /v1/email_addresses/e",
        phones.create_phone_number("u", "+1") => "POST /v1/phone_numbers",
        phones.update_phone_number("p") => "PATCH /v1/phone_numbers/p",
        phones.delete_phone_number("p") => "DELETE /v1/phone_numbers/p",
    }
}

#[tokio::test]
async fn what_is_deleted_is_what_the_call_says() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let (users, organizations) = (client.users(), client.organizations());
    let (roles, permissions) = (client.organization_roles(), client.organization_permissions());
    assert_sent! { recorder,
        users.delete_user("u") => "DELETE /v1/users/u",
        users.delete_user_profile_image("u") => "DELETE /v1/users/u/profile_image",
        users.delete_user_passkey("u", "p") => "DELETE /v1/users/u/passkeys/p",
        users.delete_user_web3_wallet("u", "w") => "DELETE /v1/users/u/web3_wallets/w",
        users.delete_user_external_account("u", "e") => "DELETE /v1/users/u/external_accounts/e",
        organizations.delete_organization("o") => "DELETE /v1/organizations/o",
        organizations.delete_organization_logo("o") => "DELETE /v1/organizations/o/logo",
        organizations.delete_organization_membership("o", "u") => "DELETE /v1/organizations/o/memberships/u",
        organizations.delete_organization_domain("o", "d") => "DELETE /v1/organizations/o/domains/d",
        roles.delete_organization_role("r") => "DELETE /v1/organization_roles/r",
        roles.assign_permission_to_organization_role("r", "p") => "POST /v1/organization_roles/r/permissions/p",
        roles.remove_permission_from_organization_role("r", "p") => "DELETE /v1/organization_roles/r/permissions/p",
        permissions.delete_organization_permission("p") => "DELETE /v1/organization_permissions/p",
        client.machines().delete("m") => "DELETE /v1/machines/m",
        client.machines().delete_scope("m", "n") => "DELETE /v1/machines/m/scopes/n",
        client.machines().rotate_secret_key("m", 1) => "POST /v1/machines/m/secret_key/rotate",
        client.api_keys().delete("k") => "DELETE /api_keys/k",
        client.allowlist_identifiers().delete_allowlist_identifier("i") => "DELETE /v1/allowlist_identifiers/i",
        client.blocklist_identifiers().delete_blocklist_identifier("i") => "DELETE /v1/blocklist_identifiers/i",
    }
}

#[tokio::test]
async fn what_is_revoked_is_what_the_call_says() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let organizations = client.organizations();
    assert_sent! { recorder,
        client.api_keys().revoke("k") => "POST /api_keys/k/revoke",
        client.m2m().revoke_token("t") => "POST /m2m_tokens/t/revoke",
        client.invitations().revoke_invitation("i") => "POST /v1/invitations/i/revoke",
        organizations.revoke_organization_invitation("o", "i") => "POST /v1/organizations/o/invitations/i/revoke",
        client.sign_in_tokens().revoke_sign_in_token("t") => "POST /v1/sign_in_tokens/t/revoke",
        client.actor_tokens().revoke("t") => "POST /v1/actor_tokens/t/revoke",
        client.oauth_applications().revoke_token("a", "t") => "POST /v1/oauth_applications/a/revoke_token",
    }
}
