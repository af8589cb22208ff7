use utoipa::openapi::path::Operation;

use super::response::{self, Schemas};
use super::security;
use crate::axum::{Access, Protected};
use crate::token::AcceptsToken;

/// Writes who may call an operation into it, and returns the schemas that it now refers to. Doing it twice is doing it once.
pub(super) fn describe(operation: &mut Operation, access: Access) -> Schemas {
    match access {
        Access::Public => {
            // A requirement of the whole document does not apply. One that was written by hand tells of a handler that
            // looks at tokens without asking for one.
            operation.security.get_or_insert_default();
            append_access_line(&mut operation.description, "public");
            Vec::new()
        }
        Access::Protected(protected) => {
            operation.security = Some(security::security_requirements(&protected));
            response::add(&mut operation.responses, &protected);
            append_access_line(&mut operation.description, &access_text(&protected));
            response::schemas(&protected)
        }
        Access::Unchecked => Vec::new(),
    }
}

/// Describes the access as `#[protected]` does in the documentation of a handler, with keys instead of the names of constants.
fn access_text(protected: &Protected) -> String {
    let mut words = match protected.requirement() {
        Some(requirement) => format!("`{requirement}`"),
        None => "signed in".to_owned(),
    };
    if protected.accepts() != AcceptsToken::SESSION {
        words.push_str(&format!(" with `{}`", protected.accepts()));
    }
    words
}

/// Appends the access line to a description. Replaces the line that `#[utoipa::path]` has copied from the documentation of the
/// handler if it is below the attribute.
fn append_access_line(description: &mut Option<String>, access: &str) {
    let line = format!("{ACCESS}{access}.");
    let written = description.as_deref().unwrap_or_default().trim_end();
    let (before, last) = written.rsplit_once("\n\n").unwrap_or(("", written));
    let written = if last.starts_with(ACCESS) {
        before.trim_end()
    } else {
        written
    };
    *description = Some(if written.is_empty() {
        line
    } else {
        format!("{written}\n\n{line}")
    });
}

const ACCESS: &str = "Access: ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_access_is_the_last_and_the_only_one() {
        for (before, after) in [
            (None, "Access: public."),
            (Some(""), "Access: public."),
            (Some("Access: `permission Perm::Read`."), "Access: public."),
            (Some("One."), "One.\n\nAccess: public."),
            (Some("One.\n\nTwo.\n"), "One.\n\nTwo.\n\nAccess: public."),
            (Some("One.\n\nAccess: signed in."), "One.\n\nAccess: public."),
            (
                Some("Access: ask Ada.\n\nTwo."),
                "Access: ask Ada.\n\nTwo.\n\nAccess: public.",
            ),
        ] {
            let mut description = before.map(str::to_owned);
            append_access_line(&mut description, "public");
            assert_eq!(description.as_deref(), Some(after));
            append_access_line(&mut description, "public");
            assert_eq!(description.as_deref(), Some(after));
        }
    }
}
