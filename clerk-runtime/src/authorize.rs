//! What a session allows: one function for each thing that can be asked, and deny on whatever is absent, empty or odd.

use crate::token::FactorVerificationAge;

/// What is asked of a session (Clerk docs: the parameters of `has()`). All of it has to hold.
///
/// ```
/// use clerk_runtime::authorize::{Has, Reverification};
///
/// # fn example(auth: clerk_runtime::Auth) {
/// if auth.has(Has::permission("org:invoices:read")) { /* … */ }
/// if auth.has(Has::role("org:admin").and(Has::plan("pro")).and(Has::reverification(Reverification::Strict))) { /* … */ }
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Has(Vec<Ask>);

#[derive(Debug, Clone, PartialEq)]
enum Ask {
    Role(String),
    Permission(String),
    Feature(String),
    Plan(String),
    Reverification(Reverification),
}

impl Has {
    /// A role in the active organization, such as `org:admin`; `admin` is the same.
    pub fn role(role: impl Into<String>) -> Self {
        Self(vec![Ask::Role(role.into())])
    }

    /// A permission in the active organization, such as `org:invoices:read`; `invoices:read` is the same. System
    /// permissions (`org:sys_…`) are in no session token, so nobody has them here.
    pub fn permission(permission: impl Into<String>) -> Self {
        Self(vec![Ask::Permission(permission.into())])
    }

    /// A feature of the user or the active organization, such as `invoices`; `org:invoices` or `user:invoices` of just one.
    pub fn feature(feature: impl Into<String>) -> Self {
        Self(vec![Ask::Feature(feature.into())])
    }

    /// A plan of the user or the active organization, such as `pro`; `org:pro` or `user:pro` of just one.
    pub fn plan(plan: impl Into<String>) -> Self {
        Self(vec![Ask::Plan(plan.into())])
    }

    /// Factors that were verified a short while ago.
    pub fn reverification(reverification: Reverification) -> Self {
        Self(vec![Ask::Reverification(reverification)])
    }

    /// This and the other.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

/// How fresh the verification of which factors has to be (Clerk docs: reverification).
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
    /// Something of your own.
    Custom {
        /// Which factors.
        level: ReverificationLevel,
        /// Within how many minutes; more than zero.
        after_minutes: f64,
    },
}

/// Factors that have to be verified. For a user who has no second factor the first one is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReverificationLevel {
    /// The first.
    FirstFactor,
    /// The second.
    SecondFactor,
    /// Both.
    MultiFactor,
}

/// What a session says about itself, as far as authorization goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) org_id: Option<&'a str>,
    pub(crate) org_role: Option<&'a str>,
    pub(crate) org_permissions: Option<&'a [String]>,
    /// The claim `fea`.
    pub(crate) features: Option<&'a str>,
    /// The claim `pla`.
    pub(crate) plans: Option<&'a str>,
    pub(crate) factor_verification_age: Option<FactorVerificationAge>,
}

/// Whether everything that is asked holds. Nothing asked is nothing had.
pub(crate) fn has(facts: &Facts<'_>, has: &Has) -> bool {
    !has.0.is_empty()
        && has.0.iter().all(|ask| match ask {
            Ask::Role(role) => has_role(facts, role),
            Ask::Permission(permission) => has_permission(facts, permission),
            Ask::Feature(feature) => is_in_scope_list(facts.features, feature),
            Ask::Plan(plan) => is_in_scope_list(facts.plans, plan),
            Ask::Reverification(reverification) => is_reverified(facts, *reverification),
        })
}

fn has_role(facts: &Facts<'_>, role: &str) -> bool {
    let own = facts.org_role.filter(|own| !own.is_empty());
    has_organization(facts) && own.is_some_and(|own| without_org(own) == without_org(role))
}

fn has_permission(facts: &Facts<'_>, permission: &str) -> bool {
    let asked = without_org(permission);
    let is_asked = |own: &String| own.strip_prefix("org:") == Some(asked);
    has_organization(facts) && facts.org_permissions.is_some_and(|all| all.iter().any(is_asked))
}

fn has_organization(facts: &Facts<'_>) -> bool {
    facts.org_id.is_some_and(|id| !id.is_empty())
}

/// However often it is written, the prefix says nothing.
fn without_org(mut key: &str) -> &str {
    while let Some(rest) = key.strip_prefix("org:") {
        key = rest;
    }
    key
}

/// Whether a feature or plan is in a list such as `o:invoices,u:themes,ou:reports`.
fn is_in_scope_list(list: Option<&str>, asked: &str) -> bool {
    let Some(list) = list.filter(|list| !list.is_empty()) else {
        return false;
    };
    let mut parts = asked.split(':');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    let slug = second.filter(|slug| !slug.is_empty()).unwrap_or(first);
    let (of_org, of_user) = match (first, second) {
        (_, None) => (true, true),
        ("o" | "org" | "organization", Some(_)) => (true, false),
        ("u" | "user", Some(_)) => (false, true),
        _ => return false,
    };
    let items: Option<Vec<(&str, &str)>> = list.split(',').map(|item| item.trim().split_once(':')).collect();
    // A list that is malformed anywhere is believed nowhere.
    items.is_some_and(|items| {
        items.iter().any(|(scope, own)| {
            let in_scope = match *scope {
                "o" => of_org,
                "u" => of_user,
                "ou" | "uo" => true,
                _ => false,
            };
            in_scope && *own == slug
        })
    })
}

