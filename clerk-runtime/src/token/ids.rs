use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        ///
        /// Derefs to `str`, compares with `str`, and serialises as a string. Cloning is cheap.
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(#[serde(with = "shared_text")] Arc<str>);

        impl $name {
            /// Makes an id of a string, which is not verified by that.
            pub fn new(id: impl Into<Arc<str>>) -> Self {
                Self(id.into())
            }

            /// Returns the id as a string.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), &*self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id.into())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().to_owned()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                &*self.0 == *other
            }
        }
    };
}

id! {
    /// The id of a user, `user_…`. As a handler parameter of this type it is the verified user of the request. Inside `Path`,
    /// `Query`, `Json` or another extractor it is what the caller wrote, and not verified.
    UserId
}
id! {
    /// The id of a session, `sess_…`.
    SessionId
}
id! {
    /// The id of an organization, `org_…`.
    OrgId
}

/// Serializes the string of an id. serde's own support for `Arc` is a feature that would be enabled for the whole build.
mod shared_text {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(deserializer).map(Arc::from)
    }
}

/// Returns whether `id` has the form of Clerk's ids: 1 to 256 characters of `A-Z a-z 0-9 _ -`.
pub(crate) fn is_well_formed(id: &str) -> bool {
    consists_of(id, 256, is_id_byte)
}

/// Returns whether a string has 1 to `max_len` bytes, all of which are allowed.
pub(crate) fn consists_of(text: &str, max_len: usize, is_allowed: impl Fn(u8) -> bool) -> bool {
    // A loop without early exit lets the compiler check many bytes at once.
    (1..=max_len).contains(&text.len()) && text.bytes().fold(true, |all, byte| all & is_allowed(byte))
}

/// Returns whether a byte can be part of an id.
pub(crate) fn is_id_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}
