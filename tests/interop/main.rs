//! Clerk's own package and this workspace judge the same requests, made by and against the same local instance.
//!
//! Without Node or the package these tests say so and pass, except where `CI` is set.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]
#![allow(
    clippy::print_stdout,
    reason = "how much was compared is what these tests are run for"
)]

mod backend_api;
mod browser;
mod generated;
mod journeys;
mod judges;
mod peer;
mod redirects;
mod tokens;
mod webhooks;
