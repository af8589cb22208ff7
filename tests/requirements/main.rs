//! Requirements drawn at random: what the attribute made of them is compared with a truth table that was written apart.

#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]
#![allow(
    clippy::print_stdout,
    reason = "how much was compared is what these tests are run for"
)]

mod agreement;
mod callers;
mod claims;
mod dice;
mod draw;
mod evaluator;
mod file;
#[rustfmt::skip]
mod generated;
mod handler;
mod tree;
mod truth;
