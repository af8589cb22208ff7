mod traits;

use std::collections::BTreeSet;
use std::convert::Infallible;

use axum::Router;
use axum::extract::{FromRequestParts, Request};
use axum::response::IntoResponse;
use axum::routing::{Route, any};
use tower_layer::Layer;
use tower_service::Service;

use super::handler::GuardedService;
use super::handler::Seal;
use super::table::{MethodCoverage, RegisteredRoute};
use super::{AccessTable, GuardedHandler, GuardedMethodRouter, GuardedMethods};
use crate::axum::{Access, HasClerk, StatesAccess};

/// A router that takes only handlers which say who may call them, and can print who may call what.
///
/// ```
/// use clerk_runtime::routing::get;
/// use clerk_runtime::{Clerk, GuardedRouter, Public, protected};
///
/// #[protected]
/// async fn dashboard() -> &'static str {
///     "hello"
/// }
///
/// fn app(clerk: Clerk) -> GuardedRouter {
///     let app = GuardedRouter::new()
///         .route("/", get(|_: Public| async { "welcome" }))
///         .route("/dashboard", get(dashboard))
///         .with_state(clerk);
///     println!("{}", app.access_table());
///     app
/// }
/// ```
///
/// A handler without `#[protected]` or `#[public]` does not compile:
///
/// ```compile_fail
/// use clerk_runtime::routing::get;
/// use clerk_runtime::{Clerk, GuardedRouter};
///
/// async fn forgotten() {}
///
/// let app: GuardedRouter<Clerk> = GuardedRouter::new().route("/", get(forgotten));
/// ```
///
/// # Panics
/// The methods panic where those of [`axum::Router`](::axum::Router) do, while an application starts: on two handlers for
/// one method of a path, on paths that overlap or are malformed, on nesting at the root, on merging two routers that both
/// have a fallback, and on a [`route_layer`](Self::route_layer) before any route.
#[must_use]
pub struct GuardedRouter<S = ()> {
    router: Router<S>,
    routes: Vec<RegisteredRoute>,
}

/// What [`GuardedRouter::merge`] and [`GuardedRouter::nest`] take: a [`GuardedRouter`]. This is a trait so that the
/// compiler can say what to write for axum's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say who may call its handlers",
    label = "make this with `GuardedRouter::new()`, or let it in by `merge_unchecked` or `nest_unchecked`",
    note = "an unchecked router appears in the access table as `not checked`"
)]
pub trait GuardedRoutes<S> {
    /// The router that this is.
    #[doc(hidden)]
    fn into_guarded(self, _: Seal) -> GuardedRouter<S>;
}

impl<S, T> GuardedRoutes<S> for GuardedRouter<T>
where
    S: SameState<T>,
{
    fn into_guarded(self, _: Seal) -> GuardedRouter<S> {
        S::routes(self, Seal)
    }
}

/// The state of a router that takes another one with the state `T`: the same. This is a trait so that the compiler can say
/// which two differ. It has the outer state for `Self`, from which the compiler infers the inner one.
#[diagnostic::on_unimplemented(
    message = "a router with the state `{T}` does not fit into one with the state `{Self}`",
    label = "the states differ",
    note = "give both the same state, and call `with_state` once, at the end, on the router that takes the others",
    note = "a handler takes a part of the state by `State<T>` with `T: FromRef<{Self}>`"
)]
pub trait SameState<T> {
    /// The router as one with this state.
    #[doc(hidden)]
    fn routes(router: GuardedRouter<T>, _: Seal) -> GuardedRouter<Self>
    where
        Self: Sized;
}

impl<S> SameState<S> for S {
    fn routes(router: GuardedRouter<S>, _: Seal) -> GuardedRouter<S> {
        router
    }
}

