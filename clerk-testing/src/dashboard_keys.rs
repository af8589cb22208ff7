use std::collections::BTreeSet;
use std::fmt;

use clerk_runtime::authorize::{Permission, Role};
use clerk_runtime::client::resources::{OrganizationPermission, OrganizationRole};
use clerk_runtime::client::{self, Client, Pages};
use serde_json::{Value, json};

use crate::error_text::debug_as_display;

/// The roles and permissions that an instance has, as an application keeps a copy of them to test its own declarations
/// against: when the dashboard and the code drift apart, a test says so and not a user.
///
/// ```
/// use clerk_testing::DashboardKeys;
///
/// clerk_runtime::permissions! {
///     Perm {
///         InvoicesRead = "org:invoices:read",
///     }
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // include_str!("../clerk-keys.json") of a real application
/// let checked_in = r#"{ "permissions": ["org:invoices:read"], "roles": ["org:admin", "org:member"] }"#;
/// DashboardKeys::from_json(checked_in)?.match_permissions(Perm::ALL)?;
/// # Ok(()) }
/// ```
///
/// System permissions (`org:sys_…`) are left out: they are in no session token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DashboardKeys {
    permissions: BTreeSet<String>,
    roles: BTreeSet<String>,
}

/// A copy that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected {{\"permissions\": [..], \"roles\": [..]}}, two lists of keys, as `DashboardKeys::to_json` writes them"
)]
pub struct DashboardKeysError;

debug_as_display!(DashboardKeysError);

/// What code and dashboard do not have in common.
#[derive(Clone, PartialEq, Eq)]
pub struct Drift {
    /// Declared in the code, unknown to the instance: nobody will ever have it.
    pub unknown: Vec<String>,
    /// Known to the instance, not declared in the code.
    pub undeclared: Vec<String>,
}

impl DashboardKeys {
    /// Asks the Backend API.
    ///
    /// # Errors
    /// What can go wrong with any call.
    pub async fn export(client: &Client) -> Result<Self, client::Error> {
        let permissions = client.organization_permissions();
        let permissions = permissions.get_organization_permission_list().limit(500);
        let permissions = all(permissions.into_stream()).await?;
        let roles = client.organization_roles();
        let roles = all(roles.get_organization_role_list().limit(500).into_stream()).await?;
        let is_own = |permission: &OrganizationPermission| permission.r#type != "system";
        Ok(Self {
            permissions: permissions
                .into_iter()
                .filter(is_own)
                .map(|permission| permission.key)
                .filter(|key| !key.is_empty() && !key.starts_with("org:sys_"))
                .collect(),
            roles: roles
                .into_iter()
                .map(|role: OrganizationRole| role.key)
                .filter(|key| !key.is_empty())
                .collect(),
        })
    }

    /// Reads a copy.
    ///
    /// # Errors
    /// [`DashboardKeysError`] for anything that [`to_json`](Self::to_json) does not write.
    pub fn from_json(text: &str) -> Result<Self, DashboardKeysError> {
        let document: Value = serde_json::from_str(text).map_err(|_| DashboardKeysError)?;
        let keys = |name: &str| -> Option<BTreeSet<String>> {
            let list = document.get(name)?.as_array()?;
            list.iter().map(|key| key.as_str().map(str::to_owned)).collect()
        };
        Ok(Self {
            permissions: keys("permissions").ok_or(DashboardKeysError)?,
            roles: keys("roles").ok_or(DashboardKeysError)?,
        })
    }

    /// A copy to check in: JSON, one key a line, sorted, so that a change reads well.
    #[must_use]
    pub fn to_json(&self) -> String {
        let document = json!({ "permissions": self.permissions, "roles": self.roles });
        format!("{document:#}\n")
    }

    /// Whether these are the permissions that the code declares.
    ///
    /// # Errors
    /// The [`Drift`].
    pub fn match_permissions(&self, declared: &[Permission<'_>]) -> Result<(), Drift> {
        compare(&self.permissions, declared.iter().map(|permission| permission.0))
    }

    /// Whether these are the roles that the code declares.
    ///
    /// # Errors
    /// The [`Drift`].
    pub fn match_roles(&self, declared: &[Role<'_>]) -> Result<(), Drift> {
        compare(&self.roles, declared.iter().map(|role| role.0))
    }
}

/// All pages of a list.
async fn all<T>(mut pages: Pages<T>) -> Result<Vec<T>, client::Error> {
    let mut all = Vec::new();
    while let Some(item) = pages.next().await {
        all.push(item?);
    }
    Ok(all)
}

fn compare<'a>(known: &BTreeSet<String>, declared: impl Iterator<Item = &'a str>) -> Result<(), Drift> {
    let declared: BTreeSet<String> = declared.map(str::to_owned).collect();
    let drift = Drift {
        unknown: declared.difference(known).cloned().collect(),
        undeclared: known.difference(&declared).cloned().collect(),
    };
    if drift.unknown.is_empty() && drift.undeclared.is_empty() {
        Ok(())
    } else {
        Err(drift)
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (what, keys) in [
            ("declared in the code but unknown to the instance", &self.unknown),
            (
                "known to the instance but not declared in the code",
                &self.undeclared,
            ),
        ] {
            if !keys.is_empty() {
                write!(f, "{separator}{what}: {}", keys.join(", "))?;
                separator = "; ";
            }
        }
        Ok(())
    }
}

debug_as_display!(Drift);

impl std::error::Error for Drift {}
