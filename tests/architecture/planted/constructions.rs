//! Guarded types that are made where they may not be.

use super::{planted, with};

/// Checks that lines at the end of `high/top.rs` make something once, from a line.
#[track_caller]
fn makes(lines: &str, line: usize, what: &str) {
    let found = planted(&[("high/top.rs", &with("high/top.rs", lines))]);
    assert_eq!(found, [format!("high/top.rs:{line}: {what}")], "{lines}");
}

#[track_caller]
fn makes_nothing(path: &str, lines: &str) {
    assert_eq!(planted(&[(path, &with(path, lines))]), [""; 0], "{lines}");
}

#[test]
fn a_struct_literal_is_found() {
    let what = "`Proof` constructs `Proof` outside low/proof.rs";
    makes("fn f() -> Proof {\n Proof { number: 1 } }\n", 5, what);
    makes("fn f(p: Proof) -> Proof {\n Proof { ..p } }\n", 5, what);
    let what = "`crate::low::proof::Proof` constructs `Proof` outside low/proof.rs";
    makes("fn f() { crate::low::proof::Proof { number: 1 } }\n", 4, what);
}

#[test]
fn a_tuple_struct_is_found() {
    let what = "`crate::Seal` constructs `Seal` outside low/seal.rs";
    makes("fn f() { crate::Seal(Word) }\n", 4, what);
    makes("fn f() { word.map(crate::Seal) }\n", 4, what);
}

#[test]
fn a_construction_through_a_renamed_import_is_found() {
    let what = "`P` constructs `Proof` outside low/proof.rs";
    makes(
        "use crate::low::Proof as P;\nfn f() { P { number: 1 } }\n",
        5,
        what,
    );
    makes("fn f() {\n use crate::Proof as P;\n P { number: 1 } }\n", 6, what);
}

#[test]
fn a_construction_through_an_alias_is_found() {
    let what = "`P` constructs `Proof` outside low/proof.rs";
    makes(
        "type Q = crate::Proof;\ntype P = Q;\nfn f() { P { number: 1 } }\n",
        6,
        what,
    );
}

#[test]
fn a_construction_by_self_is_found() {
    let what = "`Self` constructs `Proof` outside low/proof.rs";
    makes("impl Proof { fn f() -> u8 {\n Self { number: 1 } } }\n", 5, what);
    makes(
        "impl From<u8> for crate::Proof { fn from(_: u8) -> Self {\n Self { number: 1 } } }\n",
        5,
        what,
    );
    let what = "`Self` constructs `Seal` outside low/seal.rs";
    makes("impl crate::Seal { fn f() -> u8 {\n Self(Word) } }\n", 5, what);
    makes(
        "impl crate::Seal { fn f() -> u8 {\n word.map(Self) } }\n",
        5,
        what,
    );
}

#[test]
fn a_construction_in_a_macro_body_is_found() {
    let what = "`Proof` constructs `Proof` outside low/proof.rs";
    makes("fn f() { vec![Proof { number: 1 }] }\n", 4, what);
    makes("fn f() { some!(a => [Some(Proof { number: 1 })]) }\n", 4, what);
    makes(
        "fn f() { some!(match a { _ => Proof { number: 1 } }) }\n",
        4,
        what,
    );
    let what = "`crate::Seal` constructs `Seal` outside low/seal.rs";
    makes("macro_rules! m { () => {\n $crate::Seal(1) } }\n", 5, what);
    makes(
        "fn f() { assert!(matches!(crate::Seal(1), crate::Seal(_))) }\n",
        4,
        what,
    );
    let what = "`Self` constructs `Seal` outside low/seal.rs";
    makes(
        "impl crate::Seal { fn f() -> u8 {\n some!(Self(1)) } }\n",
        5,
        what,
    );
}

#[test]
fn a_constructor_is_called_where_the_page_says_so() {
    makes_nothing("middle.rs", "fn f() { Proof::new(2); some!(Proof::new(2)) }\n");
    let what = "`Proof::new` makes a `Proof` outside low/proof.rs";
    makes("fn f() { Proof::new(2) }\n", 4, what);
    makes("fn f() { number.map(Proof::new) }\n", 4, what);
    makes("fn f() { some!(number, Proof::new(1)) }\n", 4, what);
    let what = "`crate::Seal::new` makes a `Seal` outside low/seal.rs";
    makes("fn f() { crate::Seal::new(word) }\n", 4, what);
    let what = "`Self::new` makes a `Seal` outside low/seal.rs";
    makes(
        "impl crate::Seal { fn f() -> u8 {\n Self::new(word) } }\n",
        5,
        what,
    );
}

