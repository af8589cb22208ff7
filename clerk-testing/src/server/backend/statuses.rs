use serde_json::Value;

use super::body::value_invalid;
use crate::params::Params;
use crate::server::answer::ApiError;

/// What invitations can be.
pub(super) const OF_INVITATIONS: &[&str] = &["pending", "accepted", "revoked", "expired"];

/// The values of the parameter `status`. Clerk documents one; its package for JavaScript sends several.
#[derive(Debug)]
pub(super) struct Statuses<'a>(Vec<&'a str>);

impl<'a> Statuses<'a> {
    pub(super) fn of(query: &'a Params, known: &[&str]) -> Result<Self, ApiError> {
        let wanted: Vec<_> = query.all("status").collect();
        if wanted.iter().all(|status| known.contains(status)) {
            Ok(Self(wanted))
        } else {
            Err(value_invalid("status", &format!("one of {}", known.join(", "))))
        }
    }

    pub(super) fn pending() -> Self {
        Self(vec!["pending"])
    }

    /// Whether an object has one of these statuses. Without any, all of them do.
    pub(super) fn include(&self, shown: &Value) -> bool {
        self.0.is_empty() || self.0.iter().any(|status| shown["status"] == *status)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn several_can_be_asked_for() {
        let params = Params::parse("status=pending&status=revoked");
        let statuses = Statuses::of(&params, OF_INVITATIONS).unwrap();
        let included =
            ["pending", "revoked", "expired"].map(|status| statuses.include(&json!({ "status": status })));
        assert_eq!(included, [true, true, false]);
        assert!(
            Statuses::of(&Params::default(), OF_INVITATIONS)
                .unwrap()
                .include(&json!({}))
        );
        for query in ["status=lost", "status=pending&status=", "status=Pending"] {
            assert!(
                Statuses::of(&Params::parse(query), OF_INVITATIONS).is_err(),
                "{query}"
            );
        }
    }
}
