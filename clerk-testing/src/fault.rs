use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// A part of the instance's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// `GET /v1/jwks`
    Jwks,
    /// `GET /v1/domains`
    Domains,
    /// `/v1/users` and all below it
    Users,
    /// `/v1/sessions` and `/v1/sessions/{id}`, creating and revoking included
    Sessions,
    /// `POST /v1/sessions/{id}/tokens` and `POST /v1/sessions/{id}/tokens/{template}`
    SessionTokens,
    /// `POST /v1/sessions/{id}/refresh`
    SessionRefresh,
    /// `GET /v1/clients/handshake_payload`
    HandshakePayload,
    /// `/v1/organizations` and all below it, `/v1/organization_memberships` and `/v1/organization_invitations`
    Organizations,
    /// `GET /v1/organization_permissions` and `GET /v1/organization_roles`
    OrganizationKeys,
    /// `/v1/invitations` and all below it
    Invitations,
    /// `/v1/jwt_templates` and `/v1/jwt_templates/{id}`
    JwtTemplates,
    /// `/v1/machines` and all below it
    Machines,
    /// `/api_keys` and all below it, verification included
    ApiKeys,
    /// `/m2m_tokens` and all below it, verification included
    M2mTokens,
    /// `POST /oauth_applications/access_tokens/verify`
    OauthTokens,
    /// `GET /v1/client/handshake` of the Frontend API, and what production satellites ask the primary domain.
    Handshake,
    /// All of them, the pages of the Frontend API, and every unknown path.
    Any,
}

impl Endpoint {
    /// The endpoint that a path belongs to.
    pub(crate) fn of(path: &str) -> Self {
        let mut segments: Vec<_> = path.trim_start_matches('/').split('/').collect();
        // Clerk's packages ask for some endpoints without the version.
        if !matches!(
            segments[..],
            ["api_keys" | "m2m_tokens" | "oauth_applications", ..]
        ) {
            segments.remove(0);
        }
        match segments[..] {
            ["jwks"] => Self::Jwks,
            ["domains"] => Self::Domains,
            ["users", ..] => Self::Users,
            ["sessions", _, "tokens", ..] => Self::SessionTokens,
            ["sessions", _, "refresh"] => Self::SessionRefresh,
            ["clients", "handshake_payload"] => Self::HandshakePayload,
            ["organization_permissions" | "organization_roles"] => Self::OrganizationKeys,
            ["client", "handshake" | "sync"] => Self::Handshake,
            ["sessions"] | ["sessions", _] | ["sessions", _, "revoke"] => Self::Sessions,
            ["organizations", ..] | ["organization_memberships" | "organization_invitations"] => {
                Self::Organizations
            }
            ["invitations", ..] => Self::Invitations,
            ["jwt_templates", ..] => Self::JwtTemplates,
            ["machines", ..] => Self::Machines,
            ["api_keys", ..] => Self::ApiKeys,
            ["m2m_tokens", ..] => Self::M2mTokens,
            ["oauth_applications", "access_tokens", "verify"] => Self::OauthTokens,
            _ => Self::Any,
        }
    }

    pub(crate) fn includes(self, other: Self) -> bool {
        self == Self::Any || self == other
    }
}

/// What goes wrong with a request to the instance.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// An error of this status in Clerk's JSON form. A number that is no HTTP status becomes 500.
    Status(u16),
    /// The same, with a `Retry-After` header of so many seconds.
    StatusWithRetryAfter(u16, u64),
    /// The right answer, but so much later, in real time.
    Delay(Duration),
    /// The answer that was right when the request came, but so much later, in real time: what has changed since is not in it.
    Late(Duration),
    /// The right answer, one byte at a time with so much real time between two of them.
    Drip(Duration),
    /// The right answer, followed by white space until it has so many bytes.
    Huge(usize),
    /// Status 307 to another address. A text that cannot be a `Location` becomes 500.
    Redirect(String),
    /// Status 200 with an HTML page, as a captive portal answers.
    Garbage,
    /// The first half of the right answer, with a status and headers that promise a whole one.
    Truncated,
    /// Status 200 with nothing in it.
    Empty,
    /// No answer, ever. The connection stays open.
    Hang,
    /// The connection is closed instead of an answer.
    Drop,
}

/// Faults by endpoint: first those that end after some requests, in their order, then the one that stays.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    limited: HashMap<Endpoint, VecDeque<(Fault, usize)>>,
    lasting: HashMap<Endpoint, Fault>,
}

