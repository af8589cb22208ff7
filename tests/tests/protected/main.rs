//! Handlers with `#[protected]` or `#[public]`, called through a router as axum calls them.

// What a renamed dependency is to the code of a crate.
extern crate clerk_runtime as clerk_renamed;

mod attributes;
mod bodies;
mod denials;
mod forms;
mod generated;
mod impl_blocks;
mod lints;
mod machines;
mod open;
mod order;
mod renamed;
mod requirements;
mod shadowed;
mod shapes;
mod strict;
mod support;
