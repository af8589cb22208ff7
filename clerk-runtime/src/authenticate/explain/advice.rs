//! What a refusal comes from, in a sentence, and what to change about it.

use std::borrow::Cow;

use super::claims::ClaimFacts;
use super::cookies::CookieFacts;
use super::shape::TokenShape;
use crate::Deviation;
use crate::auth::{
    AuthReason, MachineTokenVerificationErrorCode as MachineCode, RefreshTokenErrorReason as Refresh,
};
use crate::token::{AcceptsToken, TokenCarrier, TokenType, TokenVerificationErrorReason as Reason};

/// What is known about a request that is not signed in.
pub(super) struct Findings<'a> {
    /// What the check that refused the token says, without values.
    pub(super) refusal: Option<&'a str>,
    pub(super) deviation: Option<Deviation>,
    pub(super) accepts: AcceptsToken,
    /// The form of the `Authorization` header.
    pub(super) header: Option<TokenShape>,
    pub(super) carrier: Option<TokenCarrier>,
    pub(super) cookies: &'a CookieFacts,
    /// The claims of the token that counts, if it can be taken apart.
    pub(super) claims: Option<&'a ClaimFacts>,
    /// The class of the token that counts, if it can be taken apart.
    pub(super) token: Option<TokenShape>,
    /// Set if tokens are verified with a configured JWT key.
    pub(super) has_jwt_key: bool,
    pub(super) is_development: bool,
    /// Why the last fetch of the keys failed.
    pub(super) last_failure: Option<&'a str>,
    /// Seconds that this machine's clock was ahead of Clerk's when the keys were fetched.
    pub(super) clock_ahead: Option<i64>,
}

/// The cause of a refusal, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::authenticate) struct Advice {
    /// A sentence without any value of the request or the configuration.
    pub(in crate::authenticate) summary: &'static str,
    /// The values that the sentence is about.
    pub(in crate::authenticate) detail: Option<String>,
    /// What to change, in the configuration or in the client.
    pub(in crate::authenticate) fix: Cow<'static, str>,
}

impl Advice {
    pub(super) fn new(summary: &'static str, fix: impl Into<Cow<'static, str>>) -> Self {
        Self {
            summary,
            detail: None,
            fix: fix.into(),
        }
    }

