//! Clerk's Backend API: all of its operations, by the names that Clerk's JavaScript has for them.
//!
//! ```no_run
//! # #[cfg(all(feature = "reqwest", feature = "users"))]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = clerk_client::Client::new(std::env::var("CLERK_SECRET_KEY")?)?;
//! let user = client.users().get_user("user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ").await?;
//! println!("{:?}", user.primary_email_address());
//! # Ok(()) }
//! ```
//!
//! A [`Client`] is made once and cloned; its clones share the connections. Each resource hangs off it under Clerk's own
//! name: `users()`, `sessions()`, `organizations()`, see [`resources`].
//!
//! # Calls
//!
//! What a call cannot do without are its arguments: one or two by themselves, more as a structure. The rest are methods of
//! what it gives, and `.await` sends it:
//!
//! ```
//! # #[cfg(feature = "organizations")]
//! # async fn example(client: clerk_client::Client) -> Result<(), clerk_client::Error> {
//! use clerk_client::resources::CreateOrganizationMembershipParams;
//! use serde_json::json;
//!
//! let organization = client
//!     .organizations()
//!     .create_organization("Analytical Engines")
//!     .slug("analytical-engines")
//!     .public_metadata(json!({ "plan": "pro" }))
//!     .await?;
//! let ada = CreateOrganizationMembershipParams {
//!     user_id: "user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ",
//!     role: "org:admin",
//! };
//! client.organizations().create_organization_membership(&organization.id, ada).await?;
//! # Ok(()) }
//! ```
//!
//! A call that is not awaited yet belongs to nobody: it can be kept, cloned, and sent from another task.
//! [`CallOptions`] give one call a key of its own, or a deadline for each of its attempts.
//!
//! # Lists
//!
//! A list gives one [`Page`], ten items unless `limit` says otherwise. `into_stream` gives all of them, page after page, as
//! [`Pages`]: a `Stream` of `futures`, with a `next` of its own. Users come by a cursor, so that none is missed or seen
//! twice while others sign up.
//!
//! ```
//! # #[cfg(feature = "users")]
//! # async fn example(client: clerk_client::Client) -> Result<(), clerk_client::Error> {
//! let first = client.users().get_user_list().query("ada").limit(20).await?;
//! println!("{} of {}", first.len(), client.users().get_count().query("ada").await?.total_count);
//!
//! let mut users = client.users().get_user_list().limit(500).into_stream();
//! while let Some(user) = users.next().await {
//!     println!("{}", user?.id);
//! }
//! # Ok(()) }
//! ```
//!
//! # Leaving alone, emptying, setting
//!
//! Where Clerk tells a member that is missing from one that is null, the method takes a [`Patch`]: a plain value sets,
//! [`Patch::Null`] empties, and what is not called leaves alone. Metadata has two calls: `update_…_metadata` merges, and
//! removes what is null; `replace_…_metadata` replaces.
//!
//! ```
//! # #[cfg(feature = "users")]
//! # async fn example(client: clerk_client::Client, id: &str) -> Result<(), clerk_client::Error> {
//! use clerk_client::Patch;
//! use serde_json::json;
//!
//! client.users().update_user(id).first_name("Ada").username(Patch::Null).await?;
//! client.users().update_user_metadata(id).public_metadata(json!({ "plan": "pro", "trial": null })).await?;
//! # Ok(()) }
//! ```
//!
//! # What is answered
//!
//! Models have public fields, and are read leniently: what is missing or null is `None`, `false` or empty; enums have a
//! variant for what they do not know, which keeps its text; and members without a field are in `other`. What cannot be read
//! is an error: an answer without its own `id`, its secret or an object or a number that the others mean nothing without, as
//! each model tells, and a member of another type than its field. What lets somebody in, such as [`Token::jwt`](resources::Token), is in no
//! `Debug`, and neither is private metadata.
//!
//! ```
//! # #[cfg(feature = "sessions")]
//! # async fn example(client: clerk_client::Client) -> Result<(), clerk_client::Error> {
//! let token = client
//!     .sessions()
//!     .get_token_from_template("sess_2cDeFgHiJkLmNoPqRsTuVwXyZaB", "supabase")
//!     .expires_in_seconds(300)
//!     .await?;
//! assert_eq!(format!("{token:?}"), "Token { jwt: [redacted] }");
//! # Ok(()) }
//! ```
//!
//! # Errors
//!
//! Programs go by [`Error::code`], which is Clerk's where Clerk answered, and by [`Error::status`]; people read the text.
//! [`Error::trace_id`] is what Clerk's support asks for, [`Error::retry_after`] what a 429 asks for.
//!
//! ```
//! # #[cfg(feature = "users")]
//! # async fn example(client: clerk_client::Client, id: &str) -> Result<bool, clerk_client::Error> {
//! match client.users().get_user(id).await {
//!     Ok(user) => Ok(!user.banned),
//!     Err(error) if error.code() == "resource_not_found" => Ok(false),
//!     Err(error) => Err(error),
//! }
//! # }
//! ```
//!
//! # Trying again
//!
//! A `GET` that found no connection, or got 429, 502, 503 or 504, is tried twice more, after a short pause or the one that
//! `Retry-After` asks for, up to 5 s. Whatever may change something is sent once: only the program knows whether twice is
//! harmless. See [`ClientBuilder::retries`].
//!
//! # What has no method here
//!
//! [`Client::request`] calls any path with the same care; [`Call::query`] and [`Call::member`] add what this version does not
//! know to a call that it does, and [`Call::response`] and [`Call::read_as`] give the answer as it came or in a type of your
//! own.
//!
//! ```
//! # #[cfg(feature = "users")]
//! # async fn example(client: clerk_client::Client) -> Result<(), clerk_client::Error> {
//! use http::Method;
//!
//! let sent = client.request(Method::POST, "/email").member("subject", "Hello").await?;
//! println!("{}", sent["id"]);
//!
//! let call = client.users().get_user_list().limit(20).into_call();
//! let users: Vec<serde_json::Value> = call.query("from_the_future", "1").read_as().await?;
//! println!("{}", users.len());
//! # Ok(()) }
//! ```
//!
//! # What every call keeps to
//!
//! All calls take one path, on which each has
//!
//! - a fixed host, over `https`; plain `http` and no proxy on loopback. Ids are one encoded path segment each: what would
//!   lead to another endpoint, such as `..` or `user_1/ban`, is refused before anything is sent;
//! - a deadline for each attempt, 5 s unless [set](ClientBuilder::timeout), that covers the answer's body, and 2 s of it for
//!   connecting;
//! - a limit on the answer, 1 MiB, 16 MiB for lists and 64 KiB for keys, that holds while it is read;
//! - no redirect: a 3xx is an error, since the secret key is meant for one host.
//!
//! The secret key and tokens are in no `Debug` and no error text. Of an answer's body, errors show Clerk's messages only.
//!
//! # Another transport
//!
//! Tests answer calls themselves with a [`Transport`], see [`ClientBuilder::transport`].
//!
//! # Features
//!
//! | feature | effect | default |
//! | --- | --- | --- |
//! | `reqwest` | `transport::ReqwestTransport`, used when no other transport is given, and `Client::new` | yes |
//! | `users` | users, their e-mail addresses and phone numbers | yes |
//! | `sessions` | sessions and their tokens, browsers' clients, the instance's keys | yes |
//! | `organizations` | organizations, members, invitations, domains, roles and permissions | yes |
//! | `machine-tokens` | API keys, machines and their tokens, OAuth access tokens | yes |
//! | `sign-ups` | invitations, waitlist, allowlist and blocklist, sign-ups, tokens that sign somebody in | no |
//! | `connections` | SSO connections, directories, the instance as an OAuth identity provider | no |
//! | `billing` | plans, subscriptions, statements, credits | no |
//! | `instance` | settings of the instance, domains, JWT templates, redirect URLs | no |
//! | `full` | all of these but `reqwest` | no |

mod answer;
mod api_error;
mod base_url;
mod build_error;
#[cfg(feature = "sessions")]
mod by_hand;
#[cfg_attr(
    not(feature = "full"),
    allow(
        dead_code,
        unused_imports,
        unused_macros,
        reason = "which parts are used depends on the features"
    )
)]
mod call;
mod client;
mod error;
mod error_text;
#[cfg(feature = "sessions")]
mod handshake_payload;
#[cfg(feature = "sessions")]
mod key_set;
#[cfg_attr(
    not(feature = "full"),
    allow(
        dead_code,
        unused_imports,
        unused_macros,
        reason = "which parts are used depends on the features"
    )
)]
mod model;
mod page;
#[cfg_attr(
    not(feature = "full"),
    allow(dead_code, reason = "not all calls can empty something")
)]
mod patch;
mod path;
pub mod resources;
pub mod transport;
#[cfg(feature = "users")]
mod user;

pub use api_error::{ApiError, RawBody};
pub use build_error::BuildError;
pub use call::{Answered, Call, CallOptions, Pages, Upload};
pub use client::{Client, ClientBuilder};
pub use error::Error;
pub use page::Page;
pub use patch::Patch;
pub use transport::Transport;
