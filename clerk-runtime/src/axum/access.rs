use std::fmt;

use serde::{Serialize, Serializer};

use super::Rejection;
use super::guard::{Guard, Policy, WhenSignedOut};
use super::public::Public;
use crate::auth::Auth;
use crate::authorize::Requirement;
use crate::token::AcceptsToken;

/// Who may call a handler, as its type says it.
///
/// `Display` gives the cell of an access table, such as `public`, `signed in` or `permission org:invoices:read`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Access {
    /// Anyone.
    Public,
    /// Whoever a guard admits.
    Protected(Protected),
    /// Nobody has said: what an escape hatch let in.
    Unchecked,
}

/// What a guard asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Protected {
    accepts: AcceptsToken,
    requirement: Option<Requirement<'static>>,
    when_signed_out: WhenSignedOut,
}

impl Protected {
    /// What a policy asks for.
    pub const fn of<P: Policy>() -> Self {
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
            tracing::debug!(%denial, %requirement, "somebody who is signed in was denied");
            return Err(Rejection::Denied(denial));
        }
        Ok(())
    }
}

impl Access {
    /// What a guard asks for, if there is one.
    pub fn protected(&self) -> Option<&Protected> {
        match self {
            Self::Protected(protected) => Some(protected),
            Self::Public | Self::Unchecked => None,
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::Protected(protected) => protected.fmt(f),
            Self::Unchecked => f.write_str("not checked"),
        }
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

/// As the text that `Display` gives.
impl Serialize for Access {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// First parameters of handlers that say who may call them: [`Guard`], which `#[protected]` writes, and [`Public`], which
/// `#[public]` writes. An extractor of your own that decides who may call can say so by this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say who may call",
    label = "name `Guard<…>` with a policy, or `Public`"
)]
pub trait StatesAccess {
    /// What it says.
    const ACCESS: Access;
}

impl<P: Policy> StatesAccess for Guard<P> {
    const ACCESS: Access = Access::Protected(Protected::of::<P>());
}

impl StatesAccess for Public {
    const ACCESS: Access = Access::Public;
}