    pub(super) fn detail(mut self, detail: impl Into<Option<String>>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// The difference of clocks, in seconds, from which on a clock is said to be wrong.
pub(super) const WRONG_CLOCK: i64 = 5;

impl Findings<'_> {
    /// Returns the cause of the refusal.
    pub(super) fn advice(&self, reason: &AuthReason) -> Advice {
        match reason {
            AuthReason::Token(reason) => self.token(*reason),
            AuthReason::MachineToken(code) => self.machine(*code),
            AuthReason::TokenTypeMismatch => self.mismatch(),
            AuthReason::NoTokenInHeader => self.no_machine_token(),
            AuthReason::SessionTokenExpired(refresh) => self.expired(Some(refresh)),
            AuthReason::SessionTokenNbf => self.not_yet_valid("the token is not valid yet (`nbf`)"),
            AuthReason::SessionTokenIatInTheFuture => {
                self.not_yet_valid("the token was made in the future (`iat`)")
            }
            AuthReason::DevBrowserMissing | AuthReason::SessionTokenAndUatMissing => self.no_credential(),
            reason => self.browser(reason),
        }
    }

    fn token(&self, reason: Reason) -> Advice {
        match reason {
            Reason::TokenInvalid => self.invalid(),
            Reason::TokenInvalidSignature => self.bad_signature(),
            Reason::JwkKidMismatch => self.unknown_key(),
            Reason::TokenInvalidIssuer => self.foreign_issuer("the token is not from this instance (`iss`)"),
            Reason::TokenInvalidAuthorizedParties => self.foreign_party(),
            Reason::TokenVerificationFailed => self.failed_verification(),
            Reason::TokenExpired => self.expired(None),
            Reason::TokenNotActiveYet => self.not_yet_valid("the token is not valid yet (`nbf`)"),
            Reason::TokenIatInTheFuture => self.not_yet_valid("the token was made in the future (`iat`)"),
            Reason::TokenInvalidAlgorithm => Advice::new(
                "the token is not signed with RS256 (`alg`), so Clerk did not make it",
                "send the token that Clerk's `getToken()` returns",
            ),
            Reason::SecretKeyInvalid => Advice::new(
                "Clerk refused the secret key, so no keys could be fetched",
                "copy CLERK_SECRET_KEY from the API keys page of the Clerk dashboard; it may have been deleted or rotated",
            ),
            Reason::JwkFailedToResolve => Advice::new(
                "there is no key to verify tokens with",
                "set CLERK_SECRET_KEY or CLERK_JWT_KEY",
            ),
            Reason::JwkRemoteFailedToLoad | Reason::UnexpectedError => self.unavailable(),
        }
    }

    fn unavailable(&self) -> Advice {
        if self.claims.is_none() {
            return Advice::new(
                "the token cannot be read: its header or its content is null",
                "send the token that `await getToken()` returns",
            );
        }
        Advice::new(
            "the instance's keys cannot be had, so nothing is known of the token",
            "`clerk.diagnose()` tells whether Clerk can be reached; wait for `clerk.ready()` before serving, or set CLERK_JWT_KEY to do without a call",
        )
        .detail(self.last_failure.or(self.refusal).map(str::to_owned))
    }

    /// Returns why a session token has to wait for its key. `is_known` tells whether the keys that were fetched have it.
    pub(super) fn key_is_missing(&self, is_known: Option<bool>) -> Advice {
        match (is_known, self.claims) {
            (Some(false), _) => self.unknown_key(),
            (None, Some(claims)) if !claims.is_own_issuer => {
                self.foreign_issuer("the token is from another instance, and no keys were fetched yet")
            }
            _ => Advice::new(
                "no keys were fetched yet, or they are too old",
                "wait for `clerk.ready()` before serving",
            ),
        }
    }

    /// A header, or cookies, in which no token was found.
    fn invalid(&self) -> Advice {
        if self.deviation == Some(Deviation::ConflictingCookies) {
            return Advice::new(
                "the browser sends two different values of one cookie",
                "another site below the same domain sets this cookie for the whole domain: clear the browser's cookies, and keep the other site from setting it",
            );
        }
        if self.deviation == Some(Deviation::SizeLimit) {
            return Advice::new(
                "the token or the cookies are too large",
                "make the session token smaller: leave claims out of it; of cookies at most 32 KiB are read, of a token 16 KiB",
            );
        }
        if let (Some(TokenCarrier::Header), Some(shape)) = (self.carrier, self.header) {
            return self.shaped(shape);
        }
        Advice::new(
            "the session cookie does not hold a token that Clerk made",
            "clear the browser's cookies for this site and sign in again",
        )
        .detail(self.refusal.map(str::to_owned))
    }

    fn shaped(&self, shape: TokenShape) -> Advice {
        const SEND: &str = "send `Authorization: Bearer ` and the token that `await getToken()` returns";
        let accepted = |token_type: TokenType, name: &str| {
            Cow::Owned(match self.accepts.accepts(token_type) {
                true => "the token was damaged on its way: compare it with what was handed out".to_owned(),
                false => format!(
                    "this handler accepts {}: send one, or write `#[protected(token = \"{name}\")]` on the handler",
                    self.accepts
                ),
            })
        };
        let fix: Cow<'static, str> = match shape {
            TokenShape::SecretKey => {
                "a secret key is never sent with a request: rotate it in the Clerk dashboard, and send the user's token from `await getToken()`".into()
            }
            TokenShape::PublishableKey => {
                "the publishable key names the instance and no user: send the token that `await getToken()` returns".into()
            }
            TokenShape::WebhookSecret => {
                "the secret verifies webhooks and is never sent: rotate it in the Clerk dashboard".into()
            }
            TokenShape::DevBrowserToken => SEND.into(),
            TokenShape::ApiKey => accepted(TokenType::ApiKey, "api_key"),
            TokenShape::MachineToken | TokenShape::MachineJwt => accepted(TokenType::M2mToken, "m2m_token"),
            TokenShape::OauthToken | TokenShape::OauthJwt => accepted(TokenType::OauthToken, "oauth_token"),
            TokenShape::Id => "an id proves nothing: send the token that `await getToken()` returns".into(),
            TokenShape::JavaScriptValue => {
                "the client had no token: nobody was signed in, or Clerk was not loaded yet; send no header if `await getToken()` returns null".into()
            }
            TokenShape::Promise => "write `await` in front of `getToken()`".into(),
            TokenShape::Object => "send the text that `await getToken()` returns, not an object around it".into(),
            TokenShape::InQuotes => "send the token without quotes: it was probably turned into JSON first".into(),
            TokenShape::Placeholder => "put the token in place of it".into(),
            TokenShape::PercentEncoded => "send the token as it is, without percent escapes".into(),
            TokenShape::NoToken => "put the token after `Bearer` and one space".into(),
            TokenShape::NoScheme => "write `Bearer` and one space in front of the token".into(),
            TokenShape::SchemeTwice => "write `Bearer` once: the client adds it by itself".into(),
            TokenShape::ExtraSpace => "write exactly one space between `Bearer` and the token".into(),
            TokenShape::TwoTokens => "send one token: the header was probably joined from two".into(),
            TokenShape::RepeatedHeader => {
                "send one `Authorization` header: a proxy or the client adds another".into()
            }
            TokenShape::NotAscii => "send the token as it is: something has changed its bytes".into(),
            TokenShape::BrokenJwt => {
                "send the whole token that `await getToken()` returns: copying or a limit of length has cut it".into()
            }
            TokenShape::OtherScheme | TokenShape::SessionJwt | TokenShape::OtherJwt | TokenShape::Unknown => {
                SEND.into()
            }
        };
        let summary = match shape {
            TokenShape::SecretKey => "a secret key was sent in place of a token",
            TokenShape::PublishableKey => "the publishable key was sent in place of a token",
            TokenShape::WebhookSecret => "a webhook's signing secret was sent in place of a token",
            TokenShape::DevBrowserToken => {
                "the token of a development browser was sent in place of a session token"
            }
            TokenShape::ApiKey => "the token is an API key",
            TokenShape::MachineToken | TokenShape::MachineJwt => "the token is a machine's",
            TokenShape::OauthToken | TokenShape::OauthJwt => "the token is an OAuth access token",
            TokenShape::Id => "an id was sent in place of a token",
            TokenShape::JavaScriptValue => {
                "a value of JavaScript such as `undefined` was sent in place of a token"
            }
            TokenShape::Promise => "`[object Promise]` was sent in place of a token",
            TokenShape::Object => "`[object Object]` was sent in place of a token",
            TokenShape::InQuotes => "the token is in quotes",
            TokenShape::Placeholder => "a placeholder was sent in place of a token",
            TokenShape::PercentEncoded => "the token has percent escapes",
            TokenShape::NoToken => "the header has the scheme `Bearer` and no token",
            TokenShape::NoScheme => "the scheme `Bearer` is missing in front of the token",
            TokenShape::SchemeTwice => "the scheme `Bearer` is there twice",
            TokenShape::ExtraSpace => "there is more than one space after `Bearer`",
            TokenShape::TwoTokens => "there are two tokens after `Bearer`",
            TokenShape::OtherScheme => "the header has credentials of another scheme than `Bearer`",
            TokenShape::RepeatedHeader => "there are several `Authorization` headers",
            TokenShape::NotAscii => "the header has bytes that are not visible ASCII",
            TokenShape::BrokenJwt => "the token is a JWT that is cut off or damaged",
            TokenShape::SessionJwt | TokenShape::OtherJwt => "the token is not one that Clerk made",
            TokenShape::Unknown => "what was sent is not a token that Clerk made",
        };
        // Elsewhere the form says it all.
        let refusal = self.refusal.filter(|_| {
            matches!(
                shape,
                TokenShape::BrokenJwt | TokenShape::SessionJwt | TokenShape::OtherJwt | TokenShape::Unknown
            )
        });
        Advice::new(summary, fix).detail(refusal.map(str::to_owned))
    }

