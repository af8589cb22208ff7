//! The whole Backend API: each call against the table of the API, on the wire; and whatever may be answered.
//!
//! What is expected is read here from `xtask/api`, by code of its own: it has no line of what generates the client, but the
//! same table to go by, so that a mistake in the table is found by neither. `pairs` goes by no table. The calls themselves,
//! `calls`, are generated with the client.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod bodies;
mod calls;
mod expected;
mod ids;
mod made;
mod models;
mod pairs;
mod random;
mod recorder;
mod samples;
mod table;
mod wire;
