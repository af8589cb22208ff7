//! The pages where users sign in and sign up.

use std::fmt;

use http::request::Parts;
use url::Url;

use super::authenticator::Authenticator;
use super::clerk_url;
use super::options::AuthenticateOptions;
use super::referrer::account_portal;
use super::view::RequestView;
use crate::config::{Config, Origin};
use crate::error_text::debug_as_display;
use crate::protocol;
use crate::token::{AcceptsToken, SessionStatus};

/// An address where the user signs in or up, with the way back (Clerk docs: `redirectToSignIn()`). Made by
/// [`Clerk::redirect_to_sign_in`](crate::Clerk::redirect_to_sign_in) and
/// [`Clerk::redirect_to_sign_up`](crate::Clerk::redirect_to_sign_up). `Debug` does not show it: in development the
/// address carries the development browser's token.
#[must_use = "the address is got by `url`"]
pub struct SignInRedirect {
    target: Result<String, RedirectError>,
    base: Url,
    return_back_url: Option<String>,
    dev_browser: Option<String>,
    is_satellite: bool,
    has_tasks: bool,
}

/// There is no address to sign in at.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RedirectError {
    /// With a proxy the account portal's address does not follow from the publishable key.
    #[error("the address of the sign-in page is not known: set CLERK_SIGN_IN_URL")]
    NoSignInUrl,
    /// The way back is no URL.
    #[error("the return URL is neither absolute nor a path")]
    ReturnBackUrl,
}

debug_as_display!(RedirectError);

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RedirectTarget<'a> {
    SignIn,
    SignUp,
    Other(&'a str),
}

impl SignInRedirect {
    pub(crate) fn new(page: RedirectTarget<'_>, request: &Parts, authenticator: &Authenticator) -> Self {
        let options = AuthenticateOptions::with_response(AcceptsToken::SESSION);
        let view = RequestView::read(authenticator, request, options);
        let config = view.config();
        let base = view.page().clerk_url.clone();
        Self {
            target: target(page, config, &base),
            return_back_url: Some(clerk_url::without_parameters(&base, &OWN_PARAMETERS).into()),
            dev_browser: view
                .browser()
                .dev_browser()
                .filter(|_| view.is_development())
                .map(str::to_owned),
            is_satellite: config.domains.satellite.is_some(),
            has_tasks: false,
            base,
        }
    }

    /// Where the user comes back to, an absolute URL or a path. By default the page that was asked for.
    pub fn return_back_url(mut self, url: impl Into<String>) -> Self {
        self.return_back_url = Some(url.into());
        self
    }

    /// Leaves it to Clerk where the user goes next.
    pub fn without_return_back_url(mut self) -> Self {
        self.return_back_url = None;
        self
    }

    /// The state of the session. A pending one leads to the page with what is left to do.
    pub fn session_status(mut self, status: Option<&SessionStatus>) -> Self {
        self.has_tasks = status == Some(&SessionStatus::Pending);
        self
    }

    /// The whole address.
    ///
    /// # Errors
    /// There is no such page, or no such way back.
    pub fn url(&self) -> Result<String, RedirectError> {
        let target = self.target.as_deref().map_err(|error| *error)?;
        let tasks = if self.has_tasks { "/tasks" } else { "" };
        let resolve = |text: &str| Url::options().base_url(Some(&self.base)).parse(text);
        let mut url = resolve(&format!("{target}{tasks}")).map_err(|_| RedirectError::NoSignInUrl)?;
        let is_cross_origin = match (Origin::of(&url), Origin::of(&self.base)) {
            (Some(target), Some(own)) => !target.is_same_host(&own),
            _ => true,
        };
        if let Some(back) = &self.return_back_url {
            let mut back = resolve(back).map_err(|_| RedirectError::ReturnBackUrl)?;
            if is_cross_origin && self.is_satellite {
                clerk_url::set_parameter(&mut back, protocol::SYNCED, "false");
            }
            clerk_url::set_parameter(&mut url, "redirect_url", back.as_str());
        }
        if let Some(token) = self.dev_browser.as_deref().filter(|_| is_cross_origin) {
            clerk_url::set_parameter(&mut url, protocol::DEV_BROWSER, token);
        }
        Ok(url.into())
    }
}

/// What only Clerk puts into a query, and nobody wants back.
const OWN_PARAMETERS: [&str; 4] = [
    protocol::DEV_BROWSER,
    protocol::LEGACY_DEV_BROWSER,
    protocol::HANDSHAKE,
    protocol::HANDSHAKE_NONCE,
];

fn target(page: RedirectTarget<'_>, config: &Config, base: &Url) -> Result<String, RedirectError> {
    let domains = &config.domains;
    let portal = |page: &str| {
        account_portal(config.publishable_key.frontend_api()).map(|portal| format!("{portal}{page}"))
    };
    let below_sign_in = || {
        let mut url = base.join(domains.sign_in_url.as_deref()?).ok()?;
        url.set_path(&format!("{}/create", url.path()));
        Some(url.into())
    };
    match page {
        RedirectTarget::Other(url) => Some(url.to_owned()),
        RedirectTarget::SignIn => domains.sign_in_url.clone().or_else(|| portal("/sign-in")),
        RedirectTarget::SignUp => domains
            .sign_up_url
            .clone()
            .or_else(below_sign_in)
            .or_else(|| portal("/sign-up")),
    }
    .ok_or(RedirectError::NoSignInUrl)
}

impl fmt::Debug for SignInRedirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInRedirect").finish_non_exhaustive()
    }
}
