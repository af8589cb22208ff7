//! Metadata: JSON objects that are merged or replaced.

use serde_json::{Map, Value};

/// Merges `patch` into `target`, objects within objects as well. What is null in the patch is removed.
pub(crate) fn merge(target: &mut Value, patch: &Map<String, Value>) {
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(members) = target else { return };
    for (name, value) in patch {
        match value {
            Value::Null => {
                members.remove(name);
            }
            Value::Object(inner) => merge(members.entry(name.clone()).or_insert(Value::Null), inner),
            other => {
                members.insert(name.clone(), other.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn merged(mut target: Value, patch: Value) -> Value {
        let Value::Object(patch) = patch else {
            panic!("patches are objects")
        };
        merge(&mut target, &patch);
        target
    }

    #[test]
    fn objects_are_merged_at_every_depth_and_nulls_remove() {
        let before = json!({ "plan": "pro", "seats": { "used": 1, "paid": 2 }, "tags": ["a"] });
        let patch = json!({ "plan": null, "seats": { "used": 3, "paid": null }, "tags": ["b"], "new": { "x": null } });
        assert_eq!(
            merged(before, patch),
            json!({ "seats": { "used": 3 }, "tags": ["b"], "new": {} })
        );
    }

    #[test]
    fn what_is_no_object_gives_way() {
        assert_eq!(merged(Value::Null, json!({ "a": 1 })), json!({ "a": 1 }));
        assert_eq!(
            merged(json!({ "a": 1 }), json!({ "a": { "b": 2 } })),
            json!({ "a": { "b": 2 } })
        );
        assert_eq!(merged(json!({ "a": 1 }), json!({})), json!({ "a": 1 }));
    }
}
