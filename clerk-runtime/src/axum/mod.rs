//! For axum: guards, extractors, rejections, and how they find their [`Clerk`](crate::Clerk).

mod authenticated;
mod extract;
mod get_auth;
mod guard;
mod has_clerk;
mod layer;
mod protected_resource;
mod rejection;
mod slots;

pub use get_auth::{AuthNotRun, CarriesAuth, get_auth};
pub use guard::{Guard, Policy, WhenSignedOut};
pub use has_clerk::HasClerk;
pub use layer::{ClerkFuture, ClerkLayer, ClerkService};
pub use protected_resource::ProtectedResource;
pub use rejection::{Rejection, SignInLocation};
pub use slots::{AuthSlot, ClaimsSlot, MachineSlot, OrgIdSlot, SessionIdSlot, UserIdSlot};
