use serde_json::{Value, json};

use super::Directory;
use super::identification::{Confidence, email_address};
use super::organization_record::capitalized;
use super::user_record::{LOCKOUT, UserRecord, new_user};

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
