//! The examples as their users meet them.
#![cfg(unix)]

mod backend;
mod permissions;
mod process;
mod quickstart;
