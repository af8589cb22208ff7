//! The resources of the Backend API, each a small module over the one way out.

mod jwks;
mod sessions;
mod users;

pub use jwks::{JsonWebKeySet, Jwks};
pub use sessions::{CreateToken, Sessions, Token};
pub use users::{
    EmailAddress, ExternalAccount, LinkedIdentification, Passkey, PhoneNumber, User, Users, Verification,
    Web3Wallet,
};
