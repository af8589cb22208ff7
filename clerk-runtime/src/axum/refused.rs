//! Tells the log why a guard or an extractor refuses a request and, in development, the client.

use http::request::Parts;

use super::Rejection;
use super::rejection_detail::DebugHeaders;
use crate::Clerk;
use crate::auth::Auth;
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
        (Rejection::Unavailable { .. }, Some(state)) => {
            tell_signed_out(&mut rejection, parts, clerk, accepts, state);
            return rejection;
        }
        _ => return rejection,
    };
    tell_signed_in(&mut rejection, clerk, explanation);
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
    let record = |refusal| {
        clerk
            .authenticator()
            .record_signed_in_refusal(parts, accepts, auth.token_type(), refusal)
    };
    let for_log;
    let refusal = match (auth, &mut rejection) {
        // The session is in order, so authentication has told nothing.
        (Auth::SignedOut(signed_out), _) if signed_out.session_status().is_some() => SignedInRefusal::Pending,
        // Authentication has told the log.
        (Auth::SignedOut(signed_out), _) => {
            if clerk.authenticator().has_debug_headers_of_its_own() {
                let state = RequestState::from_signed_out(signed_out);
                tell_signed_out(&mut rejection, parts, clerk, accepts, &state);
            }
            return rejection;
        }
        (_, Rejection::Denied { denial, .. }) => SignedInRefusal::Denied(denial),
        (_, Rejection::NotAuthorized { missing, detail, .. }) => {
            for_log = detail.take_for_log();
            match &for_log {
                Some(mismatch) => SignedInRefusal::Claims(mismatch),
                None => SignedInRefusal::Missing(missing),
            }
        }
        _ => SignedInRefusal::Missing("a token of a type that the handler accepts"),
    };
    let explanation = record(refusal);
    tell_signed_in(&mut rejection, clerk, explanation);
    rejection
}

/// Adds headers about a credential that was refused.
fn tell_signed_out(
    rejection: &mut Rejection,
    parts: &Parts,
    clerk: &Clerk,
    accepts: AcceptsToken,
    state: &RequestState,
) {
    let authenticator = clerk.authenticator();
    if authenticator.has_debug_headers_of_its_own()
        && let (Some(detail), Some(reason)) = (rejection.detail_mut(), state.reason())
        && let Some(message) = authenticator.summary_of(parts, accepts, state)
    {
        detail.set_headers(DebugHeaders {
            status: "signed-out",
            reason: reason.as_str(),
            message,
        });
    }
}

/// Adds headers about a credential that is in order.
fn tell_signed_in(rejection: &mut Rejection, clerk: &Clerk, explanation: Option<Explanation>) {
    if clerk.authenticator().has_debug_headers_of_its_own()
        && let (Some(detail), Some(explanation)) = (rejection.detail_mut(), explanation)
        && let Some(message) = explanation.summary()
    {
        detail.set_headers(DebugHeaders {
            status: "signed-in",
            reason: explanation.reason().unwrap_or_default().to_owned().into(),
            message,
        });
    }
}
