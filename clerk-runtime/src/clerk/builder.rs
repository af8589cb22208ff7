use std::fmt;
use std::sync::Arc;

use super::Clerk;
use crate::clock::{Clock, SystemClock};
use crate::config::error::{JWT_KEY, PUBLISHABLE_KEY, SECRET_KEY};
use crate::config::{ClaimRules, Config, ConfigError, DEFAULT_CLOCK_SKEW_IN_MS, JwksPolicy};
use crate::key::{InstanceType, JwtKey, PublishableKey, SecretKey};
use crate::verify::KeySource;

/// Configures a [`Clerk`]. Made by [`Clerk::builder`] or [`from_env`](Self::from_env); `Debug` shows no value.
///
/// A later call of a method replaces an earlier one. Everything is checked by [`build`](Self::build).
#[derive(Default)]
#[must_use]
pub struct ClerkBuilder {
    pub(super) publishable_key: Option<String>,
    pub(super) secret_key: Option<String>,
    pub(super) jwt_key: Option<String>,
    pub(super) api_url: Option<String>,
    pub(super) api_version: Option<String>,
    pub(super) authorized_parties: Option<Vec<String>>,
    any_authorized_party: bool,
    pub(super) audience: Option<Vec<String>>,
    pub(super) issuers: Option<Vec<String>>,
    any_issuer: bool,
    pub(super) clock_skew_in_ms: Option<i64>,
    clock: Option<Arc<dyn Clock>>,
    jwks_policy: JwksPolicy,
    #[cfg(feature = "network")]
    transport: Option<Box<dyn clerk_client::Transport>>,
}

impl ClerkBuilder {
    /// The publishable key, `pk_test_…` or `pk_live_…`. Required.
    pub fn publishable_key(mut self, key: impl Into<String>) -> Self {
        self.publishable_key = Some(key.into());
        self
    }

    /// The secret key, `sk_test_…` or `sk_live_…`. Required unless there is a JWT key.
    pub fn secret_key(mut self, key: impl Into<String>) -> Self {
        self.secret_key = Some(key.into());
        self
    }

    /// The instance's public key in PEM, in any spelling of [`JwtKey`]. Tokens are then verified without network.
    pub fn jwt_key(mut self, pem: impl Into<String>) -> Self {
        self.jwt_key = Some(pem.into());
        self
    }

    /// The address of the Backend API, `https://api.clerk.com` by default. Plain `http` is for loopback only.
    pub fn api_url(mut self, url: impl Into<String>) -> Self {
        self.api_url = Some(url.into());
        self
    }

