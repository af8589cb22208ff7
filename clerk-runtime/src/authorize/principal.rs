//! The kind of caller, and what it can do about a denial.

use super::requirement::Requirement;

/// The kind of caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Principal {
    #[default]
    Anonymous,
    Session,
    Machine,
}

/// How a caller can meet an unmet requirement, in order of preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remedy {
    /// Not at all: this kind of caller can never satisfy it.
    Never,
    /// Another party has to grant it.
    ByGrant,
    /// By itself: users can verify themselves again, and clients can request a token with more scopes.
    ByCaller,
}

impl Principal {
    pub(super) fn remedy(self, missing: Requirement<'_>) -> Remedy {
        use Requirement::{All, Any, Reverification, Scope};
        match (self, missing) {
            (Self::Session, Reverification(_)) | (Self::Machine, Scope(_)) => Remedy::ByCaller,
            (_, Any(_) | All(_)) | (Self::Session, Scope(_)) | (Self::Machine, _) => Remedy::Never,
            (Self::Anonymous | Self::Session, _) => Remedy::ByGrant,
        }
    }
}
