use serde_json::{Value, json};

use super::identification::{Confidence, email_address};
use super::{Directory, capitalized};

/// How long a user stays locked, in milliseconds.
const LOCKOUT: i64 = 60 * 60 * 1000;

/// A user, with what the Backend API does not show.
pub(crate) struct UserRecord {
    made: u64,
    /// A digest, since nothing needs more.
    pub(crate) password: Option<String>,
    /// When a lock ends, in milliseconds of Unix time.
    locked_until: Option<i64>,
    /// An object.
    pub(crate) object: Value,
}

impl UserRecord {
    /// The user as the Backend API shows it at this time.
    pub(super) fn shown(&self, now: i64) -> Value {
        let mut shown = self.object.clone();
        if let Some(until) = self.locked_until {
            let left = until.saturating_sub(now);
            shown["locked"] = json!(left > 0);
            shown["lockout_expires_in_seconds"] = json!((left > 0).then(|| left.saturating_add(999) / 1000));
        }
        shown
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.object.get(name)?.as_str()
    }

    pub(crate) fn id(&self) -> &str {
        self.text("id").unwrap_or_default()
    }

    pub(crate) fn lock(&mut self, now: i64) {
        self.locked_until = Some(now.saturating_add(LOCKOUT));
    }

    pub(crate) fn unlock(&mut self) {
        self.locked_until = None;
        self.object["locked"] = json!(false);
        self.object["lockout_expires_in_seconds"] = Value::Null;
    }

    /// All texts of one kind of identification, such as the `email_address` of all `email_addresses`.
    pub(crate) fn identifications<'a>(&'a self, list: &str, name: &'a str) -> impl Iterator<Item = &'a str> {
        let all = self.object.get(list).and_then(Value::as_array);
        all.into_iter()
            .flatten()
            .filter_map(move |item| item[name].as_str())
    }

    /// What pages call the user, and what signs in as the user.
    pub(crate) fn identifier(&self) -> &str {
        let primary = || self.primary_email_address();
        let phone = || self.identifications("phone_numbers", "phone_number").next();
        self.text("username")
            .or_else(primary)
            .or_else(phone)
            .unwrap_or_else(|| self.id())
    }

    /// The primary e-mail address, or the first for want of one.
    pub(crate) fn primary_email_address(&self) -> Option<&str> {
        let all = self.object.get("email_addresses")?.as_array()?;
        let primary = all
            .iter()
            .find(|address| address["id"] == self.object["primary_email_address_id"]);
        primary.or_else(|| all.first())?["email_address"].as_str()
    }

    /// What members of an organization are told of the user.
    pub(super) fn public_data(&self) -> Value {
        json!({
            "user_id": self.id(),
            "first_name": self.text("first_name"),
            "last_name": self.text("last_name"),
            "profile_image_url": null,
            "image_url": self.text("image_url").unwrap_or_default(),
            "has_image": self.object["has_image"] == json!(true),
            "identifier": self.primary_email_address().unwrap_or_else(|| self.identifier()),
            "username": self.text("username"),
            "banned": self.object["banned"] == json!(true),
        })
    }
}

impl Directory {
    /// The id of the user that a test or a page means by `name`, made now if there is none.
    ///
    /// It is a username, the name that somebody was first mentioned by, an id, an e-mail address or a phone number.
    pub(crate) fn user_called(&mut self, name: &str) -> String {
        if let Some(user) = self.find_user(name) {
            return user.id().to_owned();
        }
        let now = self.now();
        let mut id = self.ids.named("user_", name);
        if self.users.contains_key(&id) {
            id = self.ids.fresh("user_");
        }
        let email_id = self.ids.named("idn_", &id);
        let mut object = new_user(&id, now);
        for (member, value) in [
            ("username", json!(name)),
            ("first_name", json!(capitalized(name))),
            ("primary_email_address_id", json!(email_id)),
            ("password_enabled", json!(true)),
            (
                "email_addresses",
                json!([email_address(
                    &email_id,
                    &format!("{name}@example.com"),
                    Confidence::ByCode,
                    now
                )]),
            ),
            ("password_last_updated_at", json!(now)),
            ("last_sign_in_at", json!(now)),
            ("last_active_at", json!(now)),
        ] {
            object[member] = value;
        }
        self.names.insert(name.to_owned(), id.clone());
        self.add_user(object, None);
        id
    }

