//! From a request to its authentication: everything is read once, a pure function decides, a driver acts.

mod anonymous;
mod authorization;
#[cfg(feature = "network")]
mod backend;
mod browser;
mod clerk_url;
mod context;
mod cookies;
#[cfg(feature = "axum")]
mod cross_site;
mod decide;
mod driver;
mod error;
mod handshake;
mod hints;
mod instance;
mod lazy;
mod machine;
mod navigation;
mod opened;
mod outcome;
mod page;
mod redirect;
mod referrer;
#[cfg(feature = "network")]
mod refresh;
mod resolve;
mod session;
mod session_cookie;
mod session_cookies;
mod set_cookie;
mod state;
mod suffix;

pub(crate) use anonymous::AnonymousOutcomes;
#[cfg(feature = "axum")]
pub(crate) use cross_site::{is_cross_site, origin_asked_for};
pub(crate) use driver::authenticate_async;
pub use error::AuthenticateError;
pub(crate) use instance::{AuthenticateOptions, Instance};
pub(crate) use opened::Opened;
pub(crate) use redirect::RedirectTarget;
pub use redirect::{RedirectError, SignInRedirect};
#[cfg(fuzzing)]
pub(crate) use session::unsigned_session;
pub use state::{AuthStatus, RequestState};
