//! The access table, and the routes that it is made from.

use std::fmt;
use std::slice;

use axum::routing::MethodFilter;
use http::Method;
use serde::{Serialize, Serializer};

use crate::authorize::Requirement;
use crate::axum::Access;

/// Who may call what: one row for each handler of a [`GuardedRouter`](super::GuardedRouter).
///
/// Rows are ordered by path, segment by segment, and within a path by method, whatever the order in which the routes were
/// declared. A path that ends in `*` stands for everything from there on that no other row names: a fallback, a nested
/// service, or a router that was let in unchecked.
///
/// `Display` gives one line for each row, its columns aligned, without a newline at the end. Serialized it is a list of
/// objects `{"methods": ["GET", "HEAD"], "path": "/me", "access": "signed in"}`. Both are fit for a snapshot test, in which
/// every change of access is a line of the diff:
///
/// ```
/// use clerk_runtime::routing::get;
/// use clerk_runtime::{Access, Clerk, GuardedRouter, Public, protected};
///
/// #[protected(role = "org:admin")]
/// async fn members() {}
///
/// let app: GuardedRouter<Clerk> = GuardedRouter::new()
///     .route("/", get(|_: Public| async { "welcome" }))
///     .route("/members", get(members));
/// let table = app.access_table();
///
/// assert_eq!(
///     table.to_string(),
///     "GET, HEAD  /         public\n\
///      GET, HEAD  /members  role org:admin",
/// );
/// assert!(table.rows().iter().all(|row| row.access() != Access::Unchecked));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct AccessTable {
    rows: Vec<AccessRow>,
}

/// One row of an [`AccessTable`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccessRow {
    methods: Methods,
    path: String,
    access: Access,
}

/// The methods that a row is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Methods {
    /// These. `HEAD` is among them where `GET` is, unless the path has a handler of its own for it.
    Named(Vec<Method>),
    /// Every method.
    Any,
    /// Every method that no other row has for the path.
    AnyOther,
}

impl AccessTable {
    pub(super) fn new(routes: &[RegisteredRoute]) -> Self {
        let mut rows: Vec<_> = routes
            .iter()
            .map(|route| AccessRow {
                methods: Methods::from_route(route, routes),
                path: route.path.clone(),
                access: route.access,
            })
            .collect();
        rows.sort_by_cached_key(AccessRow::place);
        Self { rows }
    }

    /// All rows, in order.
    pub fn rows(&self) -> &[AccessRow] {
        &self.rows
    }

    /// Returns what the guards of all routes require, to be compared with the instance by
    /// [`Diagnose::requirements`](crate::diagnose::Diagnose::requirements).
    pub fn requirements(&self) -> impl Iterator<Item = Requirement<'static>> {
        self.rows.iter().filter_map(|row| match row.access {
            Access::Protected(protected) => protected.requirement(),
            Access::Public | Access::Unchecked => None,
        })
    }
}

impl AccessRow {
    /// The methods that it is about.
    pub fn methods(&self) -> &Methods {
        &self.methods
    }

    /// The path of the route, its parameters as axum writes them.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Who may call the handler.
    pub fn access(&self) -> Access {
        self.access
    }

    fn place(&self) -> (Vec<(bool, String)>, usize, bool) {
        let segments = self.path.split('/');
        (
            segments
                .map(|segment| (segment == BELOW, segment.to_owned()))
                .collect(),
            self.methods.place(),
            self.access == Access::Unchecked,
        )
    }
}

impl Methods {
    fn from_route(route: &RegisteredRoute, all: &[RegisteredRoute]) -> Self {
        let mut of_path = all.iter().filter(|other| other.path == route.path);
        let named_elsewhere = |method| move |other: &RegisteredRoute| matches!(other.coverage, MethodCoverage::Named(filter) if contains(filter, method));
        match route.coverage {
            MethodCoverage::Named(filter) => {
                let head_follows =
                    contains(filter, MethodFilter::GET) && !of_path.any(named_elsewhere(MethodFilter::HEAD));
                let filter = if head_follows {
                    filter.or(MethodFilter::HEAD)
                } else {
                    filter
                };
                Self::Named(
                    ORDER
                        .iter()
                        .filter(|(of_method, _)| contains(filter, *of_method))
                        .map(|(_, method)| method.clone())
                        .collect(),
                )
            }
            MethodCoverage::Rest
                if of_path.any(|other| matches!(other.coverage, MethodCoverage::Named(_))) =>
            {
                Self::AnyOther
            }
            MethodCoverage::Rest | MethodCoverage::Unmatched | MethodCoverage::Unchecked => Self::Any,
        }
    }

    fn place(&self) -> usize {
        match self {
            Self::Named(methods) => ORDER
                .iter()
                .position(|(_, method)| methods.first() == Some(method))
                .unwrap_or(ORDER.len()),
            Self::Any => ORDER.len() + 1,
            Self::AnyOther => ORDER.len() + 2,
        }
    }

    fn names(&self) -> Vec<&str> {
        match self {
            Self::Named(methods) => methods.iter().map(Method::as_str).collect(),
            Self::Any => vec!["any"],
            Self::AnyOther => vec!["any other"],
        }
    }
}

impl fmt::Display for AccessTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let methods: Vec<_> = self.rows.iter().map(|row| row.methods.to_string()).collect();
        let methods_width = methods.iter().map(String::len).max().unwrap_or(0);
        let path_width = self
            .rows
            .iter()
            .map(|row| row.path.chars().count())
            .max()
            .unwrap_or(0);
        for (index, (row, methods)) in self.rows.iter().zip(&methods).enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            let AccessRow { path, access, .. } = row;
            write!(f, "{methods:methods_width$}  {path:path_width$}  {access}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Methods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.names().join(", "))
    }
}

/// As a list of names, of which `any` and `any other` are not methods.
impl Serialize for Methods {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.names())
    }
}

impl<'a> IntoIterator for &'a AccessTable {
    type Item = &'a AccessRow;
    type IntoIter = slice::Iter<'a, AccessRow>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

/// The methods that axum routes, in the order of a table.
const ORDER: [(MethodFilter, Method); 9] = [
    (MethodFilter::GET, Method::GET),
    (MethodFilter::HEAD, Method::HEAD),
    (MethodFilter::POST, Method::POST),
    (MethodFilter::PUT, Method::PUT),
    (MethodFilter::PATCH, Method::PATCH),
    (MethodFilter::DELETE, Method::DELETE),
    (MethodFilter::OPTIONS, Method::OPTIONS),
    (MethodFilter::TRACE, Method::TRACE),
    (MethodFilter::CONNECT, Method::CONNECT),
];

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
fn contains(filter: MethodFilter, some: MethodFilter) -> bool {
    filter.or(some) == filter
}

/// The last path segment that stands for everything that no other row names. axum rejects such a route, so it cannot be
/// mistaken for one.
const BELOW: &str = "*";
