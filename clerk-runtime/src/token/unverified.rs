use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use memchr::memchr_iter;

use super::header::{Header, HeaderMember};
use super::json::{self, Document, JsonError, Members};
use super::{Category, SessionClaims, TokenVerificationError, TokenVerificationErrorReason as Reason};
use crate::Deviation;

/// The longest token that is looked at, in bytes.
const MAX_TOKEN: usize = 16 * 1024;
/// The longest encoded header, in bytes.
const MAX_HEADER: usize = 2 * 1024;

/// A token that was taken apart and decoded, and nothing more: **no signature was checked**.
///
/// What it says may guide decisions that give no access, such as which error to report. `Debug` shows no part of the token.
pub struct UnverifiedJwt<'a> {
    signed_part: &'a str,
    signature: Vec<u8>,
    payload: Vec<u8>,
    header: Header,
    claims: SessionClaims,
}

impl<'a> UnverifiedJwt<'a> {
    /// Takes a token apart: three parts of canonical base64url, the first two of them strict JSON (RFC 7515 §7.1).
    ///
    /// # Errors
    /// Reason `token-invalid`.
    pub fn parse(token: &'a str) -> Result<Self, TokenVerificationError> {
        Self::read(token, || {
            // Clerk's SDK trips over `null`, here and in the header, and calls that unexpected.
            Err(TokenVerificationError::new(
                Reason::UnexpectedError,
                "the token's payload is null",
            ))
        })
    }

    /// Takes a handshake's token apart: with `null` for its payload it has no claims.
    pub(crate) fn parse_handshake(token: &'a str) -> Result<Self, TokenVerificationError> {
        Self::read(token, || Ok(SessionClaims::default()))
    }

    fn read(
        token: &'a str,
        claims_of_null: impl FnOnce() -> Result<SessionClaims, TokenVerificationError>,
    ) -> Result<Self, TokenVerificationError> {
        if token.len() > MAX_TOKEN {
            return Err(invalid("the token is longer than 16 KiB").deviating(Deviation::SizeLimit));
        }
        let mut dots = memchr_iter(b'.', token.as_bytes());
        let (Some(first), Some(second), None) = (dots.next(), dots.next(), dots.next()) else {
            return Err(invalid("the token does not have three parts"));
        };
        let (header, payload) = (&token[..first], &token[first + 1..second]);
        let (signed_part, signature) = (&token[..second], &token[second + 1..]);
        if header.len() > MAX_HEADER {
            return Err(invalid("the token's header is longer than 2 KiB").deviating(Deviation::SizeLimit));
        }
        let mut buffer = [0; MAX_HEADER];
        let header = match json(decode_header(header, &mut buffer)?)? {
            Document::Null => {
                return Err(TokenVerificationError::new(
                    Reason::UnexpectedError,
                    "the token's header is null",
                ));
            }
            Document::Object(header) => header,
            Document::False | Document::Other => Header::default(),
        };
        let payload = decode(payload)?;
        let claims = match json(&payload)? {
            Document::Null => claims_of_null()?,
            Document::Object(claims) => claims,
            Document::False | Document::Other => SessionClaims::default(),
        };
        let signature = decode(signature)?;
        Ok(Self {
            signed_part,
            signature,
            payload,
            header,
            claims,
        })
    }

    /// The bytes of the payload, JSON.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    pub(crate) fn signed_part(&self) -> &'a str {
        self.signed_part
    }

    pub(crate) fn signature(&self) -> &Vec<u8> {
        &self.signature
    }

    pub(crate) fn alg(&self) -> &HeaderMember {
        &self.header.alg
    }

    pub(crate) fn typ(&self) -> &HeaderMember {
        &self.header.typ
    }

    pub(crate) fn kid(&self) -> &HeaderMember {
        &self.header.kid
    }

    pub(crate) fn category(&self) -> Category {
        self.header.category
    }

    /// Whether the header has `crit` (RFC 7515 §4.1.11), or `zip`, which only encrypted tokens may have.
    pub(crate) fn demands_extension(&self) -> bool {
        self.header.demands_extension
    }

    pub(crate) fn claims(&self) -> &SessionClaims {
        &self.claims
    }

    pub(crate) fn into_claims(self) -> (SessionClaims, Vec<u8>) {
        (self.claims, self.payload)
    }
}

impl std::fmt::Debug for UnverifiedJwt<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnverifiedJwt").finish_non_exhaustive()
    }
}

fn decode(part: &str) -> Result<Vec<u8>, TokenVerificationError> {
    BASE64_URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| not_canonical(part))
}

/// Without an allocation: nothing of the decoded header is kept as it is.
fn decode_header<'b>(part: &str, buffer: &'b mut [u8]) -> Result<&'b [u8], TokenVerificationError> {
    let length = BASE64_URL_SAFE_NO_PAD
        .decode_slice(part, buffer)
        .map_err(|_| not_canonical(part))?;
    Ok(buffer.get(..length).unwrap_or_default())
}

fn not_canonical(part: &str) -> TokenVerificationError {
    let padded_only = BASE64_URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).is_ok();
    invalid("a part of the token is not canonical base64url")
        .deviating(padded_only.then_some(Deviation::CanonicalBase64))
}

fn json<T: Members>(text: &[u8]) -> Result<Document<T>, TokenVerificationError> {
    json::strict(text).map_err(|error| match error {
        JsonError::NotStrict => {
            invalid("a part of the token is not strict JSON").deviating(Deviation::StrictJson)
        }
        JsonError::Malformed => invalid("a part of the token is not JSON"),
    })
}

fn invalid(message: &'static str) -> TokenVerificationError {
    TokenVerificationError::new(Reason::TokenInvalid, message)
}
