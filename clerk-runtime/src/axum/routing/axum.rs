//! The functions of [`axum::routing`](::axum::routing) for axum's own [`Router`](::axum::Router), with an error of its own
//! for a state that holds no [`Clerk`](crate::Clerk).
//!
//! ```
//! use axum::Router;
//! use clerk_runtime::routing::axum::get;
//! use clerk_runtime::{Clerk, UserId, protected};
//!
//! #[protected]
//! async fn me(user_id: UserId) -> String {
//!     user_id.into()
//! }
//!
//! fn app(clerk: Clerk) -> Router {
//!     Router::new().route("/me", get(me)).with_state(clerk)
//! }
//! ```
//!
//! Without `with_state` the compiler says "the router state `()` holds no `Clerk`". With axum's own `get` it says that
//! `Handler<…, ()>` is not satisfied, whatever the cause is, and no crate but axum can change that.
//!
//! All handlers are taken, also those that do not say who may call them: the functions one level up are for routers that
//! check that.

use ::axum::handler::Handler;
use ::axum::routing::{MethodFilter, MethodRouter};

use crate::axum::HasClerk;

/// Routes `GET` requests and, unless another handler does, `HEAD` requests to a handler.
pub fn get<H, T, S>(handler: H) -> MethodRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    on(MethodFilter::GET, handler)
}

/// Routes `POST` requests to a handler.
pub fn post<H, T, S>(handler: H) -> MethodRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    on(MethodFilter::POST, handler)
}

/// Routes `PUT` requests to a handler.
pub fn put<H, T, S>(handler: H) -> MethodRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    on(MethodFilter::PUT, handler)
}

/// Routes `PATCH` requests to a handler.
pub fn patch<H, T, S>(handler: H) -> MethodRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    on(MethodFilter::PATCH, handler)
}

/// Routes `DELETE` requests to a handler.
pub fn delete<H, T, S>(handler: H) -> MethodRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    on(MethodFilter::DELETE, handler)
}

/// Routes `HEAD` requests to a handler.
pub fn head<H, T, S>(handler: H) -> MethodRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    on(MethodFilter::HEAD, handler)
}

/// Routes `OPTIONS` requests to a handler.
pub fn options<H, T, S>(handler: H) -> MethodRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    on(MethodFilter::OPTIONS, handler)
}

/// Routes `TRACE` requests to a handler.
pub fn trace<H, T, S>(handler: H) -> MethodRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    on(MethodFilter::TRACE, handler)
}

/// Routes `CONNECT` requests to a handler.
pub fn connect<H, T, S>(handler: H) -> MethodRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    on(MethodFilter::CONNECT, handler)
}

/// Routes requests with any of some methods to a handler.
pub fn on<H, T, S>(filter: MethodFilter, handler: H) -> MethodRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    ::axum::routing::on(filter, handler)
}

/// Routes requests with any method to a handler. Methods that are added to it go elsewhere.
pub fn any<H, T, S>(handler: H) -> MethodRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
    H: Handler<T, S>,
    T: 'static,
{
    ::axum::routing::any(handler)
}
