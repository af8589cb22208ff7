use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method};

use crate::BuildError;
use crate::base_url::BaseUrl;
use crate::transport::{Request, Response, Transport, TransportError};

/// The version of the Backend API that requests and answers are made for.
const API_VERSION_DATE: &str = "2026-05-12";

/// The Backend API of one instance, Clerk's `clerkClient`. Cloning is cheap; `Debug` does not show the secret key.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    base_url: BaseUrl,
    /// The same for every call, but for `Authorization`.
    headers: HeaderMap,
    secret_key: Option<HeaderValue>,
    machine_secret_key: Option<HeaderValue>,
    timeout: Duration,
    retries: u32,
    transport: Box<dyn Transport>,
}

impl Client {
    /// A client with the default settings. Connects to nothing yet.
    ///
    /// # Errors
    /// [`BuildError::SecretKey`] if the key cannot be one.
    #[cfg(feature = "reqwest")]
    pub fn new(secret_key: impl Into<String>) -> Result<Self, BuildError> {
        Self::builder(secret_key).build()
    }

    /// Starts a configuration.
    pub fn builder(secret_key: impl Into<String>) -> ClientBuilder {
        ClientBuilder {
            secret_key: Some(secret_key.into()),
            machine_secret_key: None,
            api_url: "https://api.clerk.com".to_owned(),
            api_version: "v1".to_owned(),
            user_agent: concat!("clerk-client/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeout: Duration::from_secs(5),
            retries: 2,
            transport: None,
        }
    }

    /// Returns the host that calls go to, such as `api.clerk.com`, with its port if the address has one.
    pub fn host(&self) -> &str {
        self.0.base_url.host()
    }

    /// Sends a GET to another address of Clerk's, such as the published keys of a Frontend API. No key is sent along.
    ///
    /// # Errors
    /// There is no whole answer.
    #[doc(hidden)]
    pub async fn get_public(&self, url: &str) -> Result<Response, TransportError> {
        /// The longest answer that is read, in bytes.
        const MAX_BYTES: usize = 64 * 1024;
        let mut headers = HeaderMap::new();
        headers.extend(
            self.0
                .headers
                .get(USER_AGENT)
                .cloned()
                .map(|agent| (USER_AGENT, agent)),
        );
        let request = Request {
            method: Method::GET,
            url: url.to_owned(),
            headers,
            body: None,
            timeout: self.0.timeout,
            max_response_bytes: MAX_BYTES,
        };
        self.0.transport.send(request).await
    }

    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    pub(crate) fn secret_key(&self) -> Option<&HeaderValue> {
        self.0.secret_key.as_ref()
    }

    pub(crate) fn machine_secret_key(&self) -> Option<&HeaderValue> {
        self.0.machine_secret_key.as_ref()
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.0.timeout
    }

    pub(crate) fn retries(&self) -> u32 {
        self.0.retries
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.0.base_url.as_str())
            .finish_non_exhaustive()
    }
}

/// Configures a [`Client`]. `Debug` shows nothing of the secret key.
#[must_use]
pub struct ClientBuilder {
    secret_key: Option<String>,
    machine_secret_key: Option<String>,
    api_url: String,
    api_version: String,
    user_agent: String,
    timeout: Duration,
    retries: u32,
    transport: Option<Box<dyn Transport>>,
}

impl ClientBuilder {
    /// A client without a secret key, for applications that only verify tokens. A call that needs one fails with
    /// [`Error::NoSecretKey`](crate::Error::NoSecretKey), unless [`CallOptions::secret_key`](crate::CallOptions::secret_key)
    /// gives it; those that need none, or that of a [machine](Self::machine_secret_key), are made.
    pub fn without_secret_key() -> Self {
        Self {
            secret_key: None,
            ..Client::builder("")
        }
    }

    /// The secret key of a machine, `ak_…`. Calls about machine-to-machine tokens then use it in place of the secret key.
    pub fn machine_secret_key(mut self, key: impl Into<String>) -> Self {
        self.machine_secret_key = Some(key.into());
        self
    }

