use std::fmt;

use http::Method;
use utoipa::openapi::OpenApi;

use super::operation::describe;
use super::security::operations_mut;
use crate::axum::Access;
use crate::axum::routing::{AccessRow, AccessTable, Methods};

impl AccessTable {
    /// Writes into a document who may call its operations, adds the security schemes that are used, and tells where the
    /// routes and the document differ.
    ///
    /// Operations are found by method and path. The names of parameters do not matter, and `{*rest}` is a parameter like
    /// others. A route says of an operation:
    ///
    /// | | protected | public |
    /// | --- | --- | --- |
    /// | `security` | the tokens that are accepted, in place of what was there | none, unless something was there |
    /// | `responses` | 401, 403, 503, and 307 with `redirect_to_sign_in`, where they are not there | unchanged |
    /// | `description` | a last paragraph such as ``Access: `role org:admin`.`` | `Access: public.` |
    ///
    /// ```
    /// use clerk_runtime::routing::get;
    /// use clerk_runtime::{Clerk, GuardedRouter, Public, protected};
    /// use utoipa::OpenApi;
    ///
    /// #[protected(role = "org:admin")]
    /// #[utoipa::path(get, path = "/members", responses((status = 200, body = [String])))]
    /// async fn members() {}
    ///
    /// #[derive(OpenApi)]
    /// #[openapi(paths(members))]
    /// struct Api;
    ///
    /// let app: GuardedRouter<Clerk> = GuardedRouter::new()
    ///     .route("/health", get(|_: Public| async { "ok" }))
    ///     .route("/members", get(members));
    /// let mut api = Api::openapi();
    /// let differences = app.access_table().document(&mut api);
    ///
    /// assert_eq!(differences.to_string(), "not in the document: GET /health");
    /// # let members = api.paths.paths["/members"].get.as_ref().unwrap();
    /// assert!(members.responses.responses.contains_key("403"));
    /// assert_eq!(members.description.as_deref(), Some("Access: `role org:admin`."));
    /// ```
    pub fn document(&self, api: &mut OpenApi) -> Differences {
        let mut rows: Vec<Documented<'_>> = self.rows().iter().filter_map(Documented::from_row).collect();
        let mut unrouted = Vec::new();
        let mut schemas = Vec::new();
        for (path, item) in &mut api.paths.paths {
            let shape = shape(path);
            for (method, operation) in operations_mut(item) {
                match Documented::find(&mut rows, &shape, &method) {
                    Some(row) => {
                        schemas.extend(describe(operation, row.access));
                        row.documented.push(method);
                    }
                    None => unrouted.push(Endpoint {
                        methods: Methods::Named(vec![method]),
                        path: path.clone(),
                    }),
                }
            }
        }
        if !schemas.is_empty() {
            let known = &mut api.components.get_or_insert_default().schemas;
            for (name, schema) in schemas {
                known.entry(name).or_insert(schema);
            }
        }
        super::add_security_schemes(api);
        Differences {
            undocumented: rows.iter().filter_map(Documented::missing).collect(),
            unrouted,
        }
    }
}

/// Where a document and the routes of a router differ. Empty if they do not.
///
/// `Display` gives a line for each endpoint, fit for the message of a test. A route that is left out of the document on
/// purpose, such as the one that serves it, is expected there:
///
/// ```
/// # use clerk_runtime::openapi::Differences;
/// # fn example(differences: Differences) {
/// assert_eq!(differences.to_string(), "not in the document: GET /openapi.json");
/// # }
/// ```
#[must_use = "it tells which routes are not documented"]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    undocumented: Vec<Endpoint>,
    unrouted: Vec<Endpoint>,
}

/// Some methods of a path. `Display` gives them as in `GET /invoices/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    methods: Methods,
    path: String,
}

impl Differences {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.undocumented.is_empty() && self.unrouted.is_empty()
    }

    /// The routes that the document does not have, in the order of the table.
    ///
    /// `HEAD` is not missed where there is `GET`, nor what a document has no word for: `CONNECT`, fallbacks, nested services.
    pub fn undocumented(&self) -> &[Endpoint] {
        &self.undocumented
    }

    /// The operations of the document that there is no route for. Nothing was written into them. A fallback, a nested
    /// service or an unchecked router may answer them all the same.
    pub fn unrouted(&self) -> &[Endpoint] {
        &self.unrouted
    }
}

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let undocumented = self.undocumented.iter().map(|one| ("not in the document", one));
        let unrouted = self.unrouted.iter().map(|one| ("without a route", one));
        for (index, (what, endpoint)) in undocumented.chain(unrouted).enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{what}: {endpoint}")?;
        }
        Ok(())
    }
}

impl Endpoint {
    /// The methods.
    pub fn methods(&self) -> &Methods {
        &self.methods
    }

    /// The path, as the router or the document has it.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.methods, self.path)
    }
}

/// A row of the table, and which of its methods the document has.
struct Documented<'a> {
    row: &'a AccessRow,
    access: Access,
    shape: String,
    documented: Vec<Method>,
}

impl<'a> Documented<'a> {
    /// Returns `None` for a row about all paths that no other row names.
    fn from_row(row: &'a AccessRow) -> Option<Self> {
        (!row.path().ends_with("/*")).then(|| Self {
            row,
            access: row.access(),
            shape: shape(row.path()),
            documented: Vec::new(),
        })
    }

    fn find<'r>(rows: &'r mut [Self], shape: &str, method: &Method) -> Option<&'r mut Self> {
        let names = |row: &Self| matches!(row.row.methods(), Methods::Named(named) if named.contains(method));
        let position =
            |matches: &dyn Fn(&Self) -> bool| rows.iter().position(|row| row.shape == shape && matches(row));
        let at =
            position(&names).or_else(|| position(&|row| !matches!(row.row.methods(), Methods::Named(_))))?;
        rows.get_mut(at)
    }

    fn missing(&self) -> Option<Endpoint> {
        let methods = match self.row.methods() {
            Methods::Named(named) => {
                let follows_get = |method: &Method| *method == Method::HEAD && named.contains(&Method::GET);
                let missing: Vec<_> = named
                    .iter()
                    .filter(|method| **method != Method::CONNECT && !follows_get(method))
                    .filter(|method| !self.documented.contains(method))
                    .cloned()
                    .collect();
                (!missing.is_empty()).then_some(Methods::Named(missing))?
            }
            Methods::Any if self.documented.is_empty() => Methods::Any,
            Methods::Any | Methods::AnyOther => return None,
        };
        Some(Endpoint {
            methods,
            path: self.row.path().to_owned(),
        })
    }
}

/// A path without the names of its parameters, which a router and a document may choose differently.
fn shape(path: &str) -> String {
    if path.is_empty() {
        return "/".to_owned();
    }
    let segments = path.split('/').map(|segment| {
        let is_parameter = segment.starts_with('{') && segment.ends_with('}') && !segment.starts_with("{{");
        if is_parameter { "{}" } else { segment }
    });
    segments.collect::<Vec<_>>().join("/")
}
