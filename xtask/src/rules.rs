//! What is decided here about the API, and not by its table.

use crate::table::{Member, Operation};

/// The features and their namespaces.
pub(crate) const FEATURES: [(&str, &[&str]); 8] = [
    ("users", &["users", "email_addresses", "phone_numbers"]),
    ("sessions", &["sessions", "clients", "jwks"]),
    (
        "organizations",
        &[
            "organizations",
            "organization_roles",
            "organization_permissions",
            "role_sets",
        ],
    ),
    (
        "machine-tokens",
        &["m2m", "api_keys", "idp_oauth_access_token", "machines"],
    ),
    (
        "sign-ups",
        &[
            "invitations",
            "waitlist_entries",
            "allowlist_identifiers",
            "blocklist_identifiers",
            "sign_ups",
            "sign_in_tokens",
            "actor_tokens",
            "testing_tokens",
            "agent_tasks",
        ],
    ),
    (
        "connections",
        &[
            "enterprise_connections",
            "saml_connections",
            "scim_directories",
            "directories",
            "admin_portal_link_tokens",
            "oauth_applications",
        ],
    ),
    ("billing", &["billing"]),
    (
        "instance",
        &[
            "instance",
            "domains",
            "redirect_urls",
            "jwt_templates",
            "templates",
            "webhooks",
            "proxy_checks",
            "beta_features",
            "public",
        ],
    ),
];

pub(crate) fn feature_of(namespace: &str) -> Option<&'static str> {
    let found = FEATURES
        .iter()
        .find(|(_, namespaces)| namespaces.contains(&namespace));
    found.map(|(feature, _)| *feature)
}

/// What a namespace is about, and the accessor of it.
pub(crate) fn about(namespace: &str) -> &'static str {
    match namespace {
        "users" => "Users",
        "email_addresses" => "E-mail addresses of users",
        "phone_numbers" => "Phone numbers of users",
        "sessions" => "Sessions and their tokens",
        "clients" => "Browsers' clients",
        "jwks" => "The instance's keys",
        "organizations" => "Organizations, their members, invitations and domains",
        "organization_roles" => "The roles that members of organizations can have",
        "organization_permissions" => "The permissions that roles of organizations can have",
        "role_sets" => "Sets of roles that organizations can use",
        "m2m" => "Machine-to-machine tokens",
        "api_keys" => "API keys",
        "idp_oauth_access_token" => "Access tokens that Clerk issued as an OAuth identity provider",
        "machines" => "Machines, which make machine-to-machine tokens",
        "invitations" => "Invitations to the application",
        "waitlist_entries" => "People who wait to be let in",
        "allowlist_identifiers" => "Who may sign up, where only some may",
        "blocklist_identifiers" => "Who may not sign up",
        "sign_ups" => "Attempts to sign up",
        "sign_in_tokens" => "Tokens that sign a user in",
        "actor_tokens" => "Tokens that let one user act for another",
        "testing_tokens" => "Tokens that let tests past bot protection",
        "agent_tasks" => "Tasks that agents do for a user",
        "enterprise_connections" => "Connections to the identity providers of companies",
        "saml_connections" => "SAML connections, which Clerk has replaced by enterprise connections",
        "scim_directories" => "SCIM directories, which provision users",
        "directories" => "Directories, which provision users",
        "admin_portal_link_tokens" => "Links for the administrators of companies",
        "oauth_applications" => "Applications that use the instance as an OAuth identity provider",
        "billing" => "Plans, subscriptions, statements and credits",
        "instance" => "Settings of the instance",
        "domains" => "Domains of the instance",
        "redirect_urls" => "Addresses that native applications may be sent back to",
        "jwt_templates" => "Templates of custom session tokens",
        "templates" => "Templates of e-mails and text messages",
        "webhooks" => "The application at Svix that sends webhooks",
        "proxy_checks" => "Checks of proxies in front of the Frontend API",
        "beta_features" => "Settings that Clerk may still change",
        "public" => "What needs no key",
        _ => "",
    }
}

