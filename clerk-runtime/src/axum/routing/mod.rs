//! A router that takes only handlers which say who may call them.
//!
//! ```
//! use clerk_runtime::routing::{get, post};
//! use clerk_runtime::{Clerk, GuardedRouter, UserId, protected, public};
//!
//! #[public]
//! async fn health() -> &'static str {
//!     "ok"
//! }
//!
//! #[protected]
//! async fn me(user_id: UserId) -> String {
//!     user_id.to_string()
//! }
//!
//! #[protected(permission = "org:invoices:create")]
//! async fn create_invoice() -> &'static str {
//!     "created"
//! }
//!
//! fn app() -> GuardedRouter<Clerk> {
//!     GuardedRouter::new()
//!         .route("/health", get(health))
//!         .route("/me", get(me))
//!         .route("/invoices", post(create_invoice))
//! }
//!
//! assert_eq!(
//!     app().access_table().to_string(),
//!     "\
//! GET, HEAD  /health    public
//! POST       /invoices  permission org:invoices:create
//! GET, HEAD  /me        signed in",
//! );
//! ```
//!
//! Everything but the check is axum's: paths, precedence, layers, fallbacks and panics are those of
//! [`axum::Router`](::axum::Router), which [`GuardedRouter::into_axum`] gives back. `axum::serve` takes either.
//!
//! For a router of axum's there are functions of the same names in [`routing::axum`](self::axum).

pub mod axum;
mod handler;
mod method_router;
mod router;
mod serve;
mod table;
mod verbs;

pub use ::axum::routing::MethodFilter;

pub use handler::{GuardedHandler, StatedArguments, access_of};
pub use method_router::{GuardedMethodRouter, GuardedMethods};
pub use router::{GuardedRouter, GuardedRoutes, SameState};
pub use table::{AccessRow, AccessTable, Methods};
pub use verbs::{any, connect, delete, get, head, on, options, patch, post, put, trace};
