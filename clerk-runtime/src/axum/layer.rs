use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};
use tower_layer::Layer;
use tower_service::Service;

use super::Rejection;
use super::authenticated::Authenticated;
use crate::Clerk;
use crate::token::AcceptsToken;

/// Authenticates every request and does what needs the response: the middleware of an application with pages.
///
/// A browser whose session has to be looked up, or renewed, is sent to the handshake and comes back signed in; cookies that
/// Clerk hands over are set; Clerk's debug headers are added. Guards and extractors further in take the result. An API alone
/// does without this layer: its guards verify tokens by themselves and never redirect.
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
pub struct ClerkLayer {
    clerk: Clerk,
    accepts: AcceptsToken,
}

impl ClerkLayer {
    /// A layer for session tokens. Handlers that accept others look for themselves.
    pub fn new(clerk: Clerk) -> Self {
        Self {
            clerk,
            accepts: AcceptsToken::SESSION,
        }
    }

    /// Looks at other types of token as well. Each opaque one that is presented is then one call of the Backend API.
    #[must_use]
    pub fn accepts_token(mut self, accepts: impl Into<AcceptsToken>) -> Self {
        self.accepts = accepts.into();
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
    type Future = ClerkFuture<S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> ClerkFuture<S::Error> {
        // The clone may not be ready; the service that was polled is.
        let clone = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, clone);
        let ClerkLayer { clerk, accepts } = self.layer.clone();
        ClerkFuture(Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let headers = match Authenticated::first(&mut parts, &clerk, accepts, answer).await {
                Some(Answer::Response(response)) => return Ok(response),
                Some(Answer::PassOn(headers)) => headers,
                // An outer layer answers for this request.
                None => HeaderMap::new(),
            };
            let response = inner
                .call(Request::from_parts(parts, body))
                .await?
                .into_response();
            Ok(with_headers(response, headers))
        }))
    }
}

/// The future of [`ClerkService`].
pub struct ClerkFuture<E>(Pin<Box<dyn Future<Output = Result<Response, E>> + Send>>);

impl<E> Future for ClerkFuture<E> {
    type Output = Result<Response, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<E> fmt::Debug for ClerkFuture<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClerkFuture").finish_non_exhaustive()
    }
}

enum Answer {
    Response(Response),
    PassOn(HeaderMap),
}

fn answer(authenticated: &Authenticated) -> Answer {
    let unjudged = authenticated.auth().err();
    let state = match (&authenticated.outcome, unjudged) {
        // While Clerk is unavailable, pages that are open to all stay so; only a redirect would lead nowhere.
        (Ok(state), Some(Rejection::Unavailable { .. })) if !state.headers().contains_key(LOCATION) => state,
        (Ok(state), None) => state,
        (Ok(_), Some(rejection)) => return Answer::Response(rejection.into_response()),
        (Err(_), rejection) => {
            return Answer::Response(rejection.unwrap_or(Rejection::Misconfigured).into_response());
        }
    };
    let headers = state.headers().clone();
    if headers.contains_key(LOCATION) {
        return Answer::Response((StatusCode::TEMPORARY_REDIRECT, headers).into_response());
    }
    Answer::PassOn(headers)
}

/// Adds to what the application answered.
fn with_headers(mut response: Response, headers: HeaderMap) -> Response {
    let sets_cookies = headers.contains_key(SET_COOKIE);
    let mut name = None;
    for (next, value) in headers {
        name = next.or(name);
        if let Some(name) = &name {
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
