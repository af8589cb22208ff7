//! The questions of `has`, in the library's words.

use clerk_runtime::Auth;
use clerk_runtime::authorize::{Has, Reverification, ReverificationLevel};
use serde_json::Value;

/// The answer to a query. One with values that have no equal here, such as a number for a role, is had by nobody.
pub(crate) fn answer(auth: &Auth, query: &Value) -> bool {
    let mut asked: Option<Has> = None;
    for (name, value) in query.as_object().into_iter().flatten() {
        let text = value.as_str();
        let one = match (name.as_str(), text) {
            ("role", Some(text)) => Has::role(text),
            ("permission", Some(text)) => Has::permission(text),
            ("feature", Some(text)) => Has::feature(text),
            ("plan", Some(text)) => Has::plan(text),
            ("role" | "permission" | "feature" | "plan", None) => return false,
            ("reverification", _) => match reverification(value) {
                Some(reverification) => Has::reverification(reverification),
                None => return false,
            },
            // Clerk's package does not look at others.
            _ => continue,
        };
        asked = Some(match asked {
            Some(asked) => asked.and(one),
            None => one,
        });
    }
    asked.is_some_and(|asked| auth.has(asked))
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
