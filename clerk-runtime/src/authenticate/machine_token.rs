//! Machine tokens. JWTs are verified here; about opaque ones Clerk is asked.

use std::time::Duration;

#[cfg(feature = "network")]
use serde::{Deserialize, Deserializer};
#[cfg(feature = "network")]
use serde_json::Value;

use super::authenticator::Authenticator;
use super::credential::PresentedToken;
#[cfg(feature = "network")]
use super::outbound::{CallError, CallKind, Credential, is_opaque_token, retry_after};
use super::view::RequestView;
use crate::Deviation;
use crate::auth::{MachineAuth, MachineTokenVerificationErrorCode as Code};
use crate::token::{
    TokenCarrier, TokenKind, TokenType, TokenVerificationError, UnverifiedJwt, machine_token_type,
};
#[cfg(feature = "network")]
use crate::verify::OpaqueToken;

/// Verifies the machine token in the header.
pub(super) async fn verify(
    view: &RequestView<'_>,
    kind: TokenKind,
) -> Result<MachineAuth, MachineTokenError> {
    // A machine token is verified only where the header has one.
    let token = view
        .token(TokenCarrier::Header)
        .map_or("", PresentedToken::as_str);
    match kind {
        #[cfg(feature = "network")]
        TokenKind::Opaque(token_type) => verify_opaque(view.authenticator, token, token_type).await,
        #[cfg(not(feature = "network"))]
        TokenKind::Opaque(token_type) => Err(MachineTokenError {
            token_type,
            code: Code::UnexpectedError,
            message: "Clerk cannot be asked without the feature `network`".into(),
            is_upstream_text: false,
            deviation: None,
            retry_after: None,
        }),
        TokenKind::Jwt(_) | TokenKind::Session => verify_jwt(view.authenticator, token).await,
    }
}

/// The reason why a machine token does not sign the request in.
#[derive(Debug)]
pub(crate) struct MachineTokenError {
    pub(crate) token_type: TokenType,
    pub(crate) code: Code,
    /// For logs.
    pub(crate) message: String,
    /// Set if the message has text that came from Clerk, or from a machine in between.
    pub(crate) is_upstream_text: bool,
    pub(crate) deviation: Option<Deviation>,
    pub(crate) retry_after: Option<Duration>,
}

async fn verify_jwt(authenticator: &Authenticator, token: &str) -> Result<MachineAuth, MachineTokenError> {
    let refused = |token_type, code, error: &TokenVerificationError| MachineTokenError {
        token_type,
        code,
        message: error.message().to_owned(),
        is_upstream_text: false,
        deviation: error.deviation(),
        retry_after: error.retry_after(),
    };
    let mut jwt = UnverifiedJwt::parse_nullable(token)
        .map_err(|error| refused(TokenType::M2mToken, Code::TokenInvalid, &error))?;
    let Some(token_type) = machine_token_type(&jwt) else {
        return Err(MachineTokenError {
            token_type: TokenType::OauthToken,
            code: Code::TokenVerificationFailed,
            message:
                "the token is no machine's: its `sub` does not start with `mch_`, nor is its `typ` `at+jwt`"
                    .into(),
            is_upstream_text: false,
            deviation: None,
            retry_after: None,
        });
    };
    let code = match token_type {
        TokenType::M2mToken if !jwt.category().may_be_m2m() => Code::TokenInvalid,
        _ => Code::TokenVerificationFailed,
    };
    let refused = |error: &TokenVerificationError| refused(token_type, code, error);
    let verifier = &authenticator.verifier;
    let machine = match token_type {
        TokenType::M2mToken => {
            let verified = verifier
                .verify_m2m(&mut jwt)
                .await
                .map_err(|error| refused(&error))?;
            MachineAuth::from_m2m(&verified, token)
        }
        _ => {
            let verified = verifier
                .verify_oauth(&mut jwt)
                .await
                .map_err(|error| refused(&error))?;
            MachineAuth::from_oauth(&verified, token)
        }
    };
    machine.map_err(|message| MachineTokenError {
        token_type,
        code: Code::TokenVerificationFailed,
        message: message.to_owned(),
        is_upstream_text: false,
        deviation: None,
        retry_after: None,
    })
}

