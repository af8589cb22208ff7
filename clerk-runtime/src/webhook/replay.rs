use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::Delivery;
use super::delivery::TOLERANCE;

/// Whether a delivery was seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sighting {
    /// It is new.
    First,
    /// It was seen before.
    Again,
}

/// The error of a replay guard. Its text goes to the log.
pub type ReplayGuardError = Box<dyn std::error::Error + Send + Sync>;

/// What a [`ReplayGuard`] answers.
pub type ReplayGuardFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Sighting, ReplayGuardError>> + Send + 'a>>;

/// Remembers deliveries, so that one that was overheard is not taken a second time within the minutes that its signature
/// is good for. [`RecentDeliveries`] does so in memory; several processes share a table or a cache:
///
/// ```
/// use std::collections::HashSet;
/// use std::sync::Mutex;
/// use clerk_runtime::webhook::{Delivery, ReplayGuard, ReplayGuardFuture, Sighting};
///
/// /// Stands for `INSERT … ON CONFLICT DO NOTHING` into a table with this key, and rows that go after 601 seconds.
/// #[derive(Debug, Default)]
/// struct Table(Mutex<HashSet<(String, i64)>>);
///
/// impl ReplayGuard for Table {
///     fn sight<'a>(&'a self, delivery: Delivery<'a>) -> ReplayGuardFuture<'a> {
///         Box::pin(async move {
///             let row = (delivery.message_id.to_owned(), delivery.timestamp);
///             let inserted = self.0.lock().map_err(|_| "the table is gone")?.insert(row);
///             Ok(if inserted { Sighting::First } else { Sighting::Again })
///         })
///     }
/// }
/// ```
///
/// What counts is message id and time together. Clerk sends a message again, at another time, when it got no 2xx: the
/// handler may have failed, or its answer got lost. A guard that used the id alone would reject the retry of a message that
/// no handler has processed. To process each message once, a handler stores
/// [`message_id`](super::WebhookEvent::message_id) together with its changes.
pub trait ReplayGuard: fmt::Debug + Send + Sync + 'static {
    /// Remembers a delivery, whose signature is good, for 601 seconds at least: its time may be 300 seconds ahead, it is good
    /// for 300 more, and both are whole seconds. Of two at once only one is the first.
    ///
    /// # Errors
    /// Any failure to record the delivery. It is then rejected with 503, and Clerk sends it again.
    fn sight<'a>(&'a self, delivery: Delivery<'a>) -> ReplayGuardFuture<'a>;
}

/// Remembers the deliveries of the last ten minutes in memory, up to a number of them.
pub struct RecentDeliveries {
    capacity: usize,
    seen: Mutex<SeenDeliveries>,
}

impl RecentDeliveries {
    /// Room for so many deliveries, of about 150 bytes each. While it is full, deliveries are refused with 503 and come
    /// again later: one that were forgotten too early could be replayed.
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            seen: Mutex::default(),
        }
    }
}

impl Default for RecentDeliveries {
    /// Room for 65,536 deliveries, or a hundred a second.
    fn default() -> Self {
        Self::new(1 << 16)
    }
}

impl ReplayGuard for RecentDeliveries {
    fn sight<'a>(&'a self, delivery: Delivery<'a>) -> ReplayGuardFuture<'a> {
        // Nothing panics while the lock is held; should that change, the state is still whole.
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let sighting = seen.record(&delivery, self.capacity);
        Box::pin(ready(sighting.ok_or_else(|| {
            format!(
                "more than {} deliveries in ten minutes: raise the capacity",
                self.capacity
            )
            .into()
        })))
    }
}

impl fmt::Debug for RecentDeliveries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecentDeliveries")
            .field("capacity", &self.capacity)
            .finish_non_exhaustive()
    }
}

/// How long a delivery is remembered. Its time may be five minutes ahead, and it is valid until the end of the second five
/// minutes after it.
const MEMORY: Duration = Duration::from_secs(2 * TOLERANCE as u64 + 1);

/// Recent deliveries by a digest of fixed size, in order of receipt. They age by the monotonic clock: a wall clock that is
/// corrected forward and back would expire them too early.
#[derive(Default)]
struct SeenDeliveries {
    known: HashSet<[u8; 32]>,
    by_age: VecDeque<(Duration, [u8; 32])>,
}

impl SeenDeliveries {
    /// Records a delivery. Returns `None` if there is no room.
    fn record(&mut self, delivery: &Delivery<'_>, capacity: usize) -> Option<Sighting> {
        let now = delivery.received_at;
        while let Some((at, digest)) = self.by_age.front()
            && now.saturating_sub(*at) >= MEMORY
        {
            self.known.remove(digest);
            self.by_age.pop_front();
        }
        let digest = digest(delivery);
        if self.known.contains(&digest) {
            return Some(Sighting::Again);
        }
        if self.known.len() >= capacity {
            return None;
        }
        self.known.insert(digest);
        self.by_age.push_back((now, digest));
        Some(Sighting::First)
    }
}

fn digest(delivery: &Delivery<'_>) -> [u8; 32] {
    Sha256::new()
        .chain_update(delivery.message_id)
        .chain_update(".")
        .chain_update(delivery.timestamp.to_string())
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery(message_id: &str, timestamp: i64, received_at: u64) -> Delivery<'_> {
        Delivery {
            message_id,
            timestamp,
            received_at: Duration::from_secs(received_at),
        }
    }

    #[test]
    fn a_delivery_is_new_once_and_a_retry_is_another_one() {
        let mut seen = SeenDeliveries::default();
        for (id, timestamp, at, expected) in [
            ("msg_1", 1000, 0, Sighting::First),
            ("msg_1", 1000, 0, Sighting::Again),
            ("msg_1", 1005, 5, Sighting::First),
            ("msg_2", 1000, 5, Sighting::First),
            ("msg_1.1000", 1000, 6, Sighting::First),
            // Id and timestamp are told apart, although they are the same digits one after the other.
            ("msg_11", 1000, 6, Sighting::First),
            ("msg_1", 11000, 6, Sighting::First),
            ("msg_1", 1000, 600, Sighting::Again),
            // By now no clock takes it any more.
            ("msg_1", 1000, 601, Sighting::First),
            ("msg_1", 1005, 605, Sighting::Again),
        ] {
            let found = seen.record(&delivery(id, timestamp, at), 10);
            assert_eq!(found, Some(expected), "{id} {timestamp} at {at}");
        }
    }

    #[test]
    fn memory_is_bounded_and_nothing_is_forgotten_for_it() {
        let mut seen = SeenDeliveries::default();
        for number in 0..3 {
            assert_eq!(seen.record(&delivery("msg", number, 0), 3), Some(Sighting::First));
        }
        for number in 3..1000 {
            assert_eq!(seen.record(&delivery("msg", number, 1), 3), None);
        }
        assert_eq!((seen.known.len(), seen.by_age.len()), (3, 3));
        assert_eq!(seen.record(&delivery("msg", 0, 2), 3), Some(Sighting::Again));
        assert_eq!(seen.record(&delivery("msg", 3, 601), 3), Some(Sighting::First));
        assert_eq!((seen.known.len(), seen.by_age.len()), (1, 1));
    }
}
