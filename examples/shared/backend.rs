use std::error::Error;

use clerk_runtime::{ClerkBuilder, ConfigError};
use clerk_testing::LocalInstance;

use super::variables;

/// Who knows the users.
pub(crate) enum Backend {
    /// Clerk, by the variables `CLERK_…`.
    Hosted,
    /// An instance in this process, for lack of the variables that Clerk is reached with.
    Local(LocalInstance),
}

impl Backend {
    /// Talks to Clerk if the keys of an instance are there, and the other variables that this example needs.
    pub(crate) async fn from_env(example: &str, others: &[&str]) -> Result<Self, Box<dyn Error>> {
        let needed = [&["CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY"], others].concat();
        if variables::are_set(example, &needed)? {
            return Ok(Self::Hosted);
        }
        Ok(Self::Local(LocalInstance::start().await?))
    }

    pub(crate) fn clerk_builder(&self) -> Result<ClerkBuilder, ConfigError> {
        match self {
            Self::Hosted => ClerkBuilder::from_env(),
            Self::Local(instance) => Ok(instance.clerk_builder()),
        }
    }
}