    fn bad_signature(&self) -> Advice {
        if self.claims.is_some_and(|claims| !claims.is_own_issuer) {
            return self.foreign_issuer(
                "the token was signed by another instance: its signature and its issuer (`iss`) do not match",
            );
        }
        if self.has_jwt_key {
            return Advice::new(
                "the signature does not match CLERK_JWT_KEY",
                "compare CLERK_JWT_KEY with the JWKS public key on the API keys page of the Clerk dashboard: it may be of another instance, or older than the last rotation; without it the keys are fetched. If it is the right one, the token was forged",
            );
        }
        Advice::new(
            "the signature does not match: the token was changed or forged",
            "nothing has to be configured; if the client is your own, send the token as `await getToken()` returns it",
        )
    }

    fn unknown_key(&self) -> Advice {
        let Some(claims) = self.claims else {
            return Advice::new(
                "no key of this instance has the token's `kid`",
                "send the token that `await getToken()` returns",
            );
        };
        if !claims.is_own_issuer {
            return self
                .foreign_issuer("the token is from another instance: no key of this one has its `kid`");
        }
        Advice::new(
            "no key that CLERK_SECRET_KEY fetches has the token's `kid`, although the token names this instance as its issuer",
            "CLERK_SECRET_KEY is probably of another instance than CLERK_PUBLISHABLE_KEY: copy both from one API keys page of the Clerk dashboard",
        )
    }

