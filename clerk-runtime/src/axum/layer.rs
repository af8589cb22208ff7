use std::borrow::Cow;
use std::fmt;
use std::future::{Future, Ready, ready};
use std::mem;
use std::pin::Pin;
use std::task::{self, Context, Poll};

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use super::Rejection;
use super::admission::{check, log};
use super::memo::{Outcome, RequestMemo};
use super::refused;
use crate::Clerk;
use crate::authenticate::{AuthenticateOptions, Authentication, RequestState, Suspended};
use crate::protocol;
use crate::token::AcceptsToken;

/// Authenticates every request and does what needs the response: the middleware of an application with pages.
///
/// A browser whose session has to be looked up, or renewed, is sent to the handshake and comes back signed in; cookies that
/// Clerk hands over are set. For development instances, or if
/// [`debug_headers`](crate::ClerkBuilder::debug_headers) says so, Clerk's debug headers are added. Guards and extractors
/// further in take the result. An API alone does without this layer: its guards verify tokens by themselves and never
/// redirect.
///
/// ```no_run
/// use axum::{Router, routing::get};
/// use clerk_runtime::{Auth, Clerk, ClerkLayer, UserId, protected};
///
/// async fn home(auth: Auth) -> String {
///     format!("{:?}", auth.user_id())
/// }
///
/// #[protected(redirect_to_sign_in)]
/// async fn account(user_id: UserId) -> String {
///     user_id.into()
/// }
///
/// fn app(clerk: Clerk) -> Router {
///     Router::new()
///         .route("/", get(home))
///         .route("/account", get(account))
///         .layer(ClerkLayer::new(clerk.clone()))
///         .with_state(clerk)
/// }
/// ```
///
/// | what comes of a request | response |
/// | --- | --- |
/// | the browser has to go somewhere first | 307 with `Location`, `no-store`, an empty body |
/// | a foreign site made it with the cookie, and it is not safe | 403 |
/// | the configuration is at fault | 500 |
/// | anything else, signed in or not | the application's, with the cookies that Clerk handed over and then `no-store` |
#[derive(Debug, Clone)]
#[must_use = "a layer does nothing until it is given to a router, as in `.layer(ClerkLayer::new(clerk))`"]
pub struct ClerkLayer {
    clerk: Clerk,
    options: AuthenticateOptions,
}

impl ClerkLayer {
    /// A layer for session tokens. Handlers that accept others look for themselves.
    pub fn new(clerk: Clerk) -> Self {
        Self {
            clerk,
            options: AuthenticateOptions::with_response(AcceptsToken::SESSION),
        }
    }

    /// Looks at other types of token as well. Each opaque one that is presented is then one call of the Backend API.
    pub fn accepts_token(mut self, accepts: impl Into<AcceptsToken>) -> Self {
        self.options = AuthenticateOptions::with_response(accepts.into());
        self
    }
}

impl<S> Layer<S> for ClerkLayer {
    type Service = ClerkService<S>;

    fn layer(&self, inner: S) -> ClerkService<S> {
        ClerkService {
            inner,
            layer: self.clone(),
        }
    }
}

/// What [`ClerkLayer`] makes of a service.
#[derive(Debug, Clone)]
pub struct ClerkService<S> {
    inner: S,
    layer: ClerkLayer,
}

impl<S> Service<Request> for ClerkService<S>
where
    S: Service<Request> + Clone + Send + 'static,
    S::Response: IntoResponse,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = ClerkFuture<S::Future, S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (mut parts, body) = request.into_parts();
        let ClerkLayer { clerk, options } = &self.layer;
        if RequestMemo::hit(&mut parts.extensions, &parts.headers, clerk, *options) {
            // An outer layer answers for this request.
            return self.pass_on(Request::from_parts(parts, body), None);
        }
        match clerk.authenticator().authenticate(&parts, *options) {
            Authentication::Pending(suspended) => {
                self.call_later(Request::from_parts(parts, body), suspended)
            }
            Authentication::Ready(outcome) => {
                match answer(&mut parts, clerk, *options, outcome.map(Cow::into_owned)) {
                    Answer::Response(response) => ClerkFuture {
                        state: State::Answered {
                            response: ready(response),
                        },
                    },
                    Answer::PassOn(headers) => self.pass_on(Request::from_parts(parts, body), headers),
                }
            }
        }
    }
}

