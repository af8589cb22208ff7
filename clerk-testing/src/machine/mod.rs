//! What machines call with: API keys, M2M tokens and OAuth access tokens.

mod api_key;
mod m2m;
mod machines;
mod oauth;
mod record;

pub use api_key::ApiKeyBuilder;
pub use m2m::Machine;
pub(crate) use machines::Machines;
pub use oauth::OauthTokenBuilder;
pub(crate) use record::{Kind, Record, Records};
