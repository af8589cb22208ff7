//! The `#[protected]` attribute of `clerk-runtime`, which re-exports it.
//!
//! In the order of work: `args` reads what stands in the attribute, with `advice`, `value`, `token`, `requirement`, `key` and
//! `reverification` for its parts; `handler` reads what it stands on, `block` where that is, `impl_block` an `impl` block of such, and
//! `fallback` is for items that are neither. `check` holds the rules about the function, `parameter`, `marks`, `injected` and `shape` decide
//! what each parameter is, `body`, `body_type`, `identity` and `alias` which of them may be the body of the request, `extracted` and
//! `not_extracted` what axum makes of the others, `output` what is returned,
//! `future` which functions return futures, `contradiction` holds the rules about requirements and `combination` those about both. `policy`, `field`, `openapi` and
//! `expand` write the tokens, with paths from `runtime`. `report` collects mistakes on the way, so that one build shows all of
//! them. `declare` is `permissions!`, and `routes` is `openapi::routes!`.

mod advice;
mod alias;
mod args;
mod block;
mod body;
mod body_type;
mod check;
mod combination;
mod constant;
mod contradiction;
mod declare;
mod distance;
mod expand;
mod extracted;
mod fallback;
mod field;
mod future;
mod handler;
mod identity;
mod impl_block;
mod injected;
mod key;
mod marks;
mod names;
mod not_extracted;
mod openapi;
mod output;
mod parameter;
mod policy;
mod report;
mod requirement;
mod reverification;
mod routes;
mod runtime;
mod shape;
mod slot;
#[cfg(test)]
mod tests;
mod token;
mod value;

use proc_macro::TokenStream;

/// Lets a handler run only for somebody who is signed in, and passes what the token says as parameters.
///
/// ```
/// # #[cfg(any())] mod example {
/// #[protected]
/// async fn me(user_id: UserId, org_id: Option<OrgId>, Path(id): Path<u64>) -> String {
///     format!("{user_id} reads {id}")
/// }
/// # }
/// ```
///
/// Nobody signed in is answered with 401 before the path, the query or a byte of the body is looked at.
///
/// # Parameters
///
/// | slot | types |
/// | --- | --- |
/// | `user_id` | `UserId`, `&UserId`, `String`, `&str`; an `Option` where tokens without a user are accepted |
/// | `session_id` | `SessionId`, `&SessionId`, `String`, `&str`, `Option<SessionId>` |
/// | `org_id` | `OrgId`, `&OrgId`, `String`, `&str` (403 without an active organization), `Option<OrgId>` |
/// | `auth` | `SessionAuth`, `&SessionAuth`, `Auth`, `&Auth` |
/// | `claims` | `Claims<T>`, `&Claims<T>` for a `T` of yours that implements `Deserialize` |
/// | `machine` | `MachineAuth`, `&MachineAuth`; an `Option` where sessions are accepted too |
///
/// A parameter is given the slot that `#[auth(slot)]` on it names, else the one that its own name names, with or without
/// leading underscores, else the one that its type belongs to. `#[extract]` leaves a parameter to axum. All other
/// parameters are axum extractors, at most 15 of them.
///
/// ## Text and bytes
///
/// Axum reads a parameter of text or bytes, such as `user: String`, from the body of the request, where a caller may
/// write anything. So that it is not mistaken for what the token says, it compiles only under the name of a body, or with
/// `#[extract]`. This holds for `#[public]` too.
///
/// A body is called `body`, `text`, `payload`, `raw`, `content`, `bytes`, `data`, `message`, `csv`, `xml`, `html`,
/// `json`, `yaml`, `toml` or `markdown`. A name of several words has one of these at its beginning or end, as in
/// `raw_body` and `csv_text`. A name with a word that speaks of who calls is refused all the same, as are `user_text` and
/// `body_of_org`: users, organizations, tenants, roles, permissions, sessions, tokens, ids and the like. `_: String`
/// compiles: what has no name cannot be mistaken.
///
/// Text and bytes are `String`, `str`, `Bytes`, `BytesMut`, and slices, arrays and a `Vec` of `u8`; also by reference, in
/// `Option`, `Result`, `Box`, `Rc`, `Arc` and `Cow`, and as a part of a tuple. They are recognised by the last word of
/// their path. The compiler sees through aliases: `user: Name` is refused if `type Name = String` or an alias of `Bytes`,
/// or of a `Result` of these. An alias of `BytesMut`, of or in a tuple, or in the generics of a handler is not seen, and neither
/// is what an extractor of another crate takes from the body. A type of your own that implements `FromRequest` may have
/// any name, unless it is called as one of these types.
///
/// # Arguments
///
/// Commas mean all of them. A key is written in quotes, as Clerk's dashboard shows it, or is a constant of
/// `permissions!`, `roles!`, `features!` or `plans!`, in which a misspelt one does not compile.
///
/// | argument | asks for |
/// | --- | --- |
/// | `role = "org:admin"` | a role in the active organization |
/// | `permission = Perm::InvoicesRead` | a permission in the active organization |
/// | `feature = "export"`, `plan = "org:pro"` | a feature, a plan; of the user or the organization unless it says of which |
/// | `reverification = "strict"` | factors verified a short while ago: `strict_mfa`, `strict`, `moderate`, `lax` |
/// | `reverification(level = "second_factor", after_minutes = 5)` | the same, by your own measure |
/// | `scope = "invoices:read"` | a scope of a machine's token |
/// | `any(..)`, `all(..)` | at least one, every one of those in the list |
/// | `token = "api_key"` | API keys, and no sessions; likewise `"m2m_token"`, `"oauth_token"`, `"session_token"` |
/// | `token = any("session_token", "oauth_token")` | one of several types of token; `token = "any"` any of them |
///
/// | argument | does |
/// | --- | --- |
/// | `redirect_to_sign_in` | sends browsers that ask for a document to the sign-in page, instead of 401; needs a `ClerkLayer` around the router, which renews expired sessions |
/// | `state = AppState` | checks here that the router's state has a `Clerk`, and that each parameter can be extracted with it |
/// | `crate = path` | says where `clerk_runtime` is when it is renamed or re-exported |
///
/// ```
/// # #[cfg(any())] mod example {
/// #[protected(any(role = "org:admin", all(permission = Perm::InvoicesRead, plan = "pro")))]
/// async fn invoices(user_id: UserId) {}
///
/// #[protected(token = "api_key", scope = "invoices:read")]
/// async fn export(machine: MachineAuth) -> String {
///     machine.subject().to_owned()
/// }
///
/// #[protected(token = any("session_token", "api_key"), any(permission = "org:invoices:read", scope = "invoices:read"))]
/// async fn either(user_id: Option<UserId>, machine: Option<MachineAuth>) {}
///
/// #[protected(redirect_to_sign_in)]
/// async fn account(user_id: UserId) {}
/// # }
/// ```
///
/// What could never be satisfied does not compile, such as a scope for sessions, two roles at once or an empty list; nor
/// does a parameter that is not there for every token that is accepted.
///
/// # Other attributes
///
/// `#[instrument]` and `#[utoipa::path]` stand above or below, `#[axum::debug_handler(state = ..)]` stands below.
///
/// # Errors
///
/// Every mistake is a compile error, and all mistakes of a handler are reported at once.
///
/// Handlers are free functions, or stand in an `impl` block with `#[handlers]`.
#[proc_macro_attribute]
pub fn protected(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::protected(args.into(), item.into()).into()
}

