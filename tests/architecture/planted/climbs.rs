//! Imports from a layer further up, in each way in which they can be written.

use super::{planted, with};

/// Checks that lines at the end of `low/word.rs` climb once, from a line.
#[track_caller]
fn climbs(lines: &str, line: usize, written: &str) {
    let found = planted(&[("low/word.rs", &with("low/word.rs", lines))]);
    let expected = format!(
        "low/word.rs:{line}: layer 1 (`low/`) imports `{written}` from high/top.rs in layer 3 (`high/`)"
    );
    assert_eq!(found, [expected]);
}

#[test]
fn a_use_in_a_function_is_found() {
    climbs(
        "fn f() {\n    use crate::high::Top;\n    drop(Top);\n}\n",
        3,
        "crate::high::Top",
    );
}

#[test]
fn a_path_in_the_line_is_found() {
    for lines in [
        "fn f(\n_: crate::high::Top) {}\n",
        "fn f() {\ndrop(crate::high::Top) }\n",
        "fn f(t: u8) -> bool {\nmatches(|crate::high::Top| t) }\n",
        "impl\ncrate::high::Top {}\n",
        "impl<T> From<T> for Word where T:\nInto<crate::high::Top> {}\n",
        "const X: u8 =\ncrate::high::Top::X;\n",
        "static Y: u8 =\n<crate::high::Top>::X;\n",
    ] {
        let path = if lines.contains("Top::X") {
            "crate::high::Top::X"
        } else {
            "crate::high::Top"
        };
        climbs(lines, 3, path);
    }
}

#[test]
fn a_path_by_super_is_found() {
    climbs(
        "fn f(_: super::super::high::Top) {}\n",
        2,
        "super::super::high::Top",
    );
    climbs(
        "mod inner {\n fn f(_: super::super::super::high::Top) {}\n}\n",
        3,
        "super::super::super::high::Top",
    );
}

#[test]
fn a_reexport_is_followed_to_the_definition() {
    climbs("use crate::Summit;\n", 2, "crate::Summit");
    climbs("use crate::{self as all, Summit as Hill};\n", 2, "crate::Summit");
    climbs("use crate as all;\nfn f(_: all::Summit) {}\n", 3, "all::Summit");
    climbs("use crate::*;\nfn f(_: Summit) {}\n", 3, "Summit");
    climbs(
        "use crate::high::{self as up};\nfn f(_: up::Top) {}\n",
        3,
        "up::Top",
    );
}

#[test]
fn a_macro_body_is_found() {
    climbs(
        "fn f() { println!(\"{:?}\", crate::high::Top) }\n",
        2,
        "crate::high::Top",
    );
    climbs(
        "fn f() {\n vec![\n(0, [crate::high::Top])] }\n",
        4,
        "crate::high::Top",
    );
    climbs(
        "macro_rules! m { () => {\n $crate::high::Top } }\n",
        3,
        "crate::high::Top",
    );
    climbs("some! { use crate::high::{Top}; }\n", 2, "crate::high::Top");
    climbs("use crate::high;\nfn f() { some!(high::Top) }\n", 3, "high::Top");
    climbs("use crate::*;\nfn f() { some!(Summit) }\n", 3, "Summit");
}

#[test]
fn the_macro_of_another_file_is_found() {
    let found = planted(&[("low/word.rs", &with("low/word.rs", "crate::high::tops!(a);\n"))]);
    let what = "layer 1 (`low/`) imports `crate::high::tops` from high/mod.rs in layer 3 (`high/`)";
    assert_eq!(found, [format!("low/word.rs:2: {what}")]);
}

