//! The doors of the runtime that are not HTTP, and what is seen behind all of them. Every use of an API that may change is
//! here.

use axum::response::IntoResponse;
use clerk_runtime::token::{AcceptsToken, TokenType};
use clerk_runtime::{Auth, Clerk, Deviation, Rejection, RequestState, Requirement, get_auth};
use http::request::Parts;
use serde_json::{Value, json};

use crate::answer::{Answer, headers};

/// Which types of token are accepted.
pub(crate) type Accepts = AcceptsToken;

pub(crate) const SESSION: Accepts = AcceptsToken::SESSION;
pub(crate) const ANY: Accepts = AcceptsToken::ANY;
pub(crate) const API_KEY: Accepts = AcceptsToken::one(TokenType::ApiKey);
pub(crate) const SESSION_OR_OAUTH: Accepts =
    AcceptsToken::list(&[TokenType::SessionToken, TokenType::OauthToken]);

/// Everything that a request may be asked to present, by name.
pub(crate) const ACCEPTED: [(&str, Accepts); 8] = [
    ("session", SESSION),
    ("any", ANY),
    ("API key", API_KEY),
    ("M2M", AcceptsToken::one(TokenType::M2mToken)),
    ("OAuth", AcceptsToken::one(TokenType::OauthToken)),
    ("list of session", AcceptsToken::list(&[TokenType::SessionToken])),
    ("session or OAuth", SESSION_OR_OAUTH),
    (
        "API key or M2M",
        AcceptsToken::list(&[TokenType::ApiKey, TokenType::M2mToken]),
    ),
];

/// Tells whether sessions are not among what is accepted.
pub(crate) fn is_for_machines(accepts: Accepts) -> bool {
    !accepts.accepts(TokenType::SessionToken)
}

/// Reads what is accepted as Clerk spells it: a type, a list of types, or `any`.
pub(crate) fn parse_accepts(value: &Value) -> Accepts {
    let one = |value: &Value| match value.as_str() {
        Some("session_token") => TokenType::SessionToken,
        Some("api_key") => TokenType::ApiKey,
        Some("m2m_token") => TokenType::M2mToken,
        _ => TokenType::OauthToken,
    };
    match value {
        Value::Array(list) => AcceptsToken::list(&list.iter().map(one).collect::<Vec<_>>()),
        value if value == "any" => ANY,
        value => one(value).into(),
    }
}

/// Asks without any HTTP; for sessions alone if nothing is said.
pub(crate) async fn authenticate(clerk: &Clerk, parts: &Parts, accepts: Option<Accepts>) -> Answer {
    let outcome = match accepts {
        None => clerk.authenticate(parts).await,
        Some(accepts) => clerk.authenticate(parts).accepts(accepts).await,
    };
    match outcome {
        Ok(state) => Answer::new(state.status().as_str(), described(&state)),
        Err(error) => {
            let lines = json!({
                "code": error.code(),
                "message": error.to_string(),
                "retryAfter": error.retry_after().map(|wait| wait.as_millis()),
                "deviation": error.deviation().map(Deviation::id),
            });
            Answer::new("error", lines.to_string())
        }
    }
}

fn described(state: &RequestState) -> String {
    let lines = json!({
        "reason": state.reason().map(|reason| reason.as_str()),
        "message": state.message(),
        "tokenType": state.token_type().map(TokenType::as_str),
        "carrier": state.token_carrier().map(|carrier| carrier.as_str()),
        "deviation": state.deviation().map(Deviation::id),
        "retryAfter": state.retry_after().map(|wait| wait.as_millis()),
        "auth": described_auth(&state.to_auth()),
    });
    let pending = described_auth(&state.to_auth_with_pending());
    let mut text = headers(state.headers());
    if pending != lines["auth"] {
        text = format!("{text}with pending {pending}\n");
    }
    format!("{text}{lines}")
}