fn is_reverified(facts: &Facts<'_>, reverification: Reverification) -> bool {
    use ReverificationLevel::{FirstFactor, MultiFactor, SecondFactor};
    let (level, after_minutes) = match reverification {
        Reverification::StrictMfa => (MultiFactor, 10.0),
        Reverification::Strict => (SecondFactor, 10.0),
        Reverification::Moderate => (SecondFactor, 60.0),
        Reverification::Lax => (SecondFactor, 1440.0),
        Reverification::Custom { level, after_minutes } => (level, after_minutes),
    };
    let Some(FactorVerificationAge { first, second }) = facts.factor_verification_age else {
        return false;
    };
    let is_age = |age: f64| age.is_finite() && (age == -1.0 || age >= 0.0);
    if !is_age(first) || !is_age(second) || after_minutes.is_nan() || after_minutes <= 0.0 {
        return false;
    }
    let is_there = |age: f64| age >= 0.0;
    let is_fresh = |age: f64| is_there(age) && after_minutes > age;
    match level {
        FirstFactor => is_fresh(first),
        SecondFactor if is_there(second) => is_fresh(second),
        MultiFactor if is_there(second) => is_fresh(first) && is_fresh(second),
        SecondFactor | MultiFactor => is_fresh(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts<'static> {
        Facts {
            org_id: Some("org_1"),
            org_role: Some("org:admin"),
            org_permissions: None,
            features: Some("o:invoices, u:themes,ou:reports"),
            plans: Some("u:pro"),
            factor_verification_age: Some(FactorVerificationAge {
                first: 5.0,
                second: 20.0,
            }),
        }
    }

    #[test]
    fn roles_and_permissions() {
        let permissions = ["org:invoices:read".to_owned(), "bare".to_owned()];
        let facts = Facts {
            org_permissions: Some(&permissions),
            ..facts()
        };
        for (query, expected) in [
            (Has::role("org:admin"), true),
            (Has::role("admin"), true),
            (Has::role("org:org:admin"), true),
            (Has::role("member"), false),
            (Has::role(""), false),
            (Has::permission("org:invoices:read"), true),
            (Has::permission("invoices:read"), true),
            (Has::permission("bare"), false),
            (Has::permission(""), false),
            (Has::role("admin").and(Has::permission("invoices:read")), true),
            (Has::role("admin").and(Has::permission("other")), false),
        ] {
            assert_eq!(has(&facts, &query), expected, "{query:?}");
            let elsewhere = Facts {
                org_id: None,
                ..facts
            };
            assert!(!has(&elsewhere, &query), "{query:?}");
        }
        assert!(!has(&facts, &Has(Vec::new())));
    }

    #[test]
    fn features_and_plans() {
        for (asked, expected) in [
            ("invoices", true),
            ("org:invoices", true),
            ("o:invoices", true),
            ("organization:invoices", true),
            ("user:invoices", false),
            ("u:themes", true),
            ("org:themes", false),
            ("org:reports", true),
            ("user:reports", true),
            ("bogus:invoices", false),
            ("org:invoices:x", true),
            ("org:", false),
            ("", false),
        ] {
            assert_eq!(has(&facts(), &Has::feature(asked)), expected, "{asked}");
        }
        assert!(has(&facts(), &Has::plan("pro")));
        assert!(!has(&facts(), &Has::plan("org:pro")));
        for list in [None, Some(""), Some("o:invoices,broken")] {
            let odd = Facts {
                features: list,
                ..facts()
            };
            assert!(!has(&odd, &Has::feature("invoices")), "{list:?}");
        }
    }

    #[test]
    fn reverification_by_the_age_of_the_factors() {
        let first_factor = Reverification::Custom {
            level: ReverificationLevel::FirstFactor,
            after_minutes: 10.0,
        };
        let presets = [
            Reverification::StrictMfa,
            Reverification::Strict,
            Reverification::Moderate,
            Reverification::Lax,
            first_factor,
        ];
        for (age, expected) in [
            ((5.0, 20.0), [false, false, true, true, true]),
            ((5.0, -1.0), [true, true, true, true, true]),
            ((-1.0, 5.0), [false, true, true, true, false]),
            ((10.0, 10.0), [false, false, true, true, false]),
            ((9.0, 9.0), [true, true, true, true, true]),
            ((61.0, 59.0), [false, false, true, true, false]),
            ((-1.0, -1.0), [false; 5]),
            ((-2.0, 1.0), [false; 5]),
            ((f64::NAN, 1.0), [false; 5]),
        ] {
            let facts = Facts {
                factor_verification_age: Some(FactorVerificationAge {
                    first: age.0,
                    second: age.1,
                }),
                ..facts()
            };
            let found = presets.map(|preset| has(&facts, &Has::reverification(preset)));
            assert_eq!(found, expected, "{age:?}");
        }
        let never = Reverification::Custom {
            level: ReverificationLevel::FirstFactor,
            after_minutes: f64::NAN,
        };
        assert!(!has(&facts(), &Has::reverification(never)));
    }
}
