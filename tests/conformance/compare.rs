//! Whether what happened is what Clerk's package did.

use serde_json::Value;

use crate::case::Case;
use crate::replay::{Observed, Outcome, Verified};
use crate::upstream::Call;
use crate::webhooks;

/// How two outcomes differ; nothing in it means that they are identical.
#[derive(Debug, Clone, Default)]
pub(crate) struct Differences {
    pub(crate) texts: Vec<String>,
    /// Members of the auth object that differ while both signed somebody in.
    pub(crate) fields: Vec<String>,
    /// Somebody is signed in, or a token passes, that Clerk's package refuses.
    pub(crate) lenient: bool,
    /// The request was refused, or the token, that Clerk's package takes.
    pub(crate) refused: bool,
    /// Both refuse, with different words.
    pub(crate) other_words: bool,
    /// The browser is sent elsewhere, and there is no other difference in the headers.
    pub(crate) location: bool,
    /// Clerk is told of another origin, and there is no other difference in the calls.
    pub(crate) origin: bool,
    /// A call that Clerk's package made was not made.
    pub(crate) fewer_calls: bool,
    /// A call was made that Clerk's package did not make.
    pub(crate) more_calls: bool,
    /// The cookie that counts redirects has a path (D13). Everything else about it is the same, so it is no difference.
    pub(crate) counter_path: bool,
}

impl Differences {
    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    pub(crate) fn note(&mut self, what: &str, expected: impl ToString, found: impl ToString) {
        self.texts.push(format!(
            "{what}: expected {}, found {}",
            expected.to_string(),
            found.to_string()
        ));
    }
}

pub(crate) fn compare(case: &Case, outcome: &Outcome) -> Differences {
    let expected = &case.exchange.expected;
    let mut differences = Differences::default();
    if let Some(request) = &outcome.request {
        compare_request(expected, request.as_ref().ok(), &mut differences);
    }
    if let Some(verified) = &outcome.verify_token {
        compare_token(&expected["verifyToken"], verified, &mut differences);
    }
    if let Some(webhook) = &outcome.webhook {
        webhooks::compare(expected, webhook, &mut differences);
    }
    compare_calls(expected, &outcome.calls, &mut differences);
    differences
}

fn compare_request(expected: &Value, found: Option<&Observed>, differences: &mut Differences) {
    let expected_error = expected["throws"] == true;
    let expected_signed_in =
        !expected_error && expected.get("toAuth").is_none() && expected["isAuthenticated"] == true;
    let Some(found) = found else {
        // A configuration error surfaces as one; so it does here.
        if !expected_error {
            differences.note("outcome", expected_outcome(expected), "a configuration error");
            differences.refused |= expected_signed_in;
            differences.other_words |= !expected_signed_in;
        }
        return;
    };
    if expected_error || expected.get("toAuth").is_some() {
        // The client threw. All that is required is that nobody is signed in, and that errors raised on purpose surface.
        if found.is_authenticated || (expected_error && expected["kind"] == "error") {
            differences.note("outcome", "an error", &found.status);
            differences.lenient |= found.is_authenticated;
        }
        return;
    }
    let found_outcome = format!("{} {}", found.status, found.reason.as_str().unwrap_or("-"));
    if expected_outcome(expected) != found_outcome {
        differences.note("state", expected_outcome(expected), &found_outcome);
        let expected_in = expected["status"] == "signed-in";
        differences.lenient |= !expected_in && found.status == "signed-in";
        differences.refused |= expected_in && found.status != "signed-in";
        differences.other_words |= !expected_in && found.status != "signed-in";
        return;
    }
    if expected["tokenType"] != found.token_type {
        differences.note(
            "tokenType of the state",
            &expected["tokenType"],
            &found.token_type,
        );
        differences.other_words = true;
    }
    for (name, found) in found.fields.as_object().expect("an object") {
        if !same(&expected[name], found) {
            differences.note(name, &expected[name], found);
            differences.fields.push(name.clone());
            differences.lenient |= matches!(name.as_str(), "isAuthenticated" | "userId") && is_truthy(found);
        }
    }
    compare_has(&expected["has"], &found.has, differences);
    compare_narrowed(&expected["narrowed"], &found.narrowed, differences);
    compare_headers(&expected["headers"], &found.headers, differences);
}

fn compare_has(expected: &Value, found: &[bool], differences: &mut Differences) {
    for (expected, found) in expected.as_array().into_iter().flatten().zip(found) {
        if expected["result"] != *found {
            differences.note(&format!("has {}", expected["query"]), &expected["result"], found);
            differences.lenient |= *found;
            differences.fields.push("has".to_owned());
        }
    }
}

/// The auth objects of routes that accept only some types of token; what is null is left out of the expectation.
fn compare_narrowed(expected: &Value, found: &[Value], differences: &mut Differences) {
    for (expected, found) in expected.as_array().into_iter().flatten().zip(found) {
        // The claims are compared in the auth object that this one is left of.
        let is_same = |(name, found): (&String, &Value)| {
            name == "sessionClaims" || same(expected.get(name).unwrap_or(&Value::Null), found)
        };
        if !found.as_object().expect("an object").iter().all(is_same) {
            differences.note("narrowed", expected, found);
            differences.fields.push("narrowed".to_owned());
            differences.lenient |= found["isAuthenticated"] == true && expected["isAuthenticated"] != true;
        }
    }
}

