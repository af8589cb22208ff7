//! The session cookies of one name: whose sessions they are, and which of them Clerk has signed.

use std::task::Poll;
use std::time::Duration;

use super::header::Values;
use super::selection::{HintReader, Issuer};
use crate::authenticate::authenticator::Authenticator;
use crate::authenticate::credential::PresentedToken;
use crate::token::{Claim, SessionClaims, TokenVerificationErrorReason as Reason, UnverifiedJwt, is_session};

/// The most values of one cookie that are looked at. A browser has one for each domain above its host; more are not its
/// own, and each costs the check of a signature.
const MAX_CANDIDATES: usize = 4;

/// Checks signatures as far as the keys are there.
pub(super) struct SignatureChecks<'a> {
    authenticator: &'a Authenticator,
    hints: HintReader<'a>,
    /// Set if a key has to be fetched before a signature can be checked.
    pub(super) awaits_keys: bool,
    /// The wait until the keys may be asked for again, if Clerk could not be reached.
    pub(super) retry_after: Option<Duration>,
}

/// The signature of a session token, expired or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signature {
    Good,
    Bad,
    /// The key cannot be had now, or the key set no longer has it although the issuer is this instance.
    Unknown,
}

impl<'a> SignatureChecks<'a> {
    pub(super) fn new(authenticator: &'a Authenticator, hints: HintReader<'a>) -> Self {
        Self {
            authenticator,
            hints,
            awaits_keys: false,
            retry_after: None,
        }
    }

    pub(super) fn of(&mut self, token: &PresentedToken<'_>) -> Signature {
        if token.cached().is_some() {
            return Signature::Good;
        }
        let jwt = match UnverifiedJwt::parse(token.as_str()) {
            Ok(jwt) if is_session(&jwt) => jwt,
            _ => return Signature::Bad,
        };
        let error = match self.authenticator.verifier.try_check_signature(&jwt) {
            Poll::Ready(Ok(())) => return Signature::Good,
            Poll::Ready(Err(error)) => error,
            Poll::Pending => {
                self.awaits_keys = true;
                return Signature::Unknown;
            }
        };
        if error.retry_after().is_some() {
            self.awaits_keys = true;
            self.retry_after = self.retry_after.max(error.retry_after());
            return Signature::Unknown;
        }
        let is_own = || {
            self.hints
                .read(token)
                .is_some_and(|hints| hints.issuer == Issuer::Own)
        };
        match error.reason() {
            Reason::JwkKidMismatch if is_own() => Signature::Unknown,
            _ => Signature::Bad,
        }
    }
}

/// The session cookie of one name, after forged values were dropped.
#[derive(Debug, PartialEq)]
pub(super) enum Session<'a> {
    None,
    One(PresentedToken<'a>),
    /// Several, of different sessions or none of them good.
    Conflict {
        any_is_good: bool,
    },
}

impl<'a> Session<'a> {
    /// Drops the values that Clerk has not signed, and takes the newest of the others if they are of one session.
    ///
    /// A single value is taken as it is: whether it is good is seen when it is verified.
    pub(super) fn resolve(values: &Values<PresentedToken<'a>>, checks: &mut SignatureChecks<'_>) -> Self {
        let tokens = match values {
            Values::None => return Self::None,
            Values::One(token) => return Self::One(token.clone()),
            Values::Several(tokens) => tokens,
        };
        let was_cleared = tokens.first().is_some_and(|token| token.as_str().is_empty());
        if was_cleared || tokens.len() > MAX_CANDIDATES {
            // One of them may be good.
            return Self::Conflict { any_is_good: true };
        }
        let mut good = Vec::with_capacity(tokens.len());
        for token in tokens {
            match checks.of(token) {
                Signature::Good => good.push(token.clone()),
                Signature::Bad => {}
                Signature::Unknown => return Self::Conflict { any_is_good: true },
            }
        }
        let any_is_good = !good.is_empty();
        newest_of_one_session(good).map_or(Self::Conflict { any_is_good }, Self::One)
    }

    pub(super) fn token(&self) -> Option<&PresentedToken<'a>> {
        match self {
            Self::One(token) => Some(token),
            Self::None | Self::Conflict { .. } => None,
        }
    }
}

/// Returns the newest of the tokens if all are of one session.
fn newest_of_one_session(tokens: Vec<PresentedToken<'_>>) -> Option<PresentedToken<'_>> {
    let mut tokens = tokens.into_iter();
    let mut newest = tokens.next()?;
    let session = SessionKey::of(&newest);
    for token in tokens {
        if session.is_none() || SessionKey::of(&token) != session {
            return None;
        }
        if issued_at(&token) > issued_at(&newest) {
            newest = token;
        }
    }
    Some(newest)
}

/// Returns the newest of the values that Clerk has signed for the same session as `token`, or `token` itself if it is among
/// them.
pub(super) fn of_same_session<'a>(
    values: &Values<PresentedToken<'a>>,
    token: &PresentedToken<'a>,
    checks: &mut SignatureChecks<'_>,
) -> Option<PresentedToken<'a>> {
    let candidates = match values {
        Values::None => return None,
        Values::One(value) => std::slice::from_ref(value),
        Values::Several(values) => values.get(..MAX_CANDIDATES).unwrap_or(values),
    };
    if candidates.contains(token) {
        return Some(token.clone());
    }
    let session = SessionKey::of(token).filter(|_| checks.of(token) == Signature::Good)?;
    let same: Vec<_> = candidates
        .iter()
        .filter(|candidate| SessionKey::of(candidate).as_ref() == Some(&session))
        .filter(|candidate| checks.of(candidate) == Signature::Good)
        .cloned()
        .collect();
    newest_of_one_session(same)
}

/// Waits for the key set if one of the values needs it. All keys come with one fetch, so there is one wait.
pub(super) async fn wait_for_keys(values: &[Values<PresentedToken<'_>>], authenticator: &Authenticator) {
    let tokens = values.iter().flat_map(|values| match values {
        Values::None => &[],
        Values::One(token) => std::slice::from_ref(token),
        Values::Several(tokens) => tokens.as_slice(),
    });
    for token in tokens.filter(|token| token.cached().is_none()) {
        if let Ok(jwt) = UnverifiedJwt::parse(token.as_str())
            && authenticator.verifier.try_check_signature(&jwt).is_pending()
        {
            authenticator.verifier.wait_for_key(&jwt).await;
            return;
        }
    }
}

/// The session and the user of a token, verified or not.
#[derive(PartialEq)]
struct SessionKey {
    session_id: String,
    user_id: Option<String>,
}

impl SessionKey {
    fn of(token: &PresentedToken<'_>) -> Option<Self> {
        with_claims(token, |claims| {
            Some(Self {
                session_id: claims.sid().as_str()?.to_owned(),
                user_id: claims.sub().as_str().map(str::to_owned),
            })
        })?
    }
}

fn issued_at(token: &PresentedToken<'_>) -> f64 {
    let issued_at = with_claims(token, |claims| match claims.iat() {
        Claim::Present(iat) => Some(iat),
        Claim::Absent | Claim::Null | Claim::WrongType => None,
    });
    issued_at.flatten().unwrap_or(0.0)
}

fn with_claims<T>(token: &PresentedToken<'_>, read: impl FnOnce(&SessionClaims) -> T) -> Option<T> {
    match token.cached() {
        Some(cached) => Some(read(cached.session().claims())),
        None => Some(read(UnverifiedJwt::parse(token.as_str()).ok()?.claims())),
    }
}
