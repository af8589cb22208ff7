use serde::Deserialize;

use crate::Client;
use crate::list::List;

/// The permissions that roles of organizations can have, by [`Client::organization_permissions`].
#[derive(Debug, Clone, Copy)]
pub struct OrganizationPermissions<'a>(&'a Client);

/// A permission.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct OrganizationPermission {
    /// `perm_…`
    #[serde(default)]
    pub id: Option<String>,
    /// Its name for people.
    #[serde(default)]
    pub name: Option<String>,
    /// Its key, such as `org:invoices:read`.
    #[serde(default)]
    pub key: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
    /// `system` for Clerk's own, which are in no session token; `user` for the application's.
    #[serde(default, rename = "type")]
    pub permission_type: Option<String>,
}

impl<'a> OrganizationPermissions<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self(client)
    }

    /// `GET /organization_permissions`
    pub fn get_organization_permission_list(&self) -> List<'a, OrganizationPermission> {
        List::new(self.0, "organization_permissions")
    }
}
