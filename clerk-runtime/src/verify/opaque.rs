//! Opaque tokens of machines: what Clerk's Backend API says about one, and the checks that its answer has to pass.

use serde_json::Value;

use crate::Deviation;
use crate::config::ClaimRules;
use crate::token::{TokenType, is_well_formed_id};

/// Clerk's answer about an opaque token. `None` stands for a member that is absent or `null`.
pub(crate) struct OpaqueToken {
    pub(crate) token_type: TokenType,
    pub(crate) object: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) deleted: Option<bool>,
    pub(crate) revoked: Option<bool>,
    pub(crate) expired: Option<bool>,
    /// When the token expires, in milliseconds since 1970; `None` if it does not.
    pub(crate) expiration: Option<f64>,
    pub(crate) client_id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) claims: Option<Value>,
    pub(crate) aud: Option<Value>,
}

/// The reason why an opaque token is refused although Clerk knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OpaqueTokenRefusal {
    pub(crate) message: &'static str,
    pub(crate) deviation: Option<Deviation>,
}

/// Checks the audience of an OAuth token, and whether Clerk says that the token is what it should be and still good at
/// `now_ms`.
pub(super) fn check(token: &OpaqueToken, rules: &ClaimRules, now_ms: i64) -> Result<(), OpaqueTokenRefusal> {
    let audience = rules.audience.as_deref();
    if let Some(accepted) = audience.filter(|_| token.token_type == TokenType::OauthToken)
        && !is_for(token.aud.as_ref(), accepted)
    {
        return Err(OpaqueTokenRefusal {
            message: "the token is not for this audience (`aud`)",
            deviation: None,
        });
    }
    check_state(token, now_ms.saturating_sub(rules.clock_skew_in_ms)).map_err(|message| OpaqueTokenRefusal {
        message,
        deviation: Some(Deviation::MachineTokenState),
    })
}

/// Returns whether an OAuth token is for one of the accepted audiences. `aud` has to be well-formed as a whole.
fn is_for(aud: Option<&Value>, accepted: &[String]) -> bool {
    let texts = match aud {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(list)) => match list.iter().map(Value::as_str).collect() {
            Some(texts) => texts,
            None => return false,
        },
        _ => return false,
    };
    !texts.contains(&"") && texts.iter().any(|text| accepted.iter().any(|one| one == text))
}

/// Refuses a token that Clerk does not clearly say to be good (D17). Clerk says twice whether a token has expired, and both
/// have to agree: `expiration` must not be before `earliest_ms`, the time less what the clocks may differ by.
fn check_state(token: &OpaqueToken, earliest_ms: i64) -> Result<(), &'static str> {
    let (object, prefix) = match token.token_type {
        TokenType::ApiKey => ("api_key", ""),
        TokenType::M2mToken => ("machine_to_machine_token", "mch_"),
        _ => ("clerk_idp_oauth_access_token", ""),
    };
    if token.object.as_deref() != Some(object) {
        return Err("the answer is about another type of token");
    }
    if token.deleted == Some(true) {
        return Err("the token is gone");
    }
    if token.revoked != Some(false) {
        return Err("the token was revoked");
    }
    let is_over = |expiration: f64| expiration.is_nan() || expiration < earliest_ms as f64;
    if token.expired != Some(false) || token.expiration.is_some_and(is_over) {
        return Err("the token has expired");
    }
    let subject = token.subject.as_deref().unwrap_or_default();
    if !is_well_formed_id(subject) || !subject.starts_with(prefix) {
        return Err("the answer does not say whose token it is");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_773_000_000_000;

    fn expiring_at(expiration: Option<f64>, token_type: TokenType) -> OpaqueToken {
        let (object, subject) = match token_type {
            TokenType::ApiKey => ("api_key", "user_1"),
            TokenType::M2mToken => ("machine_to_machine_token", "mch_1"),
            _ => ("clerk_idp_oauth_access_token", "user_1"),
        };
        OpaqueToken {
            token_type,
            object: Some(object.to_owned()),
            id: None,
            subject: Some(subject.to_owned()),
            deleted: None,
            revoked: Some(false),
            expired: Some(false),
            expiration,
            client_id: None,
            name: None,
            scopes: Vec::new(),
            claims: None,
            aud: None,
        }
    }

    #[test]
    fn a_token_whose_expiration_is_over_has_expired_whatever_expired_says() {
        let mut rules = ClaimRules {
            authorized_parties: None,
            audience: None,
            issuers: None,
            clock_skew_in_ms: 5_000,
        };
        let now = NOW as f64;
        for token_type in [TokenType::ApiKey, TokenType::M2mToken, TokenType::OauthToken] {
            for (expiration, expected) in [
                (None, true),
                (Some(now + 1.0), true),
                (Some(now - 5_000.0), true),
                (Some(now - 5_001.0), false),
                (Some(0.0), false),
                (Some(-1.0), false),
                // Seconds in place of milliseconds are long ago.
                (Some(now / 1000.0 + 60.0), false),
                (Some(f64::NAN), false),
                (Some(f64::MAX), true),
            ] {
                let checked = check(&expiring_at(expiration, token_type), &rules, NOW);
                assert_eq!(checked.is_ok(), expected, "{token_type} {expiration:?}");
                if let Err(refusal) = checked {
                    assert_eq!(refusal.message, "the token has expired");
                    assert_eq!(refusal.deviation, Some(Deviation::MachineTokenState));
                }
            }
        }
        rules.clock_skew_in_ms = 0;
        let at = |expiration| check(&expiring_at(Some(expiration), TokenType::ApiKey), &rules, NOW);
        assert!(at(now).is_ok() && at(now - 1.0).is_err());
    }
}
