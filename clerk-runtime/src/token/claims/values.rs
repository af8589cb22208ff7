//! The values of claims in the public API: the actor, the session status and the age of factors.

use std::mem::size_of;

use serde::de::MapAccess;
use serde_json::Value;

use crate::token::json::{JsonScalar, Member, ValueKind};
use crate::token::span::SpanRecorder;

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

/// The state of a session, claim `sts`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionStatus {
    /// The session is complete.
    Active,
    /// The user signed in but has tasks left, such as choosing an organization. Counts as signed out by default.
    Pending,
    /// A status that this version does not know.
    Other(Box<str>),
}

impl SessionStatus {
    /// Returns `None` unless the claim is a string.
    pub(super) fn from_scalar(scalar: JsonScalar, spans: &SpanRecorder<'_>) -> Option<Self> {
        let JsonScalar::String(status) = scalar else {
            return None;
        };
        Some(match spans.get(status) {
            "active" => Self::Active,
            "pending" => Self::Pending,
            status => Self::Other(status.into()),
        })
    }

    /// Returns Clerk's string for the status.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Other(status) => status,
        }
    }
}

/// Minutes since each factor was verified, claim `fva`; `-1` for a factor that the user does not have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FactorVerificationAge {
    /// Minutes since the first factor.
    pub first: f64,
    /// Minutes since the second factor.
    pub second: f64,
}

impl FactorVerificationAge {
    /// Returns `None` unless the claim is an array of two numbers.
    pub(super) fn parse<'de, A: MapAccess<'de>>(
        member: Member<'_, 'de, A>,
    ) -> Result<Option<Self>, A::Error> {
        let (mut count, mut ages) = (0, [None; 2]);
        let kind = member.elements(|element| {
            if let (JsonScalar::Number(age), Some(slot)) = (element, ages.get_mut(count)) {
                *slot = Some(age);
            }
            count += 1;
        })?;
        Ok(match (kind, count, ages) {
            (ValueKind::Array, 2, [Some(first), Some(second)]) => Some(Self { first, second }),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_weight_of_an_actor_counts_its_contents() {
        let weight = |claim: Value| Actor::from_claim(claim).unwrap().weight();
        let one = weight(json!({"sub": "user_2"}));
        assert!(weight(json!({"sub": "user_2", "type": "agent"})) >= one + "typeagent".len());
        assert!(weight(json!({"sub": {"sub": "user_2"}})) >= 2 * (one - "sub".len()));
        assert!(weight(json!(["user_2", 7])) >= 2 * size_of::<Value>() + "user_2".len());
        assert_eq!(weight(json!(7)), 0);
        assert_eq!(Actor::from_claim(Value::Null), None);
    }
}