    /// The address of the Backend API, `https://api.clerk.com` by default. Plain `http` is for loopback only.
    pub fn api_url(mut self, url: impl Into<String>) -> Self {
        self.api_url = url.into();
        self
    }

    /// The version in the path, one segment, `v1` by default.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = version.into();
        self
    }

    /// What the client calls itself, `clerk-client/` and its version by default.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sets the time that each attempt of a call may take, the body of the answer included: from 1 ms to 5 min, 5 s by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How often a `GET` is tried again that found no connection, or was answered with 429, 502, 503 or 504: twice by
    /// default. It waits 0.2 s before the second attempt, twice as long before each further one, and up to twice that by
    /// chance; as long as `Retry-After` says, if that is longer; and never more than 5 s: who is asked to wait longer is
    /// told at once. Calls that may change something are sent once. Ten retries at most.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Another way to send requests, for tests.
    pub fn transport(self, transport: impl Transport) -> Self {
        self.boxed_transport(Box::new(transport))
    }

    /// As [`transport`](Self::transport), for one that is boxed already.
    pub fn boxed_transport(mut self, transport: Box<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Checks everything. Connects to nothing yet.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn build(self) -> Result<Client, BuildError> {
        let secret_key = self.secret_key.as_deref().map(bearer).transpose()?;
        let machine_secret_key = self.machine_secret_key.as_deref().map(bearer).transpose();
        let machine_secret_key = machine_secret_key.map_err(|_| BuildError::MachineSecretKey)?;
        let mut headers = HeaderMap::new();
        headers.insert("clerk-api-version", HeaderValue::from_static(API_VERSION_DATE));
        headers.insert(USER_AGENT, user_agent(&self.user_agent)?);
        // Clerk's own client sends it on every call, also without a body.
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if !TIMEOUTS.contains(&self.timeout) {
            return Err(BuildError::Timeout(self.timeout));
        }
        if self.retries > MAX_RETRIES {
            return Err(BuildError::Retries(self.retries));
        }
        let base_url = BaseUrl::parse(&self.api_url, &self.api_version)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(&base_url)?,
        };
        Ok(Client(Arc::new(Inner {
            base_url,
            headers,
            secret_key,
            machine_secret_key,
            timeout: self.timeout,
            retries: self.retries,
            transport,
        })))
    }
}

/// The timeouts of one attempt.
pub(crate) const TIMEOUTS: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_secs(300);
/// The most retries of one call.
pub(crate) const MAX_RETRIES: u32 = 10;

pub(crate) fn bearer(key: &str) -> Result<HeaderValue, BuildError> {
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(BuildError::SecretKey);
    }
    let bearer = HeaderValue::try_from(format!("Bearer {key}"));
    let mut bearer = bearer.map_err(|_| BuildError::SecretKey)?;
    bearer.set_sensitive(true);
    Ok(bearer)
}

fn user_agent(text: &str) -> Result<HeaderValue, BuildError> {
    let is_visible = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    if text.trim().is_empty() || !text.bytes().all(is_visible) {
        return Err(BuildError::UserAgent);
    }
    HeaderValue::from_str(text).map_err(|_| BuildError::UserAgent)
}

#[cfg(feature = "reqwest")]
fn default_transport(base_url: &BaseUrl) -> Result<Box<dyn Transport>, BuildError> {
    use crate::transport::ReqwestTransport;
    let transport = if base_url.is_loopback() {
        ReqwestTransport::without_proxy()
    } else {
        ReqwestTransport::new()
    };
    Ok(Box::new(
        transport.map_err(|error| BuildError::Transport(error.to_string()))?,
    ))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: &BaseUrl) -> Result<Box<dyn Transport>, BuildError> {
    Err(BuildError::Transport(
        "give one, or enable the feature `reqwest`".to_owned(),
    ))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api_url", &self.api_url)
            .finish_non_exhaustive()
    }
}
