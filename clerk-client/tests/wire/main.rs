//! The client against a server on loopback that answers whatever a test wants.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod answers;
mod errors;
mod limits;
mod requests;
mod secrets;
mod server;
mod unreachable;
