//! For axum: guards, extractors, rejections, and how they find their [`Clerk`](crate::Clerk).

mod authenticated;
mod extract;
mod get_auth;
mod guard;
mod has_clerk;
mod rejection;
mod slots;

pub use get_auth::{AuthNotRun, CarriesAuth, get_auth};
pub use guard::{Guard, Policy};
pub use has_clerk::HasClerk;
pub use rejection::Rejection;
pub use slots::{AuthSlot, ClaimsSlot, OrgIdSlot, SessionIdSlot, UserIdSlot};