#[test]
fn the_listed_exception_counts_under_its_cfg_alone() {
    makes_nothing("high/top.rs", "#[cfg(fuzzing)]\nfn forged() { crate::Seal(1) }\n");
    makes_nothing(
        "high/top.rs",
        "#[cfg(fuzzing)]\nimpl Top { fn forged() { crate::Seal::new(1) } }\n",
    );
    let what = "`crate::Seal` constructs `Seal` outside low/seal.rs";
    makes("fn forged() { crate::Seal(1) }\n", 4, what);
    makes("#[cfg(not(fuzzing))]\nfn forged() { crate::Seal(1) }\n", 5, what);
    makes("#[cfg(fuzzing)]\nfn other() { crate::Seal(1) }\n", 5, what);
    let what = "`Proof` constructs `Proof` outside low/proof.rs";
    makes("#[cfg(fuzzing)]\nfn forged() { Proof { number: 1 } }\n", 5, what);
}

#[test]
fn an_enum_is_made_by_its_variants() {
    let proof = "pub enum Proof { Small, Large(u32), Named { number: u32 } }\n\
                 impl Proof { pub(crate) fn new(number: u32) -> Self { Self::Large(number) } }\n";
    for (line, path) in [
        ("fn f() { Proof::Small }\n", "Proof::Small"),
        ("fn f() { Proof::Large(1) }\n", "Proof::Large"),
        ("fn f() { Proof::Named { number: 1 } }\n", "Proof::Named"),
        ("fn f() { use Proof::*; Small }\n", "Small"),
        ("use crate::low::Proof::Large as L;\nfn f() { L(1) }\n", "L"),
    ] {
        let top = format!("use crate::low::Proof;\n{line}");
        let found = planted(&[
            ("low/proof.rs", proof),
            ("high/top.rs", &with("high/top.rs", &top)),
        ]);
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        assert!(
            found[0].ends_with(&format!("`{path}` constructs `Proof` outside low/proof.rs")),
            "{found:?}"
        );
    }
}

#[test]
fn a_type_that_others_can_make_anyway_is_found() {
    for (before, after, what) in [
        (
            "pub struct Proof",
            "#[derive(Clone, Default)]\npub struct Proof",
            "derives `Default`",
        ),
        (
            "pub struct Proof",
            "#[cfg_attr(test, derive(serde::Deserialize))]\npub struct Proof",
            "derives `Deserialize`",
        ),
        (
            "{ number: u32 }",
            "{ pub number: u32 }",
            "has public fields alone",
        ),
    ] {
        let proof = with("low/proof.rs", "").replacen(before, after, 1);
        let line = 1 + after.matches('\n').count();
        assert_eq!(
            planted(&[("low/proof.rs", &proof)]),
            [format!("low/proof.rs:{line}: `Proof` {what}")]
        );
    }
}

#[test]
fn what_constructs_nothing_is_not_found() {
    for lines in [
        "fn f(Proof { number }: Proof) {}\n",
        "fn f(p: Proof) { let Proof { number } = p; }\n",
        "fn f(s: crate::Seal) { let crate::Seal(word) = s; }\n",
        "fn f(s: crate::Seal) { match s { crate::Seal(word) => {} } if let crate::Seal(w) = s {} }\n",
        "fn f(s: crate::Seal) -> bool { matches!(s, crate::Seal(_)) }\n",
        "fn f() { some! { match s { crate::Seal(word) => {} } let crate::Seal(word) = s; } }\n",
        "fn f() { some! { impl A for crate::Seal { } fn f() -> crate::Seal { } } }\n",
        "impl A for Proof { fn f(&self) -> u32 { Self::number(self) } }\n",
        "fn f(p: &Proof) -> u32 { Proof::number(p) }\n",
        "struct Other { p: Proof }\nfn f(p: Proof) -> Other { Other { p } }\n",
        "mod other { struct Proof { number: u32 } fn f() { Proof { number: 1 } } }\n",
    ] {
        makes_nothing("high/top.rs", lines);
    }
}
