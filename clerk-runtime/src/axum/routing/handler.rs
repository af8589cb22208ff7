//! Handlers and services that declare their access.

use std::convert::Infallible;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;

use axum::extract::{FromRequestParts, Request};
use axum::handler::Handler;
use axum::response::{IntoResponse, Response};
use tower_service::Service;

use crate::axum::{Access, StatesAccess};

/// Handlers that say who may call them: their first parameter is a guard, which `#[protected]` writes, or
/// [`Public`](crate::Public), which `#[public]` writes. Closures take it by hand.
///
/// Implemented for all of them; there is nothing to implement.
#[diagnostic::on_unimplemented(
    message = "this does not fit the router: it is no async function, a parameter cannot be extracted with the router's state, the body is not the last one, what it returns is no response, or its future is not `Send`",
    label = "does not handle requests of a router with the state `{S}`",
    note = "a protected handler needs a state that holds a `Clerk`, and a `Webhook` one that holds a `WebhookVerifier`: pass one to `with_state`",
    note = "a future is not `Send` if an `Rc`, a `RefCell`'s borrow or a guard of `std`'s `Mutex` is held across `.await`: drop it before",
    note = "if the state was given already, with `with_state` before `.route(..)`: call `with_state` last",
    note = "to see which parameter is at fault, put `#[axum::debug_handler(state = …)]` below `#[protected]` or `#[public]`"
)]
pub trait GuardedHandler<T, S>: Handler<T, S> {
    /// Who may call it.
    const ACCESS: Access;
    /// Keeps other crates from implementing this trait.
    #[doc(hidden)]
    const SEAL: Seal;
}

impl<H, T, S> GuardedHandler<T, S> for H
where
    H: Handler<T, S>,
    T: StatedArguments,
{
    const ACCESS: Access = T::ACCESS;
    const SEAL: Seal = Seal;
}

/// Lists of parameters, as axum writes them, of which the first [states the access](StatesAccess).
///
/// Implemented for all of them; there is nothing to implement.
#[diagnostic::on_unimplemented(
    message = "this handler does not say who may call it",
    label = "put `#[protected]` or `#[public]` on this handler",
    note = "a closure says it by its first parameter: `|_: Public| async {{ … }}`"
)]
pub trait StatedArguments {
    /// What the first parameter says.
    const ACCESS: Access;
    /// Keeps other crates from implementing this trait.
    #[doc(hidden)]
    const SEAL: Seal;
}

/// Who may call a handler, for tests of one handler without a router. `S` is the state that it is served with.
///
/// ```
/// use clerk_runtime::routing::access_of;
/// use clerk_runtime::{Clerk, protected};
///
/// #[protected(role = "org:admin")]
/// async fn close_account() {}
///
/// assert_eq!(access_of::<_, _, Clerk>(&close_account).to_string(), "role org:admin");
/// ```
pub const fn access_of<H, T, S>(_handler: &H) -> Access
where
    H: GuardedHandler<T, S>,
{
    H::ACCESS
}

macro_rules! stated_arguments {
    ($($rest:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<M, G: StatesAccess, $($rest,)*> StatedArguments for (M, G, $($rest,)*) {
            const ACCESS: Access = G::ACCESS;
            const SEAL: Seal = Seal;
        }
    };
}

stated_arguments!();
stated_arguments!(T2);
stated_arguments!(T2 T3);
stated_arguments!(T2 T3 T4);
stated_arguments!(T2 T3 T4 T5);
stated_arguments!(T2 T3 T4 T5 T6);
stated_arguments!(T2 T3 T4 T5 T6 T7);
stated_arguments!(T2 T3 T4 T5 T6 T7 T8);
stated_arguments!(T2 T3 T4 T5 T6 T7 T8 T9);
stated_arguments!(T2 T3 T4 T5 T6 T7 T8 T9 T10);
stated_arguments!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11);
stated_arguments!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12);
stated_arguments!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13);
stated_arguments!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14);
stated_arguments!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14 T15);
stated_arguments!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14 T15 T16);

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

/// Keeps other crates from implementing a trait: they cannot name it. A private supertrait would do so as well, but the
/// compiler would then tell users of it in place of what to write.
#[derive(Debug, Clone, Copy)]
#[expect(unnameable_types, reason = "this is how it seals")]
pub struct Seal;
