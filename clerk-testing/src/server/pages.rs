//! The pages that people see, which stand in for Clerk's account portal.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};

use super::answer::ApiError;
use super::backend::refuse_sign_in;
use super::frontend::{Site, browser, client_cookie, optional_redirect_url, redirect};
use super::handshake::hand_over;
use super::html;
use crate::directory::Ending;
use crate::handover::Directives;
use crate::params::{Params, encoded};
use crate::redirect::RedirectUrl;
use crate::state::Shared;

/// Who looks at a page and where to go from there.
pub(super) struct Visit<'a> {
    pub(super) shared: &'a Shared,
    site: Site<'a>,
    pub(super) browser: String,
    pub(super) redirect_url: Option<RedirectUrl>,
}

impl<'a> Visit<'a> {
    pub(super) fn new(shared: &'a Shared, headers: &HeaderMap, params: &Params) -> Result<Self, ApiError> {
        Ok(Self {
            shared,
            site: Site::of(shared, headers),
            redirect_url: optional_redirect_url(params)?,
            browser: browser(shared, headers, params),
        })
    }

    /// A visit by a form. Forms of other sites are refused.
    pub(super) fn by_form(
        shared: &'a Shared,
        headers: &HeaderMap,
        body: Result<Bytes, BytesRejection>,
    ) -> Result<(Self, Params), ApiError> {
        let is_own = |origin: &http::HeaderValue| {
            let hosts = ["127.0.0.1".to_owned(), "localhost".to_owned()];
            let domains = shared.setup.domain.iter().chain(&shared.setup.satellites);
            hosts
                .into_iter()
                .chain(domains.map(|domain| format!("clerk.{domain}")))
                .any(|host| origin.as_bytes() == shared.origin_of(&host).as_bytes())
        };
        if !headers.get_all(header::ORIGIN).iter().all(is_own) {
            return Err(ApiError::new(
                StatusCode::FORBIDDEN,
                "origin_invalid",
                "the form is on another site",
            ));
        }
        let body = body.unwrap_or_default();
        let params = Params::parse(&String::from_utf8_lossy(&body));
        let visit = Self::new(shared, headers, &params)?;
        Ok((visit, params))
    }

    /// The fields that a form needs to come back to the same visit.
    pub(super) fn fields(&self) -> String {
        let mut fields = String::new();
        if let Some(url) = &self.redirect_url {
            fields.push_str(&html::hidden("redirect_url", &url.to_string()));
        }
        if self.site.domain().is_none() {
            fields.push_str(&html::hidden("__clerk_db_jwt", &self.browser));
        }
        fields
    }

    /// Another page of the same visit.
    pub(super) fn address(&self, path: &str) -> String {
        let mut query = Vec::new();
        if let Some(url) = &self.redirect_url {
            query.push(format!("redirect_url={}", encoded(&url.to_string())));
        }
        if self.site.domain().is_none() {
            query.push(format!("__clerk_db_jwt={}", encoded(&self.browser)));
        }
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", query.join("&"))
        }
    }

    /// A page for this browser, which is known from now on.
    pub(super) fn page(&self, title: &str, body: &str) -> Response {
        let mut response = html::page(StatusCode::OK, title, body);
        if self.site.domain().is_some()
            && let Ok(cookie) = client_cookie(&self.browser).parse()
        {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        response
    }

    /// Goes back to the application after something changed.
    ///
    /// In development the address says which browser it is, upon which the application asks for a handshake. In production
    /// `__client_uat` changes, which makes it ask when it has no session token or an older one; for a token of the same
    /// second it would not, so that a session that was `replaced` is handed over at once.
    pub(super) fn leave(self, replaced: bool) -> Result<Response, ApiError> {
        let Some(domain) = self.site.domain() else {
            let location = match &self.redirect_url {
                Some(url) => url.clone().with("__clerk_db_jwt", &self.browser).to_string(),
                None => self.address("/sign-in"),
            };
            return redirect(StatusCode::SEE_OTHER, &location, None);
        };
        let active = self.shared.active_session(&self.browser);
        let client_uat = active.map_or(0, |(_, signed_in_at)| signed_in_at);
        let mut cookies = Directives::of_change(self.shared, domain, client_uat);
        cookies.push(client_cookie(&self.browser));
        match self.redirect_url {
            Some(url) if replaced && url.is_within(domain) => {
                let directives = Directives::of_browser(self.shared, &self.browser, Some(domain), &url)
                    .map_err(|_| ApiError::unsigned())?;
                hand_over(
                    self.shared,
                    self.site,
                    StatusCode::SEE_OTHER,
                    url,
                    directives,
                    cookies,
                )
            }
            Some(url) => redirect(StatusCode::SEE_OTHER, &url.to_string(), cookies),
            None => redirect(StatusCode::SEE_OTHER, "/sign-in", cookies),
        }
    }
}