    fn foreign_issuer(&self, summary: &'static str) -> Advice {
        let Some(issuer) = self.claims.and_then(|claims| claims.get("iss")) else {
            return Advice::new(summary, SAME_INSTANCE);
        };
        let expected = issuer.expected.as_deref().unwrap_or("any");
        let detail = match &issuer.found {
            Some(found) => {
                format!("the token was made by {found}, this application is configured for {expected}")
            }
            None => {
                format!("the token does not name its issuer, this application is configured for {expected}")
            }
        };
        Advice::new(summary, SAME_INSTANCE).detail(detail)
    }

    fn foreign_party(&self) -> Advice {
        let party = self.claims.and_then(|claims| claims.get("azp"));
        let found = party.and_then(|party| party.found.as_deref());
        let expected = party
            .and_then(|party| party.expected.as_deref())
            .unwrap_or_default();
        let difference = party
            .and_then(|party| party.difference.as_deref())
            .unwrap_or_default();
        let Some(found) = found else {
            return Advice::new(
                "the token does not name the site that it was made for (`azp`)",
                "tokens made for native applications and by the Backend API have no `azp`: take CLERK_AUTHORIZED_PARTIES away, or accept every site with `any_authorized_party()`, if they are to be accepted",
            )
            .detail(format!("accepted are {expected}"));
        };
        Advice::new(
            "the token was made for a site that is not an authorized party (`azp`)",
            format!(
                "if {found} is a front end of yours, put exactly this text into CLERK_AUTHORIZED_PARTIES"
            ),
        )
        .detail(format!(
            "the token is for {found}, accepted are {expected}: it {difference}"
        ))
    }

    fn failed_verification(&self) -> Advice {
        let audience = self.claims.and_then(|claims| claims.get("aud"));
        if let Some(audience) = audience.filter(|audience| audience.difference.is_some()) {
            let expected = audience.expected.as_deref().unwrap_or_default();
            let found = audience.found.as_deref().unwrap_or("not in the token");
            return Advice::new(
                "the token is not for this application's audience (`aud`)",
                "session tokens have no `aud` unless the Clerk dashboard adds it (Sessions, Customize session token): add it there, or take CLERK_AUDIENCE away",
            )
            .detail(format!("`aud` is {found}, CLERK_AUDIENCE is {expected}"));
        }
        Advice::new(
            "a claim of the token is missing or malformed",
            "send the token that `await getToken()` returns; if claims were customized in the Clerk dashboard, leave the standard ones alone",
        )
        .detail(self.refusal.map(str::to_owned))
    }

    fn expired(&self, refresh: Option<&Refresh>) -> Advice {
        let passed = self
            .claims
            .and_then(|claims| claims.expired_for)
            .unwrap_or_default();
        let detail = format!("it expired {passed} s ago by this machine's clock");
        if let Some(ahead) = self.clock_ahead.filter(|ahead| *ahead >= WRONG_CLOCK) {
            return Advice::new(
                "this machine's clock is ahead of Clerk's, so that tokens seem to have expired",
                "set the clock of this machine, for example with NTP",
            )
            .detail(format!("{detail}, which is {ahead} s ahead of Clerk's"));
        }
        let fix = match (refresh, self.carrier) {
            (Some(Refresh::NonEligibleNonGet), Some(TokenCarrier::Cookie)) => {
                "only GET requests are refreshed: call `await getToken()` in the page before each request, which renews the cookie"
            }
            (Some(Refresh::MissingApiClient), _) => {
                "only a `ClerkLayer`, which can set cookies, refreshes a session: add it around the routes of pages"
            }
            (Some(Refresh::FetchError | Refresh::UnexpectedBapiError | Refresh::UnexpectedSdkError), _) => {
                "Clerk could not be asked for a new token: ask `clerk.diagnose()`, and see the log"
            }
            (_, Some(TokenCarrier::Cookie)) => {
                "the page was not open for longer than the token lives: a page with Clerk's JavaScript renews it by itself, and a `ClerkLayer` renews it for documents"
            }
            _ => {
                "a session token lives for a minute: call `await getToken()` before each request instead of keeping its result; if the token was new, this machine's clock is ahead: compare with `clerk.diagnose()`"
            }
        };
        Advice::new("the token has expired (`exp`)", fix).detail(detail)
    }

