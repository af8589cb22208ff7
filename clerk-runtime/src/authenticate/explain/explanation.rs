//! Gives an explanation as fields for programs and as a text for people.

use std::fmt;

use super::advice::Advice;
use super::claims::{ClaimExplanation, ClaimFacts};
use super::shape::TokenShape;
use crate::Deviation;
use crate::token::{TokenCarrier, TokenType};

/// Tells how a handle judges a request, and why. Returned by [`Clerk::explain`](crate::Clerk::explain).
///
/// It is for people, logs and tests, and never a decision: it has no auth object. `Display` and `Debug` give the whole text.
/// No part of it holds a token, a cookie's value or a secret. Claims of a token whose signature was not checked may have
/// been made up by a stranger; [`signature`](Self::signature) tells.
#[derive(Clone)]
pub struct Explanation {
    pub(super) outcome: &'static str,
    pub(super) reason: Option<String>,
    pub(super) advice: Option<Advice>,
    pub(super) deviation: Option<Deviation>,
    pub(super) method: String,
    pub(super) route: Option<String>,
    pub(super) accepts: String,
    pub(super) carrier: Option<TokenCarrier>,
    pub(super) token_type: Option<TokenType>,
    pub(super) scheme: Option<String>,
    pub(super) shape: Option<TokenShape>,
    pub(super) cookies: Vec<String>,
    pub(super) signature: &'static str,
    pub(super) claims: Option<ClaimFacts>,
    pub(super) key: String,
    pub(super) session_status: Option<String>,
    pub(super) organization: Option<String>,
    pub(super) compared: Option<&'static str>,
    pub(super) seconds: Option<i64>,
}

impl Explanation {
    /// Returns the outcome in words: "signed in", "signed in, and refused all the same", "not signed in", or what the request
    /// waits for.
    pub fn outcome(&self) -> &str {
        self.outcome
    }

    /// Returns Clerk's reason string, such as `token-expired`; `None` for a request that is signed in or waits.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Returns the cause in a sentence; `None` for a request that guards let pass.
    pub fn cause(&self) -> Option<String> {
        self.advice.as_ref().map(Advice::sentence)
    }

    /// Returns what to change, in the configuration or in the client; `None` for a request that guards let pass.
    pub fn fix(&self) -> Option<&str> {
        self.advice.as_ref().map(|advice| &*advice.fix)
    }

    /// Returns the rule by which this crate is stricter here than Clerk's own SDK, if it is one.
    pub fn deviation(&self) -> Option<Deviation> {
        self.deviation
    }

    /// Returns the method of the request, such as `GET`.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the route that the router matched, such as `/users/{id}`. `None` outside of a route, and without the feature
    /// `matched-path`.
    pub fn route(&self) -> Option<&str> {
        self.route.as_deref()
    }

    /// Returns the types of token that are accepted, in words.
    pub fn accepts(&self) -> &str {
        &self.accepts
    }

    /// Returns where the credential was that counts, if there was one.
    pub fn carrier(&self) -> Option<TokenCarrier> {
        self.carrier
    }

    /// Returns the type of token that this is about; `None` for a type that is not in the list of accepted ones.
    pub fn token_type(&self) -> Option<TokenType> {
        self.token_type
    }

    /// Returns the scheme in the `Authorization` header, such as `Bearer`, escaped.
    pub fn scheme(&self) -> Option<&str> {
        self.scheme.as_deref()
    }

    /// Returns the form of what was presented, which often tells the mistake.
    pub fn shape(&self) -> Option<TokenShape> {
        self.shape
    }

    /// Returns the names of Clerk's cookies that the request has.
    pub fn cookies(&self) -> &[String] {
        &self.cookies
    }

    /// Returns what is known of the token's signature: "good", "bad" or "not checked".
    pub fn signature(&self) -> &str {
        self.signature
    }

    /// Returns the registered claims and Clerk's own, beside what is configured. Empty without a token that can be read.
    pub fn claims(&self) -> &[ClaimExplanation] {
        self.claims.as_ref().map_or(&[], |facts| &facts.claims)
    }

    /// Returns the names of the token's other claims.
    pub fn other_claims(&self) -> &[String] {
        self.claims.as_ref().map_or(&[], |facts| &facts.other_names)
    }

    /// Returns the key that the token names and when the keys were fetched, in words.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the status of the session, such as `pending`, if the token tells it.
    pub fn session_status(&self) -> Option<&str> {
        self.session_status.as_deref()
    }

    /// Returns the active organization with the role in it, in words.
    pub fn organization(&self) -> Option<&str> {
        self.organization.as_deref()
    }

    /// Returns the claim that the refusal is about, beside what is configured.
    pub fn compared(&self) -> Option<&ClaimExplanation> {
        self.claims.as_ref()?.get(self.compared?)
    }

    /// Returns the seconds by which a time was missed: since the token expired, or until it is valid.
    pub fn seconds(&self) -> Option<i64> {
        self.seconds
    }

    fn is_let_pass(&self) -> bool {
        self.reason.is_none() && self.advice.is_none()
    }

    /// Returns the cause without any value of the request or the configuration.
    #[cfg(feature = "axum")]
    pub(crate) fn summary(&self) -> Option<&'static str> {
        self.advice.as_ref().map(|advice| advice.summary)
    }
}

impl Advice {
    pub(super) fn sentence(&self) -> String {
        match &self.detail {
            Some(detail) => format!("{}: {detail}", self.summary),
            None => self.summary.to_owned(),
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.outcome)?;
        if let Some(reason) = &self.reason {
            write!(f, ": {reason}")?;
        }
        if let Some(advice) = &self.advice {
            write!(f, "\n  why      {}\n  fix      {}", advice.sentence(), advice.fix)?;
        }
        if let Some(deviation) = self.deviation {
            write!(
                f,
                "\n  rule     {deviation} (see `Deviation`), by which clerk-runtime is stricter than Clerk's SDK"
            )?;
        }
        write!(f, "\n  request  {}", self.method)?;
        if let Some(route) = &self.route {
            write!(f, " {route}")?;
        }
        write!(f, ", accepted here: {}", self.accepts)?;
        write!(f, "\n  token    ")?;
        match (self.carrier, self.shape) {
            (None, None) => f.write_str("none")?,
            (carrier, shape) => {
                let carrier = carrier.map_or("not taken", TokenCarrier::as_str);
                write!(f, "{carrier}")?;
                if let Some(scheme) = &self.scheme {
                    write!(f, ", scheme {scheme}")?;
                }
                if let Some(shape) = shape {
                    write!(f, ", {shape}")?;
                }
            }
        }
        if !self.cookies.is_empty() {
            write!(f, "\n  cookies  {}", self.cookies.join(", "))?;
        }
        if let Some(facts) = &self.claims {
            write!(f, "\n  claims   signature {}", self.signature)?;
            for claim in &facts.claims {
                write!(f, "\n    {claim}")?;
            }
            if !facts.other_names.is_empty() {
                write!(f, "\n    others: {}", facts.other_names.join(", "))?;
            }
        }
        write!(f, "\n  key      {}", self.key)?;
        if let Some(status) = &self.session_status {
            write!(f, "\n  session  {status}")?;
        }
        if let Some(organization) = &self.organization {
            write!(f, "\n  organization  {organization}")?;
        }
        if self.is_let_pass() {
            f.write_str("\n  handler  what it requires or takes is not checked here: a 403 is explained by its event in the log")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
