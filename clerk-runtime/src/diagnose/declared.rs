//! The roles and permissions that the application declares, beside those that the instance has.

use std::collections::BTreeSet;

use super::diagnosis::{Check, Finding};
use crate::authorize::Requirement;
use crate::excerpt::excerpt_of_list;

/// The keys that the application asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct DeclaredKeys {
    pub(super) roles: BTreeSet<String>,
    pub(super) permissions: BTreeSet<String>,
}

impl DeclaredKeys {
    /// Adds every role and permission that a requirement names.
    pub(super) fn add(&mut self, requirement: Requirement<'_>) {
        match requirement {
            Requirement::Role(role) => {
                self.roles.insert(role.0.to_owned());
            }
            Requirement::Permission(permission) => {
                self.permissions.insert(permission.0.to_owned());
            }
            Requirement::Any(items) | Requirement::All(items) => {
                items.iter().for_each(|item| self.add(*item))
            }
            Requirement::Feature(_)
            | Requirement::Plan(_)
            | Requirement::Reverification(_)
            | Requirement::Scope(_) => {}
        }
    }
}

/// Compares declared keys with those of the instance.
#[cfg_attr(
    not(feature = "network"),
    expect(dead_code, reason = "nothing tells the instance's keys")
)]
pub(super) fn compare(check: Check, declared: &BTreeSet<String>, instance: &BTreeSet<String>) -> Finding {
    let what = match check {
        Check::Roles => "roles",
        _ => "permissions",
    };
    let unknown: Vec<&str> = declared.difference(instance).map(String::as_str).collect();
    if unknown.is_empty() {
        return Finding::good(
            check,
            format!("the instance has all {} declared {what}", declared.len()),
        );
    }
    Finding::problem(
        check,
        format!(
            "the instance does not have {what} that the code asks for: {}",
            excerpt_of_list(unknown.iter().copied())
        ),
        format!(
            "create them in the Clerk dashboard (Roles and permissions), or correct their spelling in the code; the instance has {}",
            list(instance)
        ),
    )
}

fn list(keys: &BTreeSet<String>) -> String {
    if keys.is_empty() {
        return "none".to_owned();
    }
    excerpt_of_list(keys.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::Severity;

    #[test]
    fn keys_of_nested_requirements_are_compared() {
        let mut declared = DeclaredKeys::default();
        declared.add(Requirement::Any(&[
            Requirement::role("org:admin"),
            Requirement::All(&[
                Requirement::permission("org:a:read"),
                Requirement::plan("org:pro"),
            ]),
        ]));
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(declared.roles, keys(&["org:admin"]));
        assert_eq!(declared.permissions, keys(&["org:a:read"]));
        let good = compare(Check::Roles, &declared.roles, &keys(&["org:admin", "org:member"]));
        assert_eq!(good.severity, Severity::Good);
        let bad = compare(Check::Permissions, &declared.permissions, &keys(&["org:b:read"]));
        assert_eq!(bad.severity, Severity::Problem);
        assert!(bad.message.ends_with("org:a:read") && bad.fix.unwrap().ends_with("org:b:read"));
    }
}
