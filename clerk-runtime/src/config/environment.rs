use std::env::{self, VarError};

use super::ConfigError;

/// Reads an environment variable of this process.
///
/// # Errors
/// [`ConfigError::Malformed`] if the value is not Unicode.
pub(crate) fn variable_of_environment(variable: &'static str) -> Result<Option<String>, ConfigError> {
    match env::var(variable) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(ConfigError::Malformed {
            variable,
            fix: "its value is not UTF-8",
        }),
    }
}
