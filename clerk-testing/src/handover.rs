//! What a handshake and a refresh tell an application: `Set-Cookie` directives, and the ways they get there.

use aws_lc_rs::error::Unspecified;
use serde_json::{Map, json};

use crate::Handover;
use crate::cookie::{LASTING, SetCookie};
use crate::directory::Session;
use crate::redirect::RedirectUrl;
use crate::state::Shared;
use crate::token::Category;

/// How long an application may take to fetch or read what a handshake told, in seconds.
const HANDOVER_LIFETIME: i64 = 30;
/// How long a refresh token is good, in seconds: a week, as sessions of Clerk last.
const REFRESH_LIFETIME: i64 = 7 * 24 * 60 * 60;
/// Browsers drop cookies of more than 4096 bytes with name and attributes.
const LONGEST_COOKIE: usize = 3900;

/// Cookies for an application at some origin, one directive each.
pub(crate) struct Directives<'a> {
    shared: &'a Shared,
    domain: Option<&'a str>,
    secure: bool,
    made: Vec<String>,
}

impl<'a> Directives<'a> {
    pub(crate) fn new(shared: &'a Shared, secure: bool) -> Self {
        Self {
            shared,
            domain: None,
            secure,
            made: Vec::new(),
        }
    }

    /// All that an application is to know of a browser. `domain` is that of the application in production.
    pub(crate) fn of_browser(
        shared: &'a Shared,
        browser: &str,
        domain: Option<&'a str>,
        redirect: &RedirectUrl,
    ) -> Result<Vec<String>, Unspecified> {
        let mut cookies = Self::new(shared, redirect.is_secure());
        cookies.domain = domain;
        if domain.is_some() {
            for name in ["__clerk_handshake", "__clerk_handshake_nonce"] {
                cookies.push(name, "", 0, true, domain);
            }
        } else {
            cookies.both("__clerk_db_jwt", browser, LASTING, None);
        }
        let client = shared.browsers().client(browser).cloned().unwrap_or_default();
        let session = client
            .session_id
            .and_then(|id| shared.directory().session_for(&id, &redirect.origin()));
        match session {
            Some(session) => {
                cookies.client_uat(client.updated_at.min(shared.clock.unix_seconds()));
                cookies.session(&session)?;
            }
            None => {
                let refresh = format!("__refresh_{}", shared.cookie_suffix);
                cookies.push(&refresh, "", 0, true, None);
                cookies.client_uat(0);
                cookies.both("__session", "", 0, None);
            }
        }
        Ok(cookies.made)
    }

    /// The cookies of a session that goes on, for a browser whose token has expired.
    pub(crate) fn of_session(mut self, session: &Session) -> Result<Vec<String>, Unspecified> {
        self.session(session)?;
        Ok(self.made)
    }

    /// What the Frontend API sets by itself in production, for the application to see that something changed.
    pub(crate) fn of_change(shared: &'a Shared, domain: &'a str, client_uat: i64) -> Vec<String> {
        let mut cookies = Self::new(shared, false);
        cookies.domain = Some(domain);
        cookies.client_uat(client_uat);
        cookies.made
    }

    /// Readers take the last directive whose name begins with `__session` for the session token: these come last.
    fn session(&mut self, session: &Session) -> Result<(), Unspecified> {
        let token = self.shared.session_token(session)?;
        let refresh = self.shared.new_refresh_token(&session.id);
        let name = format!("__refresh_{}", self.shared.cookie_suffix);
        self.push(&name, &refresh, REFRESH_LIFETIME, true, None);
        self.both("__session", &token, LASTING, None);
        Ok(())
    }

    /// In production the whole domain has it, since the Frontend API sets it as well.
    fn client_uat(&mut self, seconds: i64) {
        self.both("__client_uat", &seconds.to_string(), LASTING, self.domain);
    }

    /// With the suffix, and without it too: applications go by the one without where the other is older or missing, so
    /// that it must never be left behind.
    fn both(&mut self, name: &str, value: &str, max_age: i64, domain: Option<&str>) {
        let suffixed = format!("{name}_{}", self.shared.cookie_suffix);
        self.push(&suffixed, value, max_age, false, domain);
        if !self.shared.setup.suffixed_cookies_only {
            self.push(name, value, max_age, false, domain);
        }
    }

    fn push(&mut self, name: &str, value: &str, max_age: i64, http_only: bool, domain: Option<&str>) {
        let cookie = SetCookie {
            name,
            value,
            domain,
            max_age,
            http_only,
            secure: self.secure,
        };
        self.made.push(cookie.to_string());
    }
}

/// A parameter of the address or a cookie that brings directives to an application.
pub(crate) struct Carrier {
    pub(crate) name: &'static str,
    pub(crate) value: String,
}

impl Carrier {
    pub(crate) fn new(shared: &Shared, directives: Vec<String>) -> Result<Self, Unspecified> {
        let now = shared.clock.unix_seconds();
        let expires_at = now.saturating_add(HANDOVER_LIFETIME);
        if shared.setup.handover == Handover::Token {
            let claims = Map::from_iter([
                ("handshake".to_owned(), json!(directives)),
                ("iss".to_owned(), json!(shared.issuer)),
                ("iat".to_owned(), json!(now)),
                ("nbf".to_owned(), json!(now.saturating_sub(10))),
                ("exp".to_owned(), json!(expires_at)),
            ]);
            let value = shared.sign(Category::Session, claims)?;
            if shared.setup.domain.is_none() || value.len() <= LONGEST_COOKIE {
                return Ok(Self {
                    name: "__clerk_handshake",
                    value,
                });
            }
        }
        let value = shared.ids.fresh("");
        shared
            .browsers()
            .keep_nonce(value.clone(), directives, expires_at);
        Ok(Self {
            name: "__clerk_handshake_nonce",
            value,
        })
    }

    /// As a cookie of an application's domain.
    pub(crate) fn cookie(&self, domain: &str, secure: bool) -> String {
        let cookie = SetCookie {
            name: self.name,
            value: &self.value,
            domain: Some(domain),
            max_age: HANDOVER_LIFETIME,
            http_only: true,
            secure,
        };
        cookie.to_string()
    }
}

impl Shared {
    /// The session that a browser is signed in with, and since when.
    pub(crate) fn active_session(&self, browser: &str) -> Option<(Session, i64)> {
        let client = self.browsers().client(browser).cloned()?;
        let directory = self.directory();
        let (session, _) = directory.session(client.session_id.as_deref()?)?;
        Some((session, client.updated_at))
    }

    pub(crate) fn new_refresh_token(&self, session_id: &str) -> String {
        let token = self.ids.fresh("");
        let expires_at = self.clock.unix_seconds().saturating_add(REFRESH_LIFETIME);
        self.browsers()
            .keep_refresh_token(token.clone(), session_id.to_owned(), expires_at);
        token
    }
}
