//! Implements the traits of `std` that axum's router has.

use std::fmt;

use axum::Router;

use super::GuardedRouter;
use crate::axum::HasClerk;

impl<S> Default for GuardedRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
{
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Clone for GuardedRouter<S> {
    fn clone(&self) -> Self {
        Self {
            router: self.router.clone(),
            routes: self.routes.clone(),
        }
    }
}

impl<S> fmt::Debug for GuardedRouter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardedRouter")
            .field("mounts", &self.routes)
            .finish_non_exhaustive()
    }
}

/// As [`GuardedRouter::into_axum`], so that axum's `merge` takes a guarded router.
impl<S> From<GuardedRouter<S>> for Router<S> {
    fn from(guarded: GuardedRouter<S>) -> Self {
        guarded.router
    }
}
