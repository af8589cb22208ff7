//! What each injected parameter may be.

use serde::de::DeserializeOwned;

use super::{Rejection, RejectionDetail};
use crate::auth::{Auth, Claims, MachineAuth, SessionAuth};
use crate::token::{OrgId, SessionId, UserId};

fn session(auth: &Auth) -> Result<&SessionAuth, Rejection> {
    auth.session().ok_or(Rejection::not_authenticated(true))
}

/// Types that take the verified user id.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take the verified user id",
    label = "not a type for a user id",
    note = "write `UserId`, `&UserId`, `String` or `&str`, or an `Option` where tokens without a user are accepted; if this is an extractor of your own, mark it with `#[extract]`"
)]
pub trait InjectUserId: Sized {
    /// Takes it from an auth object that is signed in.
    fn from_auth(auth: &Auth) -> Result<Self, Rejection>;
}

#[diagnostic::do_not_recommend]
impl InjectUserId for UserId {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        auth.user_id()
            .cloned()
            .ok_or(Rejection::not_authorized("a token of a user"))
    }
}

#[diagnostic::do_not_recommend]
impl InjectUserId for Option<UserId> {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        Ok(auth.user_id().cloned())
    }
}

#[diagnostic::do_not_recommend]
impl InjectUserId for Option<String> {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        Ok(auth.user_id().cloned().map(String::from))
    }
}

#[diagnostic::do_not_recommend]
impl InjectUserId for String {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        <UserId as InjectUserId>::from_auth(auth).map(Self::from)
    }
}

/// Types that take the id of the session.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take the id of the session",
    label = "not a type for a session id",
    note = "write `SessionId`, `&SessionId`, `String`, `&str` or an `Option`; if this is an extractor of your own, mark it with `#[extract]`"
)]
pub trait InjectSessionId: Sized {
    /// Takes it from an auth object that is signed in.
    fn from_auth(auth: &Auth) -> Result<Self, Rejection>;
}

#[diagnostic::do_not_recommend]
impl InjectSessionId for SessionId {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        session(auth)?
            .session_id()
            .cloned()
            .ok_or(Rejection::not_authorized("a session id in the token"))
    }
}

#[diagnostic::do_not_recommend]
impl InjectSessionId for String {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        <SessionId as InjectSessionId>::from_auth(auth).map(Self::from)
    }
}

#[diagnostic::do_not_recommend]
impl InjectSessionId for Option<SessionId> {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        Ok(auth.session_id().cloned())
    }
}

#[diagnostic::do_not_recommend]
impl InjectSessionId for Option<String> {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        Ok(auth.session_id().cloned().map(String::from))
    }
}

/// Types that take the id of the active organization.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take the id of the active organization",
    label = "not a type for an organization id",
    note = "write `OrgId` (403 without an active organization), `Option<OrgId>`, `&OrgId`, `String` or `&str`; if this is an extractor of your own, mark it with `#[extract]`"
)]
pub trait InjectOrgId: Sized {
    /// Takes it from an auth object that is signed in.
    fn from_auth(auth: &Auth) -> Result<Self, Rejection>;
}

#[diagnostic::do_not_recommend]
impl InjectOrgId for OrgId {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        auth.org_id()
            .cloned()
            .ok_or(Rejection::not_authorized("an active organization"))
    }
}

#[diagnostic::do_not_recommend]
impl InjectOrgId for String {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        <OrgId as InjectOrgId>::from_auth(auth).map(Self::from)
    }
}

#[diagnostic::do_not_recommend]
impl InjectOrgId for Option<OrgId> {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        Ok(auth.org_id().cloned())
    }
}

#[diagnostic::do_not_recommend]
impl InjectOrgId for Option<String> {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        Ok(auth.org_id().cloned().map(String::from))
    }
}

/// Types that take the auth object.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take the auth object",
    label = "not a type for an auth object",
    note = "write `SessionAuth`, `Auth` or a reference to one; if this is an extractor of your own, mark it with `#[extract]`"
)]
pub trait InjectAuth: Sized {
    /// Takes it from an auth object that is signed in.
    fn from_auth(auth: &Auth) -> Result<Self, Rejection>;
}

#[diagnostic::do_not_recommend]
impl InjectAuth for Auth {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        Ok(auth.clone())
    }
}

#[diagnostic::do_not_recommend]
impl InjectAuth for SessionAuth {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        session(auth).cloned()
    }
}

/// Types that take the claims of the session token.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take the claims of the session token",
    label = "not a type for claims",
    note = "write `Claims<T>` with a `T` that implements `Deserialize`; if this is an extractor of your own, mark it with `#[extract]`"
)]
pub trait InjectClaims: Sized {
    /// Takes them from an auth object that is signed in.
    fn from_auth(auth: &Auth) -> Result<Self, Rejection>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> InjectClaims for Claims<T> {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        session(auth)?
            .session_claims()
            .map(Claims)
            .map_err(|error| Rejection::NotAuthorized {
                missing: "claims of the expected shape",
                detail: RejectionDetail::for_log(format!(
                    "for `{}`, {}",
                    std::any::type_name::<T>(),
                    error.mismatch()
                )),
            })
    }
}

/// Types that take the machine whose token was presented.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take the machine that is signed in",
    label = "not a type for a machine",
    note = "write `MachineAuth`, `&MachineAuth`, or `Option<MachineAuth>` where session tokens are accepted too; if this is an extractor of your own, mark it with `#[extract]`"
)]
pub trait InjectMachine: Sized {
    /// Takes it from an auth object that is signed in.
    fn from_auth(auth: &Auth) -> Result<Self, Rejection>;
}

#[diagnostic::do_not_recommend]
impl InjectMachine for MachineAuth {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        auth.machine()
            .cloned()
            .ok_or(Rejection::not_authorized("a machine's token"))
    }
}

#[diagnostic::do_not_recommend]
impl InjectMachine for Option<MachineAuth> {
    fn from_auth(auth: &Auth) -> Result<Self, Rejection> {
        Ok(auth.machine().cloned())
    }
}
