use std::env::{self, VarError};

use super::ConfigError;

/// The value of a variable of this process, if it is set.
///
/// # Errors
/// The value is not Unicode.
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
