use clerk_client::Client;
use clerk_client::resources::{CreateOrganizationInvitationParams, InvitationStatus};
use serde_json::json;

use super::{Answer, read};
use crate::backend_api::Memory;

const NEW: CreateOrganizationInvitationParams<'_> = CreateOrganizationInvitationParams {
    email_address: "new@example.com",
    role: "org:member",
};

pub(super) async fn call(client: &Client, label: &str, memory: &Memory) -> Answer {
    let (organizations, invitations) = (client.organizations(), client.invitations());
    let of = |reference: &str| memory.fill_text(reference);
    let (acme, id) = (of("$local.acme"), || of("$orginv.id"));
    match label {
        "orginv" => read(
            organizations
                .create_organization_invitation(&acme, NEW)
                .inviter_user_id(of("$local.ada"))
                .public_metadata(json!({ "a": 1 }))
                .await,
        ),
        "orginv_got" => read(organizations.get_organization_invitation(&acme, &id()).await),
        "orginvs" => {
            let list = organizations.get_organization_invitation_list(&acme);
            read(list.status(InvitationStatus::Pending).await)
        }
        "orginv_again" => read(organizations.create_organization_invitation(&acme, NEW).await),
        "orginv_revoked" => {
            let call = organizations.revoke_organization_invitation(&acme, &id());
            read(call.requesting_user_id(of("$local.ada")).await)
        }
        "inv" => read(
            invitations
                .create_invitation("guest@example.com")
                .redirect_url("https://app.example/in")
                .expires_in_days(3)
                .public_metadata(json!({ "b": 2 }))
                .await,
        ),
        "inv_again" => read(invitations.create_invitation("guest@example.com").await),
        "invs" => read(
            invitations
                .get_invitation_list()
                .status(InvitationStatus::Pending)
                .await,
        ),
        "inv_revoked" => read(invitations.revoke_invitation(&of("$inv.id")).await),
        "inv_missing" => read(invitations.revoke_invitation("inv_0").await),
        other => panic!("{other} is no step"),
    }
}
