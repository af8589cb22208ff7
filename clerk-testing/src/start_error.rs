use std::io;

use crate::error_text::debug_as_display;

/// Why an instance cannot start.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A domain that browsers do not take for this machine.
    #[error("`{0}` is not below localhost: use a domain such as `app.localhost`")]
    Domain(String),
    /// A satellite domain of a development instance.
    #[error("`{0}` is a satellite of nothing: name the primary domain with `production` first")]
    Satellite(String),
    /// The system gave no random numbers.
    #[error("no random numbers for the secrets of the local Clerk instance")]
    Random,
    /// The signing key could not be generated.
    #[error("no RSA key for the local Clerk instance could be generated")]
    Key,
    /// No port of `127.0.0.1` could be listened on.
    #[error("the local Clerk instance cannot listen on 127.0.0.1: {0}")]
    Listen(io::Error),
    /// The server's thread or runtime could not be made.
    #[error("the local Clerk instance has no thread to run on: {0}")]
    Thread(io::Error),
}

debug_as_display!(StartError);
