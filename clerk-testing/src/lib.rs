//! An embedded Clerk for tests: a small instance on loopback that mints tokens and answers the Backend API.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! use axum::{Router, body::Body, routing::get};
//! use clerk_runtime::{UserId, protected};
//! use clerk_testing::LocalInstance;
//! use http::Request;
//! use tower::ServiceExt;
//!
//! #[protected]
//! async fn me(user_id: UserId) -> String {
//!     user_id.to_string()
//! }
//!
//! let instance = LocalInstance::start().await?;
//! let app: Router = Router::new().route("/me", get(me)).with_state(instance.clerk());
//!
//! let ada = instance.user("ada");
//! let request = Request::get("/me").header("authorization", ada.bearer()).body(Body::empty())?;
//! let response = app.clone().oneshot(request).await?;
//! assert_eq!(response.status(), 200);
//!
//! let expired = Request::get("/me").header("authorization", ada.expired().bearer()).body(Body::empty())?;
//! assert_eq!(app.clone().oneshot(expired).await?.status(), 401);
//! assert_eq!(app.oneshot(Request::get("/me").body(Body::empty())?).await?.status(), 401);
//! # Ok(()) })
//! # }
//! ```
//!
//! [`LocalInstance::clerk`] is a handle that is configured for the instance; [`LocalInstance::clerk_builder`] takes further
//! settings. Whatever reads Clerk's environment variables can be pointed to it with [`url`](LocalInstance::url),
//! [`publishable_key`](LocalInstance::publishable_key) and [`secret_key`](LocalInstance::secret_key). All keys are generated
//! at the start and nothing is written to disk.
//!
//! # Users and tokens
//!
//! [`LocalInstance::user`] signs somebody in; who was never mentioned is made at that moment. The [`TokenBuilder`] that it
//! returns says what the session is, and how the token is to be, good or bad in one chosen way:
//!
//! ```
//! # use clerk_testing::{LocalInstance, TokenBuilder};
//! # fn example(instance: &LocalInstance) -> [TokenBuilder; 3] {
//! let admin = instance.user("ada").org("acme").role("org:admin").permissions(["org:invoices:read"]);
//! let forged = instance.user("ada").signed_by_other_key();
//! let foreign = instance.user("ada").azp("https://elsewhere.example");
//! # [admin, forged, foreign]
//! # }
//! ```
//!
//! # The Backend API
//!
//! | endpoint | |
//! | --- | --- |
//! | `GET /v1/jwks` | the key set, which [`rotate_keys`](LocalInstance::rotate_keys) changes |
//! | `GET /v1/users/{id}` | users, which [`update_user`](LocalInstance::update_user) changes |
//! | `POST /v1/sessions/{id}/tokens` | a session token |
//! | `POST /v1/sessions/{id}/tokens/{template}` | a token of a [`jwt_template`](LocalInstance::jwt_template) |
//!
//! All of them want the secret key and answer errors in Clerk's form. Everything else is 404.
//!
//! # Time and trouble
//!
//! Handles that an instance configures share its [clock](LocalInstance::clock): [`advance`](LocalInstance::advance) makes
//! tokens expire and key sets stale at once. [`fault`](LocalInstance::fault) lets an endpoint fail in one of the ways of
//! [`Fault`], and [`requests_to`](LocalInstance::requests_to) counts what was asked:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! use clerk_testing::{Endpoint, Fault, LocalInstance};
//!
//! let instance = LocalInstance::start().await?;
//! instance.fault(Endpoint::Jwks, Fault::Status(503));
//! assert!(instance.clerk().ready().await.is_err());
//! assert!(instance.requests_to(Endpoint::Jwks) > 0);
//! # Ok(()) })
//! # }
//! ```

mod browsers;
mod builder;
mod clock;
mod cookie;
mod directory;
mod fault;
mod handover;
mod ids;
mod instance;
mod keys;
mod machine;
mod organization;
mod params;
mod redirect;
mod request;
mod server;
mod state;
mod template;
mod token;

pub use builder::{Handover, LocalInstanceBuilder};
pub use clock::TestClock;
pub use fault::{Endpoint, Fault};
pub use instance::{LocalInstance, StartError};
pub use machine::{ApiKeyBuilder, Machine, OauthTokenBuilder};
pub use organization::Organization;
pub use request::RecordedRequest;
pub use token::TokenBuilder;
