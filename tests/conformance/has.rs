//! The questions of `has`, in the library's words.

use clerk_runtime::authorize::{Reverification, ReverificationLevel};
use clerk_runtime::{Auth, Requirement};
use serde_json::Value;

/// The answer to a query. One with values that have no equal here, such as a number for a role, is had by nobody.
pub(crate) fn answer(auth: &Auth, query: &Value) -> bool {
    let mut asked = Vec::new();
    for (name, value) in query.as_object().into_iter().flatten() {
        let text = value.as_str();
        asked.push(match (name.as_str(), text) {
            ("role", Some(text)) => Requirement::role(text),
            ("permission", Some(text)) => Requirement::permission(text),
            ("feature", Some(text)) => Requirement::feature(text),
            ("plan", Some(text)) => Requirement::plan(text),
            ("role" | "permission" | "feature" | "plan", None) => return false,
            ("reverification", _) => match reverification(value) {
                Some(reverification) => Requirement::Reverification(reverification),
                None => return false,
            },
            // Clerk's package does not look at others.
            _ => continue,
        });
    }
    auth.has(Requirement::All(&asked))
}

fn reverification(value: &Value) -> Option<Reverification> {
    match value {
        Value::String(preset) => Some(match preset.as_str() {
            "strict_mfa" => Reverification::StrictMfa,
            "strict" => Reverification::Strict,
            "moderate" => Reverification::Moderate,
            "lax" => Reverification::Lax,
            _ => return None,
        }),
        value => Some(Reverification::Custom {
            level: match value["level"].as_str()? {
                "first_factor" => ReverificationLevel::FirstFactor,
                "second_factor" => ReverificationLevel::SecondFactor,
                "multi_factor" => ReverificationLevel::MultiFactor,
                _ => return None,
            },
            after_minutes: value["afterMinutes"].as_f64()?,
        }),
    }
}
