//! Refreshes that are under way or have just ended: the requests of one browser with one expired session share a refresh.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use http::HeaderMap;
use tokio::sync::watch;

use super::digest::Digest;
use crate::Deviation;
use crate::auth::RefreshTokenErrorReason;

/// The browser's new cookies. `Debug` shows none of them.
#[derive(Clone)]
pub(in crate::authenticate) struct Refreshed {
    pub(in crate::authenticate) headers: HeaderMap,
    pub(in crate::authenticate) session_token: String,
    pub(in crate::authenticate) deviation: Option<Deviation>,
}

impl fmt::Debug for Refreshed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refreshed").finish_non_exhaustive()
    }
}

/// The reason why a session was not refreshed.
#[derive(Debug, Clone)]
pub(in crate::authenticate) struct RefreshFailure {
    pub(in crate::authenticate) reason: RefreshTokenErrorReason,
    pub(in crate::authenticate) deviation: Option<Deviation>,
    /// The wait until Clerk may be asked, if it was not asked now.
    pub(in crate::authenticate) retry_after: Option<Duration>,
    /// The time for which the failure answers for another refresh.
    pub(in crate::authenticate) lasts: Duration,
}

impl RefreshFailure {
    /// Makes a failure of this one request.
    pub(in crate::authenticate) fn once(reason: RefreshTokenErrorReason) -> Self {
        Self {
            reason,
            deviation: None,
            retry_after: None,
            lasts: Duration::ZERO,
        }
    }

    /// Makes a failure that may be over in a second.
    pub(in crate::authenticate) fn passing(reason: RefreshTokenErrorReason) -> Self {
        Self {
            lasts: PASSING_FAILURE_LASTS,
            ..Self::once(reason)
        }
    }

    /// Makes a failure that Clerk has given a reason for.
    pub(in crate::authenticate) fn settled(reason: RefreshTokenErrorReason) -> Self {
        Self {
            lasts: SETTLED_FAILURE_LASTS,
            ..Self::once(reason)
        }
    }
}

pub(super) type RefreshOutcome = Result<Refreshed, RefreshFailure>;

/// The time for which new cookies are given to further requests of the browser that they are for. Requests that it sent with the old
/// ones may still be on their way.
const SUCCESS_LASTS: Duration = Duration::from_secs(10);
/// The time for which a refusal of Clerk's is given to further requests with the same expired session.
const SETTLED_FAILURE_LASTS: Duration = Duration::from_secs(10);
/// The same time for a failure that may pass.
const PASSING_FAILURE_LASTS: Duration = Duration::from_secs(1);
/// The maximum number of outcomes that are kept.
const MAX_ENDED: usize = 256;

/// The refreshes by what they depend on. Pure: does no I/O, and takes the time as an argument.
#[derive(Debug, Default)]
pub(super) struct Refreshes {
    under_way: HashMap<Digest, UnderWay>,
    ended: HashMap<Digest, Ended>,
    /// The number of refreshes begun so far.
    begun: u64,
}

#[derive(Debug)]
struct UnderWay {
    number: u64,
    outcome: watch::Receiver<Option<RefreshOutcome>>,
}

#[derive(Debug)]
struct Ended {
    until: Duration,
    outcome: RefreshOutcome,
}

/// The role of a request in the refresh that it needs.
pub(super) enum Begin {
    /// Refresh, and tell the others.
    Lead(Lead),
    /// Wait for the request that refreshes.
    Join(watch::Receiver<Option<RefreshOutcome>>),
    Ended(RefreshOutcome),
}

/// A refresh to make.
pub(super) struct Lead {
    number: u64,
    outcome: watch::Sender<Option<RefreshOutcome>>,
}

impl Lead {
    pub(super) fn tell(self, outcome: RefreshOutcome) {
        self.outcome.send_replace(Some(outcome));
    }
}

impl Refreshes {
    pub(super) fn begin(&mut self, now: Duration, digest: Digest) -> Begin {
        if let Some(ended) = self.ended.get(&digest).filter(|ended| now < ended.until) {
            return Begin::Ended(ended.outcome.clone());
        }
        if let Some(under_way) = self.under_way.get(&digest) {
            return Begin::Join(under_way.outcome.clone());
        }
        self.begun += 1;
        let number = self.begun;
        let (sender, outcome) = watch::channel(None);
        self.under_way.insert(digest, UnderWay { number, outcome });
        Begin::Lead(Lead {
            number,
            outcome: sender,
        })
    }

