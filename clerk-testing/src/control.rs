use std::sync::mpsc::Receiver;
use std::time::Duration;

use crate::{Change, Endpoint, Fault, LocalInstance, RecordedRequest, TestClock};

/// Time, faults and what was asked for.
impl LocalInstance {
    /// The clock that tokens are minted by.
    pub fn clock(&self) -> TestClock {
        self.shared.clock.clone()
    }

    /// Lets time pass, for the instance and for every [`Clerk`](clerk_runtime::Clerk) it configured.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
    }

    /// Lets every request to an endpoint go wrong, in place of the fault that was there before.
    pub fn fault(&self, endpoint: Endpoint, fault: Fault) {
        self.shared.faults().set(endpoint, fault);
    }

    /// Lets the next requests to an endpoint go wrong, so many `times`.
    ///
    /// Several of these follow each other. They go before what [`fault`](Self::fault) set, and faults of one endpoint
    /// before those of [`Endpoint::Any`].
    pub fn fault_times(&self, endpoint: Endpoint, fault: Fault, times: usize) {
        self.shared.faults().add(endpoint, fault, times);
    }

    /// Lets everything go right again.
    pub fn clear_faults(&self) {
        self.shared.faults().clear();
    }

    /// Lets an endpoint take so many requests in any `window` of time, by the clock of the instance. What comes above is
    /// answered as Clerk does: 429 with a `Retry-After`, in seconds. The key set has no limit, as with Clerk.
    ///
    /// Limits are those of the Backend API, so what browsers ask for is never limited: a limit of [`Endpoint::Handshake`] does
    /// nothing, and one of [`Endpoint::Any`] neither counts nor refuses the handshake and the pages.
    ///
    /// Limits of an endpoint and of [`Endpoint::Any`] count both. Clerk's own are 100 requests in 10 seconds for development
    /// and 1000 for production; an instance has none until this is called.
    ///
    /// ```
    /// # fn example(instance: &clerk_testing::LocalInstance) {
    /// use clerk_testing::Endpoint;
    /// use std::time::Duration;
    ///
    /// instance.rate_limit(Endpoint::Any, 100, Duration::from_secs(10));
    /// # }
    /// ```
    pub fn rate_limit(&self, endpoint: Endpoint, requests: usize, window: Duration) {
        self.shared.rate_limits().set(endpoint, requests, window);
    }

    /// Lifts all limits that [`rate_limit`](Self::rate_limit) set.
    pub fn clear_rate_limits(&self) {
        self.shared.rate_limits().clear();
    }

    /// All changes of users, sessions, organizations, memberships and invitations to organizations from now on, whoever
    /// made them, in their order: what Clerk tells by webhooks.
    ///
    /// ```
    /// # async fn example(instance: clerk_testing::LocalInstance) {
    /// let changes = instance.changes();
    /// instance.organization("acme").member("ada", "org:admin");
    /// let types: Vec<_> = changes.try_iter().map(|change| change.event_type).collect();
    /// assert_eq!(types, ["organization.created", "user.created", "organizationMembership.created"]);
    /// # }
    /// ```
    #[must_use]
    pub fn changes(&self) -> Receiver<Change> {
        self.shared.changes.listen()
    }

    /// All requests so far, the oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.requests().clone()
    }

    /// How many requests an endpoint got so far.
    #[must_use]
    pub fn requests_to(&self, endpoint: Endpoint) -> usize {
        self.shared
            .requests()
            .iter()
            .filter(|request| endpoint.includes(request.endpoint))
            .count()
    }
}
