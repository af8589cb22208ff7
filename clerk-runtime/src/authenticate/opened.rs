//! The beginning of each look at a request: its `Authorization` header, which may decide already.

use std::sync::{Arc, OnceLock};

use http::request::Parts;

use super::anonymous::AnonymousRequest;
use super::authorization::{Authorization, AuthorizationHeaders};
use super::context::Context;
use super::driver::{check_configuration, try_run};
use super::error::AuthenticateError;
use super::instance::{AuthenticateOptions, Instance};
use super::state::RequestState;
use crate::telemetry;
use crate::verify::CachedSession;

/// A request of which the `Authorization` header was read and nothing else, to be judged without waiting if it can be.
pub(crate) struct Opened<'a> {
    instance: Instance<'a>,
    request: &'a Parts,
    options: AuthenticateOptions,
    /// Absent if the token was seen before, which says it in its place.
    authorization: Authorization<'a>,
    seen: Option<Arc<CachedSession>>,
    /// Where it stands what the request comes to, if that is foregone.
    conclusion: Option<&'a OnceLock<RequestState>>,
}

impl<'a> Opened<'a> {
    pub(crate) fn new(instance: Instance<'a>, request: &'a Parts, options: AuthenticateOptions) -> Self {
        let headers = AuthorizationHeaders::of(&request.headers);
        let seen = headers.seen_before(instance.verifier);
        let (authorization, anonymous) = match &seen {
            Some(_) => (Authorization::Absent, None),
            None => {
                let authorization = Authorization::of(headers);
                let is_satellite = instance.config.domains.satellite.is_some();
                let anonymous = AnonymousRequest::of(authorization, request, options, is_satellite);
                (authorization, anonymous)
            }
        };
        Self {
            instance,
            request,
            options,
            authorization,
            seen,
            conclusion: anonymous.map(|anonymous| instance.anonymous_outcomes.of(anonymous)),
        }
    }

    /// What it comes to, if another one like it has come to that. By reference: to pass a state on costs more than to find it.
    pub(crate) fn anonymous(&self) -> Option<&'a RequestState> {
        let state = self.conclusion?.get()?;
        telemetry::record_outcome(state);
        Some(state)
    }

    /// What it comes to; nothing if something has to be waited for, which hardly any request does.
    pub(crate) fn judge(&self) -> Option<Result<RequestState, AuthenticateError>> {
        if let Some(state) = self.anonymous() {
            return Some(Ok(state.clone()));
        }
        let Self {
            instance,
            request,
            options,
            ..
        } = *self;
        if let Err(error) = check_configuration(instance.config, request, options.accepts) {
            return Some(Err(error));
        }
        let authorization = match &self.seen {
            Some(seen) => Authorization::Bearer(seen.session().token()),
            None => self.authorization,
        };
        let source = instance.source(request);
        let context = Context::read(&source, authorization, self.seen.as_ref(), options);
        let state = try_run(instance, &context)?;
        telemetry::record_outcome(&state);
        if let Some(conclusion) = self.conclusion {
            conclusion.get_or_init(|| state.clone());
        }
        Some(Ok(state))
    }
}