    fn not_yet_valid(&self, summary: &'static str) -> Advice {
        let wait = self.claims.and_then(|claims| claims.valid_in).unwrap_or_default();
        let detail = match self.clock_ahead.filter(|ahead| -*ahead >= WRONG_CLOCK) {
            Some(ahead) => format!(
                "it starts in {wait} s by this machine's clock, which is {} s behind Clerk's",
                -ahead
            ),
            None => format!("it starts in {wait} s by this machine's clock"),
        };
        Advice::new(
            summary,
            "this machine's clock is behind Clerk's: set it, for example with NTP; small differences are tolerated by CLERK_CLOCK_SKEW_IN_MS",
        )
        .detail(detail)
    }

    fn mismatch(&self) -> Advice {
        let accepts = self.accepts;
        let detail = format!("accepted here: {accepts}");
        match self.token.or(self.header) {
            Some(TokenShape::OtherJwt) if accepts.accepts(TokenType::SessionToken) => Advice::new(
                "the token is a JWT of another class, such as one that a JWT template made",
                "call `await getToken()` without `template` for this application; tokens of templates are for other services",
            )
            .detail(detail),
            Some(TokenShape::SessionJwt) => Advice::new(
                "the token is a session token, which this handler does not accept",
                format!("send {accepts}, or write `token = [\"session_token\", ..]` on the handler"),
            )
            .detail(detail),
            Some(shape) => self.shaped(shape).detail(detail),
            None => Advice::new(
                "the request has no token of a type that this handler accepts",
                format!("send {accepts} as `Authorization: Bearer TOKEN`"),
            )
            .detail(detail),
        }
    }

    fn no_machine_token(&self) -> Advice {
        if let Some(TokenShape::OtherScheme) = self.header {
            return self.shaped(TokenShape::OtherScheme);
        }
        Advice::new(
            "the request has no token in the `Authorization` header, and cookies do not count for machines",
            format!("send {} as `Authorization: Bearer TOKEN`", self.accepts),
        )
    }

    fn machine(&self, code: MachineCode) -> Advice {
        let (summary, fix) = match code {
            MachineCode::SecretKeyInvalid => (
                "Clerk refused the secret key when it was asked about the token",
                "copy CLERK_SECRET_KEY (for machine-to-machine tokens CLERK_MACHINE_SECRET_KEY) from the Clerk dashboard",
            ),
            MachineCode::TokenInvalid => (
                "Clerk does not know the token",
                "create a new one: it was deleted, is of another instance, or was copied incompletely",
            ),
            MachineCode::TokenVerificationFailed => (
                "the token was refused: it was revoked, has expired, or does not fit what is configured",
                "create a new one in the Clerk dashboard, or by the Backend API",
            ),
            MachineCode::UnexpectedError => (
                "Clerk could not be asked about the token",
                "ask `clerk.diagnose()` whether Clerk can be reached; the request may be made again",
            ),
        };
        Advice::new(summary, fix).detail(self.refusal.map(str::to_owned))
    }

    fn no_credential(&self) -> Advice {
        const CALL: &str = "send `Authorization: Bearer ` and the token that `await getToken()` returns; a page of another origin sends no cookies by itself, and a CORS layer has to allow the header `authorization`";
        if self.header == Some(TokenShape::OtherScheme) {
            return Advice::new(
                "the header has credentials of another scheme than `Bearer`, and there is no session cookie",
                "a gateway or the browser has put its own credentials there (often `Basic`): have it send Clerk's token as `Bearer`, or keep the session cookie",
            );
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
                "Clerk's JavaScript sets both cookies: something between (a proxy, a filter, a test that sets cookies by hand) drops one; let all cookies that begin with `__` pass",
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
    fn browser(&self, reason: &AuthReason) -> Advice {
        const LAYER: &str = "a browser that asks for a document is sent to Clerk and comes back, if a `ClerkLayer` is around the route; for a call, sign in again or call `await getToken()` in the page first";
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

const SAME_INSTANCE: &str = "use one instance in both: the publishable key of the front end has to be CLERK_PUBLISHABLE_KEY, and CLERK_SECRET_KEY or CLERK_JWT_KEY has to be of the same instance; a proxy in front of Clerk is named by CLERK_PROXY_URL";
