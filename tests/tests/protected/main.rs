//! Handlers with `#[protected]`, called through a router as axum calls them.

// What a renamed dependency is to the code of a crate.
extern crate clerk_runtime as clerk_renamed;

mod attributes;
mod forms;
mod generated;
mod machines;
mod order;
mod renamed;
mod shadowed;
mod shapes;
mod strict;
mod support;
