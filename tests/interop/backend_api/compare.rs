//! Two instances have different ids, keys and ports. Beyond these, what both answer is the same.

use std::collections::BTreeMap;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use clerk_testing::LocalInstance;
use serde_json::{Value, json};

use super::{Outcome, Step};

/// Gives everything that is random a name by the order in which it first appeared.
pub(crate) struct Normal {
    url: String,
    issuer: String,
    names: BTreeMap<String, String>,
}

const PREFIXES: &[&str] = &[
    "user_", "idn_", "sess_", "client_", "org_", "orgmem_", "orginv_", "inv_", "mch_", "jtmp_", "ins_",
    "ak_", "mt_",
];

impl Normal {
    pub(crate) fn of(instance: &LocalInstance) -> Self {
        Self {
            url: instance.url(),
            issuer: instance.issuer().to_owned(),
            names: BTreeMap::new(),
        }
    }

    pub(crate) fn normal(&mut self, outcome: &Outcome) -> Outcome {
        match outcome {
            Outcome::Seen(value) => Outcome::Seen(self.value(value)),
            Outcome::Refused(value) => Outcome::Refused(self.value(value)),
        }
    }

    pub(crate) fn value(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => match jwt(text) {
                Some(parts) => json!({ "jwt": self.value(&parts) }),
                None => json!(self.text(text)),
            },
            Value::Array(items) => items.iter().map(|item| self.value(item)).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| {
                    // Of each token of a template there is but one.
                    let value = if name == "jti" {
                        json!("jti")
                    } else {
                        self.value(value)
                    };
                    (name.clone(), value)
                })
                .collect(),
            other => other.clone(),
        }
    }

    /// A text whose ids have names.
    pub(crate) fn text(&mut self, text: &str) -> String {
        let text = text
            .replace(&self.url, "http://instance")
            .replace(&self.issuer, "https://issuer");
        let words = text.split_inclusive(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        words.map(|word| self.word(word)).collect()
    }

    fn word(&mut self, word: &str) -> String {
        let id = word.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric());
        let is_id = |prefix: &&&str| id.strip_prefix(**prefix).is_some_and(|rest| rest.len() >= 27);
        let Some(prefix) = PREFIXES.iter().find(is_id) else {
            return word.to_owned();
        };
        let number = self.names.len();
        let name = self
            .names
            .entry(id.to_owned())
            .or_insert_with(|| format!("{prefix}#{number}"));
        format!("{name}{}", &word[id.len()..])
    }
}

/// Header and claims of a signed JWT.
fn jwt(text: &str) -> Option<Value> {
    let parts: Vec<_> = text.split('.').collect();
    let [header, claims, _] = parts[..] else {
        return None;
    };
    let decoded = |part: &str| -> Option<Value> {
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).ok()?).ok()
    };
    Some(json!([decoded(header)?, decoded(claims)?]))
}

/// The two are the same. One side may not tell how many there are in all, or tell it in another place.
pub(crate) fn assert_same(step: &Step, seen: &Outcome, wire: &Outcome) {
    match (seen, wire) {
        (Outcome::Refused(seen), Outcome::Refused(wire)) => {
            assert_eq!(seen, wire, "{}", step.label);
        }
        (Outcome::Seen(seen), Outcome::Seen(wire)) => {
            let (seen, wire) = (list(seen), list(wire));
            assert_eq!(seen.0, wire.0, "{}", step.label);
            if let (Some(seen), Some(wire)) = (seen.1, wire.1) {
                assert_eq!(seen, wire, "{}", step.label);
            }
        }
        (seen, wire) => panic!("{}: {seen:?} is not {wire:?}", step.label),
    }
}

/// The items of a list or page and their number in all, or the one object that it is.
fn list(value: &Value) -> (&Value, Option<&Value>) {
    for name in ["data", "m2m_tokens"] {
        if value[name].is_array() {
            return (&value[name], Some(&value["total_count"]));
        }
    }
    (value, None)
}

/// All that somebody reads is what came. What is added is nothing: null, no text, an empty object or list.
pub(crate) fn assert_part_of(step: &Step, read: &Outcome, wire: &Outcome) {
    match (read, wire) {
        (Outcome::Seen(read), Outcome::Seen(wire)) => part_of(step.label, list(read).0, list(wire).0),
        _ => assert_same(step, read, wire),
    }
}

fn part_of(path: &str, mapped: &Value, wire: &Value) {
    match (mapped, wire) {
        (Value::Object(mapped), Value::Object(wire)) => {
            for (name, value) in mapped {
                let path = format!("{path}.{name}");
                match wire.get(name) {
                    Some(there) => part_of(&path, value, there),
                    None => assert!(is_nothing(value), "{path} is {value}, and did not come"),
                }
            }
        }
        (Value::Array(mapped), Value::Array(wire)) => {
            assert_eq!(mapped.len(), wire.len(), "{path}");
            for (index, (mapped, wire)) in mapped.iter().zip(wire).enumerate() {
                part_of(&format!("{path}[{index}]"), mapped, wire);
            }
        }
        // A list that is null is read as an empty one.
        (Value::Array(items), Value::Null) | (Value::Null, Value::Array(items)) if items.is_empty() => {}
        (mapped, wire) => assert_eq!(mapped, wire, "{path}"),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
