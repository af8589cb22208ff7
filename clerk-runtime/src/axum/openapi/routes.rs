use axum::routing::{MethodFilter, MethodRouter};
use utoipa::__dev::{SchemaReferences, Tags};
use utoipa::openapi::path::{HttpMethod, Paths};

use super::operation::{Schemas, describe};
use crate::axum::routing::GuardedHandler;

/// Takes the place of `utoipa_axum::routes!`: handlers with `#[utoipa::path]` for `OpenApiRouter::routes`, each of which has
/// to say by `#[protected]` or `#[public]` who may call it. The operations get their security requirements, responses and
/// descriptions from that, as in [`AccessTable::document`](crate::AccessTable::document).
///
/// ```
/// use clerk_runtime::openapi::{self, routes};
/// use clerk_runtime::{Clerk, public};
/// use utoipa_axum::router::OpenApiRouter;
///
/// #[public]
/// #[utoipa::path(get, path = "/invoices/terms", responses((status = 200, body = String)))]
/// async fn terms() -> &'static str {
///     "30 days"
/// }
///
/// mod invoices {
///     # use clerk_runtime::protected;
///     #[utoipa::path(get, path = "/invoices", responses((status = 200, body = [u32])))]
///     #[protected(permission = "org:invoices:read")]
///     pub async fn list() -> &'static str {
///         "[1, 2]"
///     }
///
///     #[utoipa::path(post, path = "/invoices", responses((status = 201)))]
///     #[protected(permission = "org:invoices:create")]
///     pub async fn create() {}
/// }
///
/// let (router, mut api) = OpenApiRouter::<Clerk>::new()
///     .routes(routes!(terms))
///     .routes(routes!(invoices::list, invoices::create))
///     .split_for_parts();
/// openapi::add_security_schemes(&mut api);
///
/// # let _: axum::Router<Clerk> = router;
/// let invoices = &api.paths.paths["/invoices"];
/// assert!(invoices.get.as_ref().unwrap().security.is_some());
/// ```
///
/// A handler that does not say who may call it does not compile:
///
/// ```compile_fail
/// use clerk_runtime::{Clerk, openapi::routes};
/// use utoipa_axum::router::OpenApiRouter;
///
/// #[utoipa::path(get, path = "/")]
/// async fn forgotten() {}
///
/// let app: OpenApiRouter<Clerk> = OpenApiRouter::new().routes(routes!(forgotten));
/// ```
///
/// One without `#[utoipa::path]` does not either: the compiler then misses `__path_` and its name, which that attribute makes.
///
/// The routes of one call are methods of one path, and what axum refuses panics while the application starts: two handlers
/// for one method. [`OpenApiRouter::route`] and its like take handlers without this check.
///
/// [`OpenApiRouter::route`]: https://docs.rs/utoipa-axum/latest/utoipa_axum/router/struct.OpenApiRouter.html#method.route
#[doc(hidden)]
#[macro_export]
macro_rules! __openapi_routes {
    ($($handlers:tt)*) => {
        $crate::__private::openapi_routes! { $crate $($handlers)* }
    };
}

/// What [`routes!`](super::routes) expands to, step by step. The result is what `utoipa_axum` calls a `UtoipaMethodRouter`.
pub struct OpenApiRoutes<S> {
    schemas: Schemas,
    paths: Paths,
    method_router: MethodRouter<S>,
}

impl<S> OpenApiRoutes<S>
where
    S: Clone + Send + Sync + 'static,
{
    #[allow(clippy::new_without_default, reason = "only a macro calls it")]
    /// Without handlers.
    pub fn new() -> Self {
        Self {
            schemas: Vec::new(),
            paths: Paths::new(),
            method_router: MethodRouter::new(),
        }
    }

    /// Adds a handler that says who may call it, and what `#[utoipa::path]` knows about it.
    #[track_caller]
    pub fn handler<P, H, T>(mut self, _path: P, handler: H) -> Self
    where
        P: utoipa::Path + for<'t> Tags<'t> + SchemaReferences,
        H: GuardedHandler<T, S>,
        T: 'static,
    {
        let mut operation = P::operation();
        let tags = P::tags();
        if !tags.is_empty() {
            let known = operation.tags.get_or_insert_default();
            known.extend(tags.into_iter().map(str::to_owned));
        }
        P::schemas(&mut self.schemas);
        self.schemas.extend(describe(&mut operation, H::ACCESS));
        let methods = P::methods();
        for method in &methods {
            self.method_router = self.method_router.on(filter(method), handler.clone());
        }
        self.paths.add_path_operation(P::path(), methods, operation);
        self
    }

    /// Schemas, paths and handlers.
    pub fn into_parts(self) -> (Schemas, Paths, MethodRouter<S>) {
        (self.schemas, self.paths, self.method_router)
    }
}

fn filter(method: &HttpMethod) -> MethodFilter {
    match method {
        HttpMethod::Get => MethodFilter::GET,
        HttpMethod::Put => MethodFilter::PUT,
        HttpMethod::Post => MethodFilter::POST,
        HttpMethod::Delete => MethodFilter::DELETE,
        HttpMethod::Options => MethodFilter::OPTIONS,
        HttpMethod::Head => MethodFilter::HEAD,
        HttpMethod::Patch => MethodFilter::PATCH,
        HttpMethod::Trace => MethodFilter::TRACE,
    }
}
