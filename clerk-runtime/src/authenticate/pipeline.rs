//! The only road from a request to its state.

use std::borrow::Cow;
use std::pin::Pin;

use http::header::ORIGIN;
use http::request::Parts;

use super::anonymous::AnonymousRequest;
use super::authenticator::Authenticator;
use super::credential::Credential;
use super::decide;
use super::explain::{Explanation, Outcome};
use super::options::AuthenticateOptions;
use super::report;
use super::state::{AuthenticateError, RequestState};
use super::steps::{self, Progress, Suspended, run};
use super::view::RequestView;
use crate::config::{Config, Origin};
use crate::token::{AcceptsToken, TokenType};

/// The outcome of a request, or how far it got without waiting.
pub(crate) enum Authentication<'a> {
    Ready(Result<Cow<'a, RequestState>, AuthenticateError>),
    /// Something has to be waited for: [`Authenticator::resume`] does so. Few requests get here.
    Pending(Suspended),
}

/// The outcome of a request that had to wait. It is on the heap because it is a part of the future of every handler, and
/// those are moved.
pub(crate) type Resumed<'a> =
    Pin<Box<dyn Future<Output = Result<RequestState, AuthenticateError>> + Send + 'a>>;

impl Authenticator {
    /// Authenticates a request as far as that goes without waiting.
    pub(crate) fn authenticate(&self, parts: &Parts, options: AuthenticateOptions) -> Authentication<'_> {
        let credential = Credential::read(&parts.headers, &self.verified_tokens, &self.verifier);
        let is_satellite = self.config.domains.satellite.is_some();
        let slot = AnonymousRequest::classify(&credential, parts, options, is_satellite)
            .map(|request| self.anonymous_outcomes.slot(request));
        if let Some(state) = slot.and_then(|slot| slot.get()) {
            return self.ready(parts, options, Cow::Borrowed(state));
        }
        if let Err(error) = check_configuration(&self.config, parts, options.accepts) {
            return Authentication::Ready(Err(error));
        }
        let view = RequestView::new(self, parts, options, credential);
        match run(&view, decide::start(&view), None) {
            Progress::Done(state) => {
                let state = match slot {
                    Some(slot) => Cow::Borrowed(slot.get_or_init(|| state)),
                    None => Cow::Owned(state),
                };
                self.ready(parts, options, state)
            }
            Progress::Suspended(suspended) => Authentication::Pending(suspended),
        }
    }

    /// Goes on with a request from where [`authenticate`](Self::authenticate) left it.
    pub(crate) fn resume<'a>(
        &'a self,
        parts: &'a Parts,
        options: AuthenticateOptions,
        suspended: Suspended,
    ) -> Resumed<'a> {
        Box::pin(async move {
            let mut view = RequestView::read(self, parts, options);
            view.has_waited = true;
            let state = steps::resume(&view, suspended).await?;
            report::record(self, parts, options, &state);
            Ok(state)
        })
    }
}

impl Authenticator {
    #[inline]
    fn ready<'a>(
        &'a self,
        parts: &Parts,
        options: AuthenticateOptions,
        state: Cow<'a, RequestState>,
    ) -> Authentication<'a> {
        report::record(self, parts, options, &state);
        Authentication::Ready(Ok(state))
    }

    /// Explains how a request is judged, with the keys as they are now. Nothing is fetched, kept or logged.
    pub(crate) fn explain(&self, parts: &Parts, accepts: AcceptsToken) -> Explanation {
        let snapshot = self.snapshot();
        let options = AuthenticateOptions::without_response(accepts);
        let view = RequestView::read(&snapshot, parts, options);
        if let Err(error) = check_configuration(&snapshot.config, parts, accepts) {
            return Explanation::new(&view, &Outcome::Error(&error));
        }
        match run(&view, decide::start(&view), None) {
            Progress::Done(state) => Explanation::new(&view, &Outcome::State(&state)),
            Progress::Suspended(suspended) => Explanation::new(&view, &Outcome::Waits(suspended.operation)),
        }
    }
}

/// Refuses to judge with a configuration that cannot tell who makes the request.
fn check_configuration(
    config: &Config,
    request: &Parts,
    accepts: AcceptsToken,
) -> Result<(), AuthenticateError> {
    let secrets = config.secrets;
    if accepts.single() == Some(TokenType::M2mToken) {
        return (secrets.secret_key || secrets.machine_secret_key)
            .then_some(())
            .ok_or(AuthenticateError::SecretKeyMissing);
    }
    if !secrets.secret_key {
        return Err(AuthenticateError::SecretKeyMissing);
    }
    if config.domains.satellite.is_none() {
        return Ok(());
    }
    let sign_in_origin = config.domains.sign_in_url.as_deref().and_then(Origin::parse);
    let origin = request
        .headers
        .get(ORIGIN)
        .and_then(|origin| Origin::parse(origin.to_str().ok()?));
    match (sign_in_origin, origin) {
        (Some(own), Some(origin)) if own == origin => Err(AuthenticateError::SignInUrlOrigin),
        _ => Ok(()),
    }
}
