//! Names the cause of a refusal in a sentence, and what to change about it.

use std::borrow::Cow;

mod browser;
mod claims;
mod header;

use super::claims::ClaimFacts;
use super::cookies::CookieFacts;
use super::shape::TokenShape;
use crate::Deviation;
use crate::auth::{AuthReason, MachineTokenVerificationErrorCode as MachineCode};
use crate::token::{AcceptsToken, TokenCarrier, TokenType, TokenVerificationErrorReason as Reason};

/// Holds the facts about a request that is not signed in.
pub(super) struct Findings<'a> {
    /// Holds the sentence of the check that refused the token, without values.
    pub(super) refusal: Option<&'a str>,
    pub(super) deviation: Option<Deviation>,
    /// The scheme in the `Authorization` header.
    pub(super) scheme: Option<&'a str>,
    /// The word that was sent, or the prefix of the id, if it is a known one.
    pub(super) known_word: Option<&'static str>,
    pub(super) is_signature_good: bool,
    /// Set if nothing could be found out about the credential.
    pub(super) is_outage: bool,
    /// Set unless the token does not name its key.
    pub(super) names_key: bool,
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
    /// Holds the failure of the last fetch of the keys.
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
    /// Says what to change, in the configuration or in the client.
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

impl Findings<'_> {
    /// Returns the cause of the refusal.
    pub(super) fn advice(&self, reason: &AuthReason) -> Advice {
        match reason {
            AuthReason::Token(reason) => self.token(*reason),
            AuthReason::MachineToken(code) => self.machine(*code),
            _ if self.is_outage => Advice::new(
                "Clerk could not be asked, so the request could not be judged",
                "repair the connection to Clerk's Backend API (CLERK_API_URL, or https://api.clerk.com): `clerk.diagnose()` names the cause",
            )
            .detail(self.last_failure.map(str::to_owned)),
            AuthReason::TokenTypeMismatch => self.mismatch(),
            AuthReason::NoTokenInHeader => self.no_machine_token(),
            AuthReason::SessionTokenExpired(refresh) => self.expired(Some(refresh)),
            AuthReason::SessionTokenNbf => self.not_valid_before(),
            AuthReason::SessionTokenIatInTheFuture => self.made_in_the_future(),
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
            Reason::TokenNotActiveYet => self.not_valid_before(),
            Reason::TokenIatInTheFuture => self.made_in_the_future(),
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
            Reason::JwkRemoteFailedToLoad => self.unavailable(),
            Reason::UnexpectedError => self.unexpected(),
        }
    }

    /// A token without a reason of its own: Clerk is unavailable, or its content is odd.
    fn unexpected(&self) -> Advice {
        if self.is_outage {
            return self.unavailable();
        }
        match self.claims {
            None => Advice::new(
                "the token cannot be read: its header or its content is null",
                "send the token that `await getToken()` returns",
            ),
            Some(_) => Advice::new(
                "the claims of the token contradict themselves",
                "leave Clerk's own claims alone when customizing the session token in the Clerk dashboard",
            ),
        }
    }

    fn unavailable(&self) -> Advice {
        Advice::new(
            "the instance's keys could not be fetched, so the token could not be checked",
            "repair the connection to Clerk's Backend API (CLERK_API_URL, or https://api.clerk.com): `clerk.diagnose()` names the cause; the keys are fetched again by themselves",
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

    fn mismatch(&self) -> Advice {
        let accepts = self.accepts;
        let detail = format!("accepted here: {accepts}");
        match self.token.or(self.header) {
            Some(TokenShape::OtherJwt) if accepts.accepts(TokenType::SessionToken) => Advice::new(
                "the token is a JWT that is no session token, such as one that a JWT template made",
                "call `await getToken()` without `template` for this application: tokens of templates are for other services",
            )
            .detail("its header names another class of tokens (`cat`)".to_owned()),
            Some(TokenShape::SessionJwt) => Advice::new(
                "the token is a session token, which this handler does not accept",
                format!("send {accepts}, or let the handler accept both by `#[protected(token = any(\"session_token\", ..))]`"),
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
        if self.is_outage && self.token == Some(TokenShape::MachineJwt) {
            return self.unavailable();
        }
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
}
