//! Clerk request authentication for axum: a handler runs only for a verified user, and is given that user.
//!
//! ```
//! use axum::Json;
//! use clerk_runtime::{Clerk, GuardedRouter, UserId, protected, routing::get};
//! use serde_json::{Value, json};
//!
//! #[protected]
//! async fn me(user_id: UserId) -> Json<Value> {
//!     Json(json!({ "userId": user_id }))
//! }
//!
//! fn app(clerk: Clerk) -> GuardedRouter {
//!     GuardedRouter::new().route("/api/me", get(me)).with_state(clerk)
//! }
//! ```
//!
//! `axum::serve(listener, app)` serves it. The attribute works on a [`Router`](::axum::Router) of axum's as well; with the
//! functions of [`routing::axum`] in place of axum's the compiler names a missing `Clerk` there too.
//!
//! # How a request is judged
//!
//! A [`Guard`] runs as the first extractor of a protected handler, so nothing else of the request has been looked at when
//! it answers 401. It takes the token from the `Authorization` header or, without one, from Clerk's session cookies;
//! checks the header, the signature and the claims, in this order, in one place; and keeps the result with the request, so
//! that several extractors share one look. The reasons are those of Clerk's SDKs ([`auth::AuthReason`],
//! [`token::TokenVerificationErrorReason`]); where this crate is stricter on purpose, the rule has an id: [`Deviation`].
//!
//! # Routers that check
//!
//! On a [`GuardedRouter`] a handler that says neither `#[protected]` nor `#[public]` does not compile, and the router can
//! print who may call what ([`AccessTable`]), for a log or a snapshot test. The functions of [`routing`] take the place of
//! axum's; everything else stays as it is.
//!
//! ```
//! use clerk_runtime::routing::get;
//! use clerk_runtime::{Clerk, GuardedRouter, protected, public};
//!
//! #[public]
//! async fn welcome() -> &'static str {
//!     "welcome"
//! }
//!
//! #[protected(permission = "org:invoices:read")]
//! async fn invoices() -> &'static str {
//!     "[]"
//! }
//!
//! let app: GuardedRouter<Clerk> = GuardedRouter::new()
//!     .route("/", get(welcome))
//!     .route("/invoices", get(invoices));
//!
//! assert_eq!(
//!     app.access_table().to_string(),
//!     "GET, HEAD  /          public\n\
//!      GET, HEAD  /invoices  permission org:invoices:read",
//! );
//! ```
//!
//! # OpenAPI
//!
//! With the feature `utoipa` a document of that crate says of each operation who may call it, because the handler does: its
//! security requirement and the responses 401, 403 and 503 come from `#[protected]` or `#[public]`, above or below
//! `#[utoipa::path]`. `openapi::routes!` takes the place of `utoipa_axum::routes!` and, as a [`GuardedRouter`], refuses
//! handlers that say neither; an [`AccessTable`] is written into a document that was made without it, and tells which
//! routes that document has forgotten.
#![cfg_attr(
    feature = "utoipa",
    doc = r#"
