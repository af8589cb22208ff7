//! Advice about requests of browsers without a token, or whose cookies do not fit.

use super::{Advice, Findings};
use crate::auth::AuthReason;
use crate::authenticate::explain::shape::TokenShape;

impl Findings<'_> {
    pub(super) fn no_credential(&self) -> Advice {
        const CALL: &str = "nothing, if the user is not signed in. Else send `Authorization: Bearer <token>` with what `await getToken()` returns: a page of another origin sends no cookies by itself, and a CORS layer has to allow the header `authorization`";
        let cookies = self.cookies;
        match self.header {
            Some(TokenShape::SecretKey) => return self.shaped(TokenShape::SecretKey),
            Some(TokenShape::OtherScheme) if !cookies.session => {
                return Advice::new(
                    "the header has credentials of another scheme than `Bearer`, and there is no session cookie",
                    "if a gateway in front of the application put them there, have it pass on Clerk's token as `Bearer`; if the client did, send `Authorization: Bearer <token>`",
                )
                .detail(self.scheme.map(|scheme| format!("the scheme is `{scheme}`")));
            }
            _ => {}
        }
        if cookies.is_of_other_instance() {
            return Advice::new(
                "the cookies are of another instance of Clerk",
                "on `localhost` applications share their cookies: sign in to this one. If you are signed in to this one, its front end has another publishable key than CLERK_PUBLISHABLE_KEY",
            );
        }
        if cookies.session {
            let is_db_missing = self.is_development && !cookies.dev_browser;
            let (missing, names) = match (cookies.client_uat, is_db_missing) {
                (false, true) => (
                    "two cookies are missing beside the session cookie",
                    "`__client_uat` and `__clerk_db_jwt`",
                ),
                (false, false) => ("a cookie is missing beside the session cookie", "`__client_uat`"),
                (true, true) => (
                    "a cookie is missing beside the session cookie",
                    "`__clerk_db_jwt`",
                ),
                (true, false) => {
                    return Advice::new(
                        "the session cookie is there, but the browser is signed out at Clerk (`__client_uat` is 0)",
                        "sign in again",
                    );
                }
            };
            return Advice::new(
                missing,
                "Clerk's JavaScript sets all of them: let cookies that begin with `__` pass the proxies between; a test that sets cookies by hand has to set these too, or send the token as `Authorization: Bearer <token>`",
            )
            .detail(names.to_owned());
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
