//! Requirements that could never hold, or that say the same twice.

use std::collections::HashSet;

use crate::key::Kind;
use crate::report::Report;
use crate::requirement::{Asked, Leaf, Quantifier, Requirement};
use crate::token::{Accepts, TokenType};

/// Reports them. All of `requirements` have to hold.
pub(crate) fn check(requirements: &[Requirement], accepts: &Accepts, report: &mut Report) {
    let items: Vec<&Requirement> = requirements.iter().collect();
    if said_twice(&items, Quantifier::All, report) || two_roles(&items, report) {
        return;
    }
    for token in TokenType::ALL.into_iter().filter(|token| accepts.accepts(*token)) {
        if let Err(leaf) = satisfiable(&items, Quantifier::All, &|leaf| is_had_by(leaf, token)) {
            report.at(&leaf.tokens, impossible(leaf, token, accepts));
            return;
        }
    }
    if accepts.accepts(TokenType::Session) {
        one_role_suffices(&items, report);
    }
}

/// The items of a list, those of nested lists of the same kind among them.
fn flat<'a>(items: &[&'a Requirement], quantifier: Quantifier) -> Vec<&'a Requirement> {
    let mut all = Vec::new();
    for item in items {
        match item {
            Requirement::List(list) if list.quantifier == quantifier || list.items.len() == 1 => {
                all.extend(flat(&list.items.iter().collect::<Vec<_>>(), quantifier));
            }
            item => all.push(*item),
        }
    }
    all
}

/// Reports what stands in one list more than once, in this or a nested one.
fn said_twice(items: &[&Requirement], quantifier: Quantifier, report: &mut Report) -> bool {
    let mut found = false;
    let mut seen = HashSet::new();
    for item in flat(items, quantifier) {
        match item {
            Requirement::Leaf(leaf) if !seen.insert(leaf.identity()) => {
                found = true;
                report.at(
                    &leaf.tokens,
                    format!("this {} is given twice: remove one", leaf.name()),
                );
            }
            Requirement::List(list) => {
                let items: Vec<&Requirement> = list.items.iter().collect();
                found |= said_twice(&items, list.quantifier, report);
            }
            Requirement::Leaf(_) | Requirement::Broken => {}
        }
    }
    found
}

/// Reports two roles that have to be had at once, at any depth.
fn two_roles(items: &[&Requirement], report: &mut Report) -> bool {
    let all = flat(items, Quantifier::All);
    let mut roles = all.iter().filter_map(|item| match item {
        Requirement::Leaf(leaf) if leaf.kind() == Some(Kind::Role) => Some(leaf),
        _ => None,
    });
    let mut found = false;
    if let Some(second) = roles.nth(1) {
        found = true;
        report.at(&second.tokens, TWO_ROLES);
    }
    for item in all {
        if let Requirement::List(list) = item {
            for item in &list.items {
                found |= two_roles(&[item], report);
            }
        }
    }
    found
}

const TWO_ROLES: &str = "a session has one role in its active organization, so two at once are had by nobody: write \
                         `any(role = .., role = ..)` if one of them is enough, else remove one";

/// Whether a tree can hold if leaves hold as `holds` says. What is broken could be anything.
///
/// # Errors
/// The leaf to blame.
fn satisfiable<'a>(
    items: &[&'a Requirement],
    quantifier: Quantifier,
    holds: &dyn Fn(&Leaf) -> bool,
) -> Result<(), &'a Leaf> {
    let mut outcomes = items.iter().map(|item| match item {
        Requirement::Leaf(leaf) if holds(leaf) => Ok(()),
        Requirement::Leaf(leaf) => Err(leaf),
        Requirement::List(list) => {
            let items: Vec<&Requirement> = list.items.iter().collect();
            satisfiable(&items, list.quantifier, holds)
        }
        Requirement::Broken => Ok(()),
    });
    match quantifier {
        Quantifier::All => outcomes.find(Result::is_err).unwrap_or(Ok(())),
        Quantifier::Any => {
            let mut blamed = Ok(());
            for outcome in outcomes {
                match outcome {
                    Ok(()) => return Ok(()),
                    Err(leaf) => blamed = blamed.and(Err(leaf)),
                }
            }
            blamed
        }
    }
}

fn is_had_by(leaf: &Leaf, token: TokenType) -> bool {
    (leaf.kind() == Some(Kind::Scope)) != (token == TokenType::Session)
}

/// Why a leaf is never had with a type of token that is accepted.
fn impossible(leaf: &Leaf, token: TokenType, accepts: &Accepts) -> String {
    if token == TokenType::Session {
        let advice = if accepts.first_of(&TokenType::MACHINES).is_some() {
            "leave `\"session_token\"` out of `token`, or write beside it what is asked of sessions, as in \
             `any(scope = .., permission = ..)`"
        } else {
            "accept machines' tokens instead, as in `token = \"api_key\"`"
        };
        return format!("a session has no scopes, so this is never satisfied by one: {advice}");
    }
    let what = match leaf.kind() {
        Some(kind) => format!("no {}", kind.name()),
        None => "no factors to verify".to_owned(),
    };
    let advice = if accepts.accepts(TokenType::Session) {
        format!(
            "leave `{:?}` out of `token`, or write beside it what is asked of machines, as in `any({} .., scope = ..)`",
            token.name(),
            match leaf.asked {
                Asked::Reverification(_) => "reverification =".to_owned(),
                _ => format!("{} =", leaf.name()),
            }
        )
    } else {
        "ask for a `scope`, or accept `\"session_token\"` instead".to_owned()
    };
    format!(
        "{} has {what}, so this is never satisfied by one: {advice}",
        token.described()
    )
}

/// Whether there is a role with which the tree can hold for a session. Constants may be any role.
fn one_role_suffices(items: &[&Requirement], report: &mut Report) {
    let mut roles = Vec::new();
    collect_roles(items, &mut roles);
    let mut blamed = None;
    for role in roles.iter().map(|role| Some(role.identity())).chain([None]) {
        let holds = |leaf: &Leaf| match &leaf.asked {
            Asked::Key(Kind::Role, _) => role.as_ref() == Some(&leaf.identity()),
            _ => is_had_by(leaf, TokenType::Session),
        };
        match satisfiable(items, Quantifier::All, &holds) {
            Ok(()) => return,
            Err(leaf) => blamed = Some(leaf),
        }
    }
    // Of alternatives the first is blamed, which may be a scope.
    let blamed = blamed.filter(|leaf| leaf.kind() == Some(Kind::Role));
    if let Some(leaf) = blamed.or(roles.last().copied()) {
        report.at(&leaf.tokens, TWO_ROLES);
    }
}

fn collect_roles<'a>(items: &[&'a Requirement], roles: &mut Vec<&'a Leaf>) {
    for item in items {
        match item {
            Requirement::Leaf(leaf) if matches!(leaf.asked, Asked::Key(Kind::Role, _)) => roles.push(leaf),
            Requirement::List(list) => collect_roles(&list.items.iter().collect::<Vec<_>>(), roles),
            Requirement::Leaf(_) | Requirement::Broken => {}
        }
    }
}
