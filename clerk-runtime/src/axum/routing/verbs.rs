//! Each function is written out, because a handler that is refused inside a macro is reported as an error of the macro.

use axum::routing::MethodFilter;

use super::{GuardedHandler, GuardedMethodRouter};

/// Routes `GET` requests and, unless another handler does, `HEAD` requests to a handler that says who may call it.
pub fn get<H, T, S>(handler: H) -> GuardedMethodRouter<S>
where
    H: GuardedHandler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    GuardedMethodRouter::new().get(handler)
}

/// Routes `POST` requests to a handler that says who may call it.
pub fn post<H, T, S>(handler: H) -> GuardedMethodRouter<S>
where
    H: GuardedHandler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    GuardedMethodRouter::new().post(handler)
}

/// Routes `PUT` requests to a handler that says who may call it.
pub fn put<H, T, S>(handler: H) -> GuardedMethodRouter<S>
where
    H: GuardedHandler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    GuardedMethodRouter::new().put(handler)
}

/// Routes `PATCH` requests to a handler that says who may call it.
pub fn patch<H, T, S>(handler: H) -> GuardedMethodRouter<S>
where
    H: GuardedHandler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    GuardedMethodRouter::new().patch(handler)
}

/// Routes `DELETE` requests to a handler that says who may call it.
pub fn delete<H, T, S>(handler: H) -> GuardedMethodRouter<S>
where
    H: GuardedHandler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    GuardedMethodRouter::new().delete(handler)
}

/// Routes `HEAD` requests to a handler that says who may call it.
pub fn head<H, T, S>(handler: H) -> GuardedMethodRouter<S>
where
    H: GuardedHandler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    GuardedMethodRouter::new().head(handler)
}

/// Routes `OPTIONS` requests to a handler that says who may call it.
pub fn options<H, T, S>(handler: H) -> GuardedMethodRouter<S>
where
    H: GuardedHandler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    GuardedMethodRouter::new().options(handler)
}

/// Routes `TRACE` requests to a handler that says who may call it.
pub fn trace<H, T, S>(handler: H) -> GuardedMethodRouter<S>
where
    H: GuardedHandler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    GuardedMethodRouter::new().trace(handler)
}

/// Routes `CONNECT` requests to a handler that says who may call it.
pub fn connect<H, T, S>(handler: H) -> GuardedMethodRouter<S>
where
    H: GuardedHandler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    GuardedMethodRouter::new().connect(handler)
}

/// Routes requests with any of some methods to a handler that says who may call it.
///
/// ```
/// use clerk_runtime::routing::{MethodFilter, on};
/// use clerk_runtime::{Clerk, GuardedRouter, protected};
///
/// #[protected]
/// async fn save() {}
///
/// let app: GuardedRouter<Clerk> =
///     GuardedRouter::new().route("/draft", on(MethodFilter::PUT.or(MethodFilter::POST), save));
/// ```
pub fn on<H, T, S>(filter: MethodFilter, handler: H) -> GuardedMethodRouter<S>
where
    H: GuardedHandler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    GuardedMethodRouter::new().on(filter, handler)
}

/// Routes requests with any method to a handler that says who may call it. Methods that are added to it go elsewhere.
pub fn any<H, T, S>(handler: H) -> GuardedMethodRouter<S>
where
    H: GuardedHandler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    GuardedMethodRouter::for_any(handler)
}
