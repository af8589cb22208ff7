use axum::routing::MethodFilter;

use crate::axum::Access;

/// A handler of a router with its path, methods and access.
#[derive(Debug, Clone)]
pub(super) struct RegisteredRoute {
    pub(super) path: String,
    pub(super) coverage: MethodCoverage,
    pub(super) access: Access,
}

/// The methods of a path that a handler covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum MethodCoverage {
    Named(MethodFilter),
    /// The methods that no other handler of the path covers.
    Rest,
    /// All methods of the paths that no route matches.
    Unmatched,
    /// Unknown: an unchecked router.
    Unchecked,
}

impl RegisteredRoute {
    /// Creates a route for the paths below the root that no other route matches.
    pub(super) fn below_root(coverage: MethodCoverage, access: Access) -> Self {
        Self {
            path: format!("/{BELOW}"),
            coverage,
            access,
        }
    }

    pub(super) fn is_below_root(&self) -> bool {
        self.path.strip_prefix('/') == Some(BELOW)
    }

    /// Prefixes the path as axum does.
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

/// Returns whether `filter` contains all methods of `some`.
pub(super) fn contains(filter: MethodFilter, some: MethodFilter) -> bool {
    filter.or(some) == filter
}

/// The last path segment that stands for everything that no other row names. axum rejects such a route, so it cannot be mistaken
/// for one.
pub(super) const BELOW: &str = "*";
