//! Warnings about a configuration that does not fit, at most one a minute and cause.

use std::fmt;
use std::time::Duration;

use super::state::RequestState;
use crate::auth::AuthReason;
use crate::tally::Tally;
use crate::token::TokenVerificationErrorReason as Reason;

/// A cause that smells of the configuration. A stranger cannot make up any but those from `UnknownKid` on: the token has a good signature,
/// or Clerk itself refuses the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
#[cfg_attr(
    not(feature = "axum"),
    expect(dead_code, reason = "only guards refuse what is signed in")
)]
pub(crate) enum ConfigurationWarning {
    Issuer,
    AuthorizedParties,
    NotYetValid,
    Pending,
    Claims,
    KeySetRefused,
    /// The keys of this instance do not have the token's `kid`, which has the form of Clerk's.
    UnknownKid,
    SecretKeySent,
    /// A browser comes back from the handshake again and again.
    RedirectLoop,
    /// The configuration does not allow to judge the request.
    Misconfigured,
    /// The session that a handshake brought is refused.
    HandshakeSession,
    /// The session that a handshake brought is accepted although the clock is wrong.
    HandshakeClock,
    /// A guard sends a browser to the sign-in page, and no layer can renew its session.
    RedirectWithoutLayer,
}

impl ConfigurationWarning {
    const COUNT: usize = Self::RedirectWithoutLayer as usize + 1;

    /// Returns the warning that a state without a signed-in user deserves.
    pub(super) fn of(state: &RequestState) -> Option<Self> {
        let reason = state.reason()?;
        match reason {
            AuthReason::Token(Reason::SecretKeyInvalid) => Some(Self::KeySetRefused),
            AuthReason::Token(Reason::JwkKidMismatch) => Some(Self::UnknownKid),
            _ if !reason.is_after_signature() => None,
            AuthReason::Token(Reason::TokenInvalidIssuer) => Some(Self::Issuer),
            AuthReason::Token(Reason::TokenInvalidAuthorizedParties) => Some(Self::AuthorizedParties),
            AuthReason::SessionTokenNbf
            | AuthReason::SessionTokenIatInTheFuture
            | AuthReason::Token(Reason::TokenNotActiveYet | Reason::TokenIatInTheFuture) => {
                Some(Self::NotYetValid)
            }
            _ => None,
        }
    }
}

/// Counts of the requests that deserve a warning.
#[derive(Default)]
pub(crate) struct ConfigurationWarnings([Tally; ConfigurationWarning::COUNT]);

impl ConfigurationWarnings {
    /// Counts a request. Returns the number of requests since the last warning, this one included, if another is due.
    pub(crate) fn count(&self, warning: ConfigurationWarning, now: Duration) -> Option<u64> {
        self.0[warning as usize].count(now)
    }
}

impl fmt::Debug for ConfigurationWarnings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigurationWarnings").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_a_minute_apart_and_count_every_request() {
        let warnings = ConfigurationWarnings::default();
        let at = |warning, seconds| warnings.count(warning, Duration::from_secs(seconds));
        assert_eq!(at(ConfigurationWarning::Issuer, 0), Some(1));
        for second in 1..60 {
            assert_eq!(at(ConfigurationWarning::Issuer, second), None);
        }
        assert_eq!(at(ConfigurationWarning::SecretKeySent, 30), Some(1));
        assert_eq!(at(ConfigurationWarning::Issuer, 60), Some(60));
        assert_eq!(at(ConfigurationWarning::Issuer, 61), None);
        assert_eq!(at(ConfigurationWarning::Issuer, 200), Some(2));
    }

    #[test]
    fn warnings_are_exact_among_threads() {
        let warnings = ConfigurationWarnings::default();
        let told = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        (0..1_000)
                            .filter_map(|second| {
                                warnings.count(ConfigurationWarning::Pending, Duration::from_secs(second))
                            })
                            .sum::<u64>()
                    })
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .sum::<u64>()
        });
        let rest = warnings.count(ConfigurationWarning::Pending, Duration::from_secs(9_999));
        assert_eq!(told + rest.unwrap(), 8_001);
    }
}