#[test]
fn a_macro_known_by_the_order_of_the_text_is_found() {
    let child = "macro_rules! late { () => {} }\n";
    let found = planted(&[
        (
            "low/mod.rs",
            &with("low/mod.rs", "macro_rules! order { () => {} }\n"),
        ),
        ("low/word.rs", &with("low/word.rs", "order!();\n")),
        (
            "high/mod.rs",
            &with("high/mod.rs", "#[macro_use]\nmod late;\nlate!();\n"),
        ),
        ("high/late.rs", child),
        ("high/top.rs", &with("high/top.rs", "late!();\n")),
    ]);
    assert_eq!(found, [""; 0]);
    let circle = planted(&[
        (
            "low/mod.rs",
            &with(
                "low/mod.rs",
                "macro_rules! order { () => {} }\nfn f(_: Word) {}\n",
            ),
        ),
        ("low/word.rs", &with("low/word.rs", "order!();\n")),
    ]);
    assert_eq!(
        circle,
        ["low/mod.rs:8: 2 files import one another; the shortest circle:"]
    );
}

#[test]
fn a_test_module_is_found() {
    climbs(
        "#[cfg(test)]\nmod tests {\n    use crate::high::Top;\n}\n",
        4,
        "crate::high::Top",
    );
}

#[test]
fn a_test_module_in_its_own_file_is_found() {
    let found = planted(&[
        ("low/word.rs", &with("low/word.rs", "#[cfg(test)]\nmod tests;\n")),
        ("low/word/tests.rs", "use super::*;\nuse crate::high::Top;\n"),
    ]);
    let what = "layer 1 (`low/`) imports `crate::high::Top` from high/top.rs in layer 3 (`high/`)";
    assert_eq!(found, [format!("low/word/tests.rs:2: {what}")]);
}

#[test]
fn a_module_at_another_path_is_found() {
    let found = planted(&[
        (
            "low/word.rs",
            &with("low/word.rs", "#[path = \"elsewhere.rs\"]\nmod here;\n"),
        ),
        ("low/elsewhere.rs", "use super::super::super::Summit;\n"),
    ]);
    let what = "layer 1 (`low/`) imports `super::super::super::Summit` from high/top.rs in layer 3 (`high/`)";
    assert_eq!(found, [format!("low/elsewhere.rs:1: {what}")]);
}

#[test]
fn what_is_no_import_is_not_found() {
    for lines in [
        "/// [`Top`](crate::high::Top)\nfn f() {}\n",
        "// crate::high::Top\n",
        "#[derive(crate::high::Top)]\nstruct S;\n",
        "#[with(crate::high::Top)]\nstruct S;\n",
        "pub(in crate::low) struct S;\n",
        "fn f(word: &Word) { word.top() }\n",
        "fn f() { quote!(crate::high::Top) }\n",
        "fn f() { let top_of = 1; drop(top_of); }\n",
        "use crate::*;\nfn f(top_of: u8) { drop(top_of); some!(top_of(1)) }\n",
        "use crate::*;\nfn f() { if let Some(top_of) = g() { top_of() } }\n",
        "use crate::*;\nfn f<Summit>(_: Summit) {}\n",
        "use crate::*;\nfn f(s: S) { s.top_of(); s.Summit; some!(s.top_of(), 'Summit, Summit: 1) }\n",
        "use ::high::Top;\n",
        "use other::high::Top;\nfn f(_: ::high::Top) { some!(::high::Top) }\n",
    ] {
        let found = planted(&[("low/word.rs", &with("low/word.rs", lines))]);
        assert_eq!(found, [""; 0], "{lines}");
    }
}

#[test]
fn a_name_counts_again_where_the_variable_is_out_of_scope() {
    let lines = "use crate::*;\nfn f() { { let top_of = 1; } top_of(); }\n";
    let found = planted(&[("low/word.rs", &with("low/word.rs", lines))]);
    let what = "layer 1 (`low/`) imports `top_of` from high/mod.rs in layer 3 (`high/`)";
    assert_eq!(found, [format!("low/word.rs:3: {what}")]);
    let lines = "use crate::*;\nfn f() { let top_of = top_of(); }\n";
    let found = planted(&[("low/word.rs", &with("low/word.rs", lines))]);
    assert_eq!(found, [format!("low/word.rs:3: {what}")]);
}
