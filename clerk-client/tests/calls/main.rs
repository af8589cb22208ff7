//! What every call has in common, over a transport of the test's own.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod options;
mod pages;
mod patches;
mod raw;
mod retries;
mod script;
mod uploads;
