//! The crates as a stranger would use them, over HTTP and in process.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod backends;
mod call;
mod configuration;
mod extractors;
mod guard;
mod hostile_requests;
mod hostile_tokens;
mod keys;
mod sharing;
mod transports;
mod wire;
