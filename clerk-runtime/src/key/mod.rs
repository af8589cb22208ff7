//! The keys of an instance: publishable key, secret key, JWT key and the RSA key that verifies signatures.

mod api_keys;
mod der;
mod error;
mod jwt_key;
mod rsa;

pub use api_keys::{InstanceType, PublishableKey, SecretKey};
pub use error::KeyError;
pub use jwt_key::JwtKey;
pub(crate) use rsa::RsaVerifyingKey;
