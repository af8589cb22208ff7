use std::convert::Infallible;
use std::fmt;

use axum::extract::FromRequestParts;
use http::request::Parts;
use serde::{Serialize, Serializer};

use super::guard::Guard;
use super::policy::{Policy, Protected};

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
    const ACCESS: Access = Access::Protected(Protected::from_policy::<P>());
}

impl StatesAccess for Public {
    const ACCESS: Access = Access::Public;
}

/// Says that anyone may call a handler. As the first parameter it is what `#[public]` writes; closures take it by hand:
///
/// ```
/// use clerk_runtime::Public;
///
/// let health = |_: Public| async { "ok" };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Public;

impl<S: Sync> FromRequestParts<S> for Public {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self)
    }
}
