//! Minting: claims, permissions and the compact form.

mod builder;
mod claims;
mod jwt;
mod permissions;

pub use builder::TokenBuilder;
pub(crate) use claims::{Lifetime, common, of_session};
pub(crate) use jwt::{Category, Header};
