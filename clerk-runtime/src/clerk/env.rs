//! The environment variables of Clerk's SDKs.

use super::ClerkBuilder;
use crate::config::error::{
    API_URL, API_VERSION, AUDIENCE, AUTHORIZED_PARTIES, CLOCK_SKEW_IN_MS, DOMAIN, IS_SATELLITE, ISSUERS,
    JWT_KEY, MACHINE_SECRET_KEY, PROXY_URL, PUBLISHABLE_KEY, SECRET_KEY, SIGN_IN_URL, SIGN_UP_URL,
};
use crate::config::{ConfigError, values, variable_of_environment};

impl ClerkBuilder {
    /// Takes what is set in the environment, to be completed or overridden.
    ///
    /// | variable | meaning |
    /// | --- | --- |
    /// | `CLERK_PUBLISHABLE_KEY` | the instance; required |
    /// | `CLERK_SECRET_KEY` | the key of the Backend API |
    /// | `CLERK_MACHINE_SECRET_KEY` | the key of a machine, for machine-to-machine tokens |
    /// | `CLERK_JWT_KEY` | PEM public key: tokens are verified without network |
    /// | `CLERK_AUTHORIZED_PARTIES` | comma-separated origins; required in production |
    /// | `CLERK_AUDIENCE`, `CLERK_ISSUERS` | comma-separated accepted values |
    /// | `CLERK_PROXY_URL`, `CLERK_DOMAIN`, `CLERK_IS_SATELLITE` | where the instance and the application are |
    /// | `CLERK_SIGN_IN_URL`, `CLERK_SIGN_UP_URL` | pages of the application in place of the account portal's |
    /// | `CLERK_CLOCK_SKEW_IN_MS` | tolerated difference of clocks, milliseconds |
    /// | `CLERK_API_URL`, `CLERK_API_VERSION` | the Backend API, if it is not `https://api.clerk.com` and `v1` |
    ///
    /// A variable that is empty or white space counts as not set. `CLERK_IS_SATELLITE` is
    /// true for `true` and for numbers from 1, and false for `false` and `0`.
    ///
    /// # Errors
    /// [`ConfigError::Malformed`] for a variable that is not Unicode, a skew that is not a whole number, or a switch that is
    /// neither on nor off. [`ConfigError::WrongValue`] for a skew from 1 to 300, by which seconds are meant.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_variables(variable_of_environment)
    }

    /// As [`from_env`](Self::from_env), from any source of variables.
    ///
    /// # Errors
    /// What `variable` answers, and those of [`from_env`](Self::from_env).
    pub fn from_variables(
        variable: impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
    ) -> Result<Self, ConfigError> {
        let set = |name| {
            Ok(variable(name)?
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty()))
        };
        let list =
            |name| Ok(set(name)?.map(|value| value.split(',').map(|item| item.trim().to_owned()).collect()));
        let mut builder = Self {
            publishable_key: set(PUBLISHABLE_KEY)?,
            secret_key: set(SECRET_KEY)?,
            jwt_key: set(JWT_KEY)?,
            machine_secret_key: set(MACHINE_SECRET_KEY)?,
            ..Self::default()
        };
        builder.domains.proxy_url = set(PROXY_URL)?;
        builder.domains.domain = set(DOMAIN)?;
        builder.domains.sign_in_url = set(SIGN_IN_URL)?;
        builder.domains.sign_up_url = set(SIGN_UP_URL)?;
        if let Some(value) = set(IS_SATELLITE)? {
            let fix = "write `true` or `false`";
            let malformed = ConfigError::Malformed {
                variable: IS_SATELLITE,
                fix,
            };
            builder.domains.is_satellite = switch(&value).ok_or(malformed)?;
        }
        builder.api_url = set(API_URL)?;
        builder.api_version = set(API_VERSION)?;
        builder.authorized_parties = list(AUTHORIZED_PARTIES)?;
        builder.audience = list(AUDIENCE)?;
        builder.issuers = list(ISSUERS)?;
        // An empty entry is a slip, and a list of nothing else would switch its check off.
        let fix = "one of its entries is empty; list whole values, such as the origins `https://a.example,https://b.example`";
        for (variable, list) in [
            (AUTHORIZED_PARTIES, &builder.authorized_parties),
            (AUDIENCE, &builder.audience),
            (ISSUERS, &builder.issuers),
        ] {
            if list.iter().flatten().any(String::is_empty) {
                return Err(ConfigError::Malformed { variable, fix });
            }
        }
        if let Some(skew) = set(CLOCK_SKEW_IN_MS)? {
            let fix = "write a whole number of milliseconds, such as 5000";
            let malformed = ConfigError::Malformed {
                variable: CLOCK_SKEW_IN_MS,
                fix,
            };
            let skew = skew.parse().map_err(|_| malformed)?;
            values::skew_of_environment(CLOCK_SKEW_IN_MS, skew)?;
            builder.clock_skew_in_ms = Some(skew);
        }
        Ok(builder)
    }
}

/// As Clerk's SDKs read a switch: the word `true`, or a number from 1, is on. Words that they take for off, such as `yes`, are
/// `None`.
fn switch(value: &str) -> Option<bool> {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    if value.eq_ignore_ascii_case("true") || value[..digits].bytes().any(|digit| digit != b'0') {
        return Some(true);
    }
    (value.eq_ignore_ascii_case("false") || digits == value.len()).then_some(false)
}