    /// The user that is meant by `name`, in the order of [`user_called`](Self::user_called).
    pub(crate) fn find_user(&self, name: &str) -> Option<&UserRecord> {
        let named = self.names.get(name).and_then(|id| self.users.get(id));
        if let Some(user) = named
            && user.text("username") == Some(name)
        {
            return named;
        }
        let mut all = self.users.values();
        let has = |user: &UserRecord, list, member| user.identifications(list, member).any(|own| own == name);
        all.clone()
            .find(|user| user.text("username") == Some(name))
            .or(named)
            .or_else(|| self.users.get(name))
            .or_else(|| {
                all.clone()
                    .find(|user| has(user, "email_addresses", "email_address"))
            })
            .or_else(|| all.find(|user| has(user, "phone_numbers", "phone_number")))
    }

    /// A new user of which the Backend API shows this.
    pub(crate) fn add_user(&mut self, object: Value, password: Option<String>) -> Value {
        let now = self.now();
        let record = UserRecord {
            made: self.next(),
            password,
            locked_until: (object["locked"] == json!(true)).then(|| now.saturating_add(LOCKOUT)),
            object,
        };
        let shown = record.shown(now);
        self.users.insert(record.id().to_owned(), record);
        self.changes.changed("user.created", &shown);
        shown
    }

    pub(crate) fn user_by_id(&self, id: &str) -> Option<&UserRecord> {
        self.users.get(id)
    }

    pub(crate) fn shown_user(&self, id: &str) -> Option<Value> {
        Some(self.users.get(id)?.shown(self.now()))
    }

    /// All users, the oldest first.
    pub(crate) fn users(&self) -> Vec<&UserRecord> {
        let mut all: Vec<_> = self.users.values().collect();
        all.sort_unstable_by_key(|user| user.made);
        all
    }

    /// What pages call all users, in alphabetical order.
    pub(crate) fn identifiers(&self) -> Vec<String> {
        let mut all: Vec<_> = self
            .users
            .values()
            .map(|user| user.identifier().to_owned())
            .collect();
        all.sort_unstable();
        all
    }

    /// Changes a user, who keeps the id.
    pub(crate) fn change_user(&mut self, id: &str, change: impl FnOnce(&mut UserRecord)) -> Option<Value> {
        let now = self.now();
        let former = self.users.get(id)?.object["updated_at"].as_i64();
        let updated_at = self.after(former.unwrap_or_default());
        let record = self.users.get_mut(id)?;
        record.object["updated_at"] = json!(updated_at);
        change(record);
        record.object["id"] = json!(id);
        let shown = record.shown(now);
        self.changes.changed("user.updated", &shown);
        Some(shown)
    }

    /// Deletes a user with all sessions and memberships.
    pub(crate) fn delete_user(&mut self, id: &str) -> Option<Value> {
        let record = self.users.remove(id)?;
        self.names.retain(|_, of| of != id);
        self.sessions.retain(|_, record| record.session.user_id != id);
        let organizations: Vec<String> = self.organizations.keys().cloned().collect();
        for organization in organizations {
            self.leave(&organization, id, Some(&record));
        }
        let mut deleted = json!({ "object": "user", "id": id, "deleted": true });
        if let Some(external_id) = record.text("external_id") {
            deleted["external_id"] = json!(external_id);
        }
        self.changes.changed("user.deleted", &deleted);
        Some(deleted)
    }

    /// Notes that a session of a user began. Clerk tells nobody of it.
    pub(super) fn signed_in(&mut self, id: &str, now: i64) {
        if let Some(record) = self.users.get_mut(id) {
            record.object["last_sign_in_at"] = json!(now);
            record.object["last_active_at"] = json!(now);
        }
    }
}

/// `GET /v1/users/{id}` of somebody of whom nothing is known.
pub(crate) fn new_user(id: &str, now_millis: i64) -> Value {
    let mut user = json!({
        "object": "user",
        "id": id,
        "username": null,
        "first_name": null,
        "last_name": null,
        "locale": null,
        "image_url": "https://img.clerk.com/local",
        "has_image": false,
        "external_id": null,
        "primary_email_address_id": null,
        "primary_phone_number_id": null,
        "primary_web3_wallet_id": null,
        "password_enabled": false,
        "two_factor_enabled": false,
        "totp_enabled": false,
        "backup_code_enabled": false,
        "email_addresses": [],
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
        "password_last_updated_at": null,
        "last_sign_in_at": null,
        "last_active_at": null,
        "legal_accepted_at": null,
        "delete_self_enabled": true,
        "create_organization_enabled": true,
        "create_organizations_limit": null,
        "created_at": now_millis,
        "updated_at": now_millis,
    });
    // One macro takes no more members.
    for name in ["bypass_client_trust", "deprovisioned"] {
        user[name] = json!(false);
    }
    user
}
