//! Advice about requests of browsers without a token, or whose cookies do not fit.

use super::{Advice, Findings};
use crate::auth::AuthReason;
use crate::authenticate::explain::shape::TokenShape;

impl Findings<'_> {
    pub(super) fn no_credential(&self) -> Advice {
        const CALL: &str = "nothing, if the user is not signed in. Else send `Authorization: Bearer <token>` with what `await getToken()` returns: a page of another origin sends no cookies by itself, and a CORS layer has to allow the header `authorization`";
        if self.header == Some(TokenShape::OtherScheme) {
            return Advice::new(
                "the header has credentials of another scheme than `Bearer`, and there is no session cookie",
                "a gateway or the browser has put its own credentials there: have it pass Clerk's token on as `Bearer`",
            )
            .detail(self.scheme.map(|scheme| format!("the scheme is `{scheme}`")));
        }
        let cookies = self.cookies;
        if cookies.session {
            let missing = match (cookies.client_uat, self.is_development && !cookies.dev_browser) {
                (false, _) => "`__client_uat` is missing beside the session cookie",
                (true, true) => "`__clerk_db_jwt` is missing beside the session cookie",
                (true, false) => "the session cookie does not count by itself",
            };
            return Advice::new(
                missing,
                "Clerk's JavaScript sets both cookies: let all cookies that begin with `__` pass the proxies between; a test that sets cookies by hand has to set all of them, or send the token as `Authorization: Bearer`",
            );
        }
        if cookies.of_other_instance {
            return Advice::new(
                "there are only cookies of another instance of Clerk",
                "the front end uses another publishable key than CLERK_PUBLISHABLE_KEY: use the same one in both",
            );
        }
        if self.carrier.is_some() {
            return Advice::new(
                "the cookies hold no session",
                "sign in, or clear the browser's cookies for this site",
            );
        }
        Advice::new("the request has neither a token nor a session cookie", CALL)
    }

    /// The reasons that only cookies and navigations have.
    pub(super) fn browser(&self, reason: &AuthReason) -> Advice {
        const LAYER: &str = "for pages, put a `ClerkLayer` around the route: it sends the browser to Clerk, which sets the cookies again; for calls, run `await getToken()` in the page before the request";
        let (summary, fix) = match reason {
            AuthReason::ActiveOrganizationMismatch => (
                "the page belongs to another organization than the session's active one",
                "nothing: the browser is sent to Clerk, which switches the organization",
            ),
            AuthReason::ClientUatButNoSessionToken => (
                "the browser is signed in at Clerk and has no session cookie",
                LAYER,
            ),
            AuthReason::DevBrowserSync => (
                "the browser brings its development token in the query",
                "nothing: it is sent to Clerk, which sets the cookie",
            ),
            AuthReason::PrimaryDomainCrossOriginSync => (
                "the browser comes from another site, which may have signed it in or out",
                "nothing: it is sent to Clerk once",
            ),
            AuthReason::PrimaryRespondsToSyncing => (
                "a satellite asks for the session, from an origin that is not allowed",
                "put the satellite's origin into CLERK_AUTHORIZED_PARTIES or `allowed_redirect_origins(..)`",
            ),
            AuthReason::SatelliteNeedsSyncing => (
                "the satellite does not know yet whether the primary domain has a session",
                "nothing: the browser is sent to the primary domain",
            ),
            AuthReason::SessionTokenButNoClientUat => {
                ("the session cookie is there and `__client_uat` is missing", LAYER)
            }
            AuthReason::SessionTokenIatBeforeClientUat => (
                "the session cookie is older than the last sign-in or sign-out of the browser",
                LAYER,
            ),
            AuthReason::SessionTokenMissing => ("the handshake with Clerk brought no session", "sign in"),
            _ => (
                "the claims of the token contradict themselves",
                "send the token that `await getToken()` returns; leave Clerk's own claims alone when customizing the session token",
            ),
        };
        Advice::new(summary, fix)
    }
}
