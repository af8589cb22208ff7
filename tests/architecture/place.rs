//! Where in the code a path stands.

/// Where a path stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Use {
        reexport: bool,
    },
    Glob,
    Type,
    /// An expression: a constant, a function or a constructor, called or not.
    Value,
    /// Before the braces of a struct expression.
    Literal,
    Pattern,
    Macro,
}
