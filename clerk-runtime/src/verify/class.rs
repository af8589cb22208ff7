//! The classes of tokens, and a type for the verified claims of each: a token of one class cannot stand in for another.

use serde::de::DeserializeOwned;

use super::claims_error::ClaimsError;
use crate::token::SessionClaims;

/// The class that a token is verified as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenClass<'a> {
    /// A session token, or any other token that passes for one: `typ` is `JWT` or absent.
    Session,
    /// A session token with one of these values of `typ`.
    SessionOfTypes(&'a [String]),
    /// The JWT of a machine.
    M2m,
    /// An OAuth access token (RFC 9068).
    Oauth,
    /// The token of a handshake. It has claims of its own and is good for a moment only.
    Handshake,
}

/// Claims that belong to one class of tokens.
pub(crate) trait ClassClaims {
    /// Takes the claims of a token that was verified as a token of that class.
    fn from_claims(claims: SessionClaims) -> Self;
}

impl ClassClaims for SessionClaims {
    fn from_claims(claims: SessionClaims) -> Self {
        claims
    }
}

/// The claims of a machine-to-machine token.
pub(crate) struct M2mClaims(SessionClaims);

/// The claims of an OAuth access token.
pub(crate) struct OauthClaims(SessionClaims);

/// The claims of a handshake's token.
pub(crate) struct HandshakeClaims(SessionClaims);

/// The claims of a token that was verified by itself. Its category was not checked, so it need not be a session's.
pub(crate) struct StandaloneClaims(SessionClaims);

macro_rules! class_claims {
    ($($claims:ident)*) => {$(
        impl ClassClaims for $claims {
            fn from_claims(claims: SessionClaims) -> Self {
                Self(claims)
            }
        }

        impl $claims {
            /// Returns the claim `sub`, which is never empty in a verified token.
            #[allow(dead_code)]
            pub(crate) fn subject(&self) -> &str {
                self.0.sub().as_str().unwrap_or_default()
            }

            /// Reads all claims in another shape.
            pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, ClaimsError> {
                ClaimsError::read(self.0.payload())
            }
        }
    )*};
}

class_claims!(M2mClaims OauthClaims HandshakeClaims StandaloneClaims);
