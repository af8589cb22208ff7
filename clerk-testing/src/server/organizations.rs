use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};

use super::answer::ApiError;
use super::frontend::redirect;
use super::html;
use super::pages::{Visit, shown};
use crate::params::Params;
use crate::state::Shared;

/// `GET /organizations`: the organizations of whoever is signed in, and the personal account.
pub(super) async fn choose_page(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let params = Params::parse(&query.unwrap_or_default());
    let answer = Visit::new(&shared, &headers, &params).and_then(|visit| {
        let Some((session, _)) = visit.shared.active_session(&visit.browser) else {
            return redirect(StatusCode::SEE_OTHER, &visit.address("/sign-in"), None);
        };
        let organizations = visit.shared.directory().organizations_of(&session.user_id);
        let mut buttons = html::button("organization_id", "", "Personal account", session.org.is_none());
        for organization in &organizations {
            let is_current = session.org.as_ref() == Some(organization);
            buttons.push_str(&html::button(
                "organization_id",
                &organization.id,
                &organization.slug,
                is_current,
            ));
        }
        let body = format!(
            "<form method=\"post\" action=\"/organizations\">{}<p id=\"organizations\">{} works for</p>\
             <div role=\"group\" aria-labelledby=\"organizations\">{buttons}</div></form>",
            visit.fields(),
            html::escape(&session.username)
        );
        Ok(visit.page("Choose an organization", &body))
    });
    answer.unwrap_or_else(shown)
}

/// `POST /organizations`: makes one of them the active one.
pub(super) async fn choose(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let answer = Visit::by_form(&shared, &headers, body).and_then(|(visit, params)| {
        let Some(target) = params.first("organization_id") else {
            let message = "organization_id is missing";
            return Err(ApiError::param("form_param_missing", message, "organization_id"));
        };
        if !shared.switch_organization(&visit.browser, target) {
            return Err(ApiError::new(
                StatusCode::FORBIDDEN,
                "not_a_member_in_organization",
                "nobody is signed in, or not as a member of this organization",
            ));
        }
        visit.leave(true)
    });
    answer.unwrap_or_else(shown)
}
