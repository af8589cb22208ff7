use std::fmt;

use serde_json::{Value, json};

use super::requirement::{Requirement, Reverification};
use crate::error_text::debug_as_display;

/// A requirement that the caller does not satisfy. `Display` is for logs: it names the unmet requirement, and nothing about
/// the caller.
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
#[derive(Clone, Copy, PartialEq)]
pub struct Denial<'a> {
    requirement: Requirement<'a>,
    missing: Requirement<'a>,
    /// Whether the caller can meet the requirement on its own.
    is_mendable: bool,
    /// Set if the caller is signed out: whether the request carried something in place of a token.
    token_presented: Option<bool>,
}

impl<'a> Denial<'a> {
    pub(super) fn new(requirement: Requirement<'a>, missing: Requirement<'a>, is_mendable: bool) -> Self {
        Self {
            requirement,
            missing,
            is_mendable,
            token_presented: None,
        }
    }

    /// Says that the caller is signed out.
    pub(crate) fn of_signed_out(self, token_presented: bool) -> Self {
        Self {
            token_presented: Some(token_presented),
            ..self
        }
    }

    /// Returns whether a caller that is signed out presented something in place of a token; nothing for one that is
    /// signed in.
    #[cfg(feature = "axum")]
    pub(crate) fn signed_out(&self) -> Option<bool> {
        self.token_presented
    }

    /// Returns the whole requirement.
    pub fn requirement(&self) -> Requirement<'a> {
        self.requirement
    }

    /// Returns the requirement that was not met, or an empty list. If several were not met, returns one that the caller can
    /// meet on its own, if that is sufficient: a reverification for a session, a scope for a machine. Otherwise returns the
    /// first one that this kind of caller can have.
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

    /// Returns the response body that Clerk's `useReverification()` expects, if a reverification is all that the session
    /// needs.
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

debug_as_display!(Denial<'_>);

impl std::error::Error for Denial<'_> {}