#[cfg(feature = "network")]
async fn verify_opaque(
    authenticator: &Authenticator,
    token: &str,
    token_type: TokenType,
) -> Result<MachineAuth, MachineTokenError> {
    let unknown = |message: &str, deviation| MachineTokenError {
        token_type,
        code: Code::TokenInvalid,
        message: message.to_owned(),
        is_upstream_text: false,
        deviation,
        retry_after: None,
    };
    if !is_opaque_token(token) {
        let message = "the token does not have the form of Clerk's opaque tokens";
        return Err(unknown(message, Some(Deviation::CredentialForm)));
    }
    let outbound = &authenticator.backend.outbound;
    let kind = match token_type {
        TokenType::ApiKey => CallKind::ApiKey,
        TokenType::M2mToken => CallKind::M2mToken,
        _ => CallKind::OauthToken,
    };
    let Some(credential) = outbound.credential(kind, token) else {
        return Err(unknown(UNKNOWN_TOKEN, Some(Deviation::KeptAnswers)));
    };
    let answer = ask(authenticator, &credential, token, token_type)
        .await
        .map_err(|error| match error {
            CallError::Refused(refusal) => MachineTokenError {
                token_type,
                code: Code::UnexpectedError,
                message: "too many calls about credentials that Clerk has not verified before".into(),
                is_upstream_text: false,
                deviation: Some(Deviation::CallBudget),
                retry_after: Some(refusal.retry_after),
            },
            CallError::Failed(error) if error.status() == Some(http::StatusCode::NOT_FOUND) => {
                unknown(UNKNOWN_TOKEN, None)
            }
            CallError::Failed(error) => failed(&error, token_type),
        })?;
    let verified = authenticator.verifier.verify_opaque(answer);
    outbound.note_verified(&credential, verified.is_ok());
    let verified = verified.map_err(|refusal| MachineTokenError {
        token_type,
        code: Code::TokenVerificationFailed,
        message: refusal.message.to_owned(),
        is_upstream_text: false,
        deviation: refusal.deviation,
        retry_after: None,
    })?;
    Ok(MachineAuth::from_opaque(verified, token))
}

#[cfg(feature = "network")]
fn failed(error: &clerk_client::Error, token_type: TokenType) -> MachineTokenError {
    let is_unreadable = matches!(error, clerk_client::Error::Decode { .. });
    MachineTokenError {
        token_type,
        code: match error.status() {
            Some(http::StatusCode::UNAUTHORIZED) => Code::SecretKeyInvalid,
            _ => Code::UnexpectedError,
        },
        message: error.to_string(),
        is_upstream_text: true,
        deviation: is_unreadable.then_some(Deviation::MachineTokenState),
        retry_after: retry_after(error),
    }
}

/// The message about a token that Clerk does not know, whether it was asked now or a minute ago.
#[cfg(feature = "network")]
const UNKNOWN_TOKEN: &str = "Clerk does not know the token";

#[cfg(feature = "network")]
async fn ask(
    authenticator: &Authenticator,
    credential: &Credential,
    token: &str,
    token_type: TokenType,
) -> Result<OpaqueToken, CallError> {
    let client = &authenticator.backend.client;
    let outbound = &authenticator.backend.outbound;
    Ok(match token_type {
        TokenType::ApiKey => {
            let call = || client.api_keys().verify(token).read_as::<ApiKey>();
            let key = outbound.retried(credential, call).await?;
            OpaqueToken {
                token_type,
                object: key.object,
                id: key.id,
                subject: key.subject,
                deleted: key.deleted,
                revoked: key.revoked,
                expired: key.expired,
                expiration: key.expiration,
                client_id: None,
                name: key.name,
                scopes: key.scopes,
                claims: key.claims,
                aud: None,
            }
        }
        TokenType::M2mToken => {
            let call = || client.m2m().verify(token).read_as::<M2mToken>();
            let m2m = outbound.retried(credential, call).await?;
            OpaqueToken {
                token_type,
                object: m2m.object,
                id: m2m.id,
                subject: m2m.subject,
                deleted: m2m.deleted,
                revoked: m2m.revoked,
                expired: m2m.expired,
                expiration: m2m.expiration,
                client_id: None,
                name: None,
                scopes: m2m.scopes,
                claims: m2m.claims,
                aud: None,
            }
        }
        _ => {
            let call = || {
                let call = client.idp_oauth_access_token().verify(token).into_call();
                call.read_as::<OauthToken>()
            };
            let oauth = outbound.retried(credential, call).await?;
            OpaqueToken {
                token_type,
                object: oauth.object,
                id: oauth.id,
                subject: oauth.subject,
                deleted: oauth.deleted,
                revoked: oauth.revoked,
                expired: oauth.expired,
                expiration: oauth.expiration,
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

#[cfg(feature = "network")]
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
    expiration: Option<f64>,
}

#[cfg(feature = "network")]
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
    expiration: Option<f64>,
}

#[cfg(feature = "network")]
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
    expiration: Option<f64>,
}

#[cfg(feature = "network")]
fn null_is_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
