//! Security schemes, and the security requirements of operations.

use http::Method;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{OpenApi, RefOr};

use crate::authorize::Requirement;
use crate::axum::Protected;
use crate::protocol;
use crate::token::TokenType;

/// The security schemes that operations refer to, one for each way in which a request can present a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// A session's token in the `Authorization` header.
    SessionToken,
    /// A session's token in the cookie that Clerk's frontend keeps.
    SessionCookie,
    /// An API key.
    ApiKey,
    /// A machine-to-machine token.
    M2mToken,
    /// An OAuth access token.
    OauthToken,
}

impl Scheme {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::SessionToken,
        Self::SessionCookie,
        Self::ApiKey,
        Self::M2mToken,
        Self::OauthToken,
    ];

    /// Its key among the security schemes of a document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SessionToken => "clerk_session_token",
            Self::SessionCookie => "clerk_session_cookie",
            Self::ApiKey => "clerk_api_key",
            Self::M2mToken => "clerk_m2m_token",
            Self::OauthToken => "clerk_oauth_token",
        }
    }

    /// What a document says of it.
    pub fn definition(self) -> SecurityScheme {
        match self {
            Self::SessionToken => bearer(
                "JWT",
                "The token of a session, which lasts for a minute. A frontend gets one by `await Clerk.session.getToken()`.",
            ),
            Self::SessionCookie => SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
                protocol::SESSION,
                "The token of a session in the cookie that Clerk's frontend keeps. Browsers send it by themselves, with \
                 the other cookies of Clerk that it is judged by.",
            ))),
            Self::ApiKey => bearer(
                "API key",
                "An API key of a user or an organization, `ak_…`, made in Clerk's components or over its Backend API.",
            ),
            Self::M2mToken => bearer(
                "M2M token",
                "A machine-to-machine token, `mt_…` or a JWT, which one machine of the instance made to call another.",
            ),
            Self::OauthToken => bearer(
                "OAuth access token",
                "An access token, `oat_…` or a JWT, of an OAuth application that a user has let in. The response 401 says \
                 where such a token is to be had.",
            ),
        }
    }
}

fn bearer(format: &str, description: &str) -> SecurityScheme {
    SecurityScheme::Http(
        HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format(format)
            .description(Some(description))
            .build(),
    )
}

/// Adds the security schemes that the operations of a document, or the document itself, refer to, and no others. A scheme
/// that is there already under its [name](Scheme::name) is kept.
///
/// What [`routes!`](super::routes) makes of handlers has no place for them, so a document that came together by it needs
/// this at the end:
///
/// ```
/// use clerk_runtime::openapi::{self, routes};
/// use clerk_runtime::{Clerk, UserId, protected};
/// use utoipa_axum::router::OpenApiRouter;
///
/// #[protected]
/// #[utoipa::path(get, path = "/me", responses((status = 200, body = String)))]
/// async fn me(user_id: UserId) -> String {
///     user_id.to_string()
/// }
///
/// let (router, mut api) = OpenApiRouter::<Clerk>::new().routes(routes!(me)).split_for_parts();
/// openapi::add_security_schemes(&mut api);
///
/// # let _ = router;
/// let components = api.components.unwrap();
/// assert!(components.security_schemes.contains_key("clerk_session_token"));
/// assert!(!components.security_schemes.contains_key("clerk_api_key"));
/// ```
pub fn add_security_schemes(api: &mut OpenApi) {
    let used: Vec<Scheme> = {
        let of_operations = api
            .paths
            .paths
            .values_mut()
            .flat_map(operations_mut)
            .filter_map(|(_, operation)| operation.security.as_ref());
        let requirements: Vec<_> = of_operations.chain(&api.security).flatten().collect();
        let is_used = |scheme: &Scheme| requirements.iter().any(|one| names(one, scheme.name()));
        Scheme::ALL.into_iter().filter(is_used).collect()
    };
    if used.is_empty() {
        return;
    }
    let schemes = &mut api.components.get_or_insert_default().security_schemes;
    for scheme in used {
        schemes
            .entry(scheme.name().to_owned())
            .or_insert_with(|| RefOr::T(scheme.definition()));
    }
}

/// Whether a scheme is among those of a requirement, which only shows them when it is serialized.
fn names(requirement: &SecurityRequirement, scheme: &str) -> bool {
    serde_json::to_value(requirement).is_ok_and(|schemes| schemes.get(scheme).is_some())
}

/// Returns the operations of a path with their methods.
pub(super) fn operations_mut(item: &mut PathItem) -> impl Iterator<Item = (Method, &mut Operation)> {
    let named = [
        (Method::GET, &mut item.get),
        (Method::PUT, &mut item.put),
        (Method::POST, &mut item.post),
        (Method::DELETE, &mut item.delete),
        (Method::OPTIONS, &mut item.options),
        (Method::HEAD, &mut item.head),
        (Method::PATCH, &mut item.patch),
        (Method::TRACE, &mut item.trace),
    ];
    let others = item
        .additional_operations
        .iter_mut()
        .filter_map(|(method, operation)| Some((Method::from_bytes(method.as_bytes()).ok()?, operation)));
    let query = item.query.as_mut().zip(Method::from_bytes(b"QUERY").ok());
    named
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
        .chain(query.map(|(operation, method)| (method, operation)))
        .chain(others)
}

