//! An organization with its members, as the directory keeps it.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::user_record::UserRecord;

/// An organization as tokens show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ActiveOrganization {
    pub(crate) id: String,
    pub(crate) slug: String,
}

/// An organization with its roles' permissions and its members, by the ids of the users.
pub(super) struct OrganizationRecord {
    pub(super) made: u64,
    /// What the Backend API shows, an object.
    pub(super) object: Value,
    pub(super) roles: HashMap<String, Vec<String>>,
    pub(super) members: HashMap<String, Membership>,
}

impl OrganizationRecord {
    pub(super) fn text(&self, name: &str) -> String {
        self.object[name].as_str().unwrap_or_default().to_owned()
    }

    pub(super) fn active(&self) -> ActiveOrganization {
        ActiveOrganization {
            id: self.text("id"),
            slug: self.text("slug"),
        }
    }

    /// What a role may do here.
    pub(super) fn permissions(&self, membership: &Membership) -> Vec<String> {
        let of_role = || self.roles.get(&membership.role);
        membership
            .permissions
            .as_ref()
            .or_else(of_role)
            .cloned()
            .unwrap_or_default()
    }

    /// What members see of it.
    pub(super) fn public(&self) -> Value {
        let mut object = self.object.clone();
        if let Value::Object(members) = &mut object {
            members.remove("private_metadata");
        }
        object
    }

    /// What those who were invited see of it.
    pub(super) fn public_data(&self) -> Value {
        let member = |name: &str| (name.to_owned(), self.object[name].clone());
        ["id", "name", "slug", "image_url", "has_image"]
            .map(member)
            .into_iter()
            .collect()
    }
}

/// What a member of an organization is and may.
#[derive(Debug, Clone)]
pub(crate) struct Membership {
    pub(super) made: u64,
    pub(super) id: String,
    pub(super) role: String,
    /// Whether only a token said so, and nobody who was asked about memberships.
    pub(super) is_by_token: bool,
    /// Instead of the permissions that the role has.
    pub(super) permissions: Option<Vec<String>>,
    pub(crate) public_metadata: Value,
    pub(crate) private_metadata: Value,
    pub(super) created_at: i64,
    pub(super) updated_at: i64,
}

impl Membership {
    pub(super) fn shown(&self, organization: &OrganizationRecord, user: &UserRecord) -> Value {
        json!({
            "object": "organization_membership",
            "id": self.id,
            "role": self.role,
            "role_name": role_name(&self.role),
            "permissions": organization.permissions(self),
            "public_metadata": self.public_metadata,
            "private_metadata": self.private_metadata,
            "organization": organization.public(),
            "public_user_data": user.public_data(),
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        })
    }
}

/// `Admin` of `org:admin`, `Billing manager` of `org:billing_manager`.
pub(crate) fn role_name(role: &str) -> String {
    let words = role.strip_prefix("org:").unwrap_or(role).replace([':', '_'], " ");
    capitalized(&words)
}

/// `GET /v1/organizations/{id}` of an organization of which nothing is known.
pub(crate) fn new_organization(id: &str, now_millis: i64) -> Value {
    json!({
        "object": "organization",
        "id": id,
        "name": "",
        "slug": "",
        "image_url": "https://img.clerk.com/local",
        "has_image": false,
        "max_allowed_memberships": 0,
        "admin_delete_enabled": true,
        "public_metadata": {},
        "private_metadata": {},
        "role_set_key": "role_set:default",
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
