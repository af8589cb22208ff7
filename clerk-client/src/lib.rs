//! A client for Clerk's Backend API.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = clerk_client::Client::new("sk_test_…")?;
//! let user = client.users().get_user("user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ").await?;
//! println!("{:?}", user.first_name);
//! # Ok(()) }
//! ```
//!
//! Every call goes through one path that is the same for all of them: an encoded address, the secret key, a deadline,
//! a limit on the answer's size, and no redirect. Ids that would lead elsewhere, such as `..`, are refused before any I/O.
//!
//! | feature | effect | default |
//! | --- | --- | --- |
//! | `reqwest` | [`ReqwestTransport`](transport::ReqwestTransport), used when no other transport is given | yes |

mod answer;
mod base_url;
mod client;
mod error;
mod lenient;
mod path;
pub mod resources;
pub mod transport;

pub use answer::{ApiError, RawBody};
pub use client::{BuildError, Client, ClientBuilder};
pub use error::Error;
pub use transport::Transport;
