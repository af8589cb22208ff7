//! Which operations there are.

use serde_json::{Value, json};

use crate::schema::table;
use crate::wire::{error, send, start, told};

/// By the names of Clerk's OpenAPI document.
const SERVED: &str = "\
    BanUser CreateBulkInvitations CreateInvitation CreateJWTTemplate CreateMachine CreateMachineScope CreateOrganization \
    CreateOrganizationInvitation CreateOrganizationInvitationBulk CreateOrganizationMembership CreateSessionToken \
    CreateSessionTokenFromTemplate CreateUser DeleteJWTTemplate DeleteMachine DeleteMachineScope DeleteOrganization \
    DeleteOrganizationMembership DeleteUser GetJWKS GetJWTTemplate GetMachine GetMachineSecretKey GetOrganization \
    GetOrganizationInvitation GetSession GetSessionList GetUser GetUserList GetUsersCount \
    InstanceGetOrganizationMemberships ListDomains ListInstanceOrganizationInvitations ListInvitations ListJWTTemplates ListMachines \
    ListOrganizationInvitations ListOrganizationMemberships ListOrganizationPermissions ListOrganizationRoles \
    ListOrganizations ListPendingOrganizationInvitations LockUser MergeOrganizationMetadata RefreshSession \
    ReplaceOrganizationMetadata ReplaceUserMetadata RevokeInvitation RevokeOrganizationInvitation RevokeSession \
    RotateMachineSecretKey UnbanUser UnlockUser UpdateJWTTemplate UpdateMachine UpdateOrganization \
    UpdateOrganizationMembership UpdateOrganizationMembershipMetadata UpdateUser UpdateUserMetadata UsersBan \
    UsersGetOrganizationInvitations UsersGetOrganizationMemberships UsersUnban VerifyPassword createApiKey createM2MToken \
    createSession deleteApiKey getApiKey getApiKeySecret getApiKeys getM2MTokens revokeApiKey revokeM2MToken updateApiKey \
    verifyApiKey verifyM2MToken verifyOAuthAccessToken";

#[tokio::test]
async fn what_is_served_is_what_is_said_to_be() {
    let instance = start().await;
    let mut served = Vec::new();
    for operation in table() {
        let ids = operation
            .path
            .split('/')
            .map(|segment| match segment.strip_prefix('{') {
                Some(_) => "id_0",
                None => segment,
            });
        let path = format!("/v1{}", ids.collect::<Vec<_>>().join("/"));
        let answer = send(&instance, instance.secret_key(), operation.method, &path, b"");
        let message = answer.body["errors"][0]["long_message"]
            .as_str()
            .unwrap_or_default();
        if !message.ends_with("no such endpoint") {
            served.push(operation.id);
        }
    }
    served.sort_unstable();
    assert_eq!(served, SERVED.split_whitespace().collect::<Vec<_>>());
}

#[tokio::test]
async fn what_is_not_served_says_so() {
    let instance = start().await;
    let answer = send(&instance, instance.secret_key(), "GET", "/v1/clients", b"");
    assert_eq!(told(&answer).1, "resource_not_found");
    assert_eq!(
        answer.body["errors"][0]["long_message"],
        json!("this local instance has no such endpoint")
    );
    assert_eq!(error(&instance, "GET /allowlist_identifiers", Value::Null).0, 404);
}
