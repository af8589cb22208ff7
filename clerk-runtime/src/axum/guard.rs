use std::fmt;

use axum::extract::FromRequestParts;
use http::request::Parts;

use super::authenticated::Authenticated;
use super::{HasClerk, Rejection};
use crate::auth::Auth;

/// What a handler asks of a request before it runs, and what it is given. `#[protected]` writes one per handler.
///
/// ```
/// use clerk_runtime::{Auth, Policy, Rejection, UserId};
///
/// struct OnlyAda(UserId);
///
/// impl Policy for OnlyAda {
///     fn inject(auth: &Auth) -> Result<Self, Rejection> {
///         match auth.user_id() {
///             Some(user) if user == "user_ada" => Ok(Self(user.clone())),
///             _ => Err(Rejection::NotAuthorized { missing: "being Ada" }),
///         }
///     }
/// }
/// ```
pub trait Policy: Sized + Send + 'static {
    /// Takes the handler's values from an auth object that is signed in.
    ///
    /// # Errors
    /// The response in place of the handler.
    fn inject(auth: &Auth) -> Result<Self, Rejection>;
}

/// Proof that somebody is signed in and that `P` is content. As the first parameter of a handler it runs before any
/// other extractor and before a byte of the body is asked for.
pub struct Guard<P> {
    /// What the policy took from the auth object.
    pub value: P,
    auth: Auth,
}

impl<P> Guard<P> {
    /// The auth object that the policy was content with.
    pub fn auth(&self) -> &Auth {
        &self.auth
    }
}

impl<P: fmt::Debug> fmt::Debug for Guard<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard")
            .field("value", &self.value)
            .field("auth", &self.auth)
            .finish()
    }
}

impl<S, P> FromRequestParts<S> for Guard<P>
where
    S: HasClerk + Send + Sync,
    P: Policy,
{
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        let authenticated = Authenticated::of(parts, state.clerk()).await;
        authenticated.session()?;
        let auth = authenticated.auth()?.clone();
        Ok(Self {
            value: P::inject(&auth)?,
            auth,
        })
    }
}
