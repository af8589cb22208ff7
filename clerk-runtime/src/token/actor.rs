use std::mem::size_of;

use serde_json::Value;

/// The party that acts as the user, claim `act` (RFC 8693 §4.1).
#[derive(Debug, Clone, PartialEq)]
pub struct Actor(Value);

impl Actor {
    /// Returns the id of the impersonator.
    pub fn sub(&self) -> Option<&str> {
        self.0.get("sub").and_then(Value::as_str)
    }

    /// Returns the kind of actor, such as `agent`. Absent for people.
    pub fn actor_type(&self) -> Option<&str> {
        self.0.get("type").and_then(Value::as_str)
    }

    /// Returns `None` if the claim is `null`.
    pub(super) fn from_claim(claim: Value) -> Option<Self> {
        (!claim.is_null()).then_some(Self(claim))
    }

    /// Estimates the heap size in bytes.
    pub(super) fn weight(&self) -> usize {
        weight(&self.0)
    }

    /// Returns the claim as it is written in the token.
    pub fn as_value(&self) -> &Value {
        &self.0
    }
}

fn weight(value: &Value) -> usize {
    /// The minimum number of members that an object allocates.
    const MIN_OBJECT_CAPACITY: usize = 11;
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.capacity(),
        Value::Array(list) => list.capacity() * size_of::<Value>() + list.iter().map(weight).sum::<usize>(),
        Value::Object(members) => {
            let room = members.len().max(MIN_OBJECT_CAPACITY) * (size_of::<String>() + size_of::<Value>());
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
    fn weight_counts_the_contents() {
        let weight = |claim: Value| Actor::from_claim(claim).unwrap().weight();
        let one = weight(json!({"sub": "user_2"}));
        assert!(weight(json!({"sub": "user_2", "type": "agent"})) >= one + "typeagent".len());
        assert!(weight(json!({"sub": {"sub": "user_2"}})) >= 2 * (one - "sub".len()));
        assert!(weight(json!(["user_2", 7])) >= 2 * size_of::<Value>() + "user_2".len());
        assert_eq!(weight(json!(7)), 0);
        assert_eq!(Actor::from_claim(Value::Null), None);
    }
}
