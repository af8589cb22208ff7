//! Files that import one another.

use super::{PAGE, planted, planted_under, with};

/// Checks that a circle of so many files starts at a place.
#[track_caller]
fn circle(changes: &[(&str, &str)], place: &str, files: usize) {
    let expected = format!("{place}: {files} files import one another; the shortest circle:");
    assert_eq!(planted(changes), [expected]);
}

#[test]
fn a_circle_of_three_files_is_found() {
    let changes = [
        ("low/word.rs", &*with("low/word.rs", "use super::proof::Proof;\n")),
        (
            "low/proof.rs",
            &*with("low/proof.rs", "fn f(_: super::Seal) {}\n"),
        ),
    ];
    circle(&changes, "low/proof.rs:6", 3);
}

#[test]
fn the_shortest_circle_is_told() {
    let changes = [
        (
            "low/word.rs",
            &*with("low/word.rs", "use super::{proof::Proof, seal::Seal};\n"),
        ),
        (
            "low/proof.rs",
            &*with("low/proof.rs", "fn f(_: super::Seal) {}\n"),
        ),
    ];
    circle(&changes, "low/seal.rs:1", 3);
}

#[test]
fn a_child_that_needs_its_facade_is_in_a_circle_if_the_facade_needs_the_child() {
    let changes = [
        (
            "low/mod.rs",
            &*with("low/mod.rs", "pub(crate) struct Own(Word);\n"),
        ),
        ("low/word.rs", &*with("low/word.rs", "use super::Own;\n")),
    ];
    circle(&changes, "low/mod.rs:7", 2);
}

#[test]
fn a_facade_that_reexports_alone_is_in_no_circle() {
    let changes = [
        ("low/mod.rs", &*with("low/mod.rs", "pub(crate) struct Own;\n")),
        ("low/word.rs", &*with("low/word.rs", "use super::Own;\n")),
    ];
    assert_eq!(planted(&changes), [""; 0]);
}

#[test]
fn a_private_use_is_no_reexport() {
    let changes = [
        (
            "low/mod.rs",
            &*with(
                "low/mod.rs",
                "use proof::Proof as Shown;\npub(crate) struct Own;\n",
            ),
        ),
        ("low/proof.rs", &*with("low/proof.rs", "use super::Own;\n")),
    ];
    circle(&changes, "low/mod.rs:7", 2);
}

#[test]
fn a_reexport_of_a_cousin_is_an_import() {
    let changes = [("low/mod.rs", &*with("low/mod.rs", "pub use crate::high::Top;\n"))];
    let what = "layer 1 (`low/`) imports `crate::high::Top` from high/top.rs in layer 3 (`high/`)";
    assert_eq!(planted(&changes), [format!("low/mod.rs:7: {what}")]);
}

#[test]
fn generated_code_is_one_unit() {
    let changes = [
        ("low/word.rs", &*with("low/word.rs", "use super::seal::Seal;\n")),
        ("low/seal.rs", &*with("low/seal.rs", "")),
    ];
    circle(&changes, "low/seal.rs:1", 2);
    let page = PAGE.replace("all may need", "all may need (generated, one unit)");
    assert_eq!(planted_under(&page, &changes), [""; 0]);
}
