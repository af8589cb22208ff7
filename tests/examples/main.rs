//! The examples as their users meet them.
#![cfg(unix)]

mod permissions;
mod process;
mod quickstart;
mod webhooks;