```
use clerk_runtime::openapi::{self, routes};
use clerk_runtime::{Clerk, protected};
use utoipa_axum::router::OpenApiRouter;

#[protected(token = "api_key", scope = "invoices:read")]
#[utoipa::path(get, path = "/export", responses((status = 200, description = "All invoices")))]
async fn export() {}

let (router, mut api) = OpenApiRouter::<Clerk>::new().routes(routes!(export)).split_for_parts();
openapi::add_security_schemes(&mut api);

# let _ = router;
let export = serde_json::to_value(&api.paths.paths["/export"].get).unwrap();
assert_eq!(export["security"][0]["clerk_api_key"][0], "invoices:read");
assert!(export["responses"]["403"].is_object());
```
"#
)]
//!
//! # Pages
//!
//! An application with pages adds a [`ClerkLayer`]. It sends browsers to Clerk's handshake and resolves what they come back
//! with, renews sessions that have expired, and hands the result to the guards and extractors further in. Without it a
//! guard verifies and nothing more: no redirect, no cookie. [`Clerk::redirect_to_sign_in`] gives the address of the sign-in
//! page with the way back; `#[protected(redirect_to_sign_in)]` goes there by itself.
//!
//! # Machines
//!
//! API keys, machine-to-machine tokens and OAuth access tokens are accepted where a handler says so, as [`AcceptsToken`]
//! (`#[protected(token = "api_key")]`). JWTs are verified here; about opaque tokens Clerk is asked, and while it cannot
//! tell, the answer is 503. A [`MachineAuth`] has scopes, and neither roles nor permissions.
//!
//! # Who may call what
//!
//! `#[protected(..)]` states a [`Requirement`]: roles, permissions, features, plans, reverification and scopes, with `any(..)`
//! and `all(..)`. [`permissions!`] and its like declare keys as constants. [`Auth::has`] judges by the same function as the
//! guards; [`Denial`] says what is missing.
//!
//! ```
//! use clerk_runtime::{OrgId, permissions, protected};
//!
//! permissions! {
//!     pub Perm {
//!         InvoicesRead = "org:invoices:read",
//!     }
//! }
//!
//! #[protected(any(role = "org:admin", all(permission = Perm::InvoicesRead, plan = "org:pro")))]
//! async fn invoices(org_id: OrgId) -> String {
//!     format!("invoices of {org_id}")
//! }
//! ```
//!
//! # Keys
//!
//! With a JWT key nothing is fetched. Otherwise the instance's key set is, when the first token needs it or by
//! [`Clerk::ready`]: one fetch at a time however many wait, in a task of its own. After four minutes the next set is fetched
//! in the background; for a `kid` that is not known it is fetched at most every ten seconds. A fetched set replaces the
//! former one, so a key that was withdrawn is refused within five minutes. While Clerk cannot be reached the last set serves
//! for an hour without holding anybody up, and then requests with a token are answered 503 with `Retry-After`, never 401.
//! A request waits for keys for two seconds at most, see [`JwksPolicy::wait_for_keys`]. [`Clerk::health`] tells how the keys
//! are. Each fetch is a `tracing` event with its cause, outcome and duration.
//!
//! One handle serves several Tokio runtimes, such as those of tests that share a `static`: each has connections of its own, and
//! when a runtime ends in the middle of a fetch, another one fetches. While tokio's clock is paused, a call of Clerk goes by
//! real time, and the paused clock stands still until the answer is there.
//!
//! # Without the attribute
//!
//! [`Auth`], [`SessionAuth`], `Option<SessionAuth>` and [`UserId`] are extractors, [`get_auth`] reads the result in a
//! middleware, [`Policy`] says what a guard asks for, and
//! [`Clerk::authenticate`] needs no axum at all.
//!
//! [`AcceptsToken`]: token::AcceptsToken
//!
//! # When something does not work
//!
//! [When it does not compile](guide::compile_errors), [when it answers 401, 403 or 503](guide::refusals), and
//! [recipes](guide::recipes) for CORS, everything below a path, the router's state, `.env` and streams.
//! [`Clerk::explain`] tells why a request is refused, [`Clerk::diagnose`] what is wrong with the configuration.
//!
//! # Features
//!
//! | feature | effect | default |
//! | --- | --- | --- |
//! | `axum` | guards, extractors, rejections | yes |
//! | `original-uri` | the whole address of a request to a nested router, by axum's feature of this name; without it, ways back from a sign-in page or a handshake lose the prefix, and organization patterns see the rest of the path | yes |
//! | `connect-info` | `GuardedRouter::into_make_service_with_connect_info`, by axum's feature `tokio` | yes |
//! | `matched-path` | the route of a refused request in events and explanations, by axum's feature of this name | yes |
//! | `macros` | `#[protected]` | yes |
//! | `network` | keys and tokens from Clerk's Backend API, on a Tokio runtime | yes |
//! | `client` | `Clerk::client()` and the whole `client` module | no |
//! | `metrics` | counters for the recorder of the crate `metrics`, see below | no |
//! | `testing` | `Guard::for_test`, for unit tests of handlers; `clerk-testing` switches it on | no |
//! | `webhooks` | verification of what Clerk sends to an application: the `webhook` module | no |
//! | `utoipa` | who may call what in OpenAPI documents: the `openapi` module | no |
//! | `aws-lc` | signatures are checked by aws-lc | yes |
//! | `rust-crypto` | signatures are checked by RustCrypto, for builds without a C compiler, which have no `network` either, since its TLS is aws-lc's; `aws-lc` wins over it | no |
//!
//! Counters are `clerk_tokens_verified_total` by `signature`, `checked` or `remembered`; `clerk_requests_rejected_total` by
//! Clerk's `reason`; and `clerk_jwks_fetches_total` by `cause` (`start`, `age`, `unknown-kid`) and `outcome` (`loaded`,
//! `outdated`, `refused`, `failed`, `abandoned`). The age of the keys is the time since
//! `clerk_jwks_loaded_timestamp_seconds`, a gauge in Unix seconds. Besides, `tracing` has an event for each request: for a refused
//! one with the cause and the fix, see [the page about refusals](guide::refusals). No event has a token, a cookie or a secret.
//!
//! Without `network` a JWT key is needed. Features only add: switching one on changes nothing that worked without it.

