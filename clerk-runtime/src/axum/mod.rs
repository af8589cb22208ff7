//! For axum: guards, extractors, rejections, and how they find their [`Clerk`](crate::Clerk).

mod access;
mod admission;
mod body;
mod constant;
mod extract;
mod extractable;
mod guard;
mod handler_denial;
mod has_clerk;
mod inject;
mod layer;
mod memo;
#[cfg(feature = "utoipa")]
pub mod openapi;
mod policy;
mod protected_resource;
mod refused;
mod rejection;
mod rejection_detail;
mod response;
pub mod routing;

pub use access::{Access, Public, StatesAccess};
pub use body::{IsBody, IsNoBody};
pub use constant::{
    FeatureConstant, PermissionConstant, PlanConstant, ReverificationConstant, RoleConstant, is_feature,
    is_permission, is_plan, is_reverification, is_role,
};
pub use extract::{AuthNotRun, CarriesAuth, get_auth};
pub use extractable::{Extractable, ExtractableLast, extracts, extracts_last};
pub use guard::Guard;
pub use handler_denial::HandlerDenial;
pub use has_clerk::HasClerk;
pub use inject::{InjectAuth, InjectClaims, InjectMachine, InjectOrgId, InjectSessionId, InjectUserId};
pub use layer::{ClerkFuture, ClerkLayer, ClerkService};
pub use policy::{Policy, Protected, WhenSignedOut};
pub use protected_resource::ProtectedResource;
pub use rejection::{Rejection, SignInLocation};
pub use rejection_detail::RejectionDetail;
pub use response::{HandlerResponse, is_response};
