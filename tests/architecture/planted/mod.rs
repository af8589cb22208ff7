//! The checker's own test, over a planted crate.

mod circles;
mod climbs;
mod constructions;
mod listing;

use std::collections::BTreeMap;

use crate::sources::Sources;
use crate::{check, layers, proofs};

/// What the page says of the planted crate.
const PAGE: &str = "\
## Layers

### planted

1. `low/` - what all may need
2. `middle.rs` - a layer of one file
3. `high/` - what needs the others
4. `lib.rs` - what is offered

## Proofs

- `Proof` in `low/proof.rs`, made by `new` in `middle.rs` - a number that was looked at
- `Seal` in `low/seal.rs` (except `forged` under `cfg(fuzzing)`) - a word that was looked at

## Others

- `nothing` in `particular`
";

/// The planted crate without violations.
const CLEAN: [(&str, &str); 8] = [
    (
        "lib.rs",
        "\
mod high;
mod low;
mod middle;
pub use high::{Top as Summit, top_of};
pub use low::{Proof, Seal};
",
    ),
    (
        "low/mod.rs",
        "\
mod proof;
mod seal;
mod word;
pub use proof::Proof;
pub use seal::Seal;
pub(crate) use word::*;
",
    ),
    (
        "low/proof.rs",
        "\
pub struct Proof { number: u32 }
impl Proof {
    pub(crate) fn new(number: u32) -> Option<Self> { (number > 0).then_some(Self { number }) }
    pub fn number(&self) -> u32 { self.number }
}
",
    ),
    (
        "low/seal.rs",
        "\
use super::word::Word;
pub struct Seal(Word);
impl Seal { fn new(word: Word) -> Self { Self(word) } }
",
    ),
    ("low/word.rs", "pub(crate) struct Word;\n"),
    (
        "middle.rs",
        "\
use crate::low::{Proof, Word as Said};
pub(crate) fn proof(_: Said) -> Option<Proof> { Proof::new(1) }
",
    ),
    (
        "high/mod.rs",
        "\
mod top;
pub use top::Top;
pub fn top_of(_: &crate::Proof) {}
macro_rules! tops { ($($name:ident)*) => { $(fn $name() -> $crate::Summit { $crate::Summit } )* } }
pub(crate) use tops;
",
    ),
    (
        "high/top.rs",
        "\
use crate::low::Proof;
pub struct Top;
fn number(Proof { number }: Proof) -> u32 { number }
",
    ),
];

/// The planted crate with other texts for some of its files.
fn planted(changes: &[(&str, &str)]) -> Vec<String> {
    planted_under(PAGE, changes)
}

/// Lists the places of all problems with the first line of what is wrong.
fn planted_under(page: &str, changes: &[(&str, &str)]) -> Vec<String> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in CLEAN.iter().chain(changes) {
        texts.insert((*path).to_owned(), (*text).to_owned());
    }
    let sources = Sources::parse("planted", &texts);
    let layers = layers::read(page);
    let report = check::check(&sources, &layers[0], &proofs::read(page, "planted"));
    let line = |problem: &crate::problem::Problem| {
        let what = problem.what.lines().next().unwrap();
        format!("{}: {what}", problem.place.trim_start_matches("planted/src/"))
    };
    report.problems.iter().map(line).collect()
}

/// Adds lines to a file of the clean crate.
fn with(path: &str, lines: &str) -> String {
    let (_, clean) = CLEAN.iter().find(|(other, _)| *other == path).unwrap();
    format!("{clean}{lines}")
}

/// One violation of each sort: the file, lines at its end, the line of the violation and what is wrong with it.
const SEVEN: [(&str, &str, usize, &str); 7] = [
    (
        "low/one.rs",
        "fn f() {\n use crate::high::Top; }\n",
        2,
        "imports `crate::high::Top`",
    ),
    (
        "low/two.rs",
        "fn f(_: crate::high::Top) {}\n",
        1,
        "imports `crate::high::Top`",
    ),
    (
        "low/three.rs",
        "use super::super::high::Top;\n",
        1,
        "imports `super::super::high::Top`",
    ),
    (
        "low/four.rs",
        "use crate::Summit;\n",
        1,
        "imports `crate::Summit`",
    ),
    (
        "low/five.rs",
        "fn f() { assert!(\n\n crate::high::Top > 1); }\n",
        3,
        "imports `crate::high::Top`",
    ),
    (
        "low/six.rs",
        "#[cfg(test)]\nmod tests { use crate::high::Top; }\n",
        2,
        "imports `crate::high::Top`",
    ),
    (
        "low/zeal.rs",
        "fn f() { super::Proof { number: 1 } }\n",
        1,
        "`super::Proof` constructs `Proof`",
    ),
];

#[test]
fn each_sort_of_violation_is_found_and_nothing_else() {
    let mods: String = SEVEN
        .iter()
        .map(|(path, ..)| format!("mod {};\n", &path[4..path.len() - 3]))
        .collect();
    let low = with("low/mod.rs", &mods);
    let clean: Vec<(&str, &str)> = SEVEN.iter().map(|(path, ..)| (*path, "")).collect();
    assert_eq!(planted(&[&clean[..], &[("low/mod.rs", &low)]].concat()), [""; 0]);
    let dirty: Vec<(&str, &str)> = SEVEN.iter().map(|(path, lines, ..)| (*path, *lines)).collect();
    let mut found = planted(&[&dirty[..], &[("low/mod.rs", &low)]].concat());
    for (path, _, line, what) in SEVEN {
        let place = format!("{path}:{line}: ");
        let at = found
            .iter()
            .position(|found| found.starts_with(&place) && found.contains(what));
        let at = at.unwrap_or_else(|| panic!("{place}{what} is not among {found:#?}"));
        found.remove(at);
    }
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_clean_crate_has_no_problems() {
    assert_eq!(planted(&[]), [""; 0]);
}
