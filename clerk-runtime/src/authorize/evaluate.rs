//! The evaluation of requirements: one function for each kind. Denies if data is absent, empty or malformed.

use super::denial::Denial;
use super::requirement::{Requirement, Reverification, ReverificationLevel};
use crate::token::FactorVerificationAge;

/// A list of permissions that may be built on demand.
pub(crate) trait Permissions {
    fn list(&self) -> Option<&[String]>;
}

/// The data of a caller that requirements are evaluated against. Empty for an anonymous caller.
#[derive(Clone, Copy, Default)]
pub(crate) struct AuthorizationContext<'a> {
    pub(crate) principal: Principal,
    pub(crate) org_id: Option<&'a str>,
    /// With or without its prefix `org:`, which is ignored.
    pub(crate) org_role: Option<&'a str>,
    pub(crate) org_permissions: Option<&'a dyn Permissions>,
    /// The claim `fea`.
    pub(crate) features: Option<&'a str>,
    /// The claim `pla`.
    pub(crate) plans: Option<&'a str>,
    pub(crate) factor_verification_age: Option<FactorVerificationAge>,
    /// The scopes of a machine's token.
    pub(crate) scopes: &'a [String],
}

/// The kind of caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Principal {
    #[default]
    Anonymous,
    Session,
    Machine,
}

/// The ways in which a caller can meet an unmet requirement, the best one last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remedy {
    /// Not at all: this kind of caller can never satisfy it.
    Never,
    /// Another party has to grant it.
    ByGrant,
    /// By itself: users can verify themselves again, and clients can request a token with more scopes.
    ByCaller,
}

impl Principal {
    pub(super) fn remedy(self, missing: Requirement<'_>) -> Remedy {
        use Requirement::{All, Any, Reverification, Scope};
        match (self, missing) {
            (Self::Session, Reverification(_)) | (Self::Machine, Scope(_)) => Remedy::ByCaller,
            (_, Any(_) | All(_)) | (Self::Session, Scope(_)) | (Self::Machine, _) => Remedy::Never,
            (Self::Anonymous | Self::Session, _) => Remedy::ByGrant,
        }
    }
}

/// Evaluates a requirement.
///
/// # Errors
/// The denial, with the requirement that is not met.
pub(crate) fn evaluate<'r>(
    context: &AuthorizationContext<'_>,
    requirement: Requirement<'r>,
) -> Result<(), Denial<'r>> {
    missing(context, requirement).map_or(Ok(()), |missing| {
        let is_mendable = context.principal.remedy(missing) == Remedy::ByCaller;
        Err(Denial::new(requirement, missing, is_mendable))
    })
}

/// Returns the leaf that is not met, if the requirement is not.
fn missing<'r>(context: &AuthorizationContext<'_>, requirement: Requirement<'r>) -> Option<Requirement<'r>> {
    let holds = match requirement {
        Requirement::Role(role) => has_role(context, role.0),
        Requirement::Permission(permission) => has_permission(context, permission.0),
        Requirement::Feature(feature) => is_in_scope_list(context.features, feature.0),
        Requirement::Plan(plan) => is_in_scope_list(context.plans, plan.0),
        Requirement::Reverification(reverification) => is_reverified(context, reverification),
        Requirement::Scope(scope) => has_scope(context, scope.0),
        Requirement::Any(alternatives) => return missing_of_any(context, requirement, alternatives),
        Requirement::All(items) => return missing_of_all(context, requirement, items),
    };
    (!holds).then_some(requirement)
}

fn missing_of_any<'r>(
    context: &AuthorizationContext<'_>,
    whole: Requirement<'r>,
    alternatives: &'r [Requirement<'r>],
) -> Option<Requirement<'r>> {
    let mut found = None;
    for alternative in alternatives {
        let missing = missing(context, *alternative)?;
        let remedy = context.principal.remedy(missing);
        // Report the alternative that the caller can meet most easily.
        if found.is_none_or(|(best, _)| remedy > best) {
            found = Some((remedy, missing));
        }
    }
    Some(found.map_or(whole, |(_, missing)| missing))
}

fn missing_of_all<'r>(
    context: &AuthorizationContext<'_>,
    whole: Requirement<'r>,
    items: &'r [Requirement<'r>],
) -> Option<Requirement<'r>> {
    if items.is_empty() {
        return Some(whole);
    }
    let mut found = None;
    for missing in items.iter().filter_map(|item| missing(context, *item)) {
        let remedy = context.principal.remedy(missing);
        // Do not report a requirement that the caller can meet if that would not be sufficient.
        if found.is_none_or(|(worst, _)| remedy < worst) {
            found = Some((remedy, missing));
        }
    }
    found.map(|(_, missing)| missing)
}

fn has_role(context: &AuthorizationContext<'_>, role: &str) -> bool {
    let own = context.org_role.filter(|own| !own.is_empty());
    has_organization(context) && own.is_some_and(|own| without_org(own) == without_org(role))
}

fn has_permission(context: &AuthorizationContext<'_>, permission: &str) -> bool {
    let asked = without_org(permission);
    let is_asked = |own: &String| own.strip_prefix("org:") == Some(asked);
    let list = || context.org_permissions?.list();
    has_organization(context) && list().is_some_and(|all| all.iter().any(is_asked))
}

fn has_organization(context: &AuthorizationContext<'_>) -> bool {
    context.org_id.is_some_and(|id| !id.is_empty())
}

/// Removes all prefixes `org:`.
fn without_org(mut key: &str) -> &str {
    while let Some(rest) = key.strip_prefix("org:") {
        key = rest;
    }
    key
}

