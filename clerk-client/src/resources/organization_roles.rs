use serde::Deserialize;

use super::OrganizationPermission;
use crate::Client;
use crate::lenient::null_is_default;
use crate::list::List;

/// The roles that members of organizations can have, by [`Client::organization_roles`].
#[derive(Debug, Clone, Copy)]
pub struct OrganizationRoles<'a>(&'a Client);

/// A role.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct OrganizationRole {
    /// `role_…`
    #[serde(default)]
    pub id: Option<String>,
    /// Its name for people.
    #[serde(default)]
    pub name: Option<String>,
    /// Its key, such as `org:admin`.
    #[serde(default)]
    pub key: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
    /// What it may do.
    #[serde(default, deserialize_with = "null_is_default")]
    pub permissions: Vec<OrganizationPermission>,
}

impl<'a> OrganizationRoles<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self(client)
    }

    /// `GET /organization_roles`
    pub fn get_organization_role_list(&self) -> List<'a, OrganizationRole> {
        List::new(self.0, "organization_roles")
    }
}
