use http::Method;
use serde::Deserialize;

use crate::client::decode_json;
use crate::lenient;
use crate::path::Path;
use crate::{Client, Error};

/// Browsers' clients, by [`Client::clients`].
#[derive(Debug, Clone, Copy)]
pub struct Clients<'a>(&'a Client);

/// What a handshake told, for a server to hand on to the browser. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct HandshakePayload {
    /// Values for `Set-Cookie` headers.
    #[serde(default, deserialize_with = "lenient::null_is_default")]
    pub directives: Vec<String>,
}

impl std::fmt::Debug for HandshakePayload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HandshakePayload([redacted])")
    }
}

impl<'a> Clients<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self(client)
    }

    /// `GET /clients/handshake_payload`: what the handshake of this nonce told. A nonce can be used once.
    ///
    /// # Errors
    /// Code `resource_not_found` for a nonce that is unknown or spent; see [`Error`] for what can go wrong with any call.
    pub async fn get_handshake_payload(&self, nonce: &str) -> Result<HandshakePayload, Error> {
        let path = Path::new("clients")
            .then("handshake_payload")
            .query("nonce", nonce);
        decode_json(&self.0.send(Method::GET, path, None, None).await?)
    }
}
