//! From a request to its authentication: everything is read once, a pure function decides, a driver acts.

mod authorization;
mod context;
mod cookies;
mod decide;
mod driver;
mod handshake;
mod state;
mod suffix;

pub(crate) use driver::{Instance, authenticate};
pub use state::{AuthStatus, RequestState};
