//! A router whose state is there, as the service that servers and tests call.

use std::task::{Context, Poll};

use ::axum::Router;
use ::axum::routing::IntoMakeService;
use tower_service::Service;

use super::GuardedRouter;

/// Serves a router whose state is there, as axum's does: `axum::serve(listener, app)` and tower's `app.oneshot(request)`
/// take a [`GuardedRouter`].
///
/// ```
/// use clerk_runtime::routing::get;
/// use clerk_runtime::{Clerk, GuardedRouter, UserId, protected};
///
/// #[protected]
/// async fn me(user_id: UserId) -> String {
///     user_id.into()
/// }
///
/// fn app(clerk: Clerk) -> GuardedRouter {
///     GuardedRouter::new().route("/me", get(me)).with_state(clerk)
/// }
/// ```
impl<R> Service<R> for GuardedRouter
where
    Router: Service<R>,
{
    type Response = <Router as Service<R>>::Response;
    type Error = <Router as Service<R>>::Error;
    type Future = <Router as Service<R>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.as_axum().poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        self.as_axum().call(request)
    }
}

impl GuardedRouter {
    /// Returns a service that makes one service for each connection, for servers that ask for it, as `axum-server` does.
    pub fn into_make_service(self) -> IntoMakeService<Router> {
        self.into_axum().into_make_service()
    }

    /// Does the same, and lets handlers extract [`ConnectInfo`](::axum::extract::ConnectInfo), such as the address of the
    /// peer.
    #[cfg(feature = "connect-info")]
    pub fn into_make_service_with_connect_info<C>(
        self,
    ) -> ::axum::extract::connect_info::IntoMakeServiceWithConnectInfo<Router, C> {
        self.into_axum().into_make_service_with_connect_info()
    }
}
