//! What can be injected.

use proc_macro2::{Ident, Span};

/// A value that a handler can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    UserId,
    SessionId,
    OrgId,
    Auth,
    Claims,
    Machine,
}

impl Slot {
    pub(crate) const ALL: [Self; 6] = [
        Self::UserId,
        Self::SessionId,
        Self::OrgId,
        Self::Auth,
        Self::Claims,
        Self::Machine,
    ];

    /// The name in `#[auth(..)]` and of parameters.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::UserId => "user_id",
            Self::SessionId => "session_id",
            Self::OrgId => "org_id",
            Self::Auth => "auth",
            Self::Claims => "claims",
            Self::Machine => "machine",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.name() == name)
    }

    /// The slot that a type belongs to, by the last segment of its path.
    pub(crate) fn of_type(last_segment: &str) -> Option<Self> {
        Some(match last_segment {
            "UserId" => Self::UserId,
            "SessionId" => Self::SessionId,
            "OrgId" => Self::OrgId,
            "Auth" | "SessionAuth" => Self::Auth,
            "Claims" => Self::Claims,
            "MachineAuth" => Self::Machine,
            _ => return None,
        })
    }

    /// What a parameter of this slot is usually written as.
    pub(crate) fn usual_type(self) -> &'static str {
        match self {
            Self::UserId => "UserId",
            Self::SessionId => "SessionId",
            Self::OrgId => "OrgId",
            Self::Auth => "SessionAuth",
            Self::Claims => "Claims<T>",
            Self::Machine => "MachineAuth",
        }
    }

    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::UserId => "the verified user id",
            Self::SessionId => "the id of the session",
            Self::OrgId => "the id of the active organization",
            Self::Auth => "the auth object",
            Self::Claims => "the claims of the session token",
            Self::Machine => "the machine that is signed in",
        }
    }

    /// The trait in `__private` that the types of this slot implement.
    pub(crate) fn runtime_trait(self) -> Ident {
        let name = match self {
            Self::UserId => "InjectUserId",
            Self::SessionId => "InjectSessionId",
            Self::OrgId => "InjectOrgId",
            Self::Auth => "InjectAuth",
            Self::Claims => "InjectClaims",
            Self::Machine => "InjectMachine",
        };
        Ident::new(name, Span::call_site())
    }

    /// The type in `__private` that a `&str` parameter is borrowed from.
    pub(crate) fn id_type(self) -> Option<Ident> {
        matches!(self, Self::UserId | Self::SessionId | Self::OrgId)
            .then(|| Ident::new(self.usual_type(), Span::call_site()))
    }
}

/// All slots, for messages.
pub(crate) fn slot_names() -> String {
    let names = Slot::ALL.map(|slot| format!("`{}`", slot.name()));
    names.join(", ")
}
