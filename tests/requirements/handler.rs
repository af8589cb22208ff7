use axum::handler::Handler as AxumHandler;
use axum::routing::{MethodRouter, get};
use clerk_runtime::{Access, Auth, Clerk, Guard, Policy, Rejection, StatesAccess};

use crate::tree::Arguments;

/// A handler and what its attribute says.
pub(crate) struct Handler {
    pub(crate) arguments: Arguments,
    pub(crate) access: Access,
    pub(crate) route: MethodRouter<Clerk>,
    /// Its guard without HTTP.
    pub(crate) admit: fn(Auth) -> Result<(), Rejection>,
}

impl Handler {
    pub(crate) fn new<H, T, P, F>(line: &'static str, handler: H) -> Self
    where
        H: AxumHandler<T, Clerk> + Fn(Guard<P>) -> F,
        T: 'static,
        P: Policy,
    {
        Self {
            arguments: Arguments::of_line(line),
            access: Guard::<P>::ACCESS,
            route: get(handler),
            admit: |auth| Guard::<P>::for_test(auth).map(drop),
        }
    }
}
