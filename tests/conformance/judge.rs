//! Identical, stricter for a reason, or wrong.

use std::collections::BTreeSet;

use clerk_runtime::Deviation;

use crate::case::Case;
use crate::compare::{Differences, compare};
use crate::explain;
use crate::replay::replay;

#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    Identical,
    /// Answers otherwise, for reasons that were checked one by one.
    Stricter(BTreeSet<String>),
    /// Succeeds where Clerk's package has a limit of its own, as the case's tag allows.
    Lifted(BTreeSet<String>),
    Wrong(Vec<String>),
}

/// Rules that the configuration can relax: with them relaxed the case has to come out identical.
const RELAXABLE: [Deviation; 7] = [
    Deviation::ForwardedHeaders,
    Deviation::RedirectOrigin,
    Deviation::Issuer,
    Deviation::AuthorizedParties,
    Deviation::KeySetRefresh,
    Deviation::StaleKeys,
    Deviation::PlainCookies,
];
/// Those of them that no error names, since they show in calls that are not made, keys that are still trusted, and hosts
/// that are not believed.
const SILENT: [Deviation; 3] = [
    Deviation::KeySetRefresh,
    Deviation::StaleKeys,
    Deviation::ForwardedHeaders,
];

/// Runs the case as configured, and again with each rule relaxed that made it differ.
pub(crate) async fn judge(case: &Case) -> Verdict {
    let mut relaxed = BTreeSet::new();
    loop {
        let outcome = replay(case, &relaxed).await;
        let differences = compare(case, &outcome);
        if differences.is_empty() {
            let counter_path = differences.counter_path.then_some(Deviation::RedirectLoop);
            let ids: BTreeSet<String> = relaxed
                .iter()
                .chain(&counter_path)
                .map(|one| one.id().to_owned())
                .collect();
            return if ids.is_empty() {
                Verdict::Identical
            } else {
                Verdict::Stricter(ids)
            };
        }
        let named = outcome
            .named
            .iter()
            .copied()
            .find(|one| RELAXABLE.contains(one) && !relaxed.contains(one));
        if let Some(next) = named {
            relaxed.insert(next);
            continue;
        }
        if let Some(next) = relaxed_silently(case, &relaxed, &differences).await {
            relaxed.insert(next);
            continue;
        }
        let fixed = outcome
            .named
            .iter()
            .copied()
            .filter(|one| !RELAXABLE.contains(one) || relaxed.contains(one))
            .collect();
        return match explain::explain(case, &differences, &fixed).await {
            Ok(explained) => verdict(explained, &relaxed, &differences),
            Err(why) => Verdict::Wrong(differences.texts.into_iter().chain([why]).collect()),
        };
    }
}

/// A silent rule that brings the outcome nearer to what is expected when it is relaxed.
async fn relaxed_silently(
    case: &Case,
    relaxed: &BTreeSet<Deviation>,
    differences: &Differences,
) -> Option<Deviation> {
    for rule in SILENT {
        let may_matter = match rule {
            Deviation::ForwardedHeaders => case.has_forwarded_headers(),
            _ => !case.before.is_empty(),
        };
        if relaxed.contains(&rule) || !may_matter {
            continue;
        }
        let mut more = relaxed.clone();
        more.insert(rule);
        let after = compare(case, &replay(case, &more).await);
        if after.texts.len() < differences.texts.len() || (differences.lenient && !after.lenient) {
            return Some(rule);
        }
    }
    None
}

fn verdict(explained: BTreeSet<String>, relaxed: &BTreeSet<Deviation>, differences: &Differences) -> Verdict {
    let lifted = differences.lenient && explained.contains(explain::CLIENT_LIMIT);
    let ids = explained
        .into_iter()
        .chain(relaxed.iter().map(|one| one.id().to_owned()))
        .collect();
    if lifted {
        Verdict::Lifted(ids)
    } else {
        Verdict::Stricter(ids)
    }
}
