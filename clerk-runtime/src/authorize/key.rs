//! What a session or a token can have, each kind a type of its own, so that one is never taken for another.

use std::fmt;

macro_rules! key {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        ///
        /// What has not the form of one is had by nobody.
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
    /// A permission in the active organization, such as `org:invoices:read`; `invoices:read` is the same. System
    /// permissions (`org:sys_…`) are in no session token, so nobody has them here.
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
