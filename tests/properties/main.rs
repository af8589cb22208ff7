//! What holds for all neighbours of a good token, of which there are too many to write down.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod application;
mod edits;
mod mutations;
mod spellings;

#[path = "../requirements/dice.rs"]
#[allow(dead_code, reason = "the other binary needs more of it")]
mod dice;
