//! An embedded Clerk instance for tests.

mod clock;
mod directory;
mod fault;
mod ids;
mod instance;
mod keys;
mod request;
mod server;
mod state;
mod template;
mod token;

pub use clock::TestClock;
pub use fault::{Endpoint, Fault};
pub use instance::{LocalInstance, StartError};
pub use request::RecordedRequest;
pub use token::TokenBuilder;
