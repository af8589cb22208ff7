use std::convert::Infallible;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;

use axum::extract::{FromRequestParts, Request};
use axum::handler::Handler;
use axum::response::{IntoResponse, Response};
use tower_service::Service;

/// A service as a handler whose only parameter is `G`: the service is called when `G` lets the request through.
pub(super) struct GuardedService<G, V> {
    service: V,
    guard: PhantomData<fn() -> G>,
}

/// Marks the parameters of a [`GuardedService`] where axum marks how the last one is extracted.
pub(super) struct Behind;

impl<G, V> GuardedService<G, V> {
    pub(super) fn new(service: V) -> Self {
        Self {
            service,
            guard: PhantomData,
        }
    }
}

impl<G, V: Clone> Clone for GuardedService<G, V> {
    fn clone(&self) -> Self {
        Self::new(self.service.clone())
    }
}

impl<G, V, S> Handler<(Behind, G), S> for GuardedService<G, V>
where
    G: FromRequestParts<S> + Send + 'static,
    V: Service<Request, Error = Infallible> + Clone + Send + Sync + 'static,
    V::Response: IntoResponse,
    V::Future: Send + 'static,
    S: Send + Sync + 'static,
{
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, state: S) -> Self::Future {
        let mut service = self.service;
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let _guard = match G::from_request_parts(&mut parts, &state).await {
                Ok(guard) => guard,
                Err(rejection) => return rejection.into_response(),
            };
            if let Err(never) = poll_fn(|context| service.poll_ready(context)).await {
                match never {}
            }
            match service.call(Request::from_parts(parts, body)).await {
                Ok(response) => response.into_response(),
                Err(never) => match never {},
            }
        })
    }
}
