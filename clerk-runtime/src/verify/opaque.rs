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

/// Checks the audience of an OAuth token, and whether Clerk says that the token is what it should be and still good.
pub(super) fn check(token: &OpaqueToken, rules: &ClaimRules) -> Result<(), OpaqueTokenRefusal> {
    let audience = rules.audience.as_deref();
    if let Some(accepted) = audience.filter(|_| token.token_type == TokenType::OauthToken)
        && !is_for(token.aud.as_ref(), accepted)
    {
        return Err(OpaqueTokenRefusal {
            message: "the token is not for this audience (`aud`)",
            deviation: None,
        });
    }
    check_state(token).map_err(|message| OpaqueTokenRefusal {
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

/// Refuses a token that Clerk does not clearly say to be good (D17).
fn check_state(token: &OpaqueToken) -> Result<(), &'static str> {
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
    if token.expired != Some(false) {
        return Err("the token has expired");
    }
    let subject = token.subject.as_deref().unwrap_or_default();
    if !is_well_formed_id(subject) || !subject.starts_with(prefix) {
        return Err("the answer does not say whose token it is");
    }
    Ok(())
}
