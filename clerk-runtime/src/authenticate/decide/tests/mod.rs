//! A browser that each test spoils, and names for what is decided.

mod start;
mod verification;

use url::Url;

use super::*;
use crate::authenticate::lazy::Lazy;
use crate::authenticate::navigation::Navigation;
use crate::authenticate::page::Page;
use crate::authenticate::session_cookie::SessionCookie;
use crate::config::{OrganizationTarget, Satellite};
use crate::token::AcceptsToken;

const DEVELOPMENT: InstanceType = InstanceType::Development;
const PRODUCTION: InstanceType = InstanceType::Production;

/// A browser that is signed in and navigates: each test spoils what it is about.
struct Given {
    browser: Browser<'static>,
    navigation: Navigation,
    page: Box<Page>,
    satellite: Option<Satellite>,
}

impl Given {
    fn signed_in() -> Self {
        Self {
            browser: Browser {
                cookies: Ok(SessionCookies {
                    session: Some(SessionCookie::Unseen("cookie".into())),
                    client_uat: 5.0,
                    dev_browser: Some("dvb_1".into()),
                    ..SessionCookies::NONE
                }),
                handshake: None,
                dev_browser_in_query: None,
                synced: Synced::Absent,
                redirect_url: None,
            },
            navigation: Navigation {
                is_document: true,
                is_navigation: true,
            },
            page: Box::new(Page {
                referrer: Referrer::SameOrigin,
                organization: None,
                clerk_url: Url::parse("https://app.test/page").unwrap(),
                frontend_api: None,
                sign_in_url: None,
            }),
            satellite: None,
        }
    }

    fn context(&self, authorization: Authorization<'static>, instance_type: InstanceType) -> Context<'_> {
        Context {
            seen_in_header: None,
            authorization,
            accepts: AcceptsToken::SESSION,
            instance_type,
            is_get: true,
            can_set_response_headers: true,
            satellite: self.satellite,
            has_organization_pages: true,
            browser: Lazy::Given(&self.browser),
            navigation: Lazy::Given(&self.navigation),
            page: Lazy::Given(&self.page),
        }
    }

    fn cookies(&mut self) -> &mut SessionCookies<'static> {
        self.browser.cookies.as_mut().unwrap()
    }
}

fn by_cookie(instance_type: InstanceType, spoil: impl FnOnce(&mut Given)) -> Context<'static> {
    let mut given = Given::signed_in();
    spoil(&mut given);
    Box::leak(Box::new(given)).context(Authorization::Absent, instance_type)
}

fn name(step: &Step<'_>) -> String {
    match step {
        Step::VerifySession { token, carrier } => format!("session {token} {}", carrier.as_str()),
        Step::VerifyMachine { token, presented } => format!("machine {token} {}", presented.token_type()),
        Step::ResolveHandshake(_) => "resolve".into(),
        Step::Refresh => "refresh".into(),
        Step::Done(not_signed_in) => verdict_name(not_signed_in),
    }
}

fn verdict_name(not_signed_in: &NotSignedIn) -> String {
    match not_signed_in {
        NotSignedIn::SignedOut {
            token_type,
            reason,
            deviation,
        } => {
            let token_type = token_type.map_or("-", TokenType::as_str);
            let deviation = deviation.map_or("", Deviation::id);
            format!("out {token_type} {reason} {deviation}")
                .trim_end()
                .to_owned()
        }
        NotSignedIn::Handshake {
            reason,
            destination,
            deviation,
        } => {
            let destination = match destination {
                Destination::FrontendApi => "",
                Destination::PrimaryDomain => " to primary",
                Destination::Satellite(_) => " to satellite",
            };
            let deviation = deviation.map_or("", Deviation::id);
            format!("handshake {reason}{destination} {deviation}")
                .trim_end()
                .to_owned()
        }
    }
}
