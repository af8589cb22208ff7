use std::fmt;
use std::sync::Arc;

use crate::directory::ActiveOrganization;
use crate::state::Shared;

/// An organization and who is in it; see [`LocalInstance::organization`](crate::LocalInstance::organization).
///
/// Everything takes effect at once. Sessions switch between the organizations that their user is a member of, on the page
/// of [`organization_url`](crate::LocalInstance::organization_url) or by the `organization_id` of a handshake.
///
/// ```
/// # async fn example(instance: clerk_testing::LocalInstance) {
/// instance
///     .organization("acme")
///     .role("org:admin", ["org:invoices:read", "org:invoices:write"])
///     .member("ada", "org:admin")
///     .member("bob", "org:member");
/// # }
/// ```
#[derive(Clone)]
pub struct Organization {
    shared: Arc<Shared>,
    organization: ActiveOrganization,
}

impl Organization {
    pub(crate) fn new(shared: Arc<Shared>, slug: &str) -> Self {
        let organization = shared.organization(slug);
        shared.directory().keep_organization(&organization);
        Self { shared, organization }
    }

    /// Says what a role may do here, instead of what was said before. `admin` means `org:admin`.
    pub fn role<S: Into<String>>(
        self,
        role: impl AsRef<str>,
        permissions: impl IntoIterator<Item = S>,
    ) -> Self {
        let permissions = permissions.into_iter().map(Into::into).collect();
        self.shared
            .directory()
            .set_role(&self.organization, &role_key(role.as_ref()), permissions);
        self
    }

    /// Makes a user a member, or gives a member another role. A user who was never mentioned is made now.
    pub fn member(self, username: impl AsRef<str>, role: impl AsRef<str>) -> Self {
        let mut directory = self.shared.directory();
        let user_id = directory.user_called(username.as_ref());
        directory.join(&self.organization.id, &user_id, &role_key(role.as_ref()), None);
        directory.bring_up_to_date(&self.organization.id);
        drop(directory);
        self
    }

    /// Ends a membership. Sessions that have the organization active have none from then on.
    pub fn remove_member(self, username: impl AsRef<str>) -> Self {
        let mut directory = self.shared.directory();
        let user_id = directory
            .find_user(username.as_ref())
            .map(|user| user.id().to_owned());
        if let Some(user_id) = user_id {
            directory.leave(&self.organization.id, &user_id, None);
        }
        drop(directory);
        self
    }

    /// The id, `org_…`.
    #[must_use]
    pub fn id(&self) -> String {
        self.organization.id.clone()
    }

    /// The slug that it was named by.
    #[must_use]
    pub fn slug(&self) -> String {
        self.organization.slug.clone()
    }
}

impl fmt::Debug for Organization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Organization").field(&self.organization).finish()
    }
}

/// `org:admin` of `admin` and of `org:admin`.
pub(crate) fn role_key(role: &str) -> String {
    format!("org:{}", role.strip_prefix("org:").unwrap_or(role))
}

impl Shared {
    /// Makes an organization, by id or slug, the active one of a browser's session; none for the empty text.
    ///
    /// Nothing happens if nobody is signed in or the user is not a member.
    pub(crate) fn switch_organization(&self, browser: &str, target: &str) -> bool {
        let Some((session, _)) = self.active_session(browser) else {
            return false;
        };
        self.directory().switch(&session.id, target)
    }
}
