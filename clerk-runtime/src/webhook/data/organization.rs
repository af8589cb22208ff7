//! Organizations, their domains, members, invitations, roles and permissions.

use serde_json::{Map, Value};

resource! {
    /// An organization. Times are milliseconds since 1970.
    Organization {
        /// The name.
        name: Option<String>,
        /// The slug.
        slug: Option<String>,
        /// Where the logo is.
        image_url: Option<String>,
        /// Whether there is a logo of its own.
        has_image: bool,
        /// How many members it has.
        members_count: Option<i64>,
        /// How many members it may have; 0 for no limit.
        max_allowed_memberships: Option<i64>,
        /// Whether its admins may delete it.
        admin_delete_enabled: bool,
        /// Who made it.
        created_by: Option<String>,
        /// Readable by the frontend.
        public_metadata: Map<String, Value>,
        /// For the backend only.
        private_metadata: Map<String, Value>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

resource! {
    /// A domain whose addresses belong to an organization. Times are milliseconds since 1970.
    OrganizationDomain {
        /// The organization.
        organization_id: Option<String>,
        /// The domain's name.
        name: Option<String>,
        /// `manual_invitation`, `automatic_invitation`, `automatic_suggestion`, `enterprise_sso`, or what is new.
        enrollment_mode: Option<String>,
        /// The address that showed the affiliation.
        affiliation_email_address: Option<String>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

resource! {
    /// A membership in an organization. Times are milliseconds since 1970.
    OrganizationMembership {
        /// The organization.
        organization: Option<Organization>,
        /// Such as `org:admin`.
        role: Option<String>,
        /// Such as `org:invoices:read`.
        permissions: Vec<String>,
        /// The member: `user_id`, `identifier`, `first_name` and so on.
        public_user_data: Map<String, Value>,
        /// Readable by the frontend.
        public_metadata: Map<String, Value>,
        /// For the backend only.
        private_metadata: Map<String, Value>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

impl OrganizationMembership {
    /// The member's id, `user_…`.
    pub fn user_id(&self) -> Option<&str> {
        self.public_user_data.get("user_id")?.as_str()
    }
}

resource! {
    /// An invitation to an organization. Times are milliseconds since 1970.
    OrganizationInvitation {
        /// The organization.
        organization_id: Option<String>,
        /// Who is invited.
        email_address: Option<String>,
        /// Such as `org:member`.
        role: Option<String>,
        /// Who accepted it, which only `organizationInvitation.accepted` tells.
        user_id: Option<String>,
        /// Who invites.
        inviter_id: Option<String>,
        /// `pending`, `accepted`, `revoked`, `expired`, or what is new.
        status: Option<String>,
        /// The link to accept it, which works for everyone who has it.
        url: Option<String>,
        /// Readable by the frontend.
        public_metadata: Map<String, Value>,
        /// For the backend only.
        private_metadata: Map<String, Value>,
        /// When it ends.
        expires_at: Option<i64>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

resource! {
    /// A role in organizations. Times are milliseconds since 1970.
    Role {
        /// Such as `org:admin`.
        key: Option<String>,
        /// The name for people.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// Whether who makes an organization may have it.
        is_creator_eligible: bool,
        /// What it permits.
        permissions: Vec<Permission>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

resource! {
    /// A permission that roles have. Times are milliseconds since 1970.
    Permission {
        /// Such as `org:invoices:read`.
        key: Option<String>,
        /// The name for people.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// `system` or `user`.
        r#type: Option<String>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}
