//! Whether the deviations that a case is put down to account for it.

use std::collections::BTreeSet;

use clerk_runtime::Deviation;

use crate::about::{has_odd_claim, has_odd_forwarded_headers, has_odd_scopes, is_about, keys_were_replaced};
use crate::case::Case;
use crate::compare::Differences;
use crate::replay::replay;

/// The tag of cases in which Clerk's package fails at something sound.
pub(crate) const CLIENT_LIMIT: &str = "client-limit";
/// Tags of cases in which any refusal will do.
const ANY_REFUSAL: [&str; 5] = [
    "js-quirk",
    "js-number",
    "js-crash",
    "client-quirk",
    "header-merge",
];

/// The ids that account for the differences.
pub(crate) async fn explain(
    case: &Case,
    differences: &Differences,
    named: &BTreeSet<Deviation>,
) -> Result<BTreeSet<String>, String> {
    if let Some(ids) = spelled_otherwise(case).await {
        return Ok(ids);
    }
    // Who succeeds goes on and asks for more.
    if case.has_tag(CLIENT_LIMIT) && !differences.refused {
        return Ok([CLIENT_LIMIT.to_owned()].into());
    }
    let ended_early_by_quirk = differences.other_words && case.has_tag("js-quirk");
    if differences.more_calls && !keys_were_replaced(case) && !ended_early_by_quirk {
        return Err("a call was made that Clerk's package does not make".into());
    }
    if differences.lenient {
        return Err("somebody is signed in that should not be".into());
    }
    let mut ids = BTreeSet::new();
    for deviation in named {
        if !is_about(case, *deviation) {
            return Err(format!("the case has nothing that {deviation} is about"));
        }
        ids.insert(deviation.id().to_owned());
    }
    // What a session has follows from its claims.
    let mut fields = differences
        .fields
        .iter()
        .filter(|field| *field != "has")
        .peekable();
    if ids.is_empty()
        && fields.peek().is_some()
        && fields.all(|field| has_odd_claim(case, field) || has_odd_scopes(case, field))
    {
        ids.insert(Deviation::ClaimType.id().to_owned());
    }
    if ids.is_empty()
        && differences.fewer_calls
        && !differences.refused
        && is_about(case, Deviation::HeaderFirst)
    {
        ids.insert(Deviation::HeaderFirst.id().to_owned());
    }
    let elsewhere =
        differences.location || differences.origin || differences.refused || differences.other_words;
    if ids.is_empty() && elsewhere && has_odd_forwarded_headers(case) {
        ids.insert(Deviation::ForwardedHeaders.id().to_owned());
    }
    if ids.is_empty() && keys_were_replaced(case) {
        ids.insert(Deviation::KeySetRefresh.id().to_owned());
    }
    if ids.is_empty() {
        ids.extend(
            ANY_REFUSAL
                .iter()
                .find(|tag| case.has_tag(tag))
                .map(|tag| (*tag).to_owned()),
        );
    }
    if ids.is_empty() {
        Err("no deviation is named".into())
    } else {
        Ok(ids)
    }
}

/// D1 is the one deviation that lets in more: the word `Bearer` in any case. With the word spelt as Clerk's package wants
/// it, the outcome has to be the same.
async fn spelled_otherwise(case: &Case) -> Option<BTreeSet<String>> {
    let mut canonical = case.clone();
    let request = canonical.exchange.request.as_mut()?;
    let mut changed = false;
    for (name, value) in &mut request.headers {
        let scheme = value.trim().split(' ').next().unwrap_or_default().to_owned();
        if name.eq_ignore_ascii_case("authorization")
            && scheme.eq_ignore_ascii_case("bearer")
            && scheme != "Bearer"
        {
            *value = format!("Bearer{}", &value.trim()[scheme.len()..]);
            changed = true;
        }
    }
    let relaxed = [Deviation::AuthorizedParties].into();
    let (one, other) = (replay(case, &relaxed).await, replay(&canonical, &relaxed).await);
    match (one.request, other.request) {
        (Some(Ok(one)), Some(Ok(other)))
            if changed
                && (&one.status, &one.reason, &one.fields)
                    == (&other.status, &other.reason, &other.fields) =>
        {
            Some([Deviation::BearerScheme.id().to_owned()].into())
        }
        _ => None,
    }
}
