//! The description, responses and security of an operation, by its access.

use serde_json::{Value, json};
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::Operation;
use utoipa::openapi::response::{Response, ResponseBuilder, Responses};
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, SchemaType, Type};
use utoipa::openapi::{Content, ContentBuilder, Ref, RefOr, Schema};

use super::security::security_requirements;
use crate::authorize::Requirement;
use crate::axum::{Access, Protected, WhenSignedOut};
use crate::token::AcceptsToken;

/// Schemas with their names.
pub(super) type Schemas = Vec<(String, RefOr<Schema>)>;

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
            operation.security = Some(security_requirements(&protected));
            add_responses(&mut operation.responses, &protected);
            append_access_line(&mut operation.description, &access_text(&protected));
            response_schemas(&protected)
        }
        Access::Unchecked => Vec::new(),
    }
}

/// Describes the access as `#[protected]` does in the documentation of a handler, with keys instead of the names of
/// constants.
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

/// Appends the access line to a description. Replaces the line that `#[utoipa::path]` has copied from the documentation of
/// the handler if it is below the attribute.
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

/// Adds the responses of a guard. Keeps responses that are already there.
fn add_responses(responses: &mut Responses, protected: &Protected) {
    let mut add = |status: &str, response: fn(&Protected) -> Response| {
        let is_there = |key: &str| responses.responses.contains_key(key);
        if !is_there(status)
            && !RANGES
                .iter()
                .any(|range| is_range_of(range, status) && is_there(range))
        {
            let response = RefOr::T(response(protected));
            responses.responses.insert(status.to_owned(), response);
        }
    };
    if protected.when_signed_out() == WhenSignedOut::RedirectToSignIn {
        add("307", sign_in);
    }
    add("401", not_authenticated);
    add("403", not_authorized);
    add("503", unavailable);
}

/// Returns the schemas that these responses refer to.
fn response_schemas(protected: &Protected) -> Schemas {
    let mut schemas = vec![(REJECTION.to_owned(), rejection())];
    if asks_for_reverification(protected) {
        schemas.push((REVERIFICATION.to_owned(), reverification()));
    }
    schemas
}

fn sign_in(_: &Protected) -> Response {
    ResponseBuilder::new()
        .description(
            "Nobody is signed in, and a browser asks for a document: it is sent to the sign-in page. Everything else is \
             answered 401.",
        )
        .header("Location", header(Type::String, "The sign-in page, with the way back."))
        .build()
}

fn not_authenticated(_: &Protected) -> Response {
    ResponseBuilder::new()
        .description("Nobody is signed in: the request has no token, or none that is accepted.")
        .header(
            "WWW-Authenticate",
            header(
                Type::String,
                "`Bearer`, with `error=\"invalid_token\"` if a token was presented.",
            ),
        )
        .content(JSON, body("Not authenticated"))
        .build()
}

fn not_authorized(protected: &Protected) -> Response {
    let description = match protected.requirement() {
        Some(requirement) => format!("Somebody is signed in who does not have what is asked for: `{requirement}`."),
        None => {
            "Somebody is signed in who does not have what the operation works with, such as an active organization."
                .to_owned()
        }
    };
    let mut response = ResponseBuilder::new().description(description);
    if asks_for(protected, |leaf| matches!(leaf, Requirement::Scope(_))) {
        let challenge = header(
            Type::String,
            "`Bearer` with `error=\"insufficient_scope\"` and the scopes, if a scope is what is missing.",
        );
        response = response.header("WWW-Authenticate", challenge);
    }
    if asks_for_reverification(protected) {
        let either = OneOfBuilder::new()
            .item(Ref::from_schema_name(REJECTION))
            .item(Ref::from_schema_name(REVERIFICATION));
        response.content(JSON, Content::new(Some(Schema::OneOf(either.build()))))
    } else {
        response.content(JSON, body("Not authorized"))
    }
    .build()
}

fn unavailable(_: &Protected) -> Response {
    ResponseBuilder::new()
        .description("Nothing is known about the token, because Clerk cannot be reached.")
        .header(
            "Retry-After",
            header(Type::Integer, "The seconds after which to try again."),
        )
        .content(JSON, body("Authentication is unavailable"))
        .build()
}

fn header(type_: Type, description: &str) -> Header {
    HeaderBuilder::new()
        .schema(Some(
            ObjectBuilder::new().schema_type(SchemaType::Type(type_)).build(),
        ))
        .description(Some(description))
        .build()
}

fn body(error: &str) -> Content {
    ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(REJECTION)))
        .example(Some(json!({ "error": error })))
        .build()
}

/// `{"error": "Not authenticated"}`.
fn rejection() -> RefOr<Schema> {
    object("Why a request did not get to its operation.")
        .property("error", text("The reason, for people."))
        .required("error")
        .build()
        .into()
}

/// What Clerk's `useReverification()` looks for.
fn reverification() -> RefOr<Schema> {
    let asked = object("The preset that is asked for, or its level and the minutes that it lasts.");
    let error = object("Clerk's error.")
        .property("type", constant("forbidden"))
        .required("type")
        .property("reason", constant("reverification-error"))
        .required("reason")
        .property(
            "metadata",
            ObjectBuilder::new()
                .property(
                    "reverification",
                    OneOfBuilder::new()
                        .item(text("A preset, such as `strict`."))
                        .item(asked.build()),
                )
                .required("reverification"),
        )
        .required("metadata");
    object("The session has to be verified again, which Clerk's frontend components do.")
        .property("clerk_error", error)
        .required("clerk_error")
        .build()
        .into()
}

fn object(description: &str) -> ObjectBuilder {
    ObjectBuilder::new().description(Some(description))
}

fn text(description: &str) -> ObjectBuilder {
    object(description).schema_type(SchemaType::Type(Type::String))
}

fn constant(value: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .enum_values(Some([Value::from(value)]))
}

fn asks_for_reverification(protected: &Protected) -> bool {
    asks_for(protected, |leaf| matches!(leaf, Requirement::Reverification(_)))
}

/// Whether there is such a leaf in what a guard requires.
fn asks_for(protected: &Protected, is_it: fn(&Requirement<'_>) -> bool) -> bool {
    fn any(requirement: &Requirement<'_>, is_it: fn(&Requirement<'_>) -> bool) -> bool {
        match requirement {
            Requirement::Any(items) | Requirement::All(items) => items.iter().any(|item| any(item, is_it)),
            leaf => is_it(leaf),
        }
    }
    protected
        .requirement()
        .is_some_and(|requirement| any(&requirement, is_it))
}

/// Whether a key such as `4XX` stands for a status.
fn is_range_of(range: &str, status: &str) -> bool {
    range.get(..1) == status.get(..1)
}

const RANGES: [&str; 6] = ["3XX", "4XX", "5XX", "3xx", "4xx", "5xx"];
const JSON: &str = "application/json";
const REJECTION: &str = "ClerkRejection";
const REVERIFICATION: &str = "ClerkReverificationError";

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
