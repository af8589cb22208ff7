use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use crate::ids::Ids;
use crate::token::Version;

/// The origin that tokens name in `azp` when nothing else is asked for.
pub(crate) const FRONTEND_ORIGIN: &str = "http://localhost:3000";

/// An organization as tokens show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ActiveOrganization {
    pub(crate) id: String,
    pub(crate) slug: String,
}

/// A session: all that goes into its tokens.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) username: String,
    /// The active organization. Without one, role and permissions say nothing.
    pub(crate) org: Option<ActiveOrganization>,
    pub(crate) role: String,
    pub(crate) permissions: Vec<String>,
    pub(crate) features: Vec<String>,
    pub(crate) plans: Vec<String>,
    pub(crate) pending: bool,
    pub(crate) factor_ages: (i64, i64),
    pub(crate) actor: Option<String>,
    pub(crate) azp: Option<String>,
    pub(crate) version: Version,
    pub(crate) claims: Map<String, Value>,
}

impl Session {
    /// A session that just began, with one factor verified.
    pub(crate) fn new(id: String, user_id: String, username: String) -> Self {
        Self {
            id,
            user_id,
            username,
            org: None,
            role: "org:member".to_owned(),
            permissions: Vec::new(),
            features: Vec::new(),
            plans: Vec::new(),
            pending: false,
            factor_ages: (0, -1),
            actor: None,
            azp: Some(FRONTEND_ORIGIN.to_owned()),
            version: Version::V2,
            claims: Map::new(),
        }
    }
}

/// What a member of an organization is and may.
#[derive(Debug, Clone)]
pub(crate) struct Membership {
    pub(crate) role: String,
    /// Instead of the permissions that the role has.
    pub(crate) permissions: Option<Vec<String>>,
}

/// An organization with its roles' permissions and its members, by name.
#[derive(Debug)]
struct Members {
    organization: ActiveOrganization,
    roles: HashMap<String, Vec<String>>,
    members: HashMap<String, Membership>,
}

/// Users by name, sessions by id and organizations by slug.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    users: HashMap<String, Value>,
    sessions: HashMap<String, Session>,
    organizations: BTreeMap<String, Members>,
}

impl Directory {
    /// The user called `username`, made now if there is none, as the Backend API shows it.
    pub(crate) fn user(&mut self, username: &str, ids: &Ids, now_millis: i64) -> &mut Value {
        self.users
            .entry(username.to_owned())
            .or_insert_with(|| new_user(username, ids, now_millis))
    }

    pub(crate) fn has_user(&self, username: &str) -> bool {
        self.users.contains_key(username)
    }

    /// All names, in alphabetical order.
    pub(crate) fn usernames(&self) -> Vec<String> {
        let mut names: Vec<_> = self.users.keys().cloned().collect();
        names.sort_unstable();
        names
    }

    pub(crate) fn user_by_id(&self, id: &str) -> Option<&Value> {
        self.users.values().find(|user| user["id"] == id)
    }

    /// Deletes a user with all that belongs to them, and says which one it was.
    pub(crate) fn delete_user(&mut self, username: &str) -> Option<Value> {
        let user = self.users.remove(username);
        self.sessions.retain(|_, session| session.username != username);
        for organization in self.organizations.values_mut() {
            organization.members.remove(username);
        }
        user
    }

    pub(crate) fn keep_session(&mut self, session: Session) {
        self.sessions.insert(session.id.clone(), session);
    }

    /// A session whose tokens name this origin from now on, the one that asks for them.
    pub(crate) fn session_for(&mut self, id: &str, origin: &str) -> Option<Session> {
        let session = self.sessions.get_mut(id)?;
        session.azp = Some(origin.to_owned());
        Some(session.clone())
    }

    pub(crate) fn end_session(&mut self, id: &str) {
        self.sessions.remove(id);
    }

    /// A session and its user.
    pub(crate) fn session(&self, id: &str) -> Option<(&Session, &Value)> {
        let session = self.sessions.get(id)?;
        Some((session, self.users.get(&session.username)?))
    }
}

/// Organizations.
impl Directory {
    pub(crate) fn add_organization(&mut self, organization: &ActiveOrganization) {
        self.members_of(organization);
    }

    pub(crate) fn set_role(
        &mut self,
        organization: &ActiveOrganization,
        role: &str,
        permissions: Vec<String>,
    ) {
        self.members_of(organization)
            .roles
            .insert(role.to_owned(), permissions);
        self.bring_up_to_date(organization);
    }

    /// Sessions stay as they are.
    pub(crate) fn add_member(
        &mut self,
        organization: &ActiveOrganization,
        username: &str,
        membership: Membership,
    ) {
        self.members_of(organization)
            .members
            .insert(username.to_owned(), membership);
    }

