//! Machine tokens that are JWTs: machine-to-machine tokens and OAuth access tokens (RFC 9068).

use serde_json::{Map, Value};

use super::MachineTokenError;
use crate::auth::{Machine, MachineAuth, MachineTokenVerificationErrorCode as Code};
use crate::authenticate::instance::Instance;
use crate::token::{TokenType, TokenVerificationError, UnverifiedJwt, UserId, machine_token_type};
use crate::verify::{TokenClass, VerifiedToken};

pub(super) async fn verify(instance: Instance<'_>, token: &str) -> Result<MachineAuth, MachineTokenError> {
    let refused = |token_type, code, error: &TokenVerificationError| MachineTokenError {
        token_type,
        code,
        message: error.message().to_owned(),
        deviation: error.deviation(),
        retry_after: error.retry_after(),
    };
    let jwt = UnverifiedJwt::parse(token)
        .map_err(|error| refused(TokenType::M2mToken, Code::TokenInvalid, &error))?;
    let Some(token_type) = machine_token_type(&jwt) else {
        return Err(MachineTokenError {
            token_type: TokenType::OauthToken,
            code: Code::TokenVerificationFailed,
            message:
                "the token is no machine's: its `sub` does not start with `mch_`, nor is its `typ` `at+jwt`"
                    .into(),
            deviation: None,
            retry_after: None,
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
    machine.map_err(|message| MachineTokenError {
        token_type,
        code: Code::TokenVerificationFailed,
        message: message.to_owned(),
        deviation: None,
        retry_after: None,
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
