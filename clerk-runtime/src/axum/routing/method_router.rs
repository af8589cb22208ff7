use std::convert::Infallible;
use std::fmt;

use axum::extract::Request;
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter, Route};
use tower_layer::Layer;
use tower_service::Service;

use super::GuardedHandler;
use super::handler::Seal;
use super::table::{MethodCoverage, RegisteredRoute};
use crate::axum::Access;

/// The handlers of one path by method, each of which says who may call it. Made by [`get`](super::get) and its
/// neighbours; more methods are added by chaining.
///
/// ```
/// use clerk_runtime::routing::get;
/// use clerk_runtime::{Clerk, GuardedRouter, Public, protected};
///
/// #[protected(permission = "org:posts:create")]
/// async fn write() {}
///
/// let app: GuardedRouter<Clerk> =
///     GuardedRouter::new().route("/posts", get(|_: Public| async { "all posts" }).post(write));
/// ```
///
/// # Panics
/// Where [`MethodRouter`] does: when two handlers answer the same method, when two method routers with a fallback are
/// merged, and when [`route_layer`](Self::route_layer) comes before any handler.
#[must_use]
pub struct GuardedMethodRouter<S = ()> {
    router: MethodRouter<S>,
    endpoints: Vec<(MethodCoverage, Access)>,
}

/// What [`GuardedRouter::route`](super::GuardedRouter::route) takes: a [`GuardedMethodRouter`]. This is a trait so that
/// the compiler can say what to write in place of axum's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say who may call its handlers",
    label = "make this with `clerk_runtime::routing::{{get, post, …}}` in place of axum's",
    note = "what is left unchecked on purpose is mounted by `merge_unchecked` or `nest_unchecked`"
)]
pub trait GuardedMethods<S> {
    /// The method router that this is.
    #[doc(hidden)]
    fn into_guarded(self, _: Seal) -> GuardedMethodRouter<S>;
}

impl<S> GuardedMethods<S> for GuardedMethodRouter<S> {
    fn into_guarded(self, _: Seal) -> GuardedMethodRouter<S> {
        self
    }
}

impl<S> GuardedMethodRouter<S>
where
    S: Clone + Send + Sync + 'static,
{
    /// Answers no method yet.
    pub fn new() -> Self {
        Self {
            router: MethodRouter::new(),
            endpoints: Vec::new(),
        }
    }

    /// Also routes `GET` requests and, unless another handler does, `HEAD` requests.
    #[track_caller]
    pub fn get<H, T>(self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.on(MethodFilter::GET, handler)
    }

    /// Also routes `POST` requests.
    #[track_caller]
    pub fn post<H, T>(self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.on(MethodFilter::POST, handler)
    }

    /// Also routes `PUT` requests.
    #[track_caller]
    pub fn put<H, T>(self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.on(MethodFilter::PUT, handler)
    }

    /// Also routes `PATCH` requests.
    #[track_caller]
    pub fn patch<H, T>(self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.on(MethodFilter::PATCH, handler)
    }

    /// Also routes `DELETE` requests.
    #[track_caller]
    pub fn delete<H, T>(self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.on(MethodFilter::DELETE, handler)
    }

    /// Also routes `HEAD` requests.
    #[track_caller]
    pub fn head<H, T>(self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.on(MethodFilter::HEAD, handler)
    }

    /// Also routes `OPTIONS` requests.
    #[track_caller]
    pub fn options<H, T>(self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.on(MethodFilter::OPTIONS, handler)
    }

    /// Also routes `TRACE` requests.
    #[track_caller]
    pub fn trace<H, T>(self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.on(MethodFilter::TRACE, handler)
    }

    /// Also routes `CONNECT` requests.
    #[track_caller]
    pub fn connect<H, T>(self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.on(MethodFilter::CONNECT, handler)
    }

    /// Also routes requests with any of some methods.
    #[track_caller]
    pub fn on<H, T>(mut self, filter: MethodFilter, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.endpoints.push((MethodCoverage::Named(filter), H::ACCESS));
        self.router = self.router.on(filter, handler);
        self
    }

    /// Routes requests with all other methods, in place of 405. It takes the place of an earlier one.
    pub fn fallback<H, T>(mut self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.endpoints
            .retain(|(coverage, _)| *coverage != MethodCoverage::Rest);
        self.endpoints.push((MethodCoverage::Rest, H::ACCESS));
        self.router = self.router.fallback(handler);
        self
    }

    /// Adds the methods of another.
    #[track_caller]
    pub fn merge(mut self, other: Self) -> Self {
        self.endpoints.extend(other.endpoints);
        self.router = self.router.merge(other.router);
        self
    }

    /// Adds a layer around the handlers so far. Guards run inside it.
    pub fn layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        self.router = self.router.layer(layer);
        self
    }

    /// Adds a layer that does not run for methods without a handler.
    #[track_caller]
    pub fn route_layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request, Error = Infallible> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        self.router = self.router.route_layer(layer);
        self
    }

    pub(super) fn for_any<H, T>(handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        Self {
            router: axum::routing::any(handler),
            endpoints: vec![(MethodCoverage::Rest, H::ACCESS)],
        }
    }

    pub(super) fn mounted_at(self, path: &str) -> (MethodRouter<S>, impl Iterator<Item = RegisteredRoute>) {
        let routes = self
            .endpoints
            .into_iter()
            .map(|(coverage, access)| RegisteredRoute {
                path: path.to_owned(),
                coverage,
                access,
            });
        (self.router, routes)
    }
}

impl<S> Default for GuardedMethodRouter<S>
where
    S: Clone + Send + Sync + 'static,
{
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Clone for GuardedMethodRouter<S> {
    fn clone(&self) -> Self {
        Self {
            router: self.router.clone(),
            endpoints: self.endpoints.clone(),
        }
    }
}

impl<S> fmt::Debug for GuardedMethodRouter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardedMethodRouter")
            .field("endpoints", &self.endpoints)
            .finish_non_exhaustive()
    }
}
