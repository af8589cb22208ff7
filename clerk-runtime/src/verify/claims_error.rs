//! The error of claims that do not fit a type, which names the claim and no value.

use serde::de::DeserializeOwned;

use crate::error_text::debug_as_display;

/// The claims of a token do not fit a type. `Display` names the claim and what the type wants, and no value of the token.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("the claims do not fit: {0}")]
pub struct ClaimsError(String);

debug_as_display!(ClaimsError);

impl ClaimsError {
    /// Reads claims, JSON, as a type.
    ///
    /// # Errors
    /// The first claim that does not fit.
    pub(crate) fn read<T: DeserializeOwned>(claims: &str) -> Result<T, Self> {
        serde_json::from_str(claims).map_err(|_| Self::locate::<T>(claims))
    }

    /// Returns the claim and what the type wants.
    #[cfg(feature = "axum")]
    pub(crate) fn mismatch(&self) -> &str {
        &self.0
    }

    /// Reads the claims once more, to learn which of them does not fit.
    fn locate<T: DeserializeOwned>(claims: &str) -> Self {
        /// The longest path that is told, in bytes.
        const MAX_PATH: usize = 64;
        let mut json = serde_json::Deserializer::from_str(claims);
        let Err(error) = serde_path_to_error::deserialize::<_, T>(&mut json) else {
            return Self("a claim is not what the type wants".to_owned());
        };
        let path = error.path().to_string().escape_default().to_string();
        let wanted = wanted(&error.into_inner().to_string());
        Self(match &*path {
            "." => wanted,
            path if path.len() > MAX_PATH => format!("a claim far inside: {wanted}"),
            path => format!("`{path}`: {wanted}"),
        })
    }
}

/// Returns what a message of serde says about the type. What it says about the value is the user's.
fn wanted(message: &str) -> String {
    let message = message
        .rsplit_once(" at line ")
        .map_or(message, |(message, _)| message);
    if message.starts_with("missing field ") {
        return message.to_owned();
    }
    match message.rfind(", expected ") {
        Some(at) => message[at + 2..].to_owned(),
        None => "it is not what the type wants".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize, Debug)]
    #[expect(dead_code, reason = "only whether they fit matters")]
    struct Mine {
        plan: String,
        metadata: Metadata,
    }

    #[derive(Deserialize, Debug)]
    #[expect(dead_code, reason = "only whether they fit matters")]
    struct Metadata {
        seats: u32,
        tier: Option<Tier>,
    }

    #[derive(Deserialize, Debug)]
    enum Tier {
        Free,
        Pro,
    }

    #[test]
    fn error_names_the_claim_and_no_value() {
        for (claims, expected) in [
            (r#"{"metadata":{"seats":1}}"#, "missing field `plan`"),
            (
                r#"{"plan":"a","metadata":{}}"#,
                "`metadata`: missing field `seats`",
            ),
            (
                r#"{"plan":"a","metadata":{"seats":"SECRET"}}"#,
                "`metadata.seats`: expected u32",
            ),
            (
                r#"{"plan":"a","metadata":{"seats":-1}}"#,
                "`metadata.seats`: expected u32",
            ),
            (
                r#"{"plan":"a","metadata":{"seats":1,"tier":"SECRET, expected x"}}"#,
                "`metadata.tier`: expected `Free` or `Pro`",
            ),
            (
                r#"{"plan":7,"metadata":{"seats":1}}"#,
                "`plan`: expected a string",
            ),
        ] {
            let error = ClaimsError::read::<Mine>(claims).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("the claims do not fit: {expected}"),
                "{claims}"
            );
        }
    }
}
