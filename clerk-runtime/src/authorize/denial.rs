use std::fmt;

use serde_json::{Value, json};

use super::requirement::Requirement;
use super::reverification::Reverification;

/// A requirement was not satisfied, and by what. `Display` is for logs: it says what is missing, and nothing of whom.
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
}

impl<'a> Denial<'a> {
    pub(super) fn new(requirement: Requirement<'a>, missing: Requirement<'a>) -> Self {
        Self { requirement, missing }
    }

    /// The whole requirement.
    pub fn requirement(&self) -> Requirement<'a> {
        self.requirement
    }

    /// The leaf that failed, or an empty list. Of several it is the one that can be mended by whoever asks: a
    /// reverification where everything else holds, else the first.
    pub fn missing(&self) -> Requirement<'a> {
        self.missing
    }

    /// The scopes that a machine's token needs, if a scope is what is missing (RFC 6750 §3).
    pub fn scopes(&self) -> Vec<&'a str> {
        let Requirement::Scope(missing) = self.missing else {
            return Vec::new();
        };
        let mut scopes = Vec::new();
        demanded(&self.requirement, &mut scopes);
        if !scopes.contains(&missing.0) {
            scopes.push(missing.0);
        }
        scopes
    }

    /// What Clerk's `useReverification()` looks for in a response, if the factors are what has to be verified again.
    pub fn reverification_error(&self) -> Option<Value> {
        let Requirement::Reverification(reverification) = self.missing else {
            return None;
        };
        Some(json!({
            "clerk_error": {
                "type": "forbidden",
                "reason": "reverification-error",
                "metadata": { "reverification": metadata(reverification) },
            },
        }))
    }
}

/// The scopes without which nothing else helps.
fn demanded<'a>(requirement: &Requirement<'a>, scopes: &mut Vec<&'a str>) {
    match requirement {
        Requirement::Scope(scope) if !scopes.contains(&scope.0) => scopes.push(scope.0),
        Requirement::All(items) => items.iter().for_each(|item| demanded(item, scopes)),
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

/// JavaScript writes whole numbers without a fraction.
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