fn expected_outcome(expected: &Value) -> String {
    format!(
        "{} {}",
        expected["status"].as_str().unwrap_or("-"),
        expected["reason"].as_str().unwrap_or("-")
    )
}

fn compare_token(expected: &Value, found: &Verified, differences: &mut Differences) {
    match (expected.get("claims"), found) {
        (Some(claims), Verified::Claims(found)) if same(claims, found) => {}
        (Some(claims), Verified::Claims(found)) => {
            differences.note("verifyToken claims", claims, found);
            differences.lenient = true;
        }
        (Some(_), Verified::Refused(reason)) => {
            differences.note("verifyToken", "claims", reason);
            differences.refused = true;
        }
        (None, Verified::Claims(_)) => {
            differences.note("verifyToken", expected, "claims");
            differences.lenient = true;
        }
        (None, Verified::Refused(found)) => {
            let reason = expected["reason"].as_str();
            if reason.is_some_and(|reason| reason != found) {
                differences.note("verifyToken", &expected["reason"], found);
                differences.other_words = true;
            }
        }
    }
}

/// Somebody is signed in that should not be, or somebody else than should be.
fn is_truthy(found: &Value) -> bool {
    *found == true || found.is_string()
}

fn compare_headers(expected: &Value, found: &[(String, String)], differences: &mut Differences) {
    let list = expected.as_array().into_iter().flatten();
    let pairs = list.map(|pair| {
        (
            pair[0].as_str().unwrap_or_default(),
            pair[1].as_str().unwrap_or_default(),
        )
    });
    let required = |name: &str| name != "x-clerk-auth-message";
    let expected: Vec<_> = pairs
        .filter(|(name, _)| required(name))
        .map(|(name, value)| comparable(name, value))
        .collect();
    let found: Vec<_> = found
        .iter()
        .filter(|(name, _)| required(name))
        .map(|(name, value)| {
            let without_path = value.strip_suffix(COUNTER_PATH);
            let counter = without_path.filter(|value| value.starts_with("__clerk_redirect_count="));
            differences.counter_path |= counter.is_some();
            comparable(name, counter.unwrap_or(value))
        })
        .collect();
    if expected != found {
        let others = |list: &[(String, Vec<_>)]| -> Vec<String> {
            let names = list.iter().map(|(text, _)| text.clone());
            names.filter(|text| !text.starts_with("location: ")).collect()
        };
        differences.location = others(&expected) == others(&found);
        differences.note("headers", format!("{expected:?}"), format!("{found:?}"));
    }
}

/// What D13 adds to the cookie that counts redirects.
const COUNTER_PATH: &str = "; Path=/";

/// A header by what the vectors compare: a `location` by its parts, without the version of the API.
fn comparable(name: &str, value: &str) -> (String, Vec<(String, String)>) {
    if name != "location" {
        return (format!("{name}: {value}"), Vec::new());
    }
    let (address, query) = value.split_once('?').unwrap_or((value, ""));
    let pairs = query.split('&').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decode = |text: &str| {
            percent_encoding::percent_decode_str(&text.replace('+', " "))
                .decode_utf8_lossy()
                .into_owned()
        };
        (decode(name), decode(value))
    });
    (
        format!("{name}: {address}"),
        pairs.filter(|(name, _)| name != "__clerk_api_version").collect(),
    )
}

fn compare_calls(expected: &Value, found: &[Call], differences: &mut Differences) {
    let list = expected["upstream_calls"].as_array().into_iter().flatten();
    let expected: Vec<Call> = list
        .map(|call| Call {
            method: call["method"].as_str().unwrap_or_default().to_owned(),
            host: call["host"].as_str().unwrap_or_default().to_owned(),
            path: call["path"].as_str().unwrap_or_default().to_owned(),
            authorization: call["authorization"].as_str().unwrap_or_default().to_owned(),
            body: call["body"].clone(),
        })
        .collect();
    if expected != found {
        differences.note("upstream calls", format!("{expected:?}"), format!("{found:?}"));
        let without_origin = |calls: &[Call]| -> Vec<Call> {
            let mut calls = calls.to_vec();
            let bodies = calls.iter_mut().filter_map(|call| call.body.as_object_mut());
            bodies.for_each(|body| _ = body.remove("request_origin"));
            calls
        };
        if without_origin(&expected) == without_origin(found) {
            differences.origin = true;
            return;
        }
        differences.fewer_calls |= found.iter().all(|call| expected.contains(call));
        differences.more_calls |= !found.iter().all(|call| expected.contains(call));
    }
}

/// Equality in which numbers are doubles, absent is null, and what no double can hold is what the vectors say it is.
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.keys()
                .chain(other.keys())
                .all(|name| match (one.get(name), other.get(name)) {
                    (Some(one), Some(other)) => same(one, other),
                    _ => false,
                })
        }
        _ => one == other,
    }
}
