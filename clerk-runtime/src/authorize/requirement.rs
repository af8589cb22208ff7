use std::fmt;

use super::key::{Feature, Permission, Plan, Role, Scope};
use super::reverification::Reverification;

/// A requirement that an authenticated caller has to satisfy. `#[protected(..)]` declares it as a constant;
/// [`Auth::has`](crate::Auth::has) takes one that is built at run time.
///
/// Only sessions can satisfy roles, permissions, features, plans and reverification; only machines can satisfy scopes. There is no
/// negation, because missing data would satisfy it.
///
/// `Display` gives the line of an access table: `all(role org:admin, any(plan pro, feature export))`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Requirement<'a> {
    /// This role in the active organization.
    Role(Role<'a>),
    /// This permission in the active organization.
    Permission(Permission<'a>),
    /// This feature.
    Feature(Feature<'a>),
    /// This plan.
    Plan(Plan<'a>),
    /// A recent verification of factors.
    Reverification(Reverification),
    /// This scope of a machine's token.
    Scope(Scope<'a>),
    /// At least one of these. No caller satisfies an empty list.
    Any(&'a [Requirement<'a>]),
    /// Every one of these. No caller satisfies an empty list.
    All(&'a [Requirement<'a>]),
}

impl<'a> Requirement<'a> {
    /// Requires a [`Role`] with this key.
    pub const fn role(key: &'a str) -> Self {
        Self::Role(Role(key))
    }

    /// Requires a [`Permission`] with this key.
    pub const fn permission(key: &'a str) -> Self {
        Self::Permission(Permission(key))
    }

    /// Requires a [`Feature`] with this slug.
    pub const fn feature(slug: &'a str) -> Self {
        Self::Feature(Feature(slug))
    }

    /// Requires a [`Plan`] with this slug.
    pub const fn plan(slug: &'a str) -> Self {
        Self::Plan(Plan(slug))
    }

    /// Requires a [`Scope`] with this name.
    pub const fn scope(name: &'a str) -> Self {
        Self::Scope(Scope(name))
    }
}

macro_rules! leaves {
    ($($kind:ident),*) => {$(
        impl<'a> From<$kind<'a>> for Requirement<'a> {
            fn from(key: $kind<'a>) -> Self {
                Self::$kind(key)
            }
        }
    )*};
}

leaves!(Role, Permission, Feature, Plan, Scope);

impl From<Reverification> for Requirement<'_> {
    fn from(reverification: Reverification) -> Self {
        Self::Reverification(reverification)
    }
}

impl fmt::Display for Requirement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, name: &str, items: &[Self]| {
            write!(f, "{name}(")?;
            for (index, item) in items.iter().enumerate() {
                write!(f, "{}{item}", if index == 0 { "" } else { ", " })?;
            }
            f.write_str(")")
        };
        match self {
            Self::Role(role) => write!(f, "role {role}"),
            Self::Permission(permission) => write!(f, "permission {permission}"),
            Self::Feature(feature) => write!(f, "feature {feature}"),
            Self::Plan(plan) => write!(f, "plan {plan}"),
            Self::Reverification(reverification) => write!(f, "reverification {reverification}"),
            Self::Scope(scope) => write!(f, "scope {scope}"),
            Self::Any(items) => list(f, "any", items),
            Self::All(items) => list(f, "all", items),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authorize::ReverificationLevel;
    use Requirement as R;

    #[test]
    fn a_requirement_reads_as_it_is_written() {
        let reverification = R::Reverification(Reverification::Strict);
        let all = [R::permission("org:invoices:read"), R::plan("pro")];
        let any = [R::role("org:admin"), R::All(&all)];
        for (requirement, expected) in [
            (
                R::Any(&any),
                "any(role org:admin, all(permission org:invoices:read, plan pro))",
            ),
            (reverification, "reverification strict"),
            (R::feature("export"), "feature export"),
            (R::scope("invoices:read"), "scope invoices:read"),
        ] {
            assert_eq!(requirement.to_string(), expected);
        }
        let custom = Reverification::Custom {
            level: ReverificationLevel::SecondFactor,
            after_minutes: 15.0,
        };
        assert_eq!(custom.to_string(), "second_factor within 15 minutes");
    }
}
