//! The keys that a session or a token can have. Each kind has a type of its own, so that they cannot be confused.

use std::fmt;

macro_rules! key {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        ///
        /// A malformed key never matches.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name<'a>(pub &'a str);

        impl fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }
    };
}

key! {
    /// A role in the active organization, such as `org:admin`; `admin` is the same.
    Role
}
key! {
    /// A permission in the active organization, such as `org:invoices:read`; `invoices:read` is the same. Session
    /// tokens do not contain system permissions (`org:sys_…`), so these never match.
    Permission
}
key! {
    /// A feature of the user or the active organization, such as `invoices`; `org:invoices` or `user:invoices` of just one.
    Feature
}
key! {
    /// A plan of the user or the active organization, such as `pro`; `org:pro` or `user:pro` of just one.
    Plan
}
key! {
    /// A scope of a machine's token, such as `invoices:read` (RFC 6749 §3.3).
    Scope
}
