//! Replays recorded answers of Clerk's own package against this workspace, through its public API.
//!
//! The cases in `recorded/` have the same format, and were recorded later. `CLERK_VECTORS=DIR` takes the files of `vectors/`
//! from elsewhere, `CLERK_VECTORS_GROUPS=a,b` takes only some of them.
//! See `vectors/README.md` for the format and `Deviation` for what may differ.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]
#![allow(clippy::print_stdout, reason = "the report is what this test is run for")]

mod about;
mod case;
mod compare;
mod explain;
mod has;
mod judge;
mod replay;
mod report;
mod strictness;
mod upstream;
mod webhooks;

use std::path::PathBuf;

use report::Report;

/// Every group there is.
const GROUPS: [&str; 9] = [
    "jwt-verify",
    "claims",
    "jwks",
    "carriers",
    "cookie-flow",
    "has",
    "machine-tokens",
    "org-sync",
    "webhooks",
];

#[tokio::test(start_paused = true)]
async fn vectors() {
    let directory = std::env::var_os("CLERK_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("conformance/vectors"),
        PathBuf::from,
    );
    let wanted = std::env::var("CLERK_VECTORS_GROUPS").ok();
    let wanted: Option<Vec<&str>> = wanted
        .as_deref()
        .map(|groups| groups.split(',').map(str::trim).collect());
    if let Some(unknown) = wanted.iter().flatten().find(|group| !GROUPS.contains(group)) {
        panic!("CLERK_VECTORS_GROUPS names `{unknown}`, which is not a group");
    }
    let mut report = Report::default();
    for group in GROUPS {
        if wanted.as_ref().is_some_and(|wanted| !wanted.contains(&group)) {
            report.leave_out(group);
            continue;
        }
        for case in case::read(&directory.join(format!("{group}.jsonl"))) {
            for earlier in case.earlier() {
                report.add_earlier(group, &earlier, judge::judge(&earlier).await);
            }
            report.add(group, &case, judge::judge(&case).await);
        }
    }
    println!("{report}");
    assert!(
        report.judged() > 0,
        "no case was judged: is {} the right place?",
        directory.display()
    );
    assert!(
        report.wrong().is_empty(),
        "{} cases are wrong",
        report.wrong().len()
    );
}

/// Further cases, asked of the same version of Clerk's package: answers that are no key set by both carriers, two keys of one
/// `kid`, JWT keys of other labels and sizes, and payloads that are no object by what is accepted.
#[tokio::test(start_paused = true)]
async fn recorded_cases() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("conformance/recorded/keys.jsonl");
    let mut report = Report::default();
    for case in case::read(&file) {
        report.add("keys", &case, judge::judge(&case).await);
    }
    println!("{report}");
    assert_eq!(report.judged(), RECORDED);
    assert!(
        report.wrong().is_empty(),
        "{} cases are wrong",
        report.wrong().len()
    );
}

/// The number of cases in `recorded/`.
const RECORDED: usize = 114;

/// What is remembered of a token changes no answer: neither to the request that it came with first nor to the next one.
#[tokio::test(start_paused = true)]
async fn a_cache_of_verified_tokens_changes_no_answer() {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("conformance/vectors");
    let mut compared = 0;
    for group in GROUPS {
        for case in case::read(&directory.join(format!("{group}.jsonl"))) {
            let with = replay::replay_twice(&case, 1 << 20).await;
            let without = replay::replay_twice(&case, 0).await;
            assert_eq!(with, without, "{}", case.id);
            compared += usize::from(with.is_some());
        }
    }
    println!("{compared} requests answered the same with and without a cache, twice each");
    assert!(compared > 2_000);
}
