//! The router that takes only handlers which say who may call them.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod behaviour;
mod mounts;
mod served;
mod support;
mod table;
mod torture;
mod verb;
