//! Key, session and organization of a request in words.

use super::refusal::NO_ORGANIZATION;
use crate::auth::SessionAuth;
use crate::authenticate::view::RequestView;
use crate::excerpt::{excerpt, excerpt_of_list};
use crate::token::{JsonField, OrgRole, SessionClaims, SessionStatus, UnverifiedJwt};
use crate::verify::KeySource;

pub(super) fn key(view: &RequestView<'_>, jwt: Option<&UnverifiedJwt<'_>>) -> String {
    let kid = jwt.and_then(kid);
    let named = match kid {
        Some(kid) => format!("the token names {}; ", excerpt(kid)),
        None => String::new(),
    };
    let keys = &view.authenticator.verifier.keys;
    match keys {
        KeySource::None => "there is none".to_owned(),
        KeySource::JwtKey(_) => format!("{named}CLERK_JWT_KEY is used, whatever key the token names"),
        #[cfg(feature = "network")]
        KeySource::Jwks(_) => {
            let fetched = match keys.health().age {
                Some(age) => format!("the keys were fetched {} s ago", age.as_secs()),
                None => match keys.last_failure() {
                    Some(cause) => format!("the last fetch of the keys failed: {cause}"),
                    None => "no keys were fetched yet".to_owned(),
                },
            };
            let known = match kid.and_then(|kid| keys.has_kid(kid)) {
                Some(true) => " and have it",
                Some(false) => " and do not have it",
                None => "",
            };
            let clock = match keys.clock_ahead() {
                Some(0) | None => String::new(),
                Some(ahead) if ahead > 0 => {
                    format!("; this machine's clock was {ahead} s ahead of Clerk's then")
                }
                Some(ahead) => format!("; this machine's clock was {} s behind Clerk's then", -ahead),
            };
            format!("{named}{fetched}{known}{clock}")
        }
    }
}

pub(super) fn kid<'a>(jwt: &'a UnverifiedJwt<'_>) -> Option<&'a str> {
    match jwt.kid() {
        JsonField::Present(kid) => Some(kid),
        JsonField::Absent | JsonField::WrongType => None,
    }
}

pub(super) fn session_status(
    session: Option<&SessionAuth>,
    jwt: Option<&UnverifiedJwt<'_>>,
) -> Option<String> {
    let status = match session {
        Some(session) => session.session_status(),
        None => jwt?.claims().status(),
    };
    status.map(|status| excerpt(SessionStatus::as_str(status)))
}

pub(super) fn organization(
    session: Option<&SessionAuth>,
    claims: Option<&SessionClaims>,
    is_verified: bool,
) -> Option<String> {
    let claims = match session {
        Some(session) => session.claims(),
        None => claims?,
    };
    let Some(id) = claims.org_id() else {
        return Some(NO_ORGANIZATION.to_owned());
    };
    let mut text = excerpt(id);
    match claims.org_role() {
        Some(OrgRole::Key(role)) => text.push_str(&format!(", role {}", excerpt(role))),
        Some(OrgRole::WithoutPrefix(role)) => text.push_str(&format!(", role org:{}", excerpt(role))),
        None => {}
    }
    // A short token that was made up can encode a list that takes long to build.
    if let Some(permissions) = is_verified.then(|| claims.org_permissions()).flatten() {
        let permissions = excerpt_of_list(permissions.iter().map(String::as_str));
        let permissions = if permissions.is_empty() {
            "none"
        } else {
            &permissions
        };
        text.push_str(&format!(", permissions: {permissions}"));
    }
    Some(text)
}
