//! An invitation, as the directory keeps it.

use serde_json::Value;

/// An invitation to the instance or to an organization. Times are in milliseconds of Unix time.
#[derive(Debug, Clone)]
pub(crate) struct Invitation {
    pub(super) made: u64,
    pub(super) id: String,
    pub(crate) email_address: String,
    pub(crate) public_metadata: Value,
    pub(crate) private_metadata: Value,
    pub(crate) url: String,
    pub(crate) to: Option<ToOrganization>,
    pub(super) expires_at: i64,
    pub(super) is_revoked: bool,
    pub(super) created_at: i64,
    pub(super) updated_at: i64,
}

/// What only invitations to organizations have.
#[derive(Debug, Clone)]
pub(crate) struct ToOrganization {
    pub(crate) organization_id: String,
    pub(crate) role: String,
    pub(crate) inviter_id: Option<String>,
}

impl Invitation {
    pub(crate) fn is_of(&self, organization: &str) -> bool {
        self.to
            .as_ref()
            .is_some_and(|to| to.organization_id == organization)
    }

    pub(crate) fn is_pending(&self, now: i64) -> bool {
        self.status(now) == "pending"
    }

    pub(super) fn status(&self, now: i64) -> &'static str {
        if self.is_revoked {
            "revoked"
        } else if self.expires_at <= now {
            "expired"
        } else {
            "pending"
        }
    }
}
