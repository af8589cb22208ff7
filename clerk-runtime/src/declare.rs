//! Keys as constants.

/// Declares the permissions of an application as constants: rustc then knows each of them, suggests near names, and does not
/// take a role in place of one.
///
/// ```
/// use clerk_runtime::{UserId, permissions, protected};
///
/// permissions! {
///     /// What members of an organization may do.
///     pub Perm {
///         InvoicesRead = "org:invoices:read",
///         /// Also sends them.
///         InvoicesWrite = "org:invoices:write",
///     }
/// }
///
/// #[protected(permission = Perm::InvoicesRead)]
/// async fn invoices(user_id: UserId) {}
///
/// # fn example(auth: clerk_runtime::Auth) {
/// if auth.has(Perm::InvoicesWrite) { /* … */ }
/// # }
/// assert_eq!(Perm::ALL.len(), 2);
/// ```
///
/// Keys that have not the form of one, that are declared twice, or that no session token has (`org:sys_…`) do not compile.
#[macro_export]
macro_rules! permissions {
    ($($declaration:tt)*) => {
        $crate::__private::keys! { $crate permission $($declaration)* }
    };
}

/// Declares the roles of an application as constants, as [`permissions!`](crate::permissions) does its permissions.
///
/// ```
/// clerk_runtime::roles! {
///     pub Roles {
///         Admin = "org:admin",
///         Member = "org:member",
///     }
/// }
/// ```
#[macro_export]
macro_rules! roles {
    ($($declaration:tt)*) => {
        $crate::__private::keys! { $crate role $($declaration)* }
    };
}

/// Declares the features of an application as constants, as [`permissions!`](crate::permissions) does its permissions.
///
/// ```
/// clerk_runtime::features! {
///     pub Features { Export = "export" }
/// }
/// ```
#[macro_export]
macro_rules! features {
    ($($declaration:tt)*) => {
        $crate::__private::keys! { $crate feature $($declaration)* }
    };
}

/// Declares the plans of an application as constants, as [`permissions!`](crate::permissions) does its permissions.
///
/// ```
/// clerk_runtime::plans! {
///     pub Plans {
///         Free = "user:free",
///         Pro = "org:pro",
///     }
/// }
/// ```
#[macro_export]
macro_rules! plans {
    ($($declaration:tt)*) => {
        $crate::__private::keys! { $crate plan $($declaration)* }
    };
}
