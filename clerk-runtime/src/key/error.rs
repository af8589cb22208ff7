use crate::error_text::debug_as_display;

/// The error of a key that cannot be used. The text never repeats the key.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Not `pk_test_…` or `pk_live_…` around the base64 of a host name and `$`.
    #[error(
        "not a publishable key: copy the value that starts with `pk_test_` or `pk_live_` from the API keys page of the Clerk dashboard"
    )]
    Publishable,
    /// Empty, or with characters that an HTTP header cannot contain.
    #[error(
        "not a secret key: copy the value that starts with `sk_test_` or `sk_live_` from the API keys page of the Clerk dashboard"
    )]
    Secret,
    /// Not a PEM public key.
    #[error(
        "not an RSA public key in PEM: copy the JWKS public key, `-----BEGIN PUBLIC KEY-----` to `-----END PUBLIC KEY-----`, from the API keys page of the Clerk dashboard"
    )]
    Pem,
    /// A private key or certificate where the public key belongs.
    #[error(
        "this PEM holds a private key or a certificate; what is needed is the public key that starts with `-----BEGIN PUBLIC KEY-----`"
    )]
    NotPublic,
    /// A modulus outside 2048 to 8192 bits or known to be factored easily (CVE-2017-15361), or an exponent below 3.
    #[error("an RSA key needs a sound modulus of 2048 to 8192 bits and an odd exponent of at least 3")]
    Weak,
    /// Neither the `aws-lc` nor the `rust-crypto` feature is on.
    #[error("no signature backend: enable the feature `aws-lc` or `rust-crypto` of clerk-runtime")]
    NoBackend,
}

debug_as_display!(KeyError);
