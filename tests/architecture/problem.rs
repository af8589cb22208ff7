//! What is wrong, where, and what to do about it.

use std::fmt;

/// A breach of the architecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The file and line, from the workspace's root.
    pub(crate) place: String,
    pub(crate) what: String,
    pub(crate) fix: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, what, fix } = self;
        write!(f, "{place}: {what}\n    fix: {fix}")
    }
}
