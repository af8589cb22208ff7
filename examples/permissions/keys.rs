//! What the dashboard of the instance calls roles and permissions.

clerk_runtime::roles! {
    /// What members of an organization are.
    pub(crate) Roles {
        Admin = "org:admin",
        Member = "org:member",
    }
}

clerk_runtime::permissions! {
    /// What members of an organization may do.
    pub(crate) Perm {
        InvoicesRead = "org:invoices:read",
        InvoicesWrite = "org:invoices:write",
    }
}
