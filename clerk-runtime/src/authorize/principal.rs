//! Who asks, and what they can do about a denial.

use super::requirement::Requirement;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Principal {
    #[default]
    Anonymous,
    Session,
    Machine,
}

/// How likely it is that what is missing will be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remedy {
    /// Never by one of this kind.
    Never,
    /// If others grant it.
    ByGrant,
    /// If the one who asks sees to it: users verify themselves again, and clients ask for a token with more scopes.
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
