//! Advice about tokens whose signature or claims do not fit.

use super::{Advice, Findings};
use crate::auth::RefreshTokenErrorReason as Refresh;
use crate::token::TokenCarrier;

/// The difference of clocks, in seconds, from which on a clock is said to be wrong.
pub(super) const WRONG_CLOCK: i64 = 5;

impl Findings<'_> {
    pub(super) fn bad_signature(&self) -> Advice {
        if self.claims.is_some_and(|claims| !claims.is_own_issuer) {
            return self.foreign_issuer(
                "the token was signed by another instance: its signature and its issuer (`iss`) do not match",
            );
        }
        if self.has_jwt_key {
            return Advice::new(
                "the signature does not match CLERK_JWT_KEY",
                "CLERK_JWT_KEY is probably of another instance or older than the last rotation: copy the JWKS public key again from the API keys page of the Clerk dashboard, or unset CLERK_JWT_KEY, and the keys are fetched. If it is the right key, the token was forged",
            );
        }
        Advice::new(
            "the signature does not match: the token was changed or forged",
            "your configuration is not the cause; if the client is your own, send the token as `await getToken()` returns it",
        )
    }

    pub(super) fn unknown_key(&self) -> Advice {
        let Some(claims) = self.claims else {
            return Advice::new(
                "no key of this instance has the token's `kid`",
                "send the token that `await getToken()` returns",
            );
        };
        if !self.names_key {
            return Advice::new(
                "the token does not name its key (`kid`), so Clerk did not make it",
                "send the token that `await getToken()` returns",
            );
        }
        if !claims.is_own_issuer {
            return self
                .foreign_issuer("the token is from another instance: no key of this one has its `kid`");
        }
        // Any issuer is accepted, so the issuer does not tell whose token it is.
        if claims.get("iss").is_none_or(|issuer| issuer.expected.is_none()) {
            return Advice::new("no key of this instance has the token's `kid`", SAME_INSTANCE);
        }
        Advice::new(
            "no key that CLERK_SECRET_KEY fetches has the token's `kid`, although the token names this instance as its issuer",
            "CLERK_SECRET_KEY is probably of another instance than CLERK_PUBLISHABLE_KEY: copy both from one API keys page of the Clerk dashboard; if other tokens are accepted, this one is old (its key was removed) or made up",
        )
    }

    pub(super) fn foreign_issuer(&self, summary: &'static str) -> Advice {
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
        // A good signature: the keys are of the token's instance, so the publishable key is not.
        let fix = match self.is_signature_good {
            true => PUBLISHABLE_KEY_IS_WRONG,
            false => SAME_INSTANCE,
        };
        Advice::new(summary, fix).detail(detail)
    }

    pub(super) fn foreign_party(&self) -> Advice {
        let party = self.claims.and_then(|claims| claims.get("azp"));
        let expected = party
            .and_then(|party| party.expected.as_deref())
            .unwrap_or_default();
        let Some(found) = party.and_then(|party| party.found.as_deref()) else {
            return Advice::new(
                "the token does not name the site that it was made for (`azp`)",
                "send a token that a web page asked for. To accept tokens without `azp` as well (native applications, the Backend API), unset CLERK_AUTHORIZED_PARTIES; a production instance then needs `any_authorized_party()` on the builder, and accepts tokens of any site",
            )
            .detail(format!("accepted are {expected}"));
        };
        let difference = party
            .and_then(|party| party.difference.as_deref())
            .unwrap_or_default();
        let detail = format!("it is for {found}, accepted are {expected} (its value {difference})");
        let summary = "the token was made for a site that is not an authorized party (`azp`)";
        if !self.claims.is_some_and(|claims| claims.is_origin) {
            return Advice::new(
                summary,
                "no origin of a web page is written so, and CLERK_AUTHORIZED_PARTIES cannot have it: have the front end ask for the token from a page with an origin of its own",
            )
            .detail(detail);
        }
        Advice::new(
            summary,
            format!("if {found} is a front end of yours, add it to CLERK_AUTHORIZED_PARTIES beside the others, exactly as it is written here; else the token is rightly refused"),
        )
        .detail(detail)
    }

    pub(super) fn failed_verification(&self) -> Advice {
        let audience = self.claims.and_then(|claims| claims.get("aud"));
        let is_about_audience = self.refusal.is_some_and(|refusal| refusal.contains("`aud`"));
        if let Some(audience) = audience.filter(|audience| is_about_audience && audience.difference.is_some())
        {
            let expected = audience.expected.as_deref().unwrap_or_default();
            let found = audience.found.as_deref().unwrap_or("not in the token");
            return Advice::new(
                "the token is not for this application's audience (`aud`)",
                "unset CLERK_AUDIENCE: session tokens have no `aud`, unless the Clerk dashboard adds it (Sessions, Customize session token)",
            )
            .detail(format!("`aud` is {found}, CLERK_AUDIENCE is {expected}"));
        }
        Advice::new(
            "a claim of the token is missing, malformed or not as configured",
            "send the token that `await getToken()` returns; if claims were customized in the Clerk dashboard, leave the standard ones alone",
        )
        .detail(self.refusal.map(str::to_owned))
    }

    pub(super) fn expired(&self, refresh: Option<&Refresh>) -> Advice {
        let passed = self
            .claims
            .and_then(|claims| claims.expired_for)
            .unwrap_or_default();
        let detail = format!("it expired {passed} s ago by this machine's clock");
        // By Clerk's clock the token is still good.
        let is_clock = |ahead: &i64| *ahead >= WRONG_CLOCK && passed.saturating_sub(*ahead) <= WRONG_CLOCK;
        if let Some(ahead) = self.clock_ahead.filter(is_clock) {
            return Advice::new(
                "this machine's clock is ahead of Clerk's, so that tokens seem to have expired",
                "set the clock of this machine, for example with NTP",
            )
            .detail(format!("{detail}, which is {ahead} s ahead of Clerk's"));
        }
        let detail = match self.clock_ahead {
            Some(ahead) if ahead.abs() < WRONG_CLOCK => format!("{detail}, which agrees with Clerk's"),
            _ => detail,
        };
        let fix = match (refresh, self.carrier) {
            (Some(Refresh::NonEligibleNonGet), Some(TokenCarrier::Cookie)) => {
                "only GET requests are refreshed: call `await getToken()` in the page before each request, which renews the cookie"
            }
            (Some(Refresh::MissingApiClient), _) => {
                "a guard by itself renews no session: with a `ClerkLayer` around the route, which can set cookies, this request is renewed"
            }
            (Some(Refresh::FetchError | Refresh::UnexpectedBapiError | Refresh::UnexpectedSdkError), _) => {
                "Clerk could not be asked for a new token: ask `clerk.diagnose()`, and see the log"
            }
            (_, Some(TokenCarrier::Cookie)) => {
                "the page was not open for longer than the token lives: a page with Clerk's JavaScript renews it by itself, and a `ClerkLayer` renews it for documents"
            }
            _ if self.clock_ahead.is_none() => {
                "a session token lives for a minute: call `await getToken()` before each request instead of keeping its result; if the token was new, this machine's clock is ahead: compare with `clerk.diagnose()`"
            }
            _ => {
                "a session token lives for a minute: call `await getToken()` before each request instead of keeping its result"
            }
        };
        Advice::new("the token has expired (`exp`)", fix).detail(detail)
    }

    pub(super) fn not_valid_before(&self) -> Advice {
        let wait = self.claims.and_then(|claims| claims.nbf_in);
        self.too_early("the token is not valid yet (`nbf`)", wait)
    }

    pub(super) fn made_in_the_future(&self) -> Advice {
        let wait = self.claims.and_then(|claims| claims.iat_in);
        self.too_early("the token was made in the future (`iat`)", wait)
    }

    pub(super) fn too_early(&self, summary: &'static str, wait: Option<i64>) -> Advice {
        let wait = wait.unwrap_or_default();
        match self.clock_ahead.map(i64::saturating_neg) {
            Some(behind) if behind >= WRONG_CLOCK && wait.saturating_sub(behind) <= WRONG_CLOCK => Advice::new(
                "this machine's clock is behind Clerk's, so that new tokens seem to be from the future",
                "set the clock of this machine, for example with NTP",
            )
            .detail(format!(
                "{summary}: that is in {wait} s by this machine's clock, which is {behind} s behind Clerk's"
            )),
            Some(behind) if behind < WRONG_CLOCK => Advice::new(
                summary,
                "this machine's clock agrees with Clerk's: the token was made for a later time, by a JWT template or by another issuer; send what `await getToken()` returns",
            )
            .detail(format!("that is in {wait} s")),
            _ => Advice::new(
                summary,
                "this machine's clock is probably behind Clerk's: compare them with `clerk.diagnose()`, and set it, for example with NTP",
            )
            .detail(format!("that is in {wait} s by this machine's clock")),
        }
    }
}

const SAME_INSTANCE: &str = "use one instance in both: the publishable key of the front end has to be CLERK_PUBLISHABLE_KEY, and CLERK_SECRET_KEY or CLERK_JWT_KEY has to be of the same instance; a proxy in front of Clerk is named by CLERK_PROXY_URL";
const PUBLISHABLE_KEY_IS_WRONG: &str = "the keys that verify the token are of the token's instance, so CLERK_PUBLISHABLE_KEY is of another one (or CLERK_PROXY_URL or the issuers that were set are wrong): copy the publishable key from the API keys page where the secret key is from";
