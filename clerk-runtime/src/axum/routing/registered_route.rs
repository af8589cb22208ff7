use axum::routing::MethodFilter;

use crate::axum::Access;

/// Where a router keeps a handler, and who may call it.
#[derive(Debug, Clone)]
pub(super) struct RegisteredRoute {
    pub(super) path: String,
    pub(super) answers: MethodCoverage,
    pub(super) access: Access,
}

/// The methods of a path that a handler answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum MethodCoverage {
    Named(MethodFilter),
    /// Those that no other handler of the path answers.
    Rest,
    /// Every method of the paths that no route matches.
    Unmatched,
    /// Nobody can tell.
    Unchecked,
}

impl RegisteredRoute {
    /// A handler for what no route below the root matches.
    pub(super) fn below_root(answers: MethodCoverage, access: Access) -> Self {
        Self {
            path: format!("/{BELOW}"),
            answers,
            access,
        }
    }

    pub(super) fn is_below_root(&self) -> bool {
        self.path.strip_prefix('/') == Some(BELOW)
    }

    /// Joins paths as axum does.
    pub(super) fn nested_at(mut self, prefix: &str) -> Self {
        self.path = if prefix.ends_with('/') {
            format!("{prefix}{}", self.path.trim_start_matches('/'))
        } else if self.path == "/" {
            prefix.to_owned()
        } else {
            format!("{prefix}{}", self.path)
        };
        self
    }
}

/// Whether all methods of `some` are in `filter`.
pub(super) fn contains(filter: MethodFilter, some: MethodFilter) -> bool {
    filter.or(some) == filter
}

/// The last segment of a path that stands for everything that no other row names. axum refuses such a route, so it cannot
/// be mistaken for one.
pub(super) const BELOW: &str = "*";
