//! The names of arguments, for "did you mean".

/// What can be required.
pub(crate) const REQUIREMENTS: [&str; 8] = [
    "role",
    "permission",
    "feature",
    "plan",
    "reverification",
    "scope",
    "any",
    "all",
];

/// What there is beside requirements.
pub(crate) const ARGUMENTS: [&str; 4] = ["token", "redirect_to_sign_in", "state", "crate"];

/// Why nothing is negated.
pub(crate) const NO_NOT: &str = "there is no `not(..)`: data that is missing would satisfy it, so it fails open; state \
                                 what is required instead";

/// Returns true for a name that was to negate.
pub(crate) fn is_negation(name: &str) -> bool {
    matches!(
        name,
        "not" | "unless" | "except" | "without" | "none_of" | "noneOf"
    )
}