impl<S> ClerkService<S>
where
    S: Service<Request> + Clone + Send + 'static,
    S::Response: IntoResponse,
    S::Future: Send + 'static,
{
    fn pass_on(
        &mut self,
        request: Request,
        headers: Option<Box<HeaderMap>>,
    ) -> ClerkFuture<S::Future, S::Error> {
        ClerkFuture {
            state: State::PassedOn {
                response: self.inner.call(request),
                headers,
            },
        }
    }

    /// Few requests have to wait, so that only those cost another service and a future on the heap.
    fn call_later(&mut self, request: Request, suspended: Suspended) -> ClerkFuture<S::Future, S::Error> {
        // The clone may not be ready; the service that was polled is.
        let clone = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, clone);
        let ClerkLayer { clerk, options } = self.layer.clone();
        let later = async move {
            let (mut parts, body) = request.into_parts();
            let outcome = clerk.authenticator().resume(&parts, options, suspended).await;
            let headers = match answer(&mut parts, &clerk, options, outcome) {
                Answer::Response(response) => return Ok(response),
                Answer::PassOn(headers) => headers,
            };
            let response = inner.call(Request::from_parts(parts, body)).await?;
            Ok(with_headers(response.into_response(), headers))
        };
        ClerkFuture {
            state: State::Later {
                response: Box::pin(later),
            },
        }
    }
}

pin_project! {
    /// The future of [`ClerkService`]: `F` is the future of the service inside, `E` its error.
    pub struct ClerkFuture<F, E> {
        #[pin]
        state: State<F, E>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<F, E> {
        Answered {
            response: Ready<Response>,
        },
        PassedOn {
            #[pin]
            response: F,
            headers: Option<Box<HeaderMap>>,
        },
        Later {
            response: Pin<Box<dyn Future<Output = Result<Response, E>> + Send>>,
        },
    }
}

impl<F, R, E> Future for ClerkFuture<F, E>
where
    F: Future<Output = Result<R, E>>,
    R: IntoResponse,
{
    type Output = Result<Response, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::Answered { response } => Pin::new(response).poll(context).map(Ok),
            StateProjection::PassedOn { response, headers } => {
                let response = task::ready!(response.poll(context))?;
                Poll::Ready(Ok(with_headers(response.into_response(), headers.take())))
            }
            StateProjection::Later { response } => response.as_mut().poll(context),
        }
    }
}

impl<F, E> fmt::Debug for ClerkFuture<F, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClerkFuture").finish_non_exhaustive()
    }
}

enum Answer {
    Response(Response),
    /// With headers for the response.
    PassOn(Option<Box<HeaderMap>>),
}

/// Decides what becomes of the request, and keeps the outcome for guards and extractors further in.
fn answer(parts: &mut Parts, clerk: &Clerk, options: AuthenticateOptions, outcome: Outcome) -> Answer {
    log(clerk, outcome.as_ref().err());
    let checked = check(outcome.as_ref(), (&*parts).into(), Some(clerk));
    let answer = match (&outcome, checked) {
        (_, Ok(state)) => forward(state, clerk),
        // While Clerk is unavailable, pages that are open to all stay so; only a redirect would lead nowhere.
        (Ok(state), Err(Rejection::Unavailable { .. })) if !state.headers().contains_key(LOCATION) => {
            forward(state, clerk)
        }
        (outcome, Err(rejection)) => {
            let state = outcome.as_ref().ok();
            let rejection = refused::by_admission(parts, clerk, options.accepts, state, rejection);
            Answer::Response(rejection.into_response())
        }
    };
    RequestMemo::insert(parts, clerk, options, outcome);
    answer
}

fn forward(state: &RequestState, clerk: &Clerk) -> Answer {
    let has_debug_headers = clerk.config().debug_headers;
    // Most responses of a production instance get no header, and need no copy.
    let is_left_out = |name: &HeaderName| !has_debug_headers && protocol::DEBUG_HEADERS.contains(&name);
    if state.headers().keys().all(is_left_out) {
        return Answer::PassOn(None);
    }
    let mut headers = state.headers().clone();
    if !has_debug_headers {
        for name in protocol::DEBUG_HEADERS {
            headers.remove(name);
        }
    }
    if headers.contains_key(LOCATION) {
        return Answer::Response((StatusCode::TEMPORARY_REDIRECT, headers).into_response());
    }
    Answer::PassOn(Some(Box::new(headers)))
}

/// Adds to what the application answered.
fn with_headers(mut response: Response, headers: Option<Box<HeaderMap>>) -> Response {
    let Some(headers) = headers else {
        return response;
    };
    let sets_cookies = headers.contains_key(SET_COOKIE);
    let mut name = None;
    for (next, value) in *headers {
        name = next.or(name);
        // A guard further in knows better than the layer why it refused.
        let is_told = |name: &HeaderName| {
            protocol::DEBUG_HEADERS.contains(&name) && response.headers().contains_key(name)
        };
        if let Some(name) = name.as_ref().filter(|name| !is_told(name)) {
            response.headers_mut().append(name.clone(), value);
        }
    }
    if sets_cookies {
        // Whoever stored them would sign others in.
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
