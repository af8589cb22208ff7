use std::fmt;

/// Names the step that failed on the way to a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnreachableCause {
    /// The call was made outside of a Tokio runtime. Nothing was sent.
    NoRuntime,
    /// The name of the host has no address.
    Dns,
    /// Nothing listens at the host's port.
    Refused,
    /// The network has no way to the host.
    NoRoute,
    /// The host was reached, but its certificate is not trusted, or it does not speak TLS.
    Tls,
    /// This machine has no certificate authorities to check a certificate with. Nothing was sent.
    NoCertificateAuthorities,
    /// The proxy that the environment names cannot be reached, or refuses to connect.
    Proxy,
    /// The connection took too long.
    Timeout,
    /// Anything else.
    Other,
}

impl UnreachableCause {
    /// Returns a stable code, such as `dns`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoRuntime => "no-runtime",
            Self::Dns => "dns",
            Self::Refused => "refused",
            Self::NoRoute => "no-route",
            Self::Tls => "tls",
            Self::NoCertificateAuthorities => "no-certificate-authorities",
            Self::Proxy => "proxy",
            Self::Timeout => "timeout",
            Self::Other => "other",
        }
    }

    /// Returns whether another attempt may find another state.
    pub(crate) fn may_pass(self) -> bool {
        match self {
            Self::Dns | Self::Refused | Self::NoRoute | Self::Proxy | Self::Timeout | Self::Other => true,
            Self::NoRuntime | Self::Tls | Self::NoCertificateAuthorities => false,
        }
    }
}

/// In a sentence.
impl fmt::Display for UnreachableCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRuntime => "there is no Tokio runtime here: call from async code that Tokio runs",
            Self::Dns => "the name cannot be resolved (DNS)",
            Self::Refused => "the connection was refused: nothing listens there",
            Self::NoRoute => "there is no route to it: is this machine connected to the network?",
            Self::Tls => "the TLS handshake failed",
            Self::NoCertificateAuthorities => {
                "no certificate authorities were found: install ca-certificates, or set SSL_CERT_FILE"
            }
            Self::Proxy => {
                "the proxy did not connect: check HTTPS_PROXY and ALL_PROXY, or add the host to NO_PROXY"
            }
            Self::Timeout => "no connection in time",
            Self::Other => "the connection failed",
        })
    }
}