/// Returns whether a feature or plan is in a list such as `o:invoices,u:themes,ou:reports`.
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
    // A list with a malformed item is ignored as a whole.
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

fn has_scope(context: &AuthorizationContext<'_>, scope: &str) -> bool {
    !scope.is_empty() && context.scopes.iter().any(|own| own == scope)
}

fn is_reverified(context: &AuthorizationContext<'_>, reverification: Reverification) -> bool {
    use ReverificationLevel::{FirstFactor, MultiFactor, SecondFactor};
    let (level, after_minutes) = reverification.level_and_minutes();
    let Some(FactorVerificationAge { first, second }) = context.factor_verification_age else {
        return false;
    };
    let is_age = |age: f64| age.is_finite() && (age == -1.0 || age >= 0.0);
    if !is_age(first) || !is_age(second) {
        return false;
    }
    // A factor that may have any age would be no requirement.
    if !after_minutes.is_finite() {
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
    use Requirement as R;

    impl<const N: usize> Permissions for [String; N] {
        fn list(&self) -> Option<&[String]> {
            Some(self)
        }
    }

    const STRICT: R<'static> = R::Reverification(Reverification::Strict);

    fn context() -> AuthorizationContext<'static> {
        AuthorizationContext {
            principal: Principal::Session,
            org_id: Some("org_1"),
            org_role: Some("org:admin"),
            features: Some("o:invoices, u:themes,ou:reports"),
            plans: Some("u:pro"),
            factor_verification_age: Some(FactorVerificationAge {
                first: 5.0,
                second: 20.0,
            }),
            ..AuthorizationContext::default()
        }
    }

    fn has(context: &AuthorizationContext<'_>, requirement: R<'_>) -> bool {
        evaluate(context, requirement).is_ok()
    }

    #[test]
    fn roles_and_permissions() {
        let permissions = ["org:invoices:read".to_owned(), "bare".to_owned()];
        let context = AuthorizationContext {
            org_permissions: Some(&permissions),
            ..context()
        };
        for (requirement, expected) in [
            (R::role("org:admin"), true),
            (R::role("admin"), true),
            (R::role("org:org:admin"), true),
            (R::role("member"), false),
            (R::role(""), false),
            (R::permission("org:invoices:read"), true),
            (R::permission("invoices:read"), true),
            (R::permission("bare"), false),
            (R::permission(""), false),
            (R::All(&[R::role("admin"), R::permission("invoices:read")]), true),
            (R::All(&[R::role("admin"), R::permission("other")]), false),
            (R::Any(&[R::role("member"), R::permission("invoices:read")]), true),
        ] {
            assert_eq!(has(&context, requirement), expected, "{requirement}");
            let elsewhere = AuthorizationContext {
                org_id: None,
                ..context
            };
            assert!(!has(&elsewhere, requirement), "{requirement}");
        }
    }

    #[test]
    fn lists_nest_without_regrouping_and_empty_ones_deny() {
        let (admin, member, pro, free) = (
            R::role("admin"),
            R::role("member"),
            R::plan("pro"),
            R::plan("free"),
        );
        for (requirement, expected) in [
            (R::All(&[R::Any(&[admin, member]), free]), false),
            (R::All(&[R::Any(&[admin, member]), pro]), true),
            (R::Any(&[R::All(&[admin, free]), pro]), true),
            (R::Any(&[R::All(&[admin, free]), member]), false),
            (R::Any(&[]), false),
            (R::All(&[]), false),
            (R::All(&[admin, R::All(&[])]), false),
            (R::All(&[admin, R::Any(&[])]), false),
            (R::Any(&[R::All(&[]), admin]), true),
        ] {
            assert_eq!(has(&context(), requirement), expected, "{requirement}");
        }
    }

    #[test]
    fn machines_have_scopes_and_anonymous_callers_have_nothing() {
        let scopes = ["invoices:read".to_owned(), String::new()];
        let machine = AuthorizationContext {
            principal: Principal::Machine,
            scopes: &scopes,
            ..AuthorizationContext::default()
        };
        assert!(has(&machine, R::scope("invoices:read")));
        for asked in ["", "invoices", "invoices:rea", "invoices:read "] {
            assert!(!has(&machine, R::scope(asked)), "{asked}");
        }
        for asked in [
            R::scope("invoices:read"),
            R::role("admin"),
            R::plan("pro"),
            R::feature("invoices"),
            STRICT,
        ] {
            assert!(!has(&AuthorizationContext::default(), asked), "{asked}");
        }
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
            assert_eq!(has(&context(), R::feature(asked)), expected, "{asked}");
        }
        assert!(has(&context(), R::plan("pro")));
        assert!(!has(&context(), R::plan("org:pro")));
        for list in [None, Some(""), Some("o:invoices,broken")] {
            let malformed = AuthorizationContext {
                features: list,
                ..context()
            };
            assert!(!has(&malformed, R::feature("invoices")), "{list:?}");
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
            let context = AuthorizationContext {
                factor_verification_age: Some(FactorVerificationAge {
                    first: age.0,
                    second: age.1,
                }),
                ..context()
            };
            let found = presets.map(|preset| has(&context, R::Reverification(preset)));
            assert_eq!(found, expected, "{age:?}");
        }
        let never = Reverification::Custom {
            level: ReverificationLevel::FirstFactor,
            after_minutes: f64::NAN,
        };
        assert!(!has(&context(), R::Reverification(never)));
    }
}