/// An error as a page.
pub(super) fn shown(error: ApiError) -> Response {
    html::page(
        error.status,
        "This does not work",
        &format!("<p>{}</p>", html::escape(&error.message)),
    )
}

/// `GET /sign-in`
pub(super) async fn sign_in_page(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let params = Params::parse(&query.unwrap_or_default());
    match Visit::new(&shared, &headers, &params) {
        Ok(visit) => sign_in_form(&visit),
        Err(error) => shown(error),
    }
}

fn sign_in_form(visit: &Visit<'_>) -> Response {
    let fields = visit.fields();
    let active = visit.shared.active_session(&visit.browser);
    let current = active.as_ref().map(|(session, _)| session.username.as_str());
    let mut body =
        "<p>This is a local Clerk for development and tests, not Clerk's own page: there are no passwords.</p>"
            .to_owned();
    if let Some(name) = current {
        let sign_out = html::escape(&visit.address("/sign-out"));
        body.push_str(&format!(
            "<p>Signed in as <strong>{}</strong>. <a href=\"{sign_out}\">Sign out</a></p>",
            html::escape(name)
        ));
    }
    let usernames = visit.shared.directory().identifiers();
    if !usernames.is_empty() {
        let buttons: String = usernames
            .iter()
            .map(|name| html::button("identifier", name, name, current == Some(name)))
            .collect();
        body.push_str(&format!(
            "<form method=\"post\" action=\"/sign-in\">{fields}<p id=\"users\">Continue as</p>\
             <div role=\"group\" aria-labelledby=\"users\">{buttons}</div></form>"
        ));
    }
    body.push_str(&format!(
        "<form method=\"post\" action=\"/sign-in\">{fields}<label for=\"identifier\">Username</label>\
         <input id=\"identifier\" name=\"identifier\" autocomplete=\"username\" maxlength=\"64\" required>\
         <button>Continue</button></form>"
    ));
    visit.page("Sign in", &body)
}

/// `POST /sign-in`: signs in as whoever is named. There is no password, since there is nothing to protect.
pub(super) async fn sign_in(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let answer = Visit::by_form(&shared, &headers, body).and_then(|(visit, params)| {
        let username = params.first("identifier").unwrap_or_default().trim();
        if username.is_empty() || username.chars().count() > 64 || username.chars().any(char::is_control) {
            let message = "a username has 1 to 64 letters";
            return Err(ApiError::param("form_param_value_invalid", message, "identifier"));
        }
        let mut session = shared.new_session(username);
        let user = shared.directory().shown_user(&session.user_id);
        refuse_sign_in(&user.unwrap_or_default())?;
        if let Some(url) = &visit.redirect_url {
            session.azp = Some(url.origin());
        }
        let id = session.id.clone();
        shared.directory().keep_session(session);
        let now = shared.clock.unix_seconds();
        let former = shared.browsers().sign_in(&visit.browser, id, now);
        if let Some(former) = &former {
            shared.directory().end_session(former, Ending::Ended);
        }
        visit.leave(former.is_some())
    });
    answer.unwrap_or_else(shown)
}

/// `GET /sign-out`
pub(super) async fn sign_out(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let params = Params::parse(&query.unwrap_or_default());
    let answer = Visit::new(&shared, &headers, &params).and_then(|visit| {
        let former = shared.browsers().sign_out(&visit.browser);
        if let Some(former) = former {
            shared.directory().end_session(&former, Ending::Ended);
        }
        visit.leave(false)
    });
    answer.unwrap_or_else(shown)
}
