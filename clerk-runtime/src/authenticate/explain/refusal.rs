//! The causes of refusals that are no fault of the token.

use http::header::ORIGIN;
use http::request::Parts;

use super::advice::Advice;
#[cfg(feature = "axum")]
use super::explanation::Explanation;
#[cfg(feature = "axum")]
use crate::Deviation;
use crate::authenticate::state::AuthenticateError;
#[cfg(feature = "axum")]
use crate::authorize::{Denial, Requirement};
use crate::excerpt::excerpt;
#[cfg(feature = "axum")]
use crate::token::TokenType;

/// Names the cause for which a request is refused although it is signed in.
#[cfg(feature = "axum")]
#[derive(Debug, Clone, Copy)]
pub(crate) enum SignedInRefusal<'a> {
    /// The session is pending.
    Pending,
    /// Another site made the request with the session cookie.
    CrossSite,
    /// The handler requires something that the caller does not have.
    Denied(&'a Denial<'static>),
    /// The handler is to be given something that the caller does not have, such as an active organization.
    Missing(&'static str),
    /// The claims do not have the shape that the handler wants. Tells the type and the difference.
    Claims(&'a str),
}

/// The outcome of a request that guards do not let pass although it is signed in.
pub(super) const REFUSED: &str = "signed in, and refused all the same";
/// Stands in an explanation of a session without an organization.
pub(super) const NO_ORGANIZATION: &str = "none is active";
pub(super) const CROSS_SITE: &str = "another site made the request with the session cookie";

/// Clerk has to be asked about an opaque token.
pub(super) fn clerk_is_asked() -> Advice {
    Advice::new(
        "only Clerk can tell whether the token is good, and `explain` makes no call",
        "make the request and see the event that is logged for it",
    )
}

/// A machine's JWT is only checked when a request is made.
pub(super) fn machine_jwt() -> Advice {
    Advice::new(
        "the token is a machine's JWT, which `explain` does not check",
        "make the request and see the event that is logged for it",
    )
}

/// The session is signed in, but has tasks left.
pub(in crate::authenticate) fn pending() -> Advice {
    Advice::new(
        "the session is pending: the user has tasks left, such as choosing an organization, and counts as signed out",
        "have the user finish the tasks in the front end (Clerk's `<TaskChooseOrganization />` and its like); a handler for pending sessions calls `Clerk::authenticate` and `to_auth_with_pending()`",
    )
}

/// A page of another site sent the cookie along.
pub(in crate::authenticate) fn cross_site(parts: &Parts) -> Advice {
    let fix = "nothing, if the origin is not yours: an attack was stopped (CSRF). Else send the token as `Authorization: Bearer`, or list this origin and all other front ends of yours in CLERK_AUTHORIZED_PARTIES";
    let origin = parts.headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    let fix = match origin {
        // Every sandboxed page has this origin, so it cannot be listed.
        Some("null") => {
            "nothing, if the page is not yours: an attack was stopped (CSRF). Else send the token as `Authorization: Bearer`, or do not sandbox the page"
        }
        _ => fix,
    };
    Advice::new(CROSS_SITE, fix).detail(origin.map(|origin| format!("its `Origin` is {}", excerpt(origin))))
}

/// The configuration does not allow to judge the request.
pub(super) fn configuration(error: &AuthenticateError) -> Advice {
    let (summary, fix) = match error {
        AuthenticateError::SecretKeyMissing => (
            "CLERK_SECRET_KEY is not set",
            "copy it from the API keys page of the Clerk dashboard",
        ),
        AuthenticateError::SignInUrlOrigin => (
            "CLERK_SIGN_IN_URL is on the origin that the request comes from",
            "give the address of the sign-in page on the primary domain",
        ),
        AuthenticateError::Handshake(_) => (
            "the handshake's token does not verify",
            "clear the browser's cookies if the keys of this application were changed",
        ),
    };
    Advice::new(summary, fix)
}

#[cfg(feature = "axum")]
impl Explanation {
    /// Adds why the request is refused although it is signed in.
    pub(in crate::authenticate) fn refused(
        mut self,
        parts: &Parts,
        token_type: Option<TokenType>,
        refusal: SignedInRefusal<'_>,
    ) -> Self {
        self.token_type = token_type.or(self.token_type);
        let (reason, advice, deviation) = match refusal {
            SignedInRefusal::Pending => ("pending", pending(), None),
            SignedInRefusal::CrossSite => ("cross-site", cross_site(parts), Some(Deviation::CrossSite)),
            SignedInRefusal::Denied(denial) => ("denied", denied(denial, &self), None),
            SignedInRefusal::Missing(what) => ("missing", missing(what), None),
            SignedInRefusal::Claims(mismatch) => ("claims", claims(mismatch), None),
        };
        self.outcome = REFUSED;
        self.reason = Some(reason.to_owned());
        self.advice = Some(advice);
        self.deviation = deviation.or(self.deviation);
        self
    }
}

/// The caller does not have what the handler requires.
#[cfg(feature = "axum")]
fn denied(denial: &Denial<'_>, explanation: &Explanation) -> Advice {
    let has_organization = explanation
        .organization()
        .is_some_and(|organization| organization != NO_ORGANIZATION);
    let caller = match (explanation.organization(), explanation.token_type()) {
        (Some(organization), _) if has_organization => format!("the caller's organization is {organization}"),
        (Some(_), _) => "the caller has no active organization".to_owned(),
        (None, Some(token_type)) => format!("the caller has {token_type}"),
        (None, None) => "nothing is known of the caller".to_owned(),
    };
    let fix = match denial.missing() {
        Requirement::Permission(_) | Requirement::Role(_) if !has_organization => {
            "have the user choose an organization in the front end (`<OrganizationSwitcher />`, `setActive()`): roles and permissions are those of the active one"
        }
        Requirement::Permission(_) => {
            "nothing, if the user is not to have it. Else give the user's role this permission in the Clerk dashboard (Roles and permissions); tokens have the custom permissions of the active organization, and a change shows in the next token"
        }
        Requirement::Role(_) => {
            "nothing, if the user is not to have it. Else give the user this role in the active organization, or have the user switch to the organization with that role; a change shows in the next token"
        }
        Requirement::Reverification(_) => {
            "wrap the call in Clerk's `useReverification()`, which asks the user to verify again"
        }
        Requirement::Scope(_) => "create the token with this scope",
        Requirement::Plan(_) | Requirement::Feature(_) => {
            "subscribe the user or the organization to a plan that has it; a change shows in the next token"
        }
        _ => "change what `#[protected(..)]` of the handler requires",
    };
    Advice::new("the caller does not have what the handler requires", fix)
        .detail(format!("{denial}; {caller}"))
}

/// The claims do not fit the type that the handler takes them as.
#[cfg(feature = "axum")]
fn claims(mismatch: &str) -> Advice {
    Advice::new(
        "the claims of the session token do not fit the type in the handler's `Claims<T>`",
        "make the type in `Claims<T>` fit the claims (an `Option` for one that may be missing), or add the claim in the Clerk dashboard (Sessions, Customize session token)",
    )
    .detail(mismatch.to_owned())
}

/// The handler is to be given something that the caller does not have.
#[cfg(feature = "axum")]
fn missing(what: &'static str) -> Advice {
    let fix = match what {
        "an active organization" => {
            "have the user choose one in the front end (`<OrganizationSwitcher />`, `setActive()`), or write `Option<OrgId>` for a handler that does without"
        }
        "a token of a user" => "write `Option<UserId>` for a handler that accepts tokens without a user",
        _ => "see what the handler takes and what its policy asks for",
    };
    Advice::new(
        "the caller is signed in, but a parameter of the handler needs more than the token has",
        fix,
    )
    .detail(format!("it needs {what}"))
}
