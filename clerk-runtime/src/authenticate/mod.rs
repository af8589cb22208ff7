//! From a request to its state: everything is read once, pure functions decide, and steps act on what they decide.

mod anonymous;
mod authenticator;
mod browser;
mod clerk_url;
mod conflict;
mod cookies;
mod credential;
mod cross_site;
mod decide;
mod explain;
mod handshake;
mod machine_token;
mod options;
#[cfg(feature = "network")]
mod outbound;
mod pipeline;
mod referrer;
#[cfg(feature = "network")]
mod refresh;
mod report;
mod respond;
mod session_token;
mod sign_in_redirect;
mod state;
mod step;
mod steps;
mod verified_token_cache;
mod view;
mod warnings;

pub(crate) use anonymous::AnonymousOutcomes;
pub(crate) use authenticator::{Authenticator, BackendApi};
#[cfg(feature = "axum")]
pub(crate) use clerk_url::RequestHead;
pub(crate) use cross_site::is_cross_site;
#[cfg(feature = "axum")]
pub(crate) use cross_site::origin_asked_for;
#[cfg(feature = "axum")]
pub(crate) use explain::SignedInRefusal;
pub use explain::{ClaimExplanation, Explanation, TokenShape};
pub(crate) use options::AuthenticateOptions;
#[cfg(feature = "network")]
pub(crate) use outbound::OutboundCalls;
pub(crate) use pipeline::{Authentication, Resumed};
#[cfg(fuzzing)]
pub(crate) use session_token::unsigned_session;
pub(crate) use sign_in_redirect::RedirectTarget;
pub use sign_in_redirect::{RedirectError, SignInRedirect};
pub use state::{AuthStatus, AuthenticateError, RequestState};
#[cfg(feature = "axum")]
pub(crate) use steps::Suspended;
pub(crate) use verified_token_cache::{DEFAULT_CAPACITY, VerifiedTokenCache};
#[cfg(feature = "axum")]
pub(crate) use warnings::ConfigurationWarning;
pub(crate) use warnings::ConfigurationWarnings;