    pub(crate) fn remove_member(&mut self, organization: &ActiveOrganization, username: &str) {
        self.members_of(organization).members.remove(username);
        self.bring_up_to_date(organization);
    }

    /// The organizations that a user is a member of, by slug.
    pub(crate) fn organizations_of(&self, username: &str) -> Vec<ActiveOrganization> {
        let all = self.organizations.values();
        all.filter(|members| members.members.contains_key(username))
            .map(|members| members.organization.clone())
            .collect()
    }

    /// Makes an organization, by id or slug, the active one of a session; none for the empty text. `false` if there is no
    /// such session or membership.
    pub(crate) fn switch(&mut self, session_id: &str, target: &str) -> bool {
        let Some(session) = self.sessions.get_mut(session_id) else {
            return false;
        };
        if target.is_empty() {
            session.org = None;
            return true;
        }
        let found = self.organizations.values().find(|members| {
            let organization = &members.organization;
            organization.id == target || organization.slug == target
        });
        found.is_some_and(|members| members.activate(session))
    }

    /// The roles of all organizations with what they may do anywhere. Clerk makes two for every instance.
    pub(crate) fn roles(&self) -> BTreeMap<String, BTreeSet<String>> {
        let always = ["org:admin", "org:member"].map(|role| (role.to_owned(), BTreeSet::new()));
        let mut roles = BTreeMap::from(always);
        for (role, permissions) in self.organizations.values().flat_map(|members| &members.roles) {
            let own: &mut BTreeSet<String> = roles.entry(role.clone()).or_default();
            own.extend(permissions.iter().cloned());
        }
        roles
    }

    fn members_of(&mut self, organization: &ActiveOrganization) -> &mut Members {
        let slug = organization.slug.clone();
        self.organizations.entry(slug).or_insert_with(|| Members {
            organization: organization.clone(),
            roles: HashMap::new(),
            members: HashMap::new(),
        })
    }

    /// Sessions that have the organization active get what their users' memberships are now.
    pub(crate) fn bring_up_to_date(&mut self, organization: &ActiveOrganization) {
        let Some(members) = self.organizations.get(&organization.slug) else {
            return;
        };
        let sessions = self.sessions.values_mut();
        for session in sessions.filter(|session| session.org.as_ref() == Some(organization)) {
            if !members.activate(session) {
                session.org = None;
            }
        }
    }
}

impl Members {
    fn activate(&self, session: &mut Session) -> bool {
        let Some(membership) = self.members.get(&session.username) else {
            return false;
        };
        session.org = Some(self.organization.clone());
        session.role.clone_from(&membership.role);
        let permissions = membership
            .permissions
            .as_ref()
            .or_else(|| self.roles.get(&membership.role));
        session.permissions = permissions.cloned().unwrap_or_default();
        true
    }
}

/// `GET /v1/users/{id}` of somebody who signed up with an e-mail address and nothing else.
fn new_user(username: &str, ids: &Ids, now_millis: i64) -> Value {
    let email_id = ids.named("idn_", username);
    json!({
        "object": "user",
        "id": ids.named("user_", username),
        "username": username,
        "first_name": capitalized(username),
        "last_name": null,
        "locale": null,
        "image_url": "https://img.clerk.com/local",
        "has_image": false,
        "external_id": null,
        "primary_email_address_id": email_id,
        "primary_phone_number_id": null,
        "primary_web3_wallet_id": null,
        "password_enabled": true,
        "two_factor_enabled": false,
        "totp_enabled": false,
        "backup_code_enabled": false,
        "email_addresses": [{
            "object": "email_address",
            "id": email_id,
            "email_address": format!("{username}@example.com"),
            "reserved": false,
            "verification": {
                "object": "verification_otp",
                "status": "verified",
                "strategy": "email_code",
                "attempts": 1,
                "expire_at": now_millis.saturating_add(600_000),
            },
            "linked_to": [],
            "matches_sso_connection": false,
            "created_at": now_millis,
            "updated_at": now_millis,
        }],
        "phone_numbers": [],
        "web3_wallets": [],
        "passkeys": [],
        "external_accounts": [],
        "saml_accounts": [],
        "enterprise_accounts": [],
        "public_metadata": {},
        "private_metadata": {},
        "unsafe_metadata": {},
        "banned": false,
        "locked": false,
        "lockout_expires_in_seconds": null,
        "verification_attempts_remaining": 100,
        "mfa_enabled_at": null,
        "mfa_disabled_at": null,
        "password_last_updated_at": now_millis,
        "last_sign_in_at": now_millis,
        "last_active_at": now_millis,
        "legal_accepted_at": null,
        "delete_self_enabled": true,
        "create_organization_enabled": true,
        "create_organizations_limit": null,
        "created_at": now_millis,
        "updated_at": now_millis,
    })
}

/// `ada` as a first name, `acme` as an organization's.
pub(crate) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