/// Returns the security requirements of a guard, of which a request has to satisfy one.
///
/// Omits token types that can never satisfy the guard. If that leaves none, lists all accepted types, because an empty list
/// would mean that anyone may call.
pub(super) fn security_requirements(protected: &Protected) -> Vec<SecurityRequirement> {
    let accepted = || SCHEMES.iter().filter(|way| protected.accepts().accepts(way.1));
    let possible: Vec<_> = accepted()
        .filter_map(|(scheme, token_type)| {
            let needed = match protected.requirement() {
                Some(requirement) => needed_scopes(&requirement, *token_type)?,
                None => Vec::new(),
            };
            Some(SecurityRequirement::new(scheme.name(), needed))
        })
        .collect();
    if possible.is_empty() {
        return accepted()
            .map(|(scheme, _)| SecurityRequirement::new(scheme.name(), [""; 0]))
            .collect();
    }
    possible
}

/// Returns the scopes that a token of this type needs in any case, or `None` if it can never satisfy the requirement.
fn needed_scopes(requirement: &Requirement<'static>, token_type: TokenType) -> Option<Vec<&'static str>> {
    let of_session = token_type == TokenType::SessionToken;
    match requirement {
        Requirement::Scope(scope) => (!of_session).then(|| vec![scope.0]),
        Requirement::All([]) | Requirement::Any([]) => None,
        Requirement::All(items) => {
            let mut needed = Vec::new();
            for item in *items {
                for scope in needed_scopes(item, token_type)? {
                    if !needed.contains(&scope) {
                        needed.push(scope);
                    }
                }
            }
            Some(needed)
        }
        Requirement::Any(items) => items
            .iter()
            .filter_map(|item| needed_scopes(item, token_type))
            .reduce(|common, other| common.into_iter().filter(|scope| other.contains(scope)).collect()),
        Requirement::Role(_)
        | Requirement::Permission(_)
        | Requirement::Feature(_)
        | Requirement::Plan(_)
        | Requirement::Reverification(_) => of_session.then(Vec::new),
    }
}

/// The schemes of each token type.
const SCHEMES: [(Scheme, TokenType); 5] = [
    (Scheme::SessionToken, TokenType::SessionToken),
    (Scheme::SessionCookie, TokenType::SessionToken),
    (Scheme::ApiKey, TokenType::ApiKey),
    (Scheme::M2mToken, TokenType::M2mToken),
    (Scheme::OauthToken, TokenType::OauthToken),
];

#[cfg(test)]
mod tests {
    use super::*;

    const ADMIN: Requirement<'static> = Requirement::role("org:admin");
    const READ: Requirement<'static> = Requirement::scope("invoices:read");
    const WRITE: Requirement<'static> = Requirement::scope("invoices:write");
    const EXPORT: Requirement<'static> = Requirement::scope("invoices:export");

    type Needed = Option<&'static [&'static str]>;

    #[test]
    fn scopes_that_are_needed_by_type_of_token() {
        let cases: [(Requirement<'static>, Needed, Needed); 12] = [
            (ADMIN, Some(&[]), None),
            (READ, None, Some(&["invoices:read"])),
            (Requirement::All(&[]), None, None),
            (Requirement::Any(&[]), None, None),
            (Requirement::All(&[ADMIN]), Some(&[]), None),
            (Requirement::All(&[ADMIN, READ]), None, None),
            (
                Requirement::Any(&[ADMIN, READ]),
                Some(&[]),
                Some(&["invoices:read"]),
            ),
            (
                Requirement::All(&[READ, WRITE, READ]),
                None,
                Some(&["invoices:read", "invoices:write"]),
            ),
            (Requirement::Any(&[READ, WRITE]), None, Some(&[])),
            (
                Requirement::All(&[READ, Requirement::Any(&[WRITE, EXPORT])]),
                None,
                Some(&["invoices:read"]),
            ),
            (
                Requirement::Any(&[Requirement::All(&[READ, WRITE]), WRITE, ADMIN]),
                Some(&[]),
                Some(&["invoices:write"]),
            ),
            (
                Requirement::All(&[READ, Requirement::Any(&[Requirement::All(&[])])]),
                None,
                None,
            ),
        ];
        for (requirement, of_session, of_machine) in cases {
            for (token_type, expected) in [
                (TokenType::SessionToken, of_session),
                (TokenType::ApiKey, of_machine),
                (TokenType::M2mToken, of_machine),
                (TokenType::OauthToken, of_machine),
            ] {
                assert_eq!(
                    needed_scopes(&requirement, token_type).as_deref(),
                    expected,
                    "{requirement} {token_type}"
                );
            }
        }
    }
}