    /// Ends a refresh, and keeps its outcome if there is one and it lasts.
    pub(super) fn end(
        &mut self,
        now: Duration,
        digest: Digest,
        lead: &Lead,
        outcome: Option<&RefreshOutcome>,
    ) {
        if self
            .under_way
            .get(&digest)
            .is_some_and(|one| one.number == lead.number)
        {
            self.under_way.remove(&digest);
        }
        let Some(outcome) = outcome else { return };
        let lasts = match outcome {
            Ok(_) => SUCCESS_LASTS,
            Err(failure) => failure.lasts,
        };
        // New cookies are secrets, which are not kept for longer than they are given.
        self.ended.retain(|_, ended| now < ended.until);
        if lasts > Duration::ZERO && self.ended.len() < MAX_ENDED {
            let outcome = outcome.clone();
            let until = now.saturating_add(lasts);
            self.ended.insert(digest, Ended { until, outcome });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Digest = Digest([1; 32]);
    const TWO: Digest = Digest([2; 32]);

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn success(token: &str) -> RefreshOutcome {
        Ok(Refreshed {
            headers: HeaderMap::new(),
            session_token: token.to_owned(),
            deviation: None,
        })
    }

    fn failure(lasts: u64) -> RefreshOutcome {
        Err(RefreshFailure {
            reason: RefreshTokenErrorReason::FetchError,
            deviation: None,
            retry_after: None,
            lasts: at(lasts),
        })
    }

    #[track_caller]
    fn lead(refreshes: &mut Refreshes, seconds: u64, digest: Digest) -> Lead {
        match refreshes.begin(at(seconds), digest) {
            Begin::Lead(lead) => lead,
            Begin::Join(_) => panic!("another one is under way"),
            Begin::Ended(outcome) => panic!("{outcome:?}"),
        }
    }

    #[test]
    fn one_refreshes_and_the_others_join() {
        let mut refreshes = Refreshes::default();
        let first = lead(&mut refreshes, 0, ONE);
        let Begin::Join(joined) = refreshes.begin(at(0), ONE) else {
            panic!("two at a time");
        };
        lead(&mut refreshes, 0, TWO);
        refreshes.end(at(1), ONE, &first, Some(&success("a")));
        first.tell(success("a"));
        assert!(matches!(&*joined.borrow(), Some(Ok(new)) if new.session_token == "a"));
        for seconds in [1, 10] {
            let begin = refreshes.begin(at(seconds), ONE);
            assert!(matches!(begin, Begin::Ended(Ok(new)) if new.session_token == "a"));
        }
        lead(&mut refreshes, 11, ONE);
    }

    #[test]
    fn a_failure_answers_for_as_long_as_it_lasts() {
        let mut refreshes = Refreshes::default();
        for (lasts, begun) in [(0, 0), (1, 100), (10, 200)] {
            let first = lead(&mut refreshes, begun, ONE);
            refreshes.end(at(begun), ONE, &first, Some(&failure(lasts)));
            if lasts > 0 {
                let before = refreshes.begin(at(begun + lasts - 1), ONE);
                assert!(matches!(before, Begin::Ended(Err(_))), "{lasts} s");
            }
            let next = lead(&mut refreshes, begun + lasts, ONE);
            refreshes.end(at(begun + lasts), ONE, &next, None);
        }
    }

    #[test]
    fn after_a_request_that_went_away_the_next_one_refreshes() {
        let mut refreshes = Refreshes::default();
        let gone = lead(&mut refreshes, 0, ONE);
        refreshes.end(at(1), ONE, &gone, None);
        let next = lead(&mut refreshes, 1, ONE);
        // The end of the first one does not end the second.
        refreshes.end(at(1), ONE, &gone, None);
        assert!(matches!(refreshes.begin(at(1), ONE), Begin::Join(_)));
        refreshes.end(at(1), ONE, &next, Some(&success("a")));
        assert!(refreshes.under_way.is_empty());
    }

    #[test]
    fn the_outcomes_that_are_kept_are_few() {
        let mut refreshes = Refreshes::default();
        for number in 0..1000_u32 {
            let mut digest = Digest([0; 32]);
            digest.0[..4].copy_from_slice(&number.to_be_bytes());
            let one = lead(&mut refreshes, 0, digest);
            refreshes.end(at(0), digest, &one, Some(&success("a")));
        }
        assert_eq!((refreshes.ended.len(), refreshes.under_way.len()), (256, 0));
        let one = lead(&mut refreshes, 20, ONE);
        refreshes.end(at(20), ONE, &one, Some(&success("a")));
        assert_eq!(refreshes.ended.len(), 1, "what is over makes room");
    }
}
