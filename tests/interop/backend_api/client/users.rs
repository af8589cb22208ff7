use clerk_client::{Client, Patch};
use serde_json::json;

use super::{Answer, read};
use crate::backend_api::Memory;

pub(super) async fn call(client: &Client, label: &str, memory: &Memory) -> Answer {
    let users = client.users();
    let of = |reference: &str| memory.fill_text(reference);
    let id = || of("$user.id");
    match label {
        "user" => read(
            users
                .create_user()
                .email_address(["grace@navy.example"])
                .username("grace")
                .first_name("Grace")
                .last_name("Hopper")
                .password("correct horse battery")
                .public_metadata(json!({ "planName": "pro" }))
                .external_id("crm-1")
                .legal_accepted_at("2026-01-01T00:00:00Z")
                .skip_legal_checks(true)
                .await,
        ),
        "user_again" => read(users.create_user().email_address(["grace@navy.example"]).await),
        "user_short" => read(users.create_user().username("x").password("short").await),
        "user_unknown_member" => {
            let call = users.create_user().username("x").into_call();
            read(call.member("nick_name", "y").await)
        }
        "user_phone" => read(users.create_user().phone_number(["+15555550100"]).await),
        "user_got" | "user_missing" => read(users.get_user(&id()).await),
        "user_nobody" => read(users.get_user("user_0").await),
        "users" => read(users.get_user_list().limit(2).order_by("-created_at").await),
        "users_found" => {
            let list = users
                .get_user_list()
                .email_address(["grace@navy.example", "x@y.z"]);
            read(list.query("hop").await)
        }
        "users_by_id" => {
            let list = users.get_user_list().user_id([of("$local.ada"), id()]);
            read(list.order_by("+username").await)
        }
        "users_limit" => read(users.get_user_list().limit(501).await),
        "user_changed" => {
            let update = users.update_user(&id()).first_name("Amazing");
            read(update.last_name(Patch::Null).await)
        }
        "user_taken" => read(users.update_user(&id()).username("ada").await),
        "user_merged" => read(
            users
                .update_user_metadata(&id())
                .public_metadata(json!({ "seats": { "used": 1 } }))
                .private_metadata(json!({ "stripe": "cus_1" }))
                .await,
        ),
        "user_removed" => {
            let patch = json!({ "planName": null, "seats": { "paid": 2 } });
            read(users.update_user_metadata(&id()).public_metadata(patch).await)
        }
        "user_replaced" => read(
            users
                .replace_user_metadata(&id())
                .public_metadata(json!({}))
                .unsafe_metadata(json!({ "a": 1 }))
                .await,
        ),
        "password" => read(users.verify_password(&id(), "correct horse battery").await),
        "password_wrong" => read(users.verify_password(&id(), "wrong").await),
        "user_locked" => read(users.lock_user(&id()).await),
        "user_unlocked" => read(users.unlock_user(&id()).await),
        "user_banned" => read(users.ban_user(&id()).await),
        "user_unbanned" => read(users.unban_user(&id()).await),
        "memberships" => read(
            users
                .get_organization_membership_list(&of("$local.ada"))
                .limit(1)
                .await,
        ),
        "user_gone" => read(users.delete_user(&id()).await),
        other => panic!("{other} is no step"),
    }
}
