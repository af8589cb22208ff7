use utoipa::openapi::security::SecurityRequirement;

use super::Scheme;
use crate::authorize::Requirement;
use crate::axum::Protected;
use crate::token::TokenType;

/// Returns the security requirements of a guard, of which a request has to satisfy one.
///
/// Omits token types that can never satisfy the guard. If that leaves none, lists all accepted types, because an empty list would
/// mean that anyone may call.
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
