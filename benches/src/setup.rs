//! The instance that everybody is configured for, and its tokens.

use clerk_testing::{LocalInstance, TokenBuilder};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The origin that all tokens are made for.
pub const ORIGIN: &str = "http://localhost:3000";

/// What an application is configured with. It can be handed to another process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Setup {
    pub publishable_key: String,
    pub secret_key: String,
    pub api_url: String,
    pub issuer: String,
    pub jwt_key: String,
    pub jwks: Value,
}

impl Setup {
    pub fn of(instance: &LocalInstance) -> Self {
        Self {
            publishable_key: instance.publishable_key(),
            secret_key: instance.secret_key().to_owned(),
            api_url: instance.url(),
            issuer: instance.issuer().to_owned(),
            jwt_key: instance.jwt_key(),
            jwks: instance.jwks(),
        }
    }
}

/// A session such as most applications see: an active organization, a role, some permissions, a plan. Its tokens outlive
/// every measurement.
pub fn member_of_acme(user: TokenBuilder) -> TokenBuilder {
    user.azp(ORIGIN)
        .org("acme")
        .role("org:admin")
        .permissions(["org:invoices:read", "org:invoices:write", "org:reports:read"])
        .plans(["o:pro"])
        .fva(12, -1)
        .expires_in(24 * 60 * 60)
}
