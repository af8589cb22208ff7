//! Requirements drawn at random: what the attribute made of them is compared with a truth table that was written apart.

mod dice;
mod draw;
mod file;
#[rustfmt::skip]
mod generated;
mod handler;
mod tree;
