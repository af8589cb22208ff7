//! Who asks, and what they can do about a denial.

use super::requirement::Requirement;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Asker {
    #[default]
    Nobody,
    Session,
    Machine,
}

/// How likely it is that what is missing will be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Prospect {
    /// Never by one of this kind.
    None,
    /// If others grant it.
    Granted,
    /// If the one who asks sees to it: users verify themselves again, and clients ask for a token with more scopes.
    Mended,
}

impl Asker {
    pub(super) fn prospect(self, missing: Requirement<'_>) -> Prospect {
        use Requirement::{All, Any, Reverification, Scope};
        match (self, missing) {
            (Self::Session, Reverification(_)) | (Self::Machine, Scope(_)) => Prospect::Mended,
            (_, Any(_) | All(_)) | (Self::Session, Scope(_)) | (Self::Machine, _) => Prospect::None,
            (Self::Nobody | Self::Session, _) => Prospect::Granted,
        }
    }
}
