//! The environment variables of Clerk's SDKs.

use super::ClerkBuilder;
use crate::config::ConfigError;
use crate::config::error::{AUTHORIZED_PARTIES, JWT_KEY, PUBLISHABLE_KEY, SECRET_KEY};

impl ClerkBuilder {
    /// Takes what is set in the environment, to be completed or overridden.
    ///
    /// | variable | meaning |
    /// | --- | --- |
    /// | `CLERK_PUBLISHABLE_KEY` | the instance; required |
    /// | `CLERK_SECRET_KEY` | the key of the Backend API |
    /// | `CLERK_JWT_KEY` | PEM public key: tokens are verified without network |
    /// | `CLERK_AUTHORIZED_PARTIES` | comma-separated origins; required in production |
    /// | `CLERK_AUDIENCE`, `CLERK_ISSUERS` | comma-separated accepted values |
    /// | `CLERK_CLOCK_SKEW_IN_MS` | tolerated difference of clocks, milliseconds |
    /// | `CLERK_API_URL`, `CLERK_API_VERSION` | the Backend API, if it is not `https://api.clerk.com` and `v1` |
    ///
    /// A variable that is empty or white space counts as not set. At least one of secret key and JWT key is needed.
    ///
    /// # Errors
    /// [`ConfigError::Malformed`] for a variable that is not Unicode, or a skew that is not a whole number.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_variables(|name| match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => Err(ConfigError::Malformed {
                variable: name,
                fix: "its value is not UTF-8",
            }),
        })
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
        let mut builder = Self::default();
        builder.publishable_key = set(PUBLISHABLE_KEY)?;
        builder.secret_key = set(SECRET_KEY)?;
        builder.jwt_key = set(JWT_KEY)?;
        builder.api_url = set("CLERK_API_URL")?;
        builder.api_version = set("CLERK_API_VERSION")?;
        builder.authorized_parties = list(AUTHORIZED_PARTIES)?;
        builder.audience = list("CLERK_AUDIENCE")?;
        builder.issuers = list("CLERK_ISSUERS")?;
        // An empty entry is a slip, and a list of nothing else would switch its check off.
        let fix = "one of its entries is empty; list whole values, such as the origins `https://a.example,https://b.example`";
        for (variable, list) in [
            (AUTHORIZED_PARTIES, &builder.authorized_parties),
            ("CLERK_AUDIENCE", &builder.audience),
            ("CLERK_ISSUERS", &builder.issuers),
        ] {
            if list.iter().flatten().any(String::is_empty) {
                return Err(ConfigError::Malformed { variable, fix });
            }
        }
        if let Some(skew) = set("CLERK_CLOCK_SKEW_IN_MS")? {
            let fix = "write a whole number of milliseconds, such as 5000";
            let malformed = ConfigError::Malformed {
                variable: "CLERK_CLOCK_SKEW_IN_MS",
                fix,
            };
            builder.clock_skew_in_ms = Some(skew.parse().map_err(|_| malformed)?);
        }
        Ok(builder)
    }
}
