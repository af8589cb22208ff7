//! A page that does not fit the files.

use super::{PAGE, planted, planted_under, with};

#[test]
fn an_unlisted_file_is_found() {
    let lib = with("lib.rs", "mod stray;\n");
    let found = planted(&[("stray.rs", ""), ("lib.rs", &lib)]);
    assert_eq!(found, ["stray.rs:1: is in no layer"]);
}

#[test]
fn a_file_that_no_module_is_made_of_is_found() {
    assert_eq!(
        planted(&[("low/stray.rs", "")]),
        ["low/stray.rs:1: no `mod` leads here"]
    );
}

#[test]
fn a_missing_file_is_found() {
    let lib = with("lib.rs", "mod gone;\n");
    assert_eq!(
        planted(&[("lib.rs", &lib)]),
        ["lib.rs:6: the file of `mod gone` was not found"]
    );
}

#[test]
fn a_listed_path_that_is_missing_is_found() {
    let page = PAGE.replace("2. `middle.rs` -", "2. `middle.rs`, `gone.rs`,\n   `gone/` -");
    let expected = ["gone.rs", "gone/"]
        .map(|path| format!("ARCHITECTURE.md:6: `{path}` is neither a file nor a folder of planted"));
    assert_eq!(planted_under(&page, &[]), expected);
}

#[test]
fn a_path_listed_twice_is_found() {
    let page = PAGE.replace("`high/` -", "`high/`, `middle.rs` -");
    assert_eq!(
        planted_under(&page, &[]),
        ["ARCHITECTURE.md:7: `middle.rs` of planted is listed twice"]
    );
}

#[test]
fn a_layer_without_paths_is_found() {
    let page = PAGE.replace("3. `high/` -", "3. high -");
    let found = planted_under(&page, &[]);
    assert_eq!(
        found[0],
        "ARCHITECTURE.md:7: the layer 3 of planted lists no path"
    );
    assert_eq!(
        found[1..],
        ["high/mod.rs:1: is in no layer", "high/top.rs:1: is in no layer"]
    );
}

#[test]
fn the_longest_path_counts() {
    let page = PAGE.replace("2. `middle.rs` -", "2. `middle.rs`, `low/seal.rs` -");
    assert_eq!(planted_under(&page, &[]), [""; 0]);
    let word = with("low/word.rs", "use super::Seal;\n");
    let seal = with("low/seal.rs", "").replace("use super::word::Word;\n", "struct Word;\n");
    let found = planted_under(&page, &[("low/word.rs", &word), ("low/seal.rs", &seal)]);
    let what = "layer 1 (`low/`) imports `super::Seal` from low/seal.rs in layer 2 (`low/seal.rs`)";
    assert_eq!(found, [format!("low/word.rs:2: {what}")]);
}

#[test]
fn a_proof_that_does_not_exist_is_found() {
    let page = PAGE.replace("`Seal` in `low/seal.rs`", "`Seal` in `low/word.rs`");
    assert_eq!(
        planted_under(&page, &[]),
        ["ARCHITECTURE.md:13: `low/word.rs` of planted defines no struct or enum `Seal`"]
    );
    let page = PAGE.replace("`Seal` in `low/seal.rs`", "`Seal` somewhere");
    assert_eq!(
        planted_under(&page, &[]),
        ["ARCHITECTURE.md:13: the item does not name a type and its file"]
    );
    let page = PAGE.replace("by `new` in `middle.rs`", "by `old` in `muddle.rs`");
    let found = planted_under(&page, &[]);
    let missing = ["old", "muddle.rs"]
        .map(|name| format!("ARCHITECTURE.md:12: `{name}` is neither a constructor of `Proof` nor a file"));
    assert_eq!(found[..2], missing);
    assert_eq!(
        found[2..],
        ["middle.rs:2: `Proof::new` makes a `Proof` outside low/proof.rs"]
    );
}
