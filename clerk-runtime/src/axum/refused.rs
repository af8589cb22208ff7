//! Tells the log why a guard or an extractor refuses a request and, in development, the client.

use http::request::Parts;

use super::Rejection;
use super::rejection_detail::DebugHeaders;
use crate::Clerk;
use crate::auth::{Auth, SignedOut};
use crate::authenticate::{Explanation, RequestState, SignedInRefusal};
use crate::token::AcceptsToken;

/// Refuses a request that did not pass admission: Clerk is unavailable, or another site made it.
pub(super) fn by_admission(
    parts: &Parts,
    clerk: &Clerk,
    accepts: AcceptsToken,
    state: Option<&RequestState>,
    mut rejection: Rejection,
) -> Rejection {
    let explanation = match (&rejection, state) {
        (Rejection::NotAuthorized { .. }, Some(state)) => clerk.authenticator().record_signed_in_refusal(
            parts,
            accepts,
            state.token_type(),
            SignedInRefusal::CrossSite,
        ),
        (Rejection::Unavailable { .. }, Some(state)) => match state.to_auth() {
            Auth::SignedOut(signed_out) => explain_signed_out(parts, clerk, accepts, &signed_out),
            Auth::Session(_) | Auth::Machine(_) => None,
        },
        _ => None,
    };
    add_headers(&mut rejection, clerk, explanation);
    rejection
}

/// Refuses a request whose auth object does not satisfy a handler.
pub(super) fn by_policy(
    parts: &Parts,
    clerk: &Clerk,
    accepts: AcceptsToken,
    auth: &Auth,
    mut rejection: Rejection,
) -> Rejection {
    let for_log = rejection.detail_mut().and_then(|detail| detail.take_for_log());
    let record = |refusal| {
        clerk
            .authenticator()
            .record_signed_in_refusal(parts, accepts, auth.token_type(), refusal)
    };
    let explanation = match (auth, &rejection) {
        // The session is in order, so authentication has told nothing.
        (Auth::SignedOut(signed_out), _) if signed_out.session_status().is_some() => {
            record(SignedInRefusal::Pending)
        }
        // Authentication has told the log.
        (Auth::SignedOut(signed_out), _) => explain_signed_out(parts, clerk, accepts, signed_out),
        (_, Rejection::Denied { denial, .. }) => record(SignedInRefusal::Denied(denial)),
        (_, Rejection::NotAuthorized { missing, .. }) => record(match &for_log {
            Some(mismatch) => SignedInRefusal::Claims(mismatch),
            None => SignedInRefusal::Missing(missing),
        }),
        _ => record(SignedInRefusal::Missing("a token of a type that the handler accepts")),
    };
    add_headers(&mut rejection, clerk, explanation);
    rejection
}

fn explain_signed_out(
    parts: &Parts,
    clerk: &Clerk,
    accepts: AcceptsToken,
    signed_out: &SignedOut,
) -> Option<Explanation> {
    let authenticator = clerk.authenticator();
    authenticator
        .has_debug_headers_of_its_own()
        .then(|| authenticator.explain_signed_out(parts, accepts, signed_out))
}

fn add_headers(rejection: &mut Rejection, clerk: &Clerk, explanation: Option<Explanation>) {
    if !clerk.authenticator().has_debug_headers_of_its_own() {
        return;
    }
    if let (Some(detail), Some(explanation)) = (rejection.detail_mut(), explanation)
        && let Some(message) = explanation.summary()
    {
        detail.set_headers(DebugHeaders {
            status: match explanation.is_signed_in() {
                true => "signed-in",
                false => "signed-out",
            },
            reason: explanation.reason().unwrap_or_default().to_owned(),
            message,
        });
    }
}
