use std::fmt;

use http::Method;

use crate::Call;
use crate::Error;
use crate::call::read;
use crate::model::Fields;
use crate::resources::Clients;
use crate::transport::Response;

/// What a handshake told, for a server to hand on to the browser. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HandshakePayload {
    /// Values for `Set-Cookie` headers.
    pub directives: Vec<String>,
}

impl fmt::Debug for HandshakePayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HandshakePayload([redacted])")
    }
}

impl Clients<'_> {
    /// `GET /clients/handshake_payload`: what the handshake of this nonce told. A nonce can be used once, so that the call
    /// is not tried again unless [`CallOptions::retries`](crate::CallOptions::retries) asks for it. Not in Clerk's
    /// description of the API.
    ///
    /// # Errors
    /// On `.await`: code `resource_not_found` for a nonce that is unknown or spent; see [`Error`] for what can go wrong with
    /// any call.
    pub fn get_handshake_payload(&self, nonce: &str) -> Call<HandshakePayload> {
        let mut call = Call::new(self.0, Method::GET, "/clients/handshake_payload", &[], payload);
        call.draft.parameter("nonce", nonce.to_owned());
        call.draft.wants_json = true;
        call.draft.options.retries = Some(0);
        call
    }
}

fn payload(response: &Response) -> Result<HandshakePayload, Error> {
    let mut fields = Fields::new("HandshakePayload", read::members(response)?);
    let directives = fields.texts("directives");
    fields.end().map_err(|problem| read::odd(response, &problem))?;
    Ok(HandshakePayload { directives })
}