impl<S> GuardedRouter<S>
where
    S: Clone + Send + Sync + 'static,
{
    /// Without routes it answers 404. The state that it will be given must hold a [`Clerk`](crate::Clerk).
    pub fn new() -> Self
    where
        S: HasClerk,
    {
        Self::without_clerk()
    }

    /// For handlers that are all public, with a state that holds no [`Clerk`](crate::Clerk). A protected handler does not
    /// compile on it either.
    ///
    /// ```
    /// use clerk_runtime::routing::get;
    /// use clerk_runtime::{GuardedRouter, Public};
    ///
    /// let health: GuardedRouter<()> =
    ///     GuardedRouter::without_clerk().route("/health", get(|_: Public| async { "ok" }));
    /// ```
    pub fn without_clerk() -> Self {
        Self {
            router: Router::new(),
            routes: Vec::new(),
        }
    }

    /// Adds the handlers of a path.
    #[track_caller]
    pub fn route<R>(mut self, path: &str, method_router: R) -> Self
    where
        R: GuardedMethods<S>,
    {
        let (method_router, routes) = method_router.into_guarded(Seal).mounted_at(path);
        self.routes.extend(routes);
        self.router = self.router.route(path, method_router);
        self
    }

    /// Adds a service for every method of a path, called for the requests that `G` lets through:
    /// [`Public`](crate::Public), or [`Guard`](crate::Guard) with a policy.
    ///
    /// ```
    /// use axum::handler::HandlerWithoutStateExt;
    /// use clerk_runtime::{Auth, Clerk, Guard, GuardedRouter, Policy, Rejection, Requirement};
    ///
    /// struct Admins;
    ///
    /// impl Policy for Admins {
    ///     const REQUIREMENT: Option<Requirement<'static>> = Some(Requirement::role("org:admin"));
    ///
    ///     fn inject(_: &Auth) -> Result<Self, Rejection> {
    ///         Ok(Self)
    ///     }
    /// }
    ///
    /// let metrics = (|| async { "requests 1" }).into_service();
    /// let app: GuardedRouter<Clerk> =
    ///     GuardedRouter::new().route_service::<Guard<Admins>, _>("/metrics", metrics);
    /// ```
    #[track_caller]
    pub fn route_service<G, V>(self, path: &str, service: V) -> Self
    where
        G: StatesAccess + FromRequestParts<S> + Send + 'static,
        V: Service<Request, Error = Infallible> + Clone + Send + Sync + 'static,
        V::Response: IntoResponse,
        V::Future: Send + 'static,
    {
        self.route(
            path,
            GuardedMethodRouter::for_any(GuardedService::<G, V>::new(service)),
        )
    }

    /// Adds the routes of another router below a path, which the handlers see without it.
    #[track_caller]
    pub fn nest<R>(mut self, path: &str, router: R) -> Self
    where
        R: GuardedRoutes<S>,
    {
        let GuardedRouter { router, mut routes } = router.into_guarded(Seal);
        // axum passes over the fallbacks inside a router that has none of its own.
        if !routes.iter().any(may_be_fallback) {
            routes.retain(|route| route.coverage != MethodCoverage::Unmatched);
        }
        self.routes
            .extend(routes.into_iter().map(|route| route.nested_at(path)));
        self.router = self.router.nest(path, router);
        self
    }

    /// Adds a service for a path and everything below it, called for the requests that `G` lets through, without the path.
    /// `G` is [`Public`](crate::Public), or [`Guard`](crate::Guard) with a policy.
    #[track_caller]
    pub fn nest_service<G, V>(mut self, path: &str, service: V) -> Self
    where
        G: StatesAccess + FromRequestParts<S> + Send + 'static,
        V: Service<Request, Error = Infallible> + Clone + Send + Sync + 'static,
        V::Response: IntoResponse,
        V::Future: Send + 'static,
    {
        let service = GuardedService::<G, V>::new(service);
        let below = Router::new()
            .route("/", any(service.clone()))
            .route(NEST_TAIL, any(service.clone()));
        self.router = self.router.nest(path, below);
        if !path.ends_with('/') {
            self.router = self
                .router
                .nest(&format!("{path}/"), Router::new().route("/", any(service)));
        }
        self.routes
            .push(RegisteredRoute::below_root(MethodCoverage::Rest, G::ACCESS).nested_at(path));
        self
    }

    /// Adds the routes of another router.
    #[track_caller]
    pub fn merge<R>(mut self, router: R) -> Self
    where
        R: GuardedRoutes<S>,
    {
        let GuardedRouter { router, routes } = router.into_guarded(Seal);
        self.routes.extend(routes);
        self.router = self.router.merge(router);
        self
    }

    /// Answers what no route matches, in place of 404. It takes the place of an earlier one.
    #[track_caller]
    pub fn fallback<H, T>(mut self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        self.routes
            .retain(|route| !(route.is_below_root() && route.coverage == MethodCoverage::Unmatched));
        self.routes
            .push(RegisteredRoute::below_root(MethodCoverage::Unmatched, H::ACCESS));
        self.router = self.router.fallback(handler);
        self
    }

    /// As [`fallback`](Self::fallback), with a service that is called for the requests that `G` lets through.
    #[track_caller]
    pub fn fallback_service<G, V>(self, service: V) -> Self
    where
        G: StatesAccess + FromRequestParts<S> + Send + 'static,
        V: Service<Request, Error = Infallible> + Clone + Send + Sync + 'static,
        V::Response: IntoResponse,
        V::Future: Send + 'static,
    {
        self.fallback(GuardedService::<G, V>::new(service))
    }

    /// Answers methods that a path has no handler for, in place of 405, on the routes so far.
    #[track_caller]
    pub fn method_not_allowed_fallback<H, T>(mut self, handler: H) -> Self
    where
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        let rests: BTreeSet<_> = self.paths(|coverage| coverage == MethodCoverage::Rest).collect();
        let paths: BTreeSet<_> = self
            .paths(|coverage| matches!(coverage, MethodCoverage::Named(_)))
            .filter(|path| !rests.contains(path))
            .map(str::to_owned)
            .collect();
        self.routes.extend(paths.into_iter().map(|path| RegisteredRoute {
            path,
            coverage: MethodCoverage::Rest,
            access: H::ACCESS,
        }));
        self.router = self.router.method_not_allowed_fallback(handler);
        self
    }

    /// Adds a layer around everything so far. It runs before the guards, which judge the request that it passes on; a
    /// response of its own has passed no guard.
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

    /// Adds a layer around the routes so far, which does not run for what none of them matches.
    #[track_caller]
    pub fn route_layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        self.router = self.router.route_layer(layer);
        self
    }

    /// Provides the state. What is added afterwards is served with another.
    pub fn with_state<S2>(self, state: S) -> GuardedRouter<S2> {
        GuardedRouter {
            router: self.router.with_state(state),
            routes: self.routes,
        }
    }

    /// Adds the routes of one of axum's routers as they are.
    ///
    /// This skips the check that every handler says who may call it: whatever the router answers, it answers to anyone
    /// unless it looks for itself. The access table cannot see inside: it says `not checked` once, and cannot tell where the
    /// router answers a method of a path that another row is about.
    ///
    /// ```
    /// use clerk_runtime::{Clerk, GuardedRouter};
    ///
    /// let app: GuardedRouter<Clerk> = GuardedRouter::new().merge_unchecked(axum::Router::new());
    ///
    /// assert_eq!(app.access_table().to_string(), "any  /*  not checked");
    /// ```
    #[track_caller]
    pub fn merge_unchecked(mut self, router: Router<S>) -> Self {
        self.routes.push(RegisteredRoute::below_root(
            MethodCoverage::Unchecked,
            Access::Unchecked,
        ));
        self.router = self.router.merge(router);
        self
    }

    /// Adds the routes of one of axum's routers below a path, as they are. This skips what
    /// [`merge_unchecked`](Self::merge_unchecked) skips.
    #[track_caller]
    pub fn nest_unchecked(mut self, path: &str, router: Router<S>) -> Self {
        self.routes
            .push(RegisteredRoute::below_root(MethodCoverage::Unchecked, Access::Unchecked).nested_at(path));
        self.router = self.router.nest(path, router);
        self
    }

    /// One of axum's routers with the same routes. The handlers keep their guards; what is added to it afterwards is
    /// neither checked nor in a table.
    pub fn into_axum(self) -> Router<S> {
        self.router
    }
}

impl<S> GuardedRouter<S> {
    pub(super) fn as_axum(&mut self) -> &mut Router<S> {
        &mut self.router
    }

    /// Who may call what.
    #[must_use]
    pub fn access_table(&self) -> AccessTable {
        AccessTable::new(&self.routes)
    }

    fn paths(&self, covered: impl Fn(MethodCoverage) -> bool) -> impl Iterator<Item = &str> {
        self.routes
            .iter()
            .filter(move |route| covered(route.coverage))
            .map(|route| route.path.as_str())
    }
}

/// Whether it is the fallback of its router, or a router merged into it that may have brought one.
fn may_be_fallback(route: &RegisteredRoute) -> bool {
    route.is_below_root()
        && matches!(
            route.coverage,
            MethodCoverage::Unmatched | MethodCoverage::Unchecked
        )
}

/// Everything below a nested service. Parameters of this name are axum's own and not shown to handlers: by another name
/// it would be one parameter too many for a nested router that takes `Path`.
const NEST_TAIL: &str = "/{*__private__axum_nest_tail_param}";
