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
