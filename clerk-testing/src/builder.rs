use crate::setup::Setup;
use crate::{Handover, LocalInstance, StartError};

/// What an instance is to be; see [`LocalInstance::builder`].
///
/// ```
/// # async fn example() -> Result<(), clerk_testing::StartError> {
/// use clerk_testing::{Handover, LocalInstance};
///
/// let instance = LocalInstance::builder()
///     .production("app.localhost")
///     .satellite("shop.localhost")
///     .handover(Handover::Nonce)
///     .start()
///     .await?;
/// assert!(instance.publishable_key().starts_with("pk_live_"));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "a builder starts nothing until `start` is awaited"]
pub struct LocalInstanceBuilder(Setup);

/// Starting.
impl LocalInstance {
    /// Generates keys and starts the server of a development instance on a free port of `127.0.0.1`.
    ///
    /// # Errors
    /// [`StartError`], if the system has no randomness, memory, ports or threads to give.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// An instance that is not like all others, such as one for production or with satellite domains.
    pub fn builder() -> LocalInstanceBuilder {
        LocalInstanceBuilder::default()
    }
}

impl LocalInstanceBuilder {
    /// Makes a production instance of this domain, whose Frontend API is at `clerk.<domain>`.
    ///
    /// The domain has to be a name below `localhost`, such as `app.localhost`, which browsers take for this machine.
    pub fn production(mut self, domain: impl AsRef<str>) -> Self {
        self.0.domain = Some(domain.as_ref().to_ascii_lowercase());
        self
    }

    /// Adds a satellite domain, another name below `localhost`. Its Frontend API is at `clerk.<domain>`.
    ///
    /// Only production instances know satellite domains. Satellites of development instances need nothing here.
    pub fn satellite(mut self, domain: impl AsRef<str>) -> Self {
        self.0.satellites.push(domain.as_ref().to_ascii_lowercase());
        self
    }

    /// How the handshake hands cookies over, [`Handover::Token`] if this is not called.
    pub fn handover(mut self, handover: Handover) -> Self {
        self.0.handover = handover;
        self
    }

    /// Leaves the cookies without suffix out, which otherwise are set besides those with the suffix of the publishable key.
    pub fn suffixed_cookies_only(mut self) -> Self {
        self.0.suffixed_cookies_only = true;
        self
    }

    /// Generates keys and starts the server on a free port of `127.0.0.1`.
    ///
    /// # Errors
    /// [`StartError::Domain`] for a domain that is not below `localhost`; other [`StartError`]s if the system has no
    /// randomness, memory, ports or threads to give.
    pub async fn start(self) -> Result<LocalInstance, StartError> {
        let names = self.0.domain.iter().chain(&self.0.satellites);
        if let Some(name) = names.into_iter().find(|name| !is_below_localhost(name)) {
            return Err(StartError::Domain(name.clone()));
        }
        if self.0.domain.is_none()
            && let Some(name) = self.0.satellites.first()
        {
            return Err(StartError::Satellite(name.clone()));
        }
        LocalInstance::start_with(self.0).await
    }
}

fn is_below_localhost(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    name.strip_suffix(".localhost")
        .is_some_and(|labels| labels.split('.').all(is_label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_names_below_localhost() {
        for name in ["app.localhost", "a.b-1.localhost"] {
            assert!(is_below_localhost(name), "{name}");
        }
        for name in [
            "",
            "localhost",
            ".localhost",
            "a..localhost",
            "app.example",
            "a b.localhost",
            "a;b.localhost",
        ] {
            assert!(!is_below_localhost(name), "{name}");
        }
    }
}