impl Faults {
    pub(crate) fn set(&mut self, endpoint: Endpoint, fault: Fault) {
        self.lasting.insert(endpoint, fault);
    }

    pub(crate) fn add(&mut self, endpoint: Endpoint, fault: Fault, times: usize) {
        if times > 0 {
            self.limited
                .entry(endpoint)
                .or_default()
                .push_back((fault, times));
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The fault for a request that arrived now. One for the endpoint goes before one for any.
    pub(crate) fn next(&mut self, endpoint: Endpoint) -> Option<Fault> {
        [endpoint, Endpoint::Any]
            .into_iter()
            .find_map(|endpoint| self.next_of(endpoint))
    }

    fn next_of(&mut self, endpoint: Endpoint) -> Option<Fault> {
        if let Some(queue) = self.limited.get_mut(&endpoint)
            && let Some((fault, left)) = queue.front_mut()
        {
            let fault = fault.clone();
            *left -= 1;
            if *left == 0 {
                queue.pop_front();
            }
            return Some(fault);
        }
        self.lasting.get(&endpoint).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_belong_to_endpoints() {
        for (path, endpoint) in [
            ("/v1/jwks", Endpoint::Jwks),
            ("/v1/users/user_1", Endpoint::Users),
            ("/v1/sessions/sess_1/tokens", Endpoint::SessionTokens),
            ("/v1/sessions/sess_1/tokens/supabase", Endpoint::SessionTokens),
            ("/v1/sessions", Endpoint::Sessions),
            ("/v1/sessions/sess_1", Endpoint::Sessions),
            ("/v1/sessions/sess_1/revoke", Endpoint::Sessions),
            ("/v1/users", Endpoint::Users),
            ("/v1/users/user_1/ban", Endpoint::Users),
            ("/v1/organizations/org_1/memberships", Endpoint::Organizations),
            ("/v1/organization_memberships", Endpoint::Organizations),
            ("/v1/invitations/inv_1/revoke", Endpoint::Invitations),
            ("/v1/jwt_templates", Endpoint::JwtTemplates),
            ("/v1/machines/mch_1/scopes", Endpoint::Machines),
            ("/api_keys", Endpoint::ApiKeys),
            ("/v1/m2m_tokens/mt_1/revoke", Endpoint::M2mTokens),
            ("/v1/sessions/sess_1/refresh", Endpoint::SessionRefresh),
            ("/v1/clients/handshake_payload", Endpoint::HandshakePayload),
            ("/v1/client/handshake", Endpoint::Handshake),
            ("/api_keys/verify", Endpoint::ApiKeys),
            ("/v1/api_keys/verify", Endpoint::ApiKeys),
            ("/m2m_tokens/verify", Endpoint::M2mTokens),
            (
                "/v1/oauth_applications/access_tokens/verify",
                Endpoint::OauthTokens,
            ),
            ("/sign-in", Endpoint::Any),
            ("", Endpoint::Any),
            ("/v1/jwks/more", Endpoint::Any),
            ("/", Endpoint::Any),
        ] {
            assert_eq!(Endpoint::of(path), endpoint, "{path}");
        }
    }

    #[test]
    fn limited_faults_come_first_and_end() {
        let mut faults = Faults::default();
        faults.set(Endpoint::Jwks, Fault::Garbage);
        faults.add(Endpoint::Jwks, Fault::Status(500), 2);
        faults.add(Endpoint::Jwks, Fault::Hang, 1);
        faults.add(Endpoint::Jwks, Fault::Drop, 0);
        let seen: Vec<_> = (0..4).filter_map(|_| faults.next(Endpoint::Jwks)).collect();
        assert_eq!(
            seen,
            [
                Fault::Status(500),
                Fault::Status(500),
                Fault::Hang,
                Fault::Garbage
            ]
        );
        assert_eq!(faults.next(Endpoint::Users), None);
    }

    #[test]
    fn any_is_for_whatever_has_no_fault_of_its_own() {
        let mut faults = Faults::default();
        faults.set(Endpoint::Any, Fault::Empty);
        faults.add(Endpoint::Users, Fault::Garbage, 1);
        assert_eq!(faults.next(Endpoint::Users), Some(Fault::Garbage));
        assert_eq!(faults.next(Endpoint::Users), Some(Fault::Empty));
        faults.clear();
        assert_eq!(faults.next(Endpoint::Users), None);
    }
}
