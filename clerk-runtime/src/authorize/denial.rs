use std::fmt;

use serde_json::{Value, json};

use super::requirement::Requirement;
use super::reverification::Reverification;

/// A requirement that the caller does not satisfy. `Display` is for logs: it names the unmet requirement, and nothing about the
/// caller.
///
/// ```
/// use clerk_runtime::Requirement;
///
/// # fn example(auth: clerk_runtime::Auth) {
/// if let Err(denial) = auth.authorize(Requirement::role("org:admin")) {
///     println!("{denial}"); // role org:admin is missing
/// }
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Denial<'a> {
    requirement: Requirement<'a>,
    missing: Requirement<'a>,
    /// Whether the caller can meet the requirement on its own.
    is_mendable: bool,
}

impl<'a> Denial<'a> {
    pub(super) fn new(requirement: Requirement<'a>, missing: Requirement<'a>, is_mendable: bool) -> Self {
        Self {
            requirement,
            missing,
            is_mendable,
        }
    }

    /// Returns the whole requirement.
    pub fn requirement(&self) -> Requirement<'a> {
        self.requirement
    }

    /// Returns the requirement that was not met, or an empty list. If several were not met, returns one that the caller can meet on
    /// its own, if that is sufficient: a reverification for a session, a scope for a machine. Otherwise returns the first one that
    /// this kind of caller can have.
    pub fn missing(&self) -> Requirement<'a> {
        self.missing
    }

    /// Returns the scopes that a machine's token needs, if a scope is the unmet requirement (RFC 6750 §3).
    pub fn scopes(&self) -> Vec<&'a str> {
        let Requirement::Scope(missing) = self.missing else {
            return Vec::new();
        };
        if !self.is_mendable {
            return Vec::new();
        }
        let mut scopes = Vec::new();
        required_scopes(&self.requirement, &mut scopes);
        if !scopes.contains(&missing.0) {
            scopes.push(missing.0);
        }
        scopes
    }

    /// Returns the response body that Clerk's `useReverification()` expects, if a reverification is all that the session needs.
    pub fn reverification_error(&self) -> Option<Value> {
        let Requirement::Reverification(reverification) = self.missing else {
            return None;
        };
        if !self.is_mendable {
            return None;
        }
        Some(json!({
            "clerk_error": {
                "type": "forbidden",
                "reason": "reverification-error",
                "metadata": { "reverification": metadata(reverification) },
            },
        }))
    }
}

/// Collects the scopes that are required in any case.
fn required_scopes<'a>(requirement: &Requirement<'a>, scopes: &mut Vec<&'a str>) {
    match requirement {
        Requirement::Scope(scope) if !scopes.contains(&scope.0) => scopes.push(scope.0),
        Requirement::All(items) => items.iter().for_each(|item| required_scopes(item, scopes)),
        _ => {}
    }
}

fn metadata(reverification: Reverification) -> Value {
    match reverification.preset() {
        Some(preset) => preset.into(),
        None => {
            let (level, minutes) = reverification.level_and_minutes();
            json!({ "level": level.as_str(), "afterMinutes": number(minutes) })
        }
    }
}

/// Returns a number as JavaScript writes it: without a fraction if it is whole.
fn number(minutes: f64) -> Value {
    let whole = minutes as u32;
    if f64::from(whole) == minutes {
        whole.into()
    } else {
        minutes.into()
    }
}

impl fmt::Display for Denial<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.missing {
            Requirement::Reverification(reverification) => {
                write!(f, "the session has to be verified again: {reverification}")
            }
            Requirement::Any(_) | Requirement::All(_) => f.write_str("an empty list is satisfied by nobody"),
            missing => write!(f, "{missing} is missing"),
        }
    }
}

impl std::error::Error for Denial<'_> {}

#[cfg(test)]
mod tests {
    use super::super::evaluate::{AuthorizationContext, evaluate};
    use super::super::principal::Principal;
    use super::super::reverification::ReverificationLevel;
    use super::*;
    use Requirement as R;

    const STRICT: R<'static> = R::Reverification(Reverification::Strict);

