use std::mem::size_of;

use serde_json::Value;

/// Who acts as the user, claim `act` (RFC 8693 §4.1).
#[derive(Debug, Clone, PartialEq)]
pub struct Actor(Value);

impl Actor {
    /// The id of the impersonator.
    pub fn sub(&self) -> Option<&str> {
        self.0.get("sub").and_then(Value::as_str)
    }

    /// The kind of actor, such as `agent`. Absent for people.
    pub fn actor_type(&self) -> Option<&str> {
        self.0.get("type").and_then(Value::as_str)
    }

    /// Nobody if the claim is `null`.
    pub(super) fn of(claim: Value) -> Option<Self> {
        (!claim.is_null()).then_some(Self(claim))
    }

    /// How many bytes it takes apart from itself, more or less.
    pub(super) fn weight(&self) -> usize {
        weight(&self.0)
    }

    /// The claim as it stands in the token.
    pub fn as_value(&self) -> &Value {
        &self.0
    }
}

fn weight(tree: &Value) -> usize {
    /// Maps have room for so many members at least.
    const LEAST: usize = 11;
    match tree {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.capacity(),
        Value::Array(list) => list.capacity() * size_of::<Value>() + list.iter().map(weight).sum::<usize>(),
        Value::Object(members) => {
            let room = members.len().max(LEAST) * (size_of::<String>() + size_of::<Value>());
            let inner = members
                .iter()
                .map(|(name, value)| name.capacity() + weight(value));
            room + inner.sum::<usize>()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_kept_of_an_actor_is_weighed() {
        let weight = |claim: Value| Actor::of(claim).unwrap().weight();
        let one = weight(json!({"sub": "user_2"}));
        assert!(weight(json!({"sub": "user_2", "type": "agent"})) >= one + "typeagent".len());
        assert!(weight(json!({"sub": {"sub": "user_2"}})) >= 2 * (one - "sub".len()));
        assert!(weight(json!(["user_2", 7])) >= 2 * size_of::<Value>() + "user_2".len());
        assert_eq!(weight(json!(7)), 0);
        assert_eq!(Actor::of(Value::Null), None);
    }
}
