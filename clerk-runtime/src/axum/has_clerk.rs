use std::sync::Arc;

use axum::extract::FromRef;

use crate::Clerk;

/// Router states that a [`Clerk`] can be had from: every state with `Clerk: FromRef<State>`, and an `Arc` of one.
///
/// ```
/// use axum::extract::FromRef;
/// use clerk_runtime::Clerk;
///
/// #[derive(Clone)]
/// struct AppState {
///     clerk: Clerk,
/// }
///
/// impl FromRef<AppState> for Clerk {
///     fn from_ref(state: &AppState) -> Self {
///         state.clerk.clone()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the router state `{Self}` holds no `Clerk`, with which guards verify requests",
    label = "no `Clerk` in this state",
    note = "`with_state` takes the state itself, not a reference to it; a router whose handlers are all public begins with `GuardedRouter::without_clerk()`",
    note = "pass a `Clerk` to `with_state`, or give your state a field `clerk: Clerk` and derive `FromRef`; an `Extension` is no state",
    note = "`#[axum::debug_handler]` takes the state for `()` unless it is told: write `#[axum::debug_handler(state = …)]`"
)]
pub trait HasClerk {
    /// The handle that authenticates the requests of this router.
    fn clerk(&self) -> Clerk;
}

#[diagnostic::do_not_recommend]
impl<S> HasClerk for S
where
    Clerk: FromRef<S>,
{
    fn clerk(&self) -> Clerk {
        Clerk::from_ref(self)
    }
}

#[diagnostic::do_not_recommend]
impl<S: HasClerk> HasClerk for Arc<S> {
    fn clerk(&self) -> Clerk {
        S::clerk(self)
    }
}
