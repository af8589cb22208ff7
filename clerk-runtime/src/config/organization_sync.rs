//! Pages that belong to an organization, and the session's active one (Clerk docs: `organizationSyncOptions`).

use std::borrow::Cow;

use super::path_pattern::{Param, PathPatterns, PatternError};

/// Which paths belong to which organization.
#[derive(Debug, Clone, Default)]
pub(crate) struct OrganizationSync {
    organization: Option<PathPatterns>,
    personal_account: Option<PathPatterns>,
}

/// The organization that a page belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OrganizationTarget {
    Id(String),
    Slug(String),
    /// A parameter that may be repeated makes a list, which no organization has for its name.
    List(Vec<String>),
    /// None: the page belongs to the personal account.
    PersonalAccount,
}

impl OrganizationSync {
    pub(crate) fn parse(
        organization: Option<&[String]>,
        personal_account: Option<&[String]>,
    ) -> Result<Self, PatternError> {
        let patterns = |list: Option<&[String]>| list.map(PathPatterns::parse).transpose();
        Ok(Self {
            organization: patterns(organization)?,
            personal_account: patterns(personal_account)?,
        })
    }

    /// Whether no path belongs to an organization.
    pub(crate) fn is_empty(&self) -> bool {
        self.organization.is_none() && self.personal_account.is_none()
    }

    /// The organization that a path belongs to. An organization goes before the personal account, an id before a slug.
    pub(crate) fn target(&self, path: &str) -> Option<OrganizationTarget> {
        let organization = || {
            let params = self.organization.as_ref()?.matches(path)?;
            let named = |name, target: fn(String) -> OrganizationTarget| match params.get(name)? {
                Param::Text(text) => (!text.is_empty()).then(|| target(text.clone())),
                Param::List(list) => Some(OrganizationTarget::List(list.clone())),
            };
            named("id", OrganizationTarget::Id).or_else(|| named("slug", OrganizationTarget::Slug))
        };
        let personal_account = || {
            self.personal_account.as_ref()?.matches(path)?;
            Some(OrganizationTarget::PersonalAccount)
        };
        organization().or_else(personal_account)
    }
}

impl OrganizationTarget {
    /// Whether a session with this active organization has to be switched.
    pub(crate) fn differs_from(&self, org_id: Option<&str>, org_slug: Option<&str>) -> bool {
        match self {
            Self::Id(id) => org_id != Some(id),
            Self::Slug(slug) => org_slug != Some(slug),
            Self::List(_) => true,
            Self::PersonalAccount => org_id.is_some_and(|id| !id.is_empty()),
        }
    }

    /// The value of `organization_id` in a handshake.
    pub(crate) fn parameter(&self) -> Cow<'_, str> {
        match self {
            Self::Id(text) | Self::Slug(text) => text.into(),
            Self::List(list) => list.join(",").into(),
            Self::PersonalAccount => "".into(),
        }
    }
}
