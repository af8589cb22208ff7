//! Handshakes: sending a browser to Clerk, and taking over what it comes back with.

mod redirect;
mod result;
mod set_cookie;

pub(super) use redirect::{Redirect, redirect};
pub(super) use result::{HandshakeResult, resolve};
#[cfg(feature = "network")]
pub(super) use set_cookie::HandshakeCookies;
