//! Programs that must not compile, each with one mistake, and what the compiler says to them.
//!
//! `TRYBUILD=overwrite cargo test -p tests --test ui` writes the expected messages anew. Read each one that changes: it
//! must point at the smallest wrong thing and name the fix.

mod features;

#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
