//! What a run found, for people.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::digests::Digests;
use crate::recorder::{Difference, Recorder, distribution};

/// The most that is shown of one question or answer, in bytes.
const LONGEST: usize = 4000;
/// Limits the requests of a block that are shown.
const SHOWN: usize = 3;

/// Lists the groups with their counts.
pub(crate) fn counts(recorder: &Recorder<'_>) -> String {
    let mut groups: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for (name, block) in &recorder.groups {
        let statuses = groups.entry(group(name)).or_default();
        for (status, count) in &block.statuses {
            *statuses.entry(status.clone()).or_default() += count;
        }
    }
    let mut text = String::new();
    for (name, statuses) in &groups {
        let count: usize = statuses.values().sum();
        writeln!(text, "{name:16} {count:6}  {}", distribution(statuses)).unwrap();
    }
    writeln!(text, "{:16} {:6}  in all", "", recorder.count()).unwrap();
    text
}

pub(crate) fn has_group(recorder: &Recorder<'_>, name: &str) -> bool {
    recorder.groups.keys().any(|block| group(block) == name)
}

/// Gives the group that a block belongs to.
fn group(name: &str) -> &str {
    name.split('/').next().unwrap_or(name)
}

/// Compares with what was kept. Gives the report, and the groups that differ without being allowed to. All of them are
/// allowed to that `except` names.
pub(crate) fn comparison(
    recorder: &Recorder<'_>,
    kept: &Digests,
    except: &BTreeSet<String>,
) -> (String, BTreeSet<String>) {
    let mut text = String::new();
    let mut wrong = BTreeSet::new();
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    let missing = kept.names().filter(|name| !recorder.groups.contains_key(*name));
    for name in missing {
        writeln!(
            text,
            "{name}: the file has this group, and nothing asks it any more"
        )
        .unwrap();
        wrong.insert(group(name).to_owned());
    }
    for (name, block) in &recorder.groups {
        let Some(before) = kept.group(name) else {
            writeln!(text, "{name}: the file does not have this group").unwrap();
            wrong.insert(group(name).to_owned());
            continue;
        };
        let differing = differing(&before.digests, &block.digests);
        let is_asked_alike = before.questions == block.questions();
        if differing == 0 && is_asked_alike {
            continue;
        }
        let is_allowed = except.contains(group(name));
        writeln!(
            text,
            "{name}: {differing} of {} answers differ{}",
            block.digests.len(),
            if is_allowed { ", as this group may" } else { "" }
        )
        .unwrap();
        if !is_asked_alike {
            let note = "not the same requests were asked, so that differing answers say little: was the corpus changed?";
            writeln!(text, "  {note}").unwrap();
        }
        if before.distribution != block.distribution() {
            writeln!(
                text,
                "  before: {}\n  now:    {}",
                before.distribution,
                block.distribution()
            )
            .unwrap();
        }
        if !is_allowed {
            wrong.insert(group(name).to_owned());
        }
        let shown = shown.entry(name.as_str()).or_default();
        for difference in block.different.iter().take(SHOWN - *shown) {
            write_difference(&mut text, name, difference, recorder);
            *shown += 1;
        }
    }
    (text, wrong)
}

fn differing(before: &[u64], now: &[u64]) -> usize {
    let changed = before
        .iter()
        .zip(now)
        .filter(|(before, now)| before != now)
        .count();
    changed + before.len().abs_diff(now.len())
}

fn write_difference(text: &mut String, name: &str, difference: &Difference, recorder: &Recorder<'_>) {
    let number = difference.number;
    let before = match difference.before {
        None => "nothing: the file ends earlier".to_owned(),
        Some(digest) => match recorder.answers.get(&digest) {
            Some(answer) => answer.to_string(),
            None => format!("{digest:016x}, which no request is answered any more"),
        },
    };
    writeln!(
        text,
        "\n--- {name}:{number} asked ---\n{}",
        shortened(&difference.question)
    )
    .unwrap();
    writeln!(text, "--- answered before ---\n{}", shortened(&before)).unwrap();
    writeln!(
        text,
        "--- answered now ---\n{}\n",
        shortened(&difference.now.to_string())
    )
    .unwrap();
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}… ({} bytes in all)", &text[..end], text.len()),
        None => text.trim_end().to_owned(),
    }
}
