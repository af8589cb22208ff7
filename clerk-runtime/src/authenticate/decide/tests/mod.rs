//! A browser that each test spoils, and names for what is decided.

mod start;
mod verification;

use std::sync::LazyLock;

use http::request::Parts;
use http::{Method, Request};
use url::Url;

use super::*;
use crate::authenticate::authenticator::Authenticator;
use crate::authenticate::credential::PresentedToken;
use crate::authenticate::options::AuthenticateOptions;
use crate::authenticate::view::{Navigation, Page};
use crate::config::{OrganizationTarget, Satellite};
use crate::key::InstanceType;
use crate::token::AcceptsToken;

const DEVELOPMENT: InstanceType = InstanceType::Development;
const PRODUCTION: InstanceType = InstanceType::Production;

/// A browser that is signed in and navigates: each test changes what it is about.
struct Given {
    browser: Browser<'static>,
    navigation: Navigation,
    page: Page,
    satellite: Option<Satellite>,
    options: AuthenticateOptions,
    method: Method,
}

impl Given {
    fn signed_in() -> Self {
        Self {
            browser: Browser {
                cookies: Ok(SessionCookies {
                    session: Some(PresentedToken::from_text("cookie")),
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
            page: Page {
                referrer: Referrer::SameOrigin,
                organization: None,
                clerk_url: Url::parse("https://app.test/page").unwrap(),
                frontend_api: None,
                sign_in_url: None,
            },
            satellite: None,
            options: AuthenticateOptions::with_response(AcceptsToken::SESSION),
            method: Method::GET,
        }
    }

    fn view(self, credential: Credential<'static>, instance_type: InstanceType) -> RequestView<'static> {
        static PARTS: LazyLock<[Parts; 2]> = LazyLock::new(|| {
            [Method::GET, Method::POST].map(|method| {
                let request = Request::builder().method(method).body(()).unwrap();
                request.into_parts().0
            })
        });
        static AUTHENTICATORS: LazyLock<[Authenticator; 2]> =
            LazyLock::new(|| [PRODUCTION, DEVELOPMENT].map(Authenticator::for_test));
        let parts = &PARTS[usize::from(self.method != Method::GET)];
        let authenticator = &AUTHENTICATORS[usize::from(instance_type == DEVELOPMENT)];
        let mut view = RequestView::new(authenticator, parts, self.options, credential);
        view.satellite = self.satellite;
        view.for_test(self.browser, self.navigation, self.page)
    }

    fn cookies(&mut self) -> &mut SessionCookies<'static> {
        self.browser.cookies.as_mut().unwrap()
    }
}

fn by_cookie(instance_type: InstanceType, change: impl FnOnce(&mut Given)) -> RequestView<'static> {
    let mut given = Given::signed_in();
    change(&mut given);
    given.view(Credential::Absent, instance_type)
}

fn name(view: &RequestView<'_>, step: &Step) -> String {
    match step {
        Step::VerifySession(carrier) => {
            let token = view.token(*carrier).unwrap().as_str();
            format!("session {token} {}", carrier.as_str())
        }
        Step::VerifyMachine(kind) => {
            let token = view.token(TokenCarrier::Header).unwrap().as_str();
            format!("machine {token} {}", kind.token_type())
        }
        Step::AwaitCookieKeys => "await cookie keys".into(),
        Step::ResolveHandshake => "resolve".into(),
        Step::Refresh => "refresh".into(),
        Step::Done(outcome) => outcome_name(outcome),
    }
}

fn outcome_name(outcome: &NotSignedIn) -> String {
    match outcome {
        NotSignedIn::KeysUnavailable { .. } => "keys unavailable".into(),
        NotSignedIn::ConflictingCookies { cookie, is_back } => {
            format!("conflict {} {is_back}", cookie.name())
        }
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
