//! Requirements, their keys and reverification.

use std::fmt;

/// A requirement that an authenticated caller has to satisfy. `#[protected(..)]` declares it as a constant;
/// [`Auth::has`](crate::Auth::has) takes one that is built at run time.
///
/// Only sessions can satisfy roles, permissions, features, plans and reverification; only machines can satisfy scopes.
/// There is no negation, because missing data would satisfy it.
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

/// Declares a type of key. Each kind has a type of its own, so that they cannot be confused.
macro_rules! key {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        ///
        /// A malformed key never matches.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name<'a>(pub &'a str);

        impl fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }
    };
}

key! {
    /// A role in the active organization, such as `org:admin`; `admin` is the same.
    Role
}
key! {
    /// A permission in the active organization, such as `org:invoices:read`; `invoices:read` is the same. Session
    /// tokens do not contain system permissions (`org:sys_…`), so these never match.
    Permission
}
key! {
    /// A feature of the user or the active organization, such as `invoices`; `org:invoices` or `user:invoices` of just one.
    Feature
}
key! {
    /// A plan of the user or the active organization, such as `pro`; `org:pro` or `user:pro` of just one.
    Plan
}
key! {
    /// A scope of a machine's token, such as `invoices:read` (RFC 6749 §3.3).
    Scope
}

/// The authentication factors that must have been verified, and how recently (Clerk docs: reverification).
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Reverification {
    /// Both factors within 10 minutes.
    StrictMfa,
    /// The second factor within 10 minutes.
    Strict,
    /// The second factor within an hour.
    Moderate,
    /// The second factor within a day.
    Lax,
    /// A custom level and age.
    Custom {
        /// The factors.
        level: ReverificationLevel,
        /// The maximum age in minutes, exclusive; more than zero.
        after_minutes: f64,
    },
}

/// The factors that have to be verified. For a user without a second factor the first one is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReverificationLevel {
    /// The first.
    FirstFactor,
    /// The second.
    SecondFactor,
    /// Both.
    MultiFactor,
}

impl Reverification {
    /// Returns Clerk's name of the preset, such as `strict`, or `None` for a custom one.
    pub fn preset(self) -> Option<&'static str> {
        match self {
            Self::StrictMfa => Some("strict_mfa"),
            Self::Strict => Some("strict"),
            Self::Moderate => Some("moderate"),
            Self::Lax => Some("lax"),
            Self::Custom { .. } => None,
        }
    }

    /// Returns the required factors and the maximum age in minutes (exclusive).
    pub fn level_and_minutes(self) -> (ReverificationLevel, f64) {
        use ReverificationLevel::{MultiFactor, SecondFactor};
        match self {
            Self::StrictMfa => (MultiFactor, 10.0),
            Self::Strict => (SecondFactor, 10.0),
            Self::Moderate => (SecondFactor, 60.0),
            Self::Lax => (SecondFactor, 1440.0),
            Self::Custom { level, after_minutes } => (level, after_minutes),
        }
    }
}

impl ReverificationLevel {
    /// Returns Clerk's name of the level, such as `second_factor`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstFactor => "first_factor",
            Self::SecondFactor => "second_factor",
            Self::MultiFactor => "multi_factor",
        }
    }
}

impl fmt::Display for Reverification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.preset() {
            Some(preset) => f.write_str(preset),
            None => {
                let (level, minutes) = self.level_and_minutes();
                write!(f, "{} within {minutes} minutes", level.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