    const MACHINE: AuthorizationContext<'static> = AuthorizationContext {
        principal: Principal::Machine,
        org_id: None,
        org_role: None,
        org_permissions: None,
        features: None,
        plans: None,
        factor_verification_age: None,
        scopes: &[],
    };

    const ADMIN: AuthorizationContext<'static> = AuthorizationContext {
        principal: Principal::Session,
        org_id: Some("org_1"),
        org_role: Some("org:admin"),
        plans: Some("u:pro"),
        ..MACHINE
    };

    #[test]
    fn a_denial_names_the_unmet_requirement() {
        for (requirement, expected) in [
            (R::role("member"), "role member is missing"),
            (STRICT, "the session has to be verified again: strict"),
            (R::Any(&[]), "an empty list is satisfied by nobody"),
        ] {
            let denial = evaluate(&ADMIN, requirement).unwrap_err();
            assert_eq!(denial.to_string(), expected);
        }
    }

    #[test]
    fn a_denial_names_the_leaf_that_the_caller_can_meet() {
        let (admin, member, pro) = (R::role("admin"), R::role("member"), R::plan("pro"));
        let empty = R::Any(&[]);
        for (requirement, missing) in [
            (member, member),
            (R::All(&[admin, member]), member),
            (R::All(&[STRICT, member]), member),
            (R::All(&[STRICT, admin]), STRICT),
            (R::Any(&[member, R::scope("a")]), member),
            (R::Any(&[member, R::All(&[pro, STRICT])]), STRICT),
            (R::Any(&[R::All(&[member, STRICT]), R::scope("a")]), member),
            (R::Any(&[R::scope("a"), member]), member),
            (
                R::Any(&[R::scope("a"), R::All(&[STRICT, R::scope("b")])]),
                R::scope("a"),
            ),
            (R::All(&[admin, empty]), empty),
            (R::Any(&[empty, member]), member),
        ] {
            let denial = evaluate(&ADMIN, requirement).unwrap_err();
            assert_eq!(
                (denial.missing(), denial.requirement()),
                (missing, requirement),
                "{requirement}"
            );
        }
    }

    #[test]
    fn machines_get_scopes_and_sessions_get_reverification() {
        const LEAVES: &[R<'static>] = &[R::role("member"), STRICT, R::scope("a")];
        let denial = |context: &AuthorizationContext<'_>, requirement| {
            let denial = evaluate(context, requirement).unwrap_err();
            (
                denial.missing(),
                denial.scopes(),
                denial.reverification_error().is_some(),
            )
        };
        for (context, requirement, expected) in [
            (&MACHINE, R::Any(LEAVES), (R::scope("a"), vec!["a"], false)),
            (&ADMIN, R::Any(LEAVES), (STRICT, vec![], true)),
            (
                &AuthorizationContext::default(),
                R::Any(LEAVES),
                (LEAVES[0], vec![], false),
            ),
            (&MACHINE, R::All(LEAVES), (LEAVES[0], vec![], false)),
            (&ADMIN, R::All(LEAVES), (R::scope("a"), vec![], false)),
            (&MACHINE, STRICT, (STRICT, vec![], false)),
            (&ADMIN, R::scope("a"), (R::scope("a"), vec![], false)),
        ] {
            assert_eq!(
                denial(context, requirement),
                expected,
                "{:?} {requirement}",
                context.principal
            );
        }
    }

    #[test]
    fn scopes_are_listed_if_one_is_missing() {
        let (a, b) = (R::scope("a"), R::scope("b"));
        for (requirement, scopes) in [
            (a, vec!["a"]),
            (R::All(&[a, R::All(&[b, a])]), vec!["a", "b"]),
            (R::Any(&[a, b]), vec!["a"]),
            (R::All(&[R::Any(&[a, b]), b]), vec!["b", "a"]),
            (R::All(&[R::role("admin"), a]), vec![]),
        ] {
            let denial = evaluate(&MACHINE, requirement).unwrap_err();
            assert_eq!(denial.scopes(), scopes, "{requirement}");
        }
    }

    #[test]
    fn the_react_hook_gets_the_reverification() {
        let own = R::Reverification(Reverification::Custom {
            level: ReverificationLevel::SecondFactor,
            after_minutes: 3.0,
        });
        for (requirement, metadata) in [
            (STRICT, r#""strict""#),
            (own, r#"{"afterMinutes":3,"level":"second_factor"}"#),
        ] {
            let denial = evaluate(&ADMIN, requirement).unwrap_err();
            assert_eq!(
                denial.reverification_error().unwrap().to_string(),
                format!(
                    r#"{{"clerk_error":{{"metadata":{{"reverification":{metadata}}},"reason":"reverification-error","type":"forbidden"}}}}"#
                )
            );
        }
        let role = evaluate(&ADMIN, R::role("member")).unwrap_err();
        assert_eq!(role.reverification_error(), None);
    }
}
