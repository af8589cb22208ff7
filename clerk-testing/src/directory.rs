use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::ids::Ids;
use crate::token::Version;

/// The origin that tokens name in `azp` when nothing else is asked for.
pub(crate) const FRONTEND_ORIGIN: &str = "http://localhost:3000";

/// An organization as tokens show it.
#[derive(Debug, Clone)]
pub(crate) struct Organization {
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
    pub(crate) org: Option<Organization>,
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

/// Users by name and sessions by id.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    users: HashMap<String, Value>,
    sessions: HashMap<String, Session>,
}

impl Directory {
    /// The user called `username`, made now if there is none, as the Backend API shows it.
    pub(crate) fn user(&mut self, username: &str, ids: &Ids, now_millis: i64) -> &mut Value {
        self.users
            .entry(username.to_owned())
            .or_insert_with(|| new_user(username, ids, now_millis))
    }

    pub(crate) fn user_by_id(&self, id: &str) -> Option<&Value> {
        self.users.values().find(|user| user["id"] == id)
    }

    pub(crate) fn delete_user(&mut self, username: &str) {
        self.users.remove(username);
        self.sessions.retain(|_, session| session.username != username);
    }

    pub(crate) fn keep_session(&mut self, session: Session) {
        self.sessions.insert(session.id.clone(), session);
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
