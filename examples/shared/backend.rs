use clerk_runtime::{ClerkBuilder, ConfigError};
use clerk_testing::{LocalInstance, StartError};

/// Who knows the users.
pub(crate) enum Backend {
    /// Clerk, by the variables `CLERK_…`.
    Hosted,
    /// An instance in this process, for lack of any such variable.
    Local(LocalInstance),
}

impl Backend {
    pub(crate) async fn from_env() -> Result<Self, StartError> {
        let is_configured = std::env::vars_os()
            .any(|(name, value)| name.as_encoded_bytes().starts_with(b"CLERK_") && !value.is_empty());
        if is_configured {
            return Ok(Self::Hosted);
        }
        LocalInstance::start().await.map(Self::Local)
    }

    pub(crate) fn clerk_builder(&self) -> Result<ClerkBuilder, ConfigError> {
        match self {
            Self::Hosted => ClerkBuilder::from_env(),
            Self::Local(instance) => Ok(instance.clerk_builder()),
        }
    }
}
