//! A client for Clerk's Backend API: users, session tokens, the instance's keys.
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = clerk_client::Client::new(std::env::var("CLERK_SECRET_KEY")?)?;
//! let user = client.users().get_user("user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ").await?;
//! println!("{:?}", user.primary_email_address());
//! # Ok(()) }
//! ```
//!
//! A [`Client`] is made once and cloned; its clones share the connections. Each resource hangs off it under Clerk's own
//! name: [`users()`](Client::users), [`sessions()`](Client::sessions), [`jwks()`](Client::jwks).
//!
//! # Tokens
//!
//! A call with options is a builder that is sent by `.await`:
//!
//! ```
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
//! [`Error::trace_id`] is what Clerk's support asks for, [`Error::retry_after`] what a 429 asks for. Nothing is retried
//! here.
//!
//! ```
//! # async fn example(client: clerk_client::Client, id: &str) -> Result<bool, clerk_client::Error> {
//! match client.users().get_user(id).await {
//!     Ok(user) => Ok(!user.banned),
//!     Err(error) if error.code() == "resource_not_found" => Ok(false),
//!     Err(error) => Err(error),
//! }
//! # }
//! ```
//!
//! # What every call keeps to
//!
//! All calls take one path, on which each has
//!
//! - a fixed host, over `https`; plain `http` and no proxy on loopback. Ids are one encoded path segment each: what would
//!   lead to another endpoint, such as `..` or `user_1/ban`, is refused before anything is sent;
//! - a deadline, 5 s unless [set](ClientBuilder::timeout), that covers the answer's body, and 2 s of it for connecting;
//! - a limit on the answer, 1 MiB and 64 KiB for keys, that holds while it is read;
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

mod answer;
mod base_url;
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

pub use answer::{ApiError, RawBody};
pub use call::{Answered, Call, CallOptions, Pages, Upload};
pub use client::{BuildError, Client, ClientBuilder};
pub use error::Error;
pub use page::Page;
pub use patch::Patch;
pub use transport::Transport;
