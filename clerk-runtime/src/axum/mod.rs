//! For axum: guards, extractors, rejections, and how they find their [`Clerk`](crate::Clerk).

mod access;
mod authenticated;
mod extract;
mod get_auth;
mod guard;
mod has_clerk;
mod inject;
mod layer;
#[cfg(feature = "utoipa")]
pub mod openapi;
mod protected_resource;
mod public;
mod rejection;
pub mod routing;

pub use access::{Access, Protected, StatesAccess};
pub use get_auth::{AuthNotRun, CarriesAuth, get_auth};
pub use guard::{Guard, Policy, WhenSignedOut};
pub use has_clerk::HasClerk;
pub use inject::{InjectAuth, InjectClaims, InjectMachine, InjectOrgId, InjectSessionId, InjectUserId};
pub use layer::{ClerkFuture, ClerkLayer, ClerkService};
pub use protected_resource::ProtectedResource;
pub use public::Public;
pub use rejection::{Rejection, SignInLocation};
