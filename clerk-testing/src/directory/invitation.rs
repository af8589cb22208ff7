use serde_json::{Value, json};

use super::Directory;
use super::invitation_record::{Invitation, ToOrganization};
use super::organization_record::role_name;

/// What is asked of a new invitation.
pub(crate) struct Wish {
    pub(crate) email_address: String,
    pub(crate) public_metadata: Value,
    pub(crate) private_metadata: Value,
    pub(crate) url: String,
    pub(crate) days: i64,
    pub(crate) to: Option<ToOrganization>,
}

impl Invitation {
    fn shown(&self, directory: &Directory) -> Value {
        let now = directory.now();
        let mut shown = json!({
            "id": self.id,
            "email_address": self.email_address,
            "public_metadata": self.public_metadata,
            "status": self.status(now),
            "url": self.url,
            "expires_at": self.expires_at,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        });
        let Some(to) = &self.to else {
            shown["object"] = json!("invitation");
            shown["revoked"] = json!(self.is_revoked);
            return shown;
        };
        let inviter = to.inviter_id.as_ref().and_then(|id| directory.users.get(id));
        let mut inviter = inviter.map(|user| user.public_data());
        if let Some(Value::Object(members)) = &mut inviter {
            members.retain(|name, _| !matches!(name.as_str(), "profile_image_url" | "username" | "banned"));
        }
        for (member, value) in [
            ("object", json!("organization_invitation")),
            ("private_metadata", self.private_metadata.clone()),
            ("role", json!(to.role)),
            ("role_name", json!(role_name(&to.role))),
            ("organization_id", json!(to.organization_id)),
            ("inviter_id", json!(to.inviter_id)),
            ("public_inviter_data", json!(inviter)),
        ] {
            shown[member] = value;
        }
        shown
    }
}

impl Directory {
    pub(crate) fn invite(&mut self, wish: Wish) -> Value {
        let now = self.now();
        let prefix = if wish.to.is_some() { "orginv_" } else { "inv_" };
        let invitation = Invitation {
            made: self.next(),
            id: self.ids.fresh(prefix),
            email_address: wish.email_address,
            public_metadata: wish.public_metadata,
            private_metadata: wish.private_metadata,
            url: wish.url,
            to: wish.to,
            expires_at: now.saturating_add(wish.days.saturating_mul(24 * 60 * 60 * 1000)),
            is_revoked: false,
            created_at: now,
            updated_at: now,
        };
        let shown = invitation.shown(self);
        if invitation.to.is_some() {
            self.changes.changed("organizationInvitation.created", &shown);
        }
        self.invitations.insert(invitation.id.clone(), invitation);
        shown
    }

    pub(crate) fn invitation(&self, id: &str) -> Option<&Invitation> {
        self.invitations.get(id)
    }

    pub(crate) fn shown_invitation(&self, id: &str) -> Option<Value> {
        Some(self.invitations.get(id)?.shown(self))
    }

    /// Whether the time of an invitation has neither passed nor been cut short.
    pub(crate) fn is_pending(&self, id: &str) -> bool {
        let now = self.now();
        self.invitations
            .get(id)
            .is_some_and(|invitation| invitation.is_pending(now))
    }

    pub(crate) fn revoke_invitation(&mut self, id: &str) -> Option<Value> {
        let now = self.now();
        let invitation = self.invitations.get_mut(id)?;
        invitation.is_revoked = true;
        invitation.updated_at = now;
        let is_of_organization = invitation.to.is_some();
        let shown = self.shown_invitation(id)?;
        if is_of_organization {
            self.changes.changed("organizationInvitation.revoked", &shown);
        }
        Some(shown)
    }

    /// All invitations that are wanted, the oldest first.
    pub(crate) fn shown_invitations(&self, is_wanted: impl Fn(&Invitation) -> bool) -> Vec<Value> {
        let mut wanted: Vec<_> = self.invitations.values().filter(|one| is_wanted(one)).collect();
        wanted.sort_unstable_by_key(|invitation| invitation.made);
        wanted
            .into_iter()
            .map(|invitation| invitation.shown(self))
            .collect()
    }

    /// The same with what the invited may see of the organization.
    pub(crate) fn invitations_with_organization(
        &self,
        is_wanted: impl Fn(&Invitation) -> bool,
    ) -> Vec<Value> {
        let mut all = self.shown_invitations(|one| one.to.is_some() && is_wanted(one));
        for shown in &mut all {
            let id = shown["organization_id"].as_str().unwrap_or_default();
            if let Some(record) = self.organizations.get(id) {
                shown["public_organization_data"] = record.public_data();
            }
        }
        all
    }
}
