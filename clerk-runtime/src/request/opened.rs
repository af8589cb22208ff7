//! The beginning of each look at a request: its `Authorization` header, which may decide already.

use std::sync::{Arc, OnceLock};

use http::request::Parts;

use super::authorization::{Authorization, AuthorizationHeaders};
use super::context::Context;
use super::driver::{check_configuration, without_waiting};
use super::error::AuthenticateError;
use super::foregone::Foregone;
use super::instance::{Instance, Terms};
use super::state::RequestState;
use crate::observe;
use crate::verify::SeenToken;

/// A request of which the `Authorization` header was read and nothing else, to be judged without waiting if it can be.
pub(crate) struct Opened<'a> {
    instance: Instance<'a>,
    request: &'a Parts,
    terms: Terms,
    /// Absent if the token was seen before, which says it in its place.
    authorization: Authorization<'a>,
    seen: Option<Arc<SeenToken>>,
    /// Where it stands what the request comes to, if that is foregone.
    conclusion: Option<&'a OnceLock<RequestState>>,
}

impl<'a> Opened<'a> {
    pub(crate) fn new(instance: Instance<'a>, request: &'a Parts, terms: Terms) -> Self {
        let headers = AuthorizationHeaders::of(&request.headers);
        let seen = headers.seen_before(instance.verifier);
        let (authorization, foregone) = match &seen {
            Some(_) => (Authorization::Absent, None),
            None => {
                let authorization = Authorization::of(headers);
                let is_satellite = instance.config.domains.satellite.is_some();
                let foregone = Foregone::of(authorization, request, terms, is_satellite);
                (authorization, foregone)
            }
        };
        Self {
            instance,
            request,
            terms,
            authorization,
            seen,
            conclusion: foregone.map(|foregone| instance.conclusions.of(foregone)),
        }
    }

    /// What it comes to, if another one like it has come to that. By reference: to pass a state on costs more than to find it.
    pub(crate) fn foregone(&self) -> Option<&'a RequestState> {
        let state = self.conclusion?.get()?;
        observe::judged(state);
        Some(state)
    }

    /// What it comes to; nothing if something has to be waited for, which hardly any request does.
    pub(crate) fn judge(&self) -> Option<Result<RequestState, AuthenticateError>> {
        if let Some(state) = self.foregone() {
            return Some(Ok(state.clone()));
        }
        let Self {
            instance,
            request,
            terms,
            ..
        } = *self;
        if let Err(error) = check_configuration(instance.config, request, terms.accepts) {
            return Some(Err(error));
        }
        let authorization = match &self.seen {
            Some(seen) => Authorization::Bearer(seen.session().token()),
            None => self.authorization,
        };
        let source = instance.source(request);
        let context = Context::read(&source, authorization, self.seen.as_ref(), terms);
        let state = without_waiting(instance, &context)?;
        observe::judged(&state);
        if let Some(conclusion) = self.conclusion {
            conclusion.get_or_init(|| state.clone());
        }
        Some(Ok(state))
    }
}
