//! The examples as their users meet them.
#![cfg(unix)]
#![allow(
    clippy::print_stdout,
    reason = "how much was done while the example was killed is told with the test"
)]

mod backend;
mod permissions;
mod process;
mod quickstart;
mod webhooks;
