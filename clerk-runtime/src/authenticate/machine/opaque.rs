//! Opaque machine tokens: Clerk tells whose they are, and is believed if the answer is whole (D17).

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::MachineTokenError;
use crate::Deviation;
use crate::auth::{Machine, MachineAuth, MachineTokenVerificationErrorCode as Code};
use crate::authenticate::backend;
use crate::authenticate::instance::Instance;
use crate::token::{OrgId, TokenType, UserId, is_well_formed_id};

/// What Clerk says about an opaque token, whatever its type.
struct Answer {
    object: Option<String>,
    id: Option<String>,
    subject: Option<String>,
    deleted: Option<bool>,
    revoked: Option<bool>,
    expired: Option<bool>,
    client_id: Option<String>,
    name: Option<String>,
    scopes: Vec<String>,
    claims: Option<Value>,
    aud: Option<Value>,
}

pub(super) async fn verify(
    instance: Instance<'_>,
    token: &str,
    token_type: TokenType,
) -> Result<MachineAuth, MachineTokenError> {
    let answer = ask(instance, token, token_type).await.map_err(|error| {
        let code = match error.status() {
            Some(http::StatusCode::UNAUTHORIZED) => Code::SecretKeyInvalid,
            Some(http::StatusCode::NOT_FOUND) => Code::TokenInvalid,
            _ => Code::UnexpectedError,
        };
        let is_unreadable = matches!(error, clerk_client::Error::Decode { .. });
        MachineTokenError {
            token_type,
            code,
            message: error.to_string(),
            deviation: is_unreadable.then_some(Deviation::MachineTokenState),
            retry_after: backend::retry_after(&error),
        }
    })?;
    let refused = |message: &str, deviation| MachineTokenError {
        token_type,
        code: Code::TokenVerificationFailed,
        message: message.to_owned(),
        deviation,
        retry_after: None,
    };
    let audience = instance.config.rules.audience.as_deref();
    if let Some(accepted) = audience.filter(|_| token_type == TokenType::OauthToken)
        && !is_for(answer.aud.as_ref(), accepted)
    {
        return Err(refused("the token is not for this audience (`aud`)", None));
    }
    in_order(&answer, token_type).map_err(|message| refused(message, Some(Deviation::MachineTokenState)))?;
    let subject = answer.subject.unwrap_or_default();
    let named = |prefix: &str| subject.starts_with(prefix).then_some(subject.as_str());
    let (user_id, org_id) = match token_type {
        TokenType::ApiKey => (named("user_"), named("org_")),
        TokenType::OauthToken => (Some(subject.as_str()), None),
        _ => (None, None),
    };
    Ok(MachineAuth::new(Machine {
        token_type,
        id: answer.id.unwrap_or_default().into(),
        user_id: user_id.map(UserId::from),
        org_id: org_id.map(OrgId::from),
        client_id: answer.client_id.map(Into::into),
        name: answer.name.map(Into::into),
        scopes: answer.scopes,
        claims: answer.claims,
        token: token.into(),
        subject: subject.into(),
    }))
}

/// Whether an OAuth token is for one of the accepted audiences. It has to be well-formed as a whole.
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

/// Whether Clerk says of a token that it is what it should be and still good (D17).
fn in_order(answer: &Answer, token_type: TokenType) -> Result<(), &'static str> {
    let (object, prefix) = match token_type {
        TokenType::ApiKey => ("api_key", ""),
        TokenType::M2mToken => ("machine_to_machine_token", "mch_"),
        _ => ("clerk_idp_oauth_access_token", ""),
    };
    if answer.object.as_deref() != Some(object) {
        return Err("the answer is about another type of token");
    }
    if answer.deleted == Some(true) {
        return Err("the token is gone");
    }
    if answer.revoked != Some(false) {
        return Err("the token was revoked");
    }
    if answer.expired != Some(false) {
        return Err("the token has expired");
    }
    let subject = answer.subject.as_deref().unwrap_or_default();
    if !is_well_formed_id(subject) || !subject.starts_with(prefix) {
        return Err("the answer does not say whose token it is");
    }
    Ok(())
}

async fn ask(
    instance: Instance<'_>,
    token: &str,
    token_type: TokenType,
) -> Result<Answer, clerk_client::Error> {
    let client = instance.client;
    Ok(match token_type {
        TokenType::ApiKey => {
            let key = backend::retried(|| client.api_keys().verify(token).read_as::<ApiKey>()).await?;
            Answer {
                object: key.object,
                id: key.id,
                subject: key.subject,
                deleted: key.deleted,
                revoked: key.revoked,
                expired: key.expired,
                client_id: None,
                name: key.name,
                scopes: key.scopes,
                claims: key.claims,
                aud: None,
            }
        }
        TokenType::M2mToken => {
            let m2m = backend::retried(|| client.m2m().verify(token).read_as::<M2mToken>()).await?;
            Answer {
                object: m2m.object,
                id: m2m.id,
                subject: m2m.subject,
                deleted: m2m.deleted,
                revoked: m2m.revoked,
                expired: m2m.expired,
                client_id: None,
                name: None,
                scopes: m2m.scopes,
                claims: m2m.claims,
                aud: None,
            }
        }
        _ => {
            let oauth = backend::retried(|| {
                client
                    .idp_oauth_access_token()
                    .verify(token)
                    .into_call()
                    .read_as::<OauthToken>()
            })
            .await?;
            Answer {
                object: oauth.object,
                id: oauth.id,
                subject: oauth.subject,
                deleted: oauth.deleted,
                revoked: oauth.revoked,
                expired: oauth.expired,
                client_id: oauth.client_id,
                name: None,
                scopes: oauth.scopes,
                claims: None,
                aud: oauth.aud,
            }
        }
    })
}

// The client's own models take what is missing for empty; here it makes a difference whether Clerk says nothing, or says
// something of another type.

#[derive(Deserialize)]
struct ApiKey {
    object: Option<String>,
    id: Option<String>,
    subject: Option<String>,
    name: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    scopes: Vec<String>,
    claims: Option<Value>,
    deleted: Option<bool>,
    revoked: Option<bool>,
    expired: Option<bool>,
    #[serde(default, rename = "expiration")]
    _expiration: Option<f64>,
}

#[derive(Deserialize)]
struct M2mToken {
    object: Option<String>,
    id: Option<String>,
    subject: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    scopes: Vec<String>,
    claims: Option<Value>,
    deleted: Option<bool>,
    revoked: Option<bool>,
    expired: Option<bool>,
    #[serde(default, rename = "expiration")]
    _expiration: Option<f64>,
}

#[derive(Deserialize)]
struct OauthToken {
    object: Option<String>,
    id: Option<String>,
    client_id: Option<String>,
    subject: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    scopes: Vec<String>,
    aud: Option<Value>,
    deleted: Option<bool>,
    revoked: Option<bool>,
    expired: Option<bool>,
    #[serde(default, rename = "expiration")]
    _expiration: Option<f64>,
}

fn null_is_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
