use clerk_client::Client;
use clerk_client::resources::{CreateOrganizationMembershipParams, UpdateOrganizationMembershipParams};
use http::Method;
use serde_json::json;

use super::{Answer, read};
use crate::backend_api::Memory;

pub(super) async fn call(client: &Client, label: &str, memory: &Memory) -> Answer {
    let organizations = client.organizations();
    let of = |reference: &str| memory.fill_text(reference);
    let (id, ada) = (|| of("$org.id"), of("$local.ada"));
    let join = async |user_id: &str| {
        let params = CreateOrganizationMembershipParams {
            user_id,
            role: "org:member",
        };
        read(organizations.create_organization_membership(&id(), params).await)
    };
    match label {
        "org" => read(
            organizations
                .create_organization("Analytical Engines")
                .created_by(of("$user.id"))
                .public_metadata(json!({ "tier": 1 }))
                .max_allowed_memberships(2)
                .await,
        ),
        // What the typed method asks for can be left out here.
        "org_unnamed" => {
            let call = client.request(Method::POST, "/organizations");
            read(call.json(json!({ "slug": "nameless" })).await)
        }
        "org_taken" => read(organizations.create_organization("Acme").slug("acme").await),
        "org_by_slug" => {
            let call = organizations.get_organization("analytical-engines");
            read(call.include_members_count(true).await)
        }
        "org_by_id" => read(organizations.get_organization(&id()).await),
        "orgs" => read(
            organizations
                .get_organization_list()
                .limit(1)
                .order_by("name")
                .await,
        ),
        "org_changed" => read(organizations.update_organization(&id()).slug("engines").await),
        "org_merged" => {
            let patch = json!({ "tier": null, "area": "eu" });
            read(
                organizations
                    .update_organization_metadata(&id())
                    .public_metadata(patch)
                    .await,
            )
        }
        "org_replaced" => {
            let call = organizations.replace_organization_metadata(&id());
            read(call.private_metadata(json!({ "x": 1 })).await)
        }
        "member" | "member_again" => join(&ada).await,
        "member_too_many" => join(&of("$user_phone.id")).await,
        "members" => {
            let list = organizations.get_organization_membership_list(&id());
            read(list.order_by("-created_at").await)
        }
        "member_role" => {
            let params = UpdateOrganizationMembershipParams {
                user_id: &ada,
                role: "org:admin",
            };
            read(organizations.update_organization_membership(&id(), params).await)
        }
        "member_metadata" => {
            let call = organizations.update_organization_membership_metadata(&id(), &ada);
            read(call.public_metadata(json!({ "desk": 7 })).await)
        }
        "member_gone" | "member_missing" => {
            read(organizations.delete_organization_membership(&id(), &ada).await)
        }
        "org_gone" | "org_missing" => read(organizations.delete_organization(&id()).await),
        other => panic!("{other} is no step"),
    }
}
