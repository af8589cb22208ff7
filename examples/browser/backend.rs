use std::error::Error;

use clerk_runtime::{Clerk, ClerkBuilder, ConfigError};
use clerk_testing::LocalInstance;

use crate::environment;

/// Who signs users in.
pub(crate) enum Backend {
    /// Clerk, by the variables `CLERK_…`.
    Hosted,
    /// An instance in this process, for lack of any such variable.
    Local(LocalInstance),
}

impl Backend {
    pub(crate) async fn from_env() -> Result<Self, Box<dyn Error>> {
        if environment::configures_clerk() {
            return Ok(Self::Hosted);
        }
        let instance = LocalInstance::start().await?;
        instance
            .organization("acme")
            .member("ada", "org:admin")
            .member("bob", "org:member");
        instance.organization("umbrella").member("ada", "org:member");
        Ok(Self::Local(instance))
    }

    pub(crate) fn is_local(&self) -> bool {
        matches!(self, Self::Local(_))
    }

    /// A handle that knows which pages belong to which organization.
    pub(crate) fn clerk(&self) -> Result<Clerk, ConfigError> {
        let builder = match self {
            Self::Hosted => ClerkBuilder::from_env()?,
            Self::Local(instance) => instance.clerk_builder(),
        };
        builder
            .organization_patterns(["/orgs/:slug"])
            .personal_account_patterns(["/me"])
            .build()
    }

    /// Where users sign out, if this is not done by Clerk's components in the browser; they come back to `home`.
    pub(crate) fn sign_out_url(&self, home: &str) -> Option<String> {
        match self {
            Self::Hosted => None,
            Self::Local(instance) => Some(format!("{}?redirect_url={home}", instance.sign_out_url())),
        }
    }
}
