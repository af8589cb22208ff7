use http::StatusCode;

use super::call::{Call, Outcome, found};
use super::list::envelope_if_paginated;
use super::statuses::Statuses;
use super::users::refuse_sign_in;
use crate::directory::{Ending, Session, UserRecord};
use crate::server::answer::ApiError;
use crate::state::Shared;

const STATUSES: &[&str] = &[
    "abandoned",
    "active",
    "ended",
    "expired",
    "pending",
    "removed",
    "replaced",
    "revoked",
];

/// `GET /sessions`
pub(super) fn list(shared: &Shared, call: &Call) -> Outcome {
    let by = |name: &'static str| call.query.first(name).map(|id| (name, id));
    let Some((name, id)) = by("user_id").or_else(|| by("client_id")) else {
        let message = "user_id or client_id is missing";
        return Err(ApiError::param("form_param_missing", message, "user_id"));
    };
    let statuses = Statuses::of(&call.query, STATUSES)?;
    let mut all = shared.directory().shown_sessions();
    all.retain(|session| session[name] == id && statuses.include(session));
    all.reverse();
    envelope_if_paginated(all, &call.query)
}

/// `POST /sessions`
pub(super) fn create(shared: &Shared, call: &Call) -> Outcome {
    if shared.setup.domain.is_some() {
        return Err(ApiError::bad_request(
            "request_invalid_for_environment",
            "sessions can be created in development instances alone",
        ));
    }
    let body = call.body(&["user_id", "active_organization_id"])?;
    let user_id = body.required("user_id")?;
    let organization = body.text("active_organization_id")?;
    let mut directory = shared.directory();
    let user = directory
        .shown_user(user_id)
        .ok_or_else(|| ApiError::not_found("user"))?;
    refuse_sign_in(&user)?;
    let name = directory.user_by_id(user_id).map_or("", UserRecord::identifier);
    let mut session = Session::new(shared.ids.fresh("sess_"), user_id.to_owned(), name.to_owned());
    if let Some(organization) = organization
        && !directory.activate(organization, &mut session)
    {
        return Err(ApiError::new(
            StatusCode::NOT_FOUND,
            "resource_not_found",
            "the user is not a member of such an organization",
        ));
    }
    let id = session.id.clone();
    directory.keep_session(session);
    found("session", directory.shown_session(&id))
}

/// `GET /sessions/{id}`
pub(super) fn get(shared: &Shared, call: &Call) -> Outcome {
    found("session", shared.directory().shown_session(call.id(0)))
}

/// `POST /sessions/{id}/revoke`
pub(super) fn revoke(shared: &Shared, call: &Call) -> Outcome {
    found(
        "session",
        shared.directory().end_session(call.id(0), Ending::Revoked),
    )
}