/// Describes whatever an auth object tells.
pub(crate) fn described_auth(auth: &Auth) -> Value {
    let has = |requirement: Requirement<'_>| auth.has(requirement);
    match auth {
        Auth::Machine(machine) => json!({
            "tokenType": machine.token_type().as_str(),
            "id": machine.id(),
            "subject": machine.subject(),
            "name": machine.name(),
            "scopes": machine.scopes(),
            "claims": machine.claims(),
            "userId": machine.user_id(),
            "orgId": machine.org_id(),
            "machineId": machine.machine_id(),
            "clientId": machine.client_id(),
            "hasScope": has(Requirement::scope("invoices:read")),
        }),
        Auth::Session(session) => json!({
            "userId": session.user_id(),
            "sessionId": session.session_id(),
            "sessionStatus": session.session_status().map(|status| status.as_str()),
            "orgId": session.org_id(),
            "orgRole": session.org_role(),
            "orgSlug": session.org_slug(),
            "orgPermissions": session.org_permissions(),
            "factorVerificationAge": session.factor_verification_age().map(|age| [age.first, age.second]),
            "actor": session.actor().map(|actor| actor.as_value().clone()),
            "sessionClaims": session.session_claims::<Value>().ok(),
            "has": [
                has(Requirement::role("org:admin")),
                has(Requirement::permission("org:invoices:read")),
                has(Requirement::feature("org:invoices")),
                has(Requirement::plan("org:pro")),
            ],
        }),
        Auth::SignedOut(signed_out) => json!({
            "signedOut": signed_out.reason().map(|reason| reason.as_str()),
            "tokenType": signed_out.token_type().map(TokenType::as_str),
            "sessionStatus": signed_out.session_status().map(|status| status.as_str()),
            "tokenPresented": signed_out.token_presented(),
        }),
        _ => json!("an auth object of another kind"),
    }
}

/// Describes what `get_auth` finds in a request that got this far.
pub(crate) fn described_get_auth(parts: &Parts) -> Value {
    match get_auth(parts) {
        Ok(auth) => described_auth(&auth),
        Err(error) => json!({"status": error.into_response().status().as_u16()}),
    }
}

/// Gives the response that a rejection is.
pub(crate) async fn rejected(rejection: Rejection) -> Answer {
    Answer::from_response(rejection.into_response()).await
}

/// Verifies a token by itself.
pub(crate) async fn verify_token(clerk: &Clerk, token: &str, header_types: Option<&[&str]>) -> Answer {
    let outcome = match header_types {
        None => clerk.verify_token(token).await,
        Some(types) => clerk.verify_token_of_type(token, types.iter().copied()).await,
    };
    match outcome {
        Ok(verified) => {
            let claims = verified.claims::<Value>().unwrap_or_default();
            Answer::new("verified", format!("{} {claims}", verified.subject()))
        }
        Err(error) => {
            let lines = json!({
                "reason": error.reason().as_str(),
                "message": error.message(),
                "deviation": error.deviation().map(Deviation::id),
                "retryAfter": error.retry_after().map(|wait| wait.as_millis()),
            });
            Answer::new(error.reason().as_str(), lines.to_string())
        }
    }
}

/// Builds the addresses of the pages that a browser can be sent to.
pub(crate) fn addresses(clerk: &Clerk, parts: &Parts) -> Answer {
    let own = clerk.redirect_to_sign_in(parts);
    let addresses = [
        own.url(),
        clerk.redirect_to_sign_up(parts).url(),
        clerk
            .redirect_to_sign_in(parts)
            .return_back_url("/back?a=b")
            .url(),
        clerk.redirect_to_sign_up(parts).without_return_back_url().url(),
        clerk.build_url_with_auth(parts, "/elsewhere"),
        clerk.build_url_with_auth(parts, "https://other.example.com/a?b=c"),
        clerk.build_url_with_auth(parts, "not an address"),
    ];
    let lines: Vec<String> = addresses
        .into_iter()
        .map(|address| address.unwrap_or_else(|error| format!("error: {error}")))
        .collect();
    Answer::new("addresses", lines.join("\n"))
}
