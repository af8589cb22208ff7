use crate::error_text::debug_as_display;

/// Why a [`Client`](crate::Client) cannot be built. The text never repeats the secret key.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Empty, or with characters that cannot stand in a header.
    #[error(
        "not a secret key: copy the value that starts with `sk_test_` or `sk_live_` from the Clerk dashboard"
    )]
    SecretKey,
    /// Empty, or with characters that cannot stand in a header.
    #[error(
        "not the secret key of a machine: copy the value that starts with `ak_` from the machine's page in the Clerk dashboard"
    )]
    MachineSecretKey,
    /// Not an address to which paths can be added.
    #[error("the API address is not of the form `https://api.clerk.com`")]
    ApiUrl,
    /// Plain `http` to another machine would show the secret key to the network.
    #[error("the API address has to be `https`; plain `http` is for loopback only")]
    Insecure,
    /// Not one path segment.
    #[error("the API version is not of the form `v1`")]
    ApiVersion,
    /// Empty, or with characters that cannot stand in a header.
    #[error("the user agent is not of the form `my-server/1.0`")]
    UserAgent,
    /// A call would never end, or end before it was answered.
    #[error("the timeout is {0:?}: it has to be from 1 ms to 5 min")]
    Timeout(std::time::Duration),
    /// A call would go on for hours.
    #[error("{0} retries: there have to be at most 10")]
    Retries(u32),
    /// There is no transport.
    #[error("the transport cannot be made: {0}")]
    Transport(String),
}

debug_as_display!(BuildError);