/// Members of a body that are asked for although the table calls them optional: without them there is nothing to do.
pub(crate) const ALSO_REQUIRED: [(&str, &str); 2] = [
    ("SetUserProfileImageRequest", "file"),
    ("VerifyOAuthAccessTokenRequest", "access_token"),
];

/// Members of answers that have no field of their own: there is another for the same, or the value never changes.
pub(crate) fn is_left_out(member: &Member) -> bool {
    let is_constant = member.name == "object" && member.constant.is_some();
    is_constant || member.deprecated || member.name.contains('#')
}

/// Members that are `None` where Clerk does not say, since taking silence for `false` would grant something.
pub(crate) const GRANTS: [&str; 2] = ["revoked", "expired"];

/// Optional ids that are read as a text that may be empty, since what is known by them is found by its id.
pub(crate) const IDENTIFIED: [&str; 4] = ["EmailAddress", "PhoneNumber", "Web3Wallet", "Passkey"];

/// What an object is of no use without, beside its id.
pub(crate) const ESSENTIAL: [&str; 14] = [
    "EmailAddress.email_address",
    "Token.jwt",
    "MachineSecretKey.secret",
    "MachineWithSecretKey.secret_key",
    "ApiKeySecret.secret",
    "ApiKeyWithSecret.secret",
    "M2mTokenWithSecret.token",
    "TestingToken.token",
    "AdminPortalLinkTokenWithUrl.token",
    "SvixURL.svix_url",
    "EnterpriseConnectionTestRunResponse.url",
    "CommerceMoneyResponse.amount",
    "TotalCount.total_count",
    "UserOAuthAccessToken.token",
];

/// Members that `Debug` does not show, in whatever object.
const SECRET: [&str; 15] = [
    "token",
    "jwt",
    "secret",
    "secret_key",
    "client_secret",
    "api_key",
    "cookies",
    "backup_codes",
    "id_token",
    "access_token",
    "token_secret",
    "private_metadata",
    "saml_request",
    "saml_response",
    "relay_state",
];

/// Addresses that let whoever has them in.
const SECRET_ADDRESSES: [&str; 9] = [
    "ActorToken.url",
    "SignInToken.url",
    "AgentTask.url",
    "SvixURL.svix_url",
    "Invitation.url",
    "RevokedInvitation.url",
    "OrganizationInvitation.url",
    "OrganizationInvitationWithPublicOrganizationData.url",
    "EnterpriseConnectionTestRunResponse.url",
];

pub(crate) fn is_secret(schema: &str, member: &str) -> bool {
    SECRET.contains(&member) || SECRET_ADDRESSES.contains(&format!("{schema}.{member}").as_str())
}

/// The enum of a parameter of the query, where one of the answers has it.
pub(crate) fn query_enum(operation: &str, parameter: &str) -> Option<&'static str> {
    match (operation, parameter) {
        ("GetSessionList", "status") => Some("SessionStatus"),
        (
            "ListInvitations"
            | "UsersGetOrganizationInvitations"
            | "ListInstanceOrganizationInvitations"
            | "ListOrganizationInvitations",
            "status",
        ) => Some("InvitationStatus"),
        ("ListWaitlistEntries", "status") => Some("WaitlistEntryStatus"),
        ("ListEnterpriseConnectionTestRuns", "status") => Some("TestRunStatus"),
        _ => None,
    }
}

/// Calls whose path has no version before it, as with Clerk's own clients.
pub(crate) fn is_unversioned(operation: &Operation) -> bool {
    operation.path.starts_with("/api_keys")
        || operation.path.starts_with("/m2m_tokens")
        || operation.path == "/oauth_applications/access_tokens/verify"
}

/// Calls whose answer grants something: one that is not JSON by its own account comes from something in between.
pub(crate) const WANTS_JSON: [&str; 3] = ["verifyApiKey", "verifyM2MToken", "verifyOAuthAccessToken"];

/// Answers that are read by hand, with the type and what reads it.
pub(crate) fn by_hand(schema: &str) -> Option<(&'static str, &'static str)> {
    (schema == "JWKS").then_some(("JsonWebKeySet", "crate::key_set::read"))
}
