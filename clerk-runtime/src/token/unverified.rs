use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::json::{self, JsonError};
use super::{Category, SessionClaims, TokenVerificationError, TokenVerificationErrorReason as Reason};
use crate::Deviation;

/// The longest token that is looked at, in bytes.
const MAX_TOKEN: usize = 16 * 1024;
/// The longest encoded header, in bytes.
const MAX_HEADER: usize = 2 * 1024;

/// A string member of a JOSE header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HeaderMember {
    Absent,
    Text(Box<str>),
    /// There, but not a string; `null` too.
    Odd,
}

/// A token that was taken apart and decoded, and nothing more: **no signature was checked**.
///
/// What it says may guide decisions that give no access, such as which error to report. `Debug` shows no part of the token.
pub struct UnverifiedJwt<'a> {
    signed_part: &'a str,
    signature: Vec<u8>,
    payload: Vec<u8>,
    alg: HeaderMember,
    typ: HeaderMember,
    kid: HeaderMember,
    category: Category,
    demands_extension: bool,
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
        Self::read(token, || Ok(SessionClaims::from_object(Map::new())))
    }

    fn read(
        token: &'a str,
        claims_of_null: impl FnOnce() -> Result<SessionClaims, TokenVerificationError>,
    ) -> Result<Self, TokenVerificationError> {
        if token.len() > MAX_TOKEN {
            return Err(invalid("the token is longer than 16 KiB").deviating(Deviation::SizeLimit));
        }
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(invalid("the token does not have three parts"));
        };
        if header.len() > MAX_HEADER {
            return Err(invalid("the token's header is longer than 2 KiB").deviating(Deviation::SizeLimit));
        }
        let signed_part = &token[..header.len() + 1 + payload.len()];
        let header = match json(&decode(header)?)? {
            Value::Null => {
                return Err(TokenVerificationError::new(
                    Reason::UnexpectedError,
                    "the token's header is null",
                ));
            }
            header => members(header),
        };
        let payload = decode(payload)?;
        let claims = match json(&payload)? {
            Value::Null => claims_of_null()?,
            payload => SessionClaims::from_object(members(payload)),
        };
        let signature = decode(signature)?;
        let member = |name: &str| match header.get(name) {
            None => HeaderMember::Absent,
            Some(Value::String(text)) => HeaderMember::Text(text.as_str().into()),
            Some(_) => HeaderMember::Odd,
        };
        Ok(Self {
            signed_part,
            signature,
            payload,
            alg: member("alg"),
            typ: member("typ"),
            kid: member("kid"),
            category: Category::of(&member("cat")),
            demands_extension: header.contains_key("crit") || header.contains_key("zip"),
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
        &self.alg
    }

    pub(crate) fn typ(&self) -> &HeaderMember {
        &self.typ
    }

    pub(crate) fn kid(&self) -> &HeaderMember {
        &self.kid
    }

    pub(crate) fn category(&self) -> Category {
        self.category
    }

    /// Whether the header has `crit` (RFC 7515 §4.1.11), or `zip`, which only encrypted tokens may have.
    pub(crate) fn demands_extension(&self) -> bool {
        self.demands_extension
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
    BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| {
        let padded_only = BASE64_URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).is_ok();
        invalid("a part of the token is not canonical base64url")
            .deviating(padded_only.then_some(Deviation::CanonicalBase64))
    })
}

fn json(text: &[u8]) -> Result<Value, TokenVerificationError> {
    json::strict(text).map_err(|error| match error {
        JsonError::NotStrict => {
            invalid("a part of the token is not strict JSON").deviating(Deviation::StrictJson)
        }
        JsonError::Malformed => invalid("a part of the token is not JSON"),
    })
}

/// The members of a JSON object. Any other JSON has none, as far as header and claims go.
fn members(json: Value) -> Map<String, Value> {
    match json {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn invalid(message: &'static str) -> TokenVerificationError {
    TokenVerificationError::new(Reason::TokenInvalid, message)
}
