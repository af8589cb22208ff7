//! What a handler asks of a request, as a type says it, and the check of it.

use std::fmt;

use super::rejection::Rejection;
use crate::auth::Auth;
use crate::authorize::Requirement;
use crate::token::AcceptsToken;

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
///             _ => Err(Rejection::not_authorized("being Ada")),
///         }
///     }
/// }
/// ```
pub trait Policy: Sized + Send + 'static {
    /// The types of token that are accepted. By default those of sessions.
    const ACCEPTS: AcceptsToken = AcceptsToken::SESSION;
    /// What is required of whoever is signed in; nothing more if there is none.
    const REQUIREMENT: Option<Requirement<'static>> = None;
    /// What is answered when nobody is signed in.
    const WHEN_SIGNED_OUT: WhenSignedOut = WhenSignedOut::Reject;

    /// Takes the handler's values from an auth object that is signed in.
    ///
    /// # Errors
    /// The response in place of the handler.
    fn inject(auth: &Auth) -> Result<Self, Rejection>;
}

/// What a guard answers when nobody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum WhenSignedOut {
    /// 401.
    #[default]
    Reject,
    /// A browser that asks for a document is sent to the sign-in page; everything else gets 401. The way back needs a
    /// [`ClerkLayer`](crate::ClerkLayer).
    RedirectToSignIn,
}

/// The policy of a guard as a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Protected {
    accepts: AcceptsToken,
    requirement: Option<Requirement<'static>>,
    when_signed_out: WhenSignedOut,
}

impl Protected {
    /// Returns what a policy asks for.
    pub const fn from_policy<P: Policy>() -> Self {
        Self {
            accepts: P::ACCEPTS,
            requirement: P::REQUIREMENT,
            when_signed_out: P::WHEN_SIGNED_OUT,
        }
    }

    /// The types of token that are accepted.
    pub fn accepts(&self) -> AcceptsToken {
        self.accepts
    }

    /// What is required of whoever is signed in; nothing more if there is none.
    pub fn requirement(&self) -> Option<Requirement<'static>> {
        self.requirement
    }

    /// What is answered when nobody is signed in.
    pub fn when_signed_out(&self) -> WhenSignedOut {
        self.when_signed_out
    }

    /// Whether whoever `auth` is would be let in: every guard asks here. A handler may still turn them away for what it
    /// wants to be given, such as an active organization.
    ///
    /// # Errors
    /// The response in place of the handler; for whoever is signed out it is always 401.
    pub fn admits(&self, auth: &Auth) -> Result<(), Rejection> {
        match auth {
            Auth::SignedOut(signed_out) => {
                return Err(Rejection::not_authenticated(signed_out.token_presented()));
            }
            Auth::Session(_) | Auth::Machine(_) => {
                if !auth.token_type().is_some_and(|own| self.accepts.accepts(own)) {
                    return Err(Rejection::not_authenticated(true));
                }
            }
        }
        if let Some(requirement) = self.requirement
            && let Err(denial) = auth.authorize(requirement)
        {
            return Err(Rejection::denied(denial));
        }
        Ok(())
    }
}

impl fmt::Display for Protected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.requirement {
            Some(requirement) => requirement.fmt(f)?,
            None => f.write_str("signed in")?,
        }
        if self.accepts != AcceptsToken::SESSION {
            write!(f, " with {}", self.accepts)?;
        }
        Ok(())
    }
}
