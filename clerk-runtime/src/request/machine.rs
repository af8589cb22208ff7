//! Machine tokens: JWTs are verified here, opaque ones by Clerk.

use std::time::Duration;

use serde_json::{Map, Value};

use super::driver::Instance;
use crate::Deviation;
use crate::auth::{Machine, MachineAuth, MachineTokenVerificationErrorCode as Code};
use crate::token::{
    OrgId, Presented, TokenType, TokenVerificationError, UnverifiedJwt, UserId, is_well_formed_id,
    machine_token_type,
};
use crate::verify::{TokenClass, VerifiedToken};

/// Why a machine is not signed in.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) token_type: TokenType,
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) deviation: Option<Deviation>,
    pub(super) outage: Option<Duration>,
}

pub(super) async fn verify(
    instance: Instance<'_>,
    token: &str,
    presented: Presented,
) -> Result<MachineAuth, Refusal> {
    match presented {
        Presented::Opaque(token_type) => opaque(instance, token, token_type).await,
        Presented::Jwt(_) | Presented::Session => jwt(instance, token).await,
    }
}

async fn jwt(instance: Instance<'_>, token: &str) -> Result<MachineAuth, Refusal> {
    let refused = |token_type, code, error: &TokenVerificationError| Refusal {
        token_type,
        code,
        message: error.message().to_owned(),
        deviation: error.deviation(),
        outage: error.retry_after(),
    };
    let jwt = UnverifiedJwt::parse(token)
        .map_err(|error| refused(TokenType::M2mToken, Code::TokenInvalid, &error))?;
    let Some(token_type) = machine_token_type(&jwt) else {
        return Err(Refusal {
            token_type: TokenType::OauthToken,
            code: Code::TokenVerificationFailed,
            message:
                "the token is no machine's: its `sub` does not start with `mch_`, nor is its `typ` `at+jwt`"
                    .into(),
            deviation: None,
            outage: None,
        });
    };
    let (class, code) = match token_type {
        TokenType::M2mToken if !jwt.category().may_be_m2m() => (TokenClass::M2m, Code::TokenInvalid),
        TokenType::M2mToken => (TokenClass::M2m, Code::TokenVerificationFailed),
        _ => (TokenClass::Oauth, Code::TokenVerificationFailed),
    };
    let verified = instance
        .verifier
        .verify(jwt, class)
        .await
        .map_err(|error| refused(token_type, code, &error))?;
    let machine = match token_type {
        TokenType::M2mToken => m2m_of(&verified, token),
        _ => oauth_of(&verified, token),
    };
    machine.map_err(|message| Refusal {
        token_type,
        code: Code::TokenVerificationFailed,
        message: message.to_owned(),
        deviation: None,
        outage: None,
    })
}

fn m2m_of(verified: &VerifiedToken, token: &str) -> Result<MachineAuth, &'static str> {
    let mut claims = members(verified);
    let scopes = match claims.get("scopes") {
        Some(Value::String(scopes)) => words(scopes),
        None | Some(Value::Null) => list(claims.get("aud")),
        Some(_) => return Err("the token's `scopes` are not text"),
    };
    let id = text(&claims, "jti");
    for registered in ["iss", "sub", "exp", "nbf", "iat", "jti"] {
        claims.remove(registered);
    }
    Ok(MachineAuth::new(Machine {
        token_type: TokenType::M2mToken,
        id: id.unwrap_or_default(),
        subject: verified.subject().into(),
        user_id: None,
        org_id: None,
        client_id: None,
        name: None,
        scopes,
        claims: (!claims.is_empty()).then_some(Value::Object(claims)),
        token: token.into(),
    }))
}

fn oauth_of(verified: &VerifiedToken, token: &str) -> Result<MachineAuth, &'static str> {
    let claims = members(verified);
    let scopes = match (claims.get("scp"), claims.get("scope")) {
        (Some(scopes @ Value::Array(_)), _) => list(Some(scopes)),
        (None | Some(Value::Null), Some(Value::String(scopes))) => words(scopes),
        (None | Some(Value::Null), None | Some(Value::Null)) => Vec::new(),
        (_, _) => return Err("the token's `scp` is no list, or its `scope` no text"),
    };
    Ok(MachineAuth::new(Machine {
        token_type: TokenType::OauthToken,
        id: text(&claims, "jti").unwrap_or_default(),
        subject: verified.subject().into(),
        user_id: Some(UserId::from(verified.subject())),
        org_id: None,
        client_id: Some(text(&claims, "client_id").unwrap_or_default()),
        name: None,
        scopes,
        claims: None,
        token: token.into(),
    }))
}

fn members(verified: &VerifiedToken) -> Map<String, Value> {
    verified.claims().unwrap_or_default()
}

fn text(claims: &Map<String, Value>, name: &str) -> Option<Box<str>> {
    claims.get(name).and_then(Value::as_str).map(Into::into)
}

/// Split at each single space, as Clerk's SDK does it.
fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

/// The texts of a list, or one text by itself.
fn list(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

/// What Clerk says about an opaque token, whatever its type.
#[cfg(feature = "network")]
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

#[cfg(feature = "network")]
async fn opaque(instance: Instance<'_>, token: &str, token_type: TokenType) -> Result<MachineAuth, Refusal> {
    let answer = ask(instance, token, token_type).await.map_err(|error| {
        let code = match error.status() {
            Some(http::StatusCode::UNAUTHORIZED) => Code::SecretKeyInvalid,
            Some(http::StatusCode::NOT_FOUND) => Code::TokenInvalid,
            _ => Code::UnexpectedError,
        };
        Refusal {
            token_type,
            code,
            message: error.to_string(),
            deviation: None,
            outage: super::backend::outage(&error),
        }
    })?;
    let refused = |message: &str, deviation| Refusal {
        token_type,
        code: Code::TokenVerificationFailed,
        message: message.to_owned(),
        deviation,
        outage: None,
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

#[cfg(not(feature = "network"))]
async fn opaque(_: Instance<'_>, _: &str, token_type: TokenType) -> Result<MachineAuth, Refusal> {
    let _ = (
        OrgId::from(""),
        is_well_formed_id(""),
        Deviation::MachineTokenState,
    );
    Err(Refusal {
        token_type,
        code: Code::UnexpectedError,
        message: "Clerk cannot be asked without the feature `network`".into(),
        deviation: None,
        outage: None,
    })
}

/// Whether an OAuth token is for one of the accepted audiences. It has to be well-formed as a whole.
#[cfg(feature = "network")]
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
#[cfg(feature = "network")]
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

#[cfg(feature = "network")]
async fn ask(
    instance: Instance<'_>,
    token: &str,
    token_type: TokenType,
) -> Result<Answer, clerk_client::Error> {
    use super::backend::retried;
    let client = instance.client;
    Ok(match token_type {
        TokenType::ApiKey => {
            let key = retried(|| async { client.api_keys().verify(token).await }).await?;
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
            let m2m = retried(|| async { client.m2m().verify(token).await }).await?;
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
            let oauth = retried(|| async { client.idp_oauth_access_token().verify(token).await }).await?;
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
