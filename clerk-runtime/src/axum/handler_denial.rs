//! Carries a denial by a handler itself into a rejection.

use std::fmt;

use serde_json::Value;

use crate::authorize::Denial;

/// Keeps of a [`Denial`], after the handler that asked, the text for logs and the body of the response.
#[derive(Debug, Clone, PartialEq)]
pub struct HandlerDenial(Box<Told>);

#[derive(Debug, Clone, PartialEq)]
struct Told {
    message: String,
    scopes: String,
    reverification_error: Option<Value>,
}

impl HandlerDenial {
    pub(super) fn new(denial: &Denial<'_>) -> Self {
        Self(Box::new(Told {
            message: denial.to_string(),
            scopes: denial.scopes().join(" "),
            reverification_error: denial.reverification_error(),
        }))
    }

    /// The scopes that a machine's token needs, separated by blanks.
    pub(super) fn scopes(&self) -> &str {
        &self.0.scopes
    }

    /// The response body that Clerk's `useReverification()` expects.
    pub(super) fn reverification_error(&self) -> Option<&Value> {
        self.0.reverification_error.as_ref()
    }
}

/// Names what is missing, for logs.
impl fmt::Display for HandlerDenial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}
