//! The table of `SECURITY.md` and the tests are one list.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Every row, by letter and number of rows.
const ROWS: [(char, usize); 16] = [
    ('C', 11),
    ('T', 8),
    ('P', 5),
    ('H', 10),
    ('S', 3),
    ('K', 7),
    ('J', 8),
    ('V', 2),
    ('Z', 3),
    ('W', 1),
    ('M', 4),
    ('L', 2),
    ('B', 1),
    ('X', 2),
    ('O', 4),
    ('D', 39),
];

/// Numbers of deviations that do not exist.
const SKIPPED: [usize; 1] = [19];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn policy() -> String {
    std::fs::read_to_string(root().join("SECURITY.md")).unwrap()
}

fn ids() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (letter, count) in ROWS {
        let is_skipped = |number: &usize| letter == 'D' && SKIPPED.contains(number);
        let numbers = (1..).filter(|number| !is_skipped(number)).take(count);
        ids.extend(numbers.map(|number| format!("{letter}{number}")));
    }
    ids
}

/// The cells of each row of a table, by the id in the first of them.
fn rows(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut rows = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<String> = line
            .trim_matches('|')
            .split(" | ")
            .map(|cell| cell.trim().to_owned())
            .collect();
        let id = cells[0].clone();
        let is_id = id.starts_with(|c: char| c.is_ascii_uppercase())
            && id.len() > 1
            && id[1..].bytes().all(|byte| byte.is_ascii_digit());
        if is_id {
            assert!(rows.insert(id.clone(), cells).is_none(), "{id} is there twice");
        }
    }
    rows
}

/// The names of the functions that are tests, of all sources below a folder.
fn tests_below(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests_below(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&path).unwrap();
            let mut is_test = false;
            for line in source.lines().map(str::trim) {
                let function = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
                if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
                    is_test = true;
                } else if let Some(rest) = function.filter(|_| is_test) {
                    names.insert(rest.split(['(', '<']).next().unwrap().to_owned());
                    is_test = false;
                }
            }
        }
    }
}

fn named(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_row_has_a_promise_and_a_test_that_is_there() {
    let rows = rows(&policy());
    let found: BTreeSet<String> = rows.keys().cloned().collect();
    assert_eq!(found, ids());
    let mut attacks = BTreeSet::new();
    tests_below(&root().join("tests/attacks"), &mut attacks);
    let mut all = attacks.clone();
    tests_below(&root().join("clerk-runtime/src"), &mut all);
    let mut told = BTreeSet::new();
    for (id, cells) in rows.iter().filter(|(id, _)| !id.starts_with('D')) {
        assert_eq!(cells.len(), 3, "{id}: {cells:?}");
        assert!(cells[1].len() > 20, "{id} promises nothing");
        let tests: Vec<&str> = named(&cells[2]).collect();
        let prefix = format!("{}_", id.to_ascii_lowercase());
        assert!(
            tests.iter().any(|test| test.starts_with(&prefix)),
            "{id}: {tests:?}"
        );
        for test in tests {
            assert!(all.contains(test), "{id}: there is no test `{test}`");
            told.insert(test.to_owned());
        }
    }
    let untold: Vec<&String> = attacks
        .iter()
        .filter(|name| name[1..].starts_with(|c: char| c.is_ascii_digit()) && !told.contains(*name))
        .collect();
    assert!(untold.is_empty(), "in no row: {untold:?}");
}

#[test]
fn every_deviation_is_told_as_the_crate_tells_it() {
    let source = root().join("clerk-runtime/src/deviation.rs");
    let source = std::fs::read_to_string(source).unwrap();
    let documented: String = source
        .lines()
        .filter_map(|line| line.strip_prefix("/// "))
        .flat_map(|line| [line, "\n"])
        .collect();
    let (documented, told) = (rows(&documented), rows(&policy()));
    assert_eq!(documented.len(), 39);
    for (id, cells) in documented {
        assert_eq!(told[&id][..2], cells[..2], "{id}");
    }
}
