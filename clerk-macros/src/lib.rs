//! The `#[protected]` attribute of `clerk-runtime`, which re-exports it.
//!
//! In the order of work: `args` and `token` read what stands in the attribute, `handler` what it stands on, `check` holds
//! the rules about the function, `parameter`, `marks`, `injected` and `shape` decide what each parameter is, `combination`
//! holds the rules about both, and `expand` writes the tokens. `report` collects mistakes on the way, so that one build
//! shows all of them.

mod args;
mod check;
mod combination;
mod distance;
mod expand;
mod handler;
mod injected;
mod marks;
mod parameter;
mod report;
mod shape;
mod slot;
#[cfg(test)]
mod tests;
mod token;

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
/// # Arguments
///
/// | argument | |
/// | --- | --- |
/// | `token = "api_key"` | accepts API keys, and no sessions; likewise `"m2m_token"`, `"oauth_token"`, `"session_token"` |
/// | `token = any("session_token", "oauth_token")` | accepts several types of token; `token = "any"` all of them |
/// | `scope = "invoices:read"` | asks a machine's token for a scope, 403 without; given several times, for all of them |
/// | `redirect_to_sign_in` | sends browsers that ask for a document to the sign-in page, instead of 401 |
///
/// ```
/// # #[cfg(any())] mod example {
/// #[protected(token = "api_key", scope = "invoices:read")]
/// async fn invoices(machine: MachineAuth) -> String {
///     machine.subject().to_owned()
/// }
///
/// #[protected(token = any("session_token", "api_key"))]
/// async fn either(user_id: Option<UserId>, machine: Option<MachineAuth>) {}
///
/// #[protected(redirect_to_sign_in)]
/// async fn account(user_id: UserId) {}
/// # }
/// ```
///
/// What could never be satisfied does not compile, such as a scope for sessions, nor does a parameter that is not there for
/// every token that is accepted.
///
/// `crate = path` says where `clerk_runtime` is when it is renamed or re-exported: `#[protected(crate = my::clerk_runtime)]`.
///
/// # Other attributes
///
/// `#[instrument]` and `#[utoipa::path]` stand above or below, `#[axum::debug_handler(state = ..)]` stands below.
///
/// # Errors
///
/// Every mistake is a compile error, and all mistakes of a handler are reported at once.
///
/// Handlers are free functions. In an `impl` block rustc says "struct is not supported in `trait`s or `impl`s": move the
/// handler out of the block.
#[proc_macro_attribute]
pub fn protected(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::protected(args.into(), item.into()).into()
}
