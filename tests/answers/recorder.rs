//! What was asked and answered, as digests by group.

use std::collections::{BTreeMap, HashMap};

use aws_lc_rs::digest::{Context, SHA256};

use crate::answer::Answer;
use crate::digests::Digests;

/// So many requests of a block that got another answer are kept for the report.
const KEPT: usize = 3;

/// Takes down questions and answers.
pub(crate) struct Recorder<'a> {
    kept: Option<&'a Digests>,
    /// The one request that is asked for, by group and number.
    pub(crate) wanted: Option<&'a (String, usize)>,
    part: &'static str,
    pub(crate) groups: BTreeMap<String, Group>,
    /// An answer for each digest, to show what a request was answered before if another one is answered so now.
    pub(crate) answers: HashMap<u64, Answer>,
    /// The request that was wanted, and its answer.
    pub(crate) shown: Option<String>,
}

pub(crate) struct Group {
    pub(crate) digests: Vec<u64>,
    pub(crate) statuses: BTreeMap<String, usize>,
    pub(crate) different: Vec<Difference>,
    questions: Context,
}

/// A request that got another answer than the kept one.
pub(crate) struct Difference {
    pub(crate) number: usize,
    pub(crate) question: String,
    pub(crate) before: Option<u64>,
    pub(crate) now: Answer,
}

impl<'a> Recorder<'a> {
    /// Starts with nothing. `kept` is what is compared with.
    pub(crate) fn new(kept: Option<&'a Digests>, wanted: Option<&'a (String, usize)>) -> Self {
        Self {
            kept,
            wanted,
            part: "",
            groups: BTreeMap::new(),
            answers: HashMap::new(),
            shown: None,
        }
    }

    /// Makes another one that compares with the same.
    pub(crate) fn empty(&self) -> Self {
        Self::new(self.kept, self.wanted)
    }

    pub(crate) fn begin(&mut self, part: &'static str) {
        self.part = part;
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.groups.extend(other.groups);
        self.answers.extend(other.answers);
        self.shown = self.shown.take().or(other.shown);
    }

    /// Tells whether the request that is wanted was found, so that the rest need not be asked.
    pub(crate) fn is_done(&self) -> bool {
        self.shown.is_some()
    }

    pub(crate) fn record(&mut self, group: &str, question: &str, answer: Answer) {
        let name = format!("{group}/{}", self.part);
        let kept = self.kept.and_then(|kept| kept.group(&name));
        let is_wanted = |number| {
            self.wanted
                .is_some_and(|(group, wanted)| *group == name && *wanted == number)
        };
        let group = self.groups.entry(name.clone()).or_insert_with(Group::new);
        let number = group.digests.len();
        if is_wanted(number) {
            self.shown = Some(format!("{name}:{number}\n\n{question}\n\n{answer}"));
        }
        group.questions.update(question.as_bytes());
        group.questions.update(&[0]);
        let digest = answer.digest();
        group.digests.push(digest);
        *group.statuses.entry(answer.status.clone()).or_default() += 1;
        let before = kept.and_then(|kept| kept.digests.get(number).copied());
        if kept.is_some() && before != Some(digest) && group.different.len() < KEPT {
            group.different.push(Difference {
                number,
                question: question.to_owned(),
                before,
                now: answer.clone(),
            });
        }
        self.answers.entry(digest).or_insert(answer);
    }

    pub(crate) fn count(&self) -> usize {
        self.groups.values().map(|group| group.digests.len()).sum()
    }
}

impl Group {
    fn new() -> Self {
        Self {
            digests: Vec::new(),
            statuses: BTreeMap::new(),
            different: Vec::new(),
            questions: Context::new(&SHA256),
        }
    }

    /// Gives 64 bits of a hash of everything that was asked.
    pub(crate) fn questions(&self) -> u64 {
        let hash = self.questions.clone().finish();
        let first: [u8; 8] = hash.as_ref()[..8].try_into().unwrap();
        u64::from_be_bytes(first)
    }

    /// Counts the answers of each status, the most frequent first.
    pub(crate) fn distribution(&self) -> String {
        distribution(&self.statuses)
    }
}

/// Writes the counts of statuses down, the most frequent first.
pub(crate) fn distribution(statuses: &BTreeMap<String, usize>) -> String {
    let mut counts: Vec<(&String, &usize)> = statuses.iter().collect();
    counts.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
    let words: Vec<String> = counts
        .iter()
        .map(|(status, count)| format!("{status} {count}"))
        .collect();
    words.join(", ")
}
