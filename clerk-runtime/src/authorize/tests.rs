use super::evaluate::{AuthorizationContext, Principal, evaluate};
use super::requirement::{Requirement as R, Reverification, ReverificationLevel};

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