pub mod auth;
mod authenticate;
pub mod authorize;
#[cfg(feature = "axum")]
mod axum;
mod clerk;
pub mod clock;
mod config;
#[cfg(feature = "macros")]
mod declare;
#[cfg(not(feature = "macros"))]
mod declare_without_macros;
mod deviation;
pub mod diagnose;
mod error_text;
mod excerpt;
pub mod explain;
#[cfg(any(
    not(feature = "client"),
    not(feature = "network"),
    all(
        feature = "axum",
        not(all(feature = "connect-info", feature = "testing", feature = "utoipa"))
    )
))]
mod feature;
#[cfg(feature = "axum")]
pub mod guide;
pub mod key;
mod protocol;
mod tally;
mod telemetry;
pub mod token;
mod verify;
#[cfg(feature = "webhooks")]
pub mod webhook;

#[cfg(feature = "utoipa")]
pub use crate::axum::openapi;
#[cfg(feature = "axum")]
pub use crate::axum::{
    Access, AuthNotRun, CarriesAuth, ClerkFuture, ClerkLayer, ClerkService, Guard, HandlerDenial, HasClerk,
    Policy, Protected, ProtectedResource, Public, Rejection, RejectionDetail, SignInLocation, StatesAccess,
    WhenSignedOut, get_auth, routing,
    routing::{AccessTable, GuardedRouter},
};
pub use auth::{Auth, Claims, MachineAuth, SessionAuth, SignedOut};
pub use authenticate::{AuthStatus, AuthenticateError, RedirectError, RequestState, SignInRedirect};
pub use authorize::{Denial, Requirement};
pub use clerk::{Authenticate, AuthenticateFuture, Clerk, ClerkBuilder};
#[cfg(feature = "client")]
pub use clerk_client as client;
#[cfg(feature = "macros")]
pub use clerk_macros::{handlers, protected, public};
pub use config::{ConfigError, JwksPolicy, ValueKind};
pub use deviation::Deviation;
pub use token::{OrgId, SessionId, TokenVerificationError, UserId};
pub use verify::{CallHealth, Health, KeyHealth, ShareHealth, VerifiedToken};

/// What `#[protected]` expands to. Not for other use: it changes without notice.
#[cfg(feature = "axum")]
#[doc(hidden)]
pub mod __private {
    pub use crate::auth::{Auth, Claims, MachineAuth, SessionAuth};
    pub use crate::authorize::{
        Feature, Permission, Plan, Requirement, Reverification, ReverificationLevel, Role, Scope,
    };
    #[cfg(feature = "utoipa")]
    pub use crate::axum::openapi::OpenApiRoutes;
    pub use crate::axum::{
        Extractable, ExtractableLast, FeatureConstant, Guard, HandlerResponse, HasClerk, InjectAuth,
        InjectClaims, InjectMachine, InjectOrgId, InjectSessionId, InjectUserId, IsBody, IsNoBody,
        PermissionConstant, PlanConstant, Policy, Public, Rejection, ReverificationConstant, RoleConstant,
        WhenSignedOut, extracts, extracts_last, is_feature, is_permission, is_plan, is_response,
        is_reverification, is_role,
    };
    pub use crate::token::{AcceptsToken, OrgId, SessionId, TokenType, UserId};
    #[cfg(feature = "macros")]
    pub use clerk_macros::keys;
    #[cfg(feature = "utoipa")]
    pub use clerk_macros::openapi_routes;
}
