//! An embedded Clerk for tests: a small instance on loopback that mints tokens, answers the Backend API and signs browsers
//! in.
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
//! Machines have [API keys](LocalInstance::api_key), [M2M tokens](LocalInstance::machine) and
//! [OAuth access tokens](LocalInstance::oauth_token), opaque or as JWTs, good, revoked or expired.
//! [`LocalInstance::organization`] says who is a member of what, and what roles may do.
//!
//! # Handlers without HTTP
//!
//! A protected handler stays a function. [`LocalInstance::auth`] gives the auth object that a request would have, and
//! `Guard::for_test` applies the handler's policy to it, as for a request:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! use axum::extract::Path;
//! use clerk_runtime::{Guard, UserId, protected};
//! use clerk_testing::LocalInstance;
//!
//! #[protected(role = "org:admin")]
//! async fn invoice(user_id: UserId, Path(id): Path<u64>) -> String {
//!     format!("{id} for {user_id}")
//! }
//!
//! let instance = LocalInstance::start().await?;
//! let ada = instance.user("ada").org("acme").role("org:admin");
//! let auth = instance.auth(ada.bearer()).await?;
//! let answer = invoice(Guard::for_test(auth)?, Path(7)).await;
//! assert_eq!(answer, format!("7 for {}", ada.user_id()));
//! # Ok(()) })
//! # }
//! ```
//!
//! Whether somebody is let in at all can be asked of the handler's access, `clerk_runtime::routing::access_of`.
//!
//! # The Backend API
//!
//! The core of Clerk's, with its objects, its pages and its errors. What tests made is seen there, and what was made there
//! can sign in: [`LocalInstance::user`] takes a username, an e-mail address or an id.
//!
//! | endpoints, below `/v1` | |
//! | --- | --- |
//! | `/jwks` | the key set, which [`rotate_keys`](LocalInstance::rotate_keys) changes |
//! | `/users`, `/users/count`, `/users/{id}` | list with its filters and cursor, create, get, update, delete; `/metadata` merges and replaces; `/ban`, `/unban`, `/lock`, `/unlock`, `/verify_password`, `/organization_memberships`, `/organization_invitations` |
//! | `/sessions`, `/sessions/{id}` | list, create (in development), get; `/revoke`, `/tokens`, `/tokens/{template}`, and `/refresh` for an expired token and a [refresh token](TokenBuilder::refresh_cookie) |
//! | `/organizations`, `/organizations/{id}` | list, create, get by id or slug, update, delete; `/metadata` |
//! | `/organizations/{id}/memberships` | list, create, update, delete; metadata. `/organization_memberships` lists all |
//! | `/organizations/{id}/invitations`, `/invitations` | list, create, one or many, get, revoke. Nobody accepts one. `/organization_invitations` lists all |
//! | `/domains` | the domain of the instance, and its satellites |
//! | `/organization_permissions`, `/organization_roles` | what [`organization`](LocalInstance::organization) said that roles may do |
//! | `/jwt_templates` | list, create, get, update, delete; [`jwt_template`](LocalInstance::jwt_template) makes them, too |
//! | `/machines` | list, create, get, update, delete; secret keys, scopes |
//! | `/api_keys` | list, create, get, update, delete, revoke, secret, verify; also [`api_key`](LocalInstance::api_key) |
//! | `/m2m_tokens` | list, create, revoke, verify, with the secret key of a [machine](LocalInstance::machine) |
//! | `/oauth_applications/access_tokens/verify` | who granted the [access token](LocalInstance::oauth_token) |
//! | `/clients/handshake_payload` | what the handshake of a nonce told |
//!
//! All of them want the secret key and answer errors in Clerk's form. The machine tokens are there without `/v1` as well.
//! Everything else is 404. A few things are not as with Clerk: passwords given as digests verify nothing, templates have no
//! signing keys of their own, and there is no [rate limit](LocalInstance::rate_limit) until one is set.
//!
//! # The Frontend API
//!
//! What browsers need to sign in at an application, without any script. It is at
//! [`frontend_url`](LocalInstance::frontend_url), which applications take as their proxy URL:
//!
//! | endpoint | |
//! | --- | --- |
//! | `GET /v1/client/handshake` | tells an application who uses the browser, and goes back to it |
//! | `/sign-in`, `/sign-up` | [a page](LocalInstance::sign_in_url) to choose who one is |
//! | `/sign-out` | [signs out](LocalInstance::sign_out_url) |
//! | `/organizations` | [a page](LocalInstance::organization_url) to choose the active organization |
//!
//! All of them go back to a `redirect_url`, which has to be on this machine. In development a browser is known by the
//! `__clerk_db_jwt` in the address; in production by a cookie of `clerk.<domain>`. [`LocalInstance::builder`] makes
//! production instances and lets the handshake answer in one of Clerk's ways, see [`Handover`]:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! use clerk_testing::LocalInstance;
//!
//! let instance = LocalInstance::builder().production("app.localhost").start().await?;
//! assert!(instance.sign_in_url().starts_with("http://clerk.app.localhost:"));
//! # Ok(()) })
//! # }
//! ```
//!
//! Tests without a browser send a [`cookie`](TokenBuilder::cookie) as a browser would.
//!
//! # Webhooks
//!
//! [`webhook`](LocalInstance::webhook) registers an endpoint of an application on this machine. It gets an event for every
//! [change](LocalInstance::changes), and what is [delivered](LocalInstance::deliver) by hand, signed as Clerk signs, and
//! again until it answers 2xx; [`attempts`](WebhookEndpoint::attempts) tells how that went.
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

mod auth;
mod browsers;
mod builder;
mod changes;
mod clock;
mod control;
mod cookie;
mod dashboard_keys;
mod directory;
mod error_text;
mod fault;
mod handover;
mod ids;
mod instance;
mod jwt_template;
mod keys;
mod machine;
mod metadata;
mod organization;
mod params;
mod rate_limit;
mod redirect;
mod request;
mod server;
mod setup;
mod start_error;
mod state;
mod template;
mod token;
mod webhook;

pub use builder::LocalInstanceBuilder;
pub use changes::Change;
pub use clock::TestClock;
pub use dashboard_keys::{DashboardKeys, DashboardKeysError, Drift};
pub use fault::{Endpoint, Fault};
pub use instance::LocalInstance;
pub use machine::{ApiKeyBuilder, Machine, OauthTokenBuilder};
pub use organization::Organization;
pub use request::RecordedRequest;
pub use setup::Handover;
pub use start_error::StartError;
pub use token::TokenBuilder;
pub use webhook::{WebhookAttempt, WebhookEndpoint, WebhookUrlError};
