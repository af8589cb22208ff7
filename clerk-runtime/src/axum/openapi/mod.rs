//! Who may call what, in an OpenAPI document of [`utoipa`].
//!
//! An operation gets its security requirement, the responses of its guard and a line of access from `#[protected]` or
//! `#[public]`, which stand above or below `#[utoipa::path]`. There are two ways to it:
//!
//! * A [`GuardedRouter`](crate::GuardedRouter) beside a document that `#[derive(OpenApi)]` makes: the access table is
//!   written into the document, and both are compared, by [`AccessTable::document`](crate::AccessTable::document).
//! * The `OpenApiRouter` of `utoipa-axum` with [`routes!`] in place of that crate's, and [`add_security_schemes`] at the end.
//!
//! `utoipa_axum::routes!` and `#[derive(OpenApi)]` alone know nothing of guards. Where `#[protected]` stands above
//! `#[utoipa::path]` it adds the security requirement all the same; where it stands below, `#[utoipa::path]` has done its work
//! before, and the operation has none: the compiler tells of neither. So write `#[protected]` above, or go one of the two ways.
//!
//! The [schemes](Scheme) are bearer tokens of the types that are accepted, and Clerk's cookie for sessions. Each type is one
//! security requirement, of which a request has to satisfy any. Scopes that a machine's token cannot do without are listed
//! with it; types that can never satisfy the requirement are not listed. A document describes, it does not protect: the
//! guards are what they are without it.

mod document;
mod operation;
mod routes;
mod security;

#[doc(inline)]
pub use crate::__openapi_routes as routes;
pub use document::{Differences, Endpoint};
#[doc(hidden)]
pub use routes::OpenApiRoutes;
pub use security::{Scheme, add_security_schemes};
