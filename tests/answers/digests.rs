//! The file of digests: blocks for each group and part of the corpus, with one digest a line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::recorder::Group;

const INTRODUCTION: &str = "\
# Digests of what every door answers to a fixed corpus, written by `cargo xtask answers --write`.
# A block has the name of a group and a part of the corpus, the digest of everything that was asked, how often each status
# was answered, and a line with the digest of the answer for each request.
";

/// The digests of an earlier run.
pub(crate) struct Digests(BTreeMap<String, Kept>);

pub(crate) struct Kept {
    pub(crate) questions: u64,
    pub(crate) distribution: String,
    pub(crate) digests: Vec<u64>,
}

pub(crate) fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("answers/digests.txt")
}

impl Digests {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut groups: BTreeMap<String, Kept> = BTreeMap::new();
        let mut current = None;
        for (at, line) in text.lines().enumerate() {
            let malformed = || format!("line {} is malformed: {line}", at + 1);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix("group ") {
                let (name, questions) = name.split_once(' ').ok_or_else(malformed)?;
                let kept = Kept {
                    questions: hexadecimal(questions).ok_or_else(malformed)?,
                    distribution: String::new(),
                    digests: Vec::new(),
                };
                current = Some(groups.entry(name.to_owned()).or_insert(kept));
                continue;
            }
            let group = current.as_mut().ok_or_else(malformed)?;
            match line.strip_prefix("statuses ") {
                Some(distribution) => distribution.clone_into(&mut group.distribution),
                None => group.digests.push(hexadecimal(line).ok_or_else(malformed)?),
            }
        }
        Ok(Self(groups))
    }

    /// Finds the block of a digest that is counted through all blocks of a group, or of the file.
    pub(crate) fn locate(&self, group: Option<&str>, mut number: usize) -> Option<(String, usize)> {
        let is_in = |name: &str| group.is_none_or(|group| name.split('/').next() == Some(group));
        for (name, block) in self.0.iter().filter(|(name, _)| is_in(name)) {
            if number < block.digests.len() {
                return Some((name.clone(), number));
            }
            number -= block.digests.len();
        }
        None
    }

    pub(crate) fn group(&self, name: &str) -> Option<&Kept> {
        self.0.get(name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Writes the file's text.
pub(crate) fn written(groups: &BTreeMap<String, Group>) -> String {
    let mut text = INTRODUCTION.to_owned();
    for (name, group) in groups {
        writeln!(text, "\ngroup {name} {:016x}", group.questions()).unwrap();
        writeln!(text, "statuses {}", group.distribution()).unwrap();
        for digest in &group.digests {
            writeln!(text, "{digest:016x}").unwrap();
        }
    }
    text
}

fn hexadecimal(text: &str) -> Option<u64> {
    (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok())?
}
