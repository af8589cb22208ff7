//! Organization sync: pages that belong to an organization activate it for the session (Clerk docs:
//! `organizationSyncOptions`).

use std::borrow::Cow;

use super::path_pattern::{Param, PathPatterns, PatternError};

/// The patterns of the paths that belong to organizations and to the personal account.
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
    /// The values of a repeated parameter, which match no organization.
    List(Vec<String>),
    /// No organization: the page belongs to the personal account.
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

    /// Returns whether no patterns are configured.
    pub(crate) fn is_empty(&self) -> bool {
        self.organization.is_none() && self.personal_account.is_none()
    }

    /// Returns the organization that a path belongs to. Organizations take precedence over the personal account, ids over
    /// slugs.
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
    /// Returns whether the active organization of a session is another one.
    pub(crate) fn differs_from(&self, org_id: Option<&str>, org_slug: Option<&str>) -> bool {
        match self {
            Self::Id(id) => org_id != Some(id),
            Self::Slug(slug) => org_slug != Some(slug),
            Self::List(_) => true,
            Self::PersonalAccount => org_id.is_some_and(|id| !id.is_empty()),
        }
    }

    /// Returns the value of `organization_id` in a handshake.
    pub(crate) fn parameter(&self) -> Cow<'_, str> {
        match self {
            Self::Id(text) | Self::Slug(text) => text.into(),
            Self::List(list) => list.join(",").into(),
            Self::PersonalAccount => "".into(),
        }
    }
}
