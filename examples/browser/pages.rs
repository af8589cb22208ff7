use std::sync::PoisonError;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use clerk_runtime::{Auth, RedirectError, Requirement, UserId, protected};
use serde::Deserialize;

use crate::application::{Application, Note};
use crate::html::{escape, page};

/// For everybody.
pub(crate) async fn home(auth: Auth) -> Response {
    let body = match auth.session() {
        Some(session) => format!(
            "<p>You are signed in as <code>{}</code>.</p>",
            escape(session.user_id())
        ),
        None => "<p>You are signed out. <a href=\"/sign-in\">Sign in</a>, or go to the \
                 <a href=\"/notes\">notes</a> and be asked to.</p>"
            .to_owned(),
    };
    page("Welcome", &auth, &body)
}

/// For whoever is signed in; others sign in and come back.
#[protected(redirect_to_sign_in)]
pub(crate) async fn notes(auth: Auth, user_id: UserId, State(application): State<Application>) -> Response {
    let notes = application.notes.lock().unwrap_or_else(PoisonError::into_inner);
    let own = notes.iter().filter(|note| note.author == user_id.as_str());
    let items: String = own
        .map(|note| format!("<li>{}</li>", escape(&note.text)))
        .collect();
    let body = format!(
        "<ul>{items}</ul><form method=\"post\" action=\"/notes\"><label for=\"text\">A new note</label>\
         <input id=\"text\" name=\"text\" required maxlength=\"200\"><button>Write</button></form>"
    );
    page("Your notes", &auth, &body)
}

#[derive(Deserialize)]
pub(crate) struct NewNote {
    text: String,
}

/// Changes something, so a request that another site made with the user's cookie does not get here.
#[protected]
pub(crate) async fn write_note(
    user_id: UserId,
    State(application): State<Application>,
    Form(note): Form<NewNote>,
) -> Redirect {
    let mut notes = application.notes.lock().unwrap_or_else(PoisonError::into_inner);
    notes.push(Note {
        author: user_id.into(),
        text: note.text.chars().take(200).collect(),
    });
    Redirect::to("/notes")
}

/// Comes with no organization active.
#[protected(redirect_to_sign_in)]
pub(crate) async fn personal_account(auth: Auth, user_id: UserId) -> Response {
    let body = format!(
        "<p>This is the personal account of <code>{}</code>.</p>",
        escape(&user_id)
    );
    page("Personal account", &auth, &body)
}

/// Comes with the organization of the path active, if the user is a member of it.
#[protected(redirect_to_sign_in)]
pub(crate) async fn organization(auth: Auth, Path(slug): Path<String>) -> Response {
    if auth.org_slug() != Some(&slug) {
        let body = format!("<p>You are not a member of <code>{}</code>.</p>", escape(&slug));
        return (StatusCode::FORBIDDEN, page("Not a member", &auth, &body)).into_response();
    }
    let role = escape(auth.org_role().unwrap_or_default());
    let advice = if auth.has(Requirement::role("org:admin")) {
        "<p>Admins see this line.</p>"
    } else {
        ""
    };
    let body = format!("<p>Your role is <code>{role}</code>.</p>{advice}");
    page(&format!("Organization {slug}"), &auth, &body)
}

pub(crate) async fn sign_in(
    State(application): State<Application>,
    request: Parts,
) -> Result<Redirect, Misconfigured> {
    let url = application
        .clerk
        .redirect_to_sign_in(&request)
        .return_back_url("/")
        .url()?;
    Ok(Redirect::to(&url))
}

/// Clerk ends the session, and sends the browser back home.
#[protected]
pub(crate) async fn sign_out(
    State(application): State<Application>,
    request: Parts,
) -> Result<Redirect, Misconfigured> {
    let url = match &application.sign_out_url {
        Some(page) => application.clerk.build_url_with_auth(&request, page)?,
        // Clerk's components sign out in the browser. Without them, the account portal's do.
        None => application
            .clerk
            .redirect_to_sign_in(&request)
            .without_return_back_url()
            .url()?
            .replacen("/sign-in", "/user", 1),
    };
    Ok(Redirect::to(&url))
}

/// Nobody can be sent to sign in.
pub(crate) struct Misconfigured(RedirectError);

impl From<RedirectError> for Misconfigured {
    fn from(error: RedirectError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Misconfigured {
    fn into_response(self) -> Response {
        eprintln!("{}", self.0);
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}