    /// The path version of the Backend API, `v1` by default.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Some(version.into());
        self
    }

    /// The origins that tokens may be made for: the exact values of the claim `azp`, such as `https://app.example.com`.
    ///
    /// A token without `azp` is then refused. An empty list is the same as none.
    pub fn authorized_parties<P: Into<String>>(mut self, parties: impl IntoIterator<Item = P>) -> Self {
        self.authorized_parties = Some(parties.into_iter().map(Into::into).collect());
        self
    }

    /// Takes tokens made for any site, also by a production instance.
    ///
    /// The risk: whoever controls another subdomain of your domain can plant a session cookie made for that subdomain.
    pub fn any_authorized_party(mut self) -> Self {
        self.any_authorized_party = true;
        self
    }

    /// The audiences that tokens may be made for: one of them has to be in the claim `aud`. Empty texts are dropped.
    pub fn audience<A: Into<String>>(mut self, audience: impl IntoIterator<Item = A>) -> Self {
        self.audience = Some(audience.into_iter().map(Into::into).collect());
        self
    }

    /// The exact values that `iss` may have, in place of the one that follows from the publishable key.
    pub fn issuers<I: Into<String>>(mut self, issuers: impl IntoIterator<Item = I>) -> Self {
        self.issuers = Some(issuers.into_iter().map(Into::into).collect());
        self
    }

    /// Takes tokens whatever their issuer, as Clerk's own SDK does. The signature still has to be the instance's.
    pub fn any_issuer(mut self) -> Self {
        self.any_issuer = true;
        self
    }

    /// By how many milliseconds the clocks of Clerk and this machine may differ; 5000 by default.
    pub fn clock_skew_in_ms(mut self, skew: i64) -> Self {
        self.clock_skew_in_ms = Some(skew);
        self
    }

    /// Another source of time, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// When keys are fetched and how long they are trusted.
    pub fn jwks_policy(mut self, policy: JwksPolicy) -> Self {
        self.jwks_policy = policy;
        self
    }

    /// Another way to the Backend API, for tests.
    #[cfg(feature = "network")]
    pub fn transport(mut self, transport: impl clerk_client::Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Checks everything and makes the handle. Does no I/O.
    ///
    /// # Errors
    /// The first setting that is missing or malformed.
    pub fn build(self) -> Result<Clerk, ConfigError> {
        let publishable_key = present(self.publishable_key).ok_or(ConfigError::Missing {
            variable: PUBLISHABLE_KEY,
            fix: "copy it from the API keys page of the Clerk dashboard",
        })?;
        let publishable_key = PublishableKey::parse(&publishable_key).map_err(|error| ConfigError::Key {
            variable: PUBLISHABLE_KEY,
            error,
        })?;
        let secret_key = present(self.secret_key)
            .map(|key| {
                SecretKey::parse(&key).map_err(|error| ConfigError::Key {
                    variable: SECRET_KEY,
                    error,
                })
            })
            .transpose()?;
        let jwt_key = present(self.jwt_key)
            .map(|pem| {
                JwtKey::from_pem(&pem).map_err(|error| ConfigError::Key {
                    variable: JWT_KEY,
                    error,
                })
            })
            .transpose()?;
        let authorized_parties = self.authorized_parties.filter(|parties| !parties.is_empty());
        let production = publishable_key.instance_type() == InstanceType::Production;
        if production && authorized_parties.is_none() && !self.any_authorized_party {
            return Err(ConfigError::AuthorizedParties);
        }
        let issuers = if self.any_issuer {
            None
        } else {
            Some(
                non_empty(self.issuers)
                    .unwrap_or_else(|| vec![format!("https://{}", publishable_key.frontend_api())]),
            )
        };
        let config = Config {
            rules: ClaimRules {
                authorized_parties,
                audience: non_empty(self.audience),
                issuers,
                clock_skew_in_ms: self.clock_skew_in_ms.unwrap_or(DEFAULT_CLOCK_SKEW_IN_MS),
            },
            publishable_key,
        };
        let clock = self.clock.unwrap_or_else(|| Arc::new(SystemClock));
        #[cfg(feature = "network")]
        {
            let has_secret_key = secret_key.is_some();
            let client = backend_api(
                secret_key.as_ref(),
                self.api_url,
                self.api_version,
                self.transport,
            )?;
            let keys = match jwt_key {
                Some(key) => KeySource::JwtKey(key),
                None if has_secret_key => KeySource::Jwks(crate::verify::Jwks::new(
                    client.clone(),
                    Arc::clone(&clock),
                    self.jwks_policy,
                )),
                None => {
                    return Err(ConfigError::Missing {
                        variable: SECRET_KEY,
                        fix: "copy it from the API keys page of the Clerk dashboard, or set CLERK_JWT_KEY to verify without network",
                    });
                }
            };
            Ok(Clerk::new(config, clock, keys, client))
        }
        #[cfg(not(feature = "network"))]
        {
            let _ = (secret_key, self.api_url, self.api_version, self.jwks_policy);
            let jwt_key = jwt_key.ok_or(ConfigError::Missing {
                variable: JWT_KEY,
                fix: "without the feature `network` keys cannot be fetched; copy the PEM public key from the API keys page of the Clerk dashboard",
            })?;
            Ok(Clerk::new(config, clock, KeySource::JwtKey(jwt_key)))
        }
    }
}

#[cfg(feature = "network")]
fn backend_api(
    secret_key: Option<&SecretKey>,
    api_url: Option<String>,
    api_version: Option<String>,
    transport: Option<Box<dyn clerk_client::Transport>>,
) -> Result<clerk_client::Client, ConfigError> {
    let mut builder = match secret_key {
        Some(key) => clerk_client::Client::builder(key.expose()),
        // Its calls end before anything is sent, so nothing has to be set up for sending.
        None => clerk_client::ClientBuilder::without_secret_key().transport(NoTransport),
    };
    if let Some(url) = present(api_url) {
        builder = builder.api_url(url);
    }
    if let Some(version) = present(api_version) {
        builder = builder.api_version(version);
    }
    if let Some(transport) = transport {
        builder = builder.boxed_transport(transport);
    }
    builder.build().map_err(|error| match error {
        clerk_client::BuildError::Transport(cause) => ConfigError::Transport(cause),
        other => ConfigError::Client(other.to_string()),
    })
}

/// Sends nothing.
#[cfg(feature = "network")]
#[derive(Debug)]
struct NoTransport;

#[cfg(feature = "network")]
impl clerk_client::Transport for NoTransport {
    fn send(
        &self,
        _: clerk_client::transport::Request,
    ) -> clerk_client::transport::BoxFuture<
        '_,
        Result<clerk_client::transport::Response, clerk_client::transport::TransportError>,
    > {
        Box::pin(std::future::ready(Err(
            clerk_client::transport::TransportError::Other("there is no secret key".to_owned()),
        )))
    }
}

/// A setting that is not blank: platforms deliver unset variables as empty ones.
fn present(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.trim().is_empty())
}

fn non_empty(list: Option<Vec<String>>) -> Option<Vec<String>> {
    let list: Vec<String> = list?.into_iter().filter(|item| !item.is_empty()).collect();
    (!list.is_empty()).then_some(list)
}

impl fmt::Debug for ClerkBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClerkBuilder").finish_non_exhaustive()
    }
}
