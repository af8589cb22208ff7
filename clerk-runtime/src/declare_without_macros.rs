//! The macros of `declare.rs` in a build without the feature `macros`: rustc does not know the features of macros by example.

/// Needs the feature `macros`.
#[doc(hidden)]
#[macro_export]
macro_rules! permissions {
    ($($declaration:tt)*) => {
        ::core::compile_error! {
            "`permissions!` needs the feature `macros` of `clerk-runtime`, which is off: switch it on in Cargo.toml"
        }
    };
}

/// Needs the feature `macros`.
#[doc(hidden)]
#[macro_export]
macro_rules! roles {
    ($($declaration:tt)*) => {
        ::core::compile_error! {
            "`roles!` needs the feature `macros` of `clerk-runtime`, which is off: switch it on in Cargo.toml"
        }
    };
}

/// Needs the feature `macros`.
#[doc(hidden)]
#[macro_export]
macro_rules! features {
    ($($declaration:tt)*) => {
        ::core::compile_error! {
            "`features!` needs the feature `macros` of `clerk-runtime`, which is off: switch it on in Cargo.toml"
        }
    };
}

/// Needs the feature `macros`.
#[doc(hidden)]
#[macro_export]
macro_rules! plans {
    ($($declaration:tt)*) => {
        ::core::compile_error! {
            "`plans!` needs the feature `macros` of `clerk-runtime`, which is off: switch it on in Cargo.toml"
        }
    };
}
