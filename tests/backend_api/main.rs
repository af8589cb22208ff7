//! The whole Backend API: each call against the table of the API, on the wire; and whatever may be answered.
//!
//! What is expected is read here from `xtask/api`, by code that shares nothing with what generates the client.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod bodies;
mod calls;
mod expected;
mod ids;
mod made;
mod models;
mod random;
mod recorder;
mod samples;
mod table;
mod wire;