/// Says that anyone may call a handler, so that a router that checks takes it.
///
/// ```
/// # #[cfg(any())] mod example {
/// #[public]
/// async fn health() -> &'static str {
///     "ok"
/// }
/// # }
/// ```
///
/// Nothing is injected into a public handler. Text and bytes that axum reads from the body have the name of a body, as
/// [`protected`](macro@protected) explains; `user: String` does not compile.
///
/// `state = AppState` checks here that each parameter can be extracted with the router's state, and `crate = path` says where
/// `clerk_runtime` is when it is renamed or re-exported.
#[proc_macro_attribute]
pub fn public(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::public(args.into(), item.into()).into()
}

/// Lets the functions of an `impl` block be handlers. Each `async fn` in it has to state who may call it.
///
/// Axum also takes a function as a handler that is not an `async fn` but returns a future. Such a function is refused: it
/// states nothing, and `#[protected]` needs an `async fn`. It is recognised by its return type: `impl Future`,
/// `Pin<Box<dyn Future>>`, a type whose name ends in `Future` such as `BoxFuture`, `Ready<..>` and `JoinHandle<..>`. Not
/// seen are aliases with other names, and functions that a macro in the block expands to; a
/// `GuardedRouter` refuses those when they are mounted.
///
/// ```
/// # #[cfg(any())] mod example {
/// struct Invoices;
///
/// #[handlers]
/// impl Invoices {
///     #[protected(permission = "org:invoices:read")]
///     async fn list(org_id: OrgId) -> String {
///         Self::title(&org_id)
///     }
///
///     #[public]
///     async fn terms() -> &'static str {
///         "30 days"
///     }
///
///     fn title(org_id: &OrgId) -> String {
///         format!("invoices of {org_id}")
///     }
/// }
/// # }
/// ```
///
/// The functions are mounted by their path, as in `get(Invoices::list)`.
#[proc_macro_attribute]
pub fn handlers(args: TokenStream, item: TokenStream) -> TokenStream {
    impl_block::handlers(args.into(), item.into()).into()
}

/// What `permissions!` and its like of the runtime expand to.
#[doc(hidden)]
#[proc_macro]
pub fn keys(input: TokenStream) -> TokenStream {
    declare::keys(input.into()).into()
}

/// What `openapi::routes!` of the runtime expands to.
#[doc(hidden)]
#[proc_macro]
pub fn openapi_routes(input: TokenStream) -> TokenStream {
    routes::routes(input.into()).into()
}
