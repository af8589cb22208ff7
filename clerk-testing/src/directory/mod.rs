//! Who there is: users, their sessions, the organizations that they are members of, and who was invited.

mod identification;
mod invitation;
mod invitation_record;
mod membership;
mod organization;
mod organization_record;
mod session;
mod session_record;
mod user;
mod user_record;

use std::collections::HashMap;
use std::sync::Arc;

use clerk_runtime::clock::Clock;

pub(crate) use self::identification::{Confidence, email_address, phone_number, web3_wallet};
pub(crate) use self::invitation::Wish;
pub(crate) use self::invitation_record::{Invitation, ToOrganization};
use self::organization_record::OrganizationRecord;
pub(crate) use self::organization_record::{ActiveOrganization, new_organization, role_name};
use self::session_record::SessionRecord;
pub(crate) use self::session_record::{Ending, Session, Version};
pub(crate) use self::user_record::{UserRecord, new_user};
use crate::changes::Changes;
use crate::clock::TestClock;
use crate::ids::Ids;

/// All resources by id.
pub(crate) struct Directory {
    ids: Arc<Ids>,
    clock: TestClock,
    changes: Arc<Changes>,
    /// How many were made so far, which tells those of the same millisecond apart.
    made: u64,
    users: HashMap<String, UserRecord>,
    /// The ids of those that were first mentioned by a name.
    names: HashMap<String, String>,
    sessions: HashMap<String, SessionRecord>,
    organizations: HashMap<String, OrganizationRecord>,
    invitations: HashMap<String, Invitation>,
}

impl Directory {
    pub(crate) fn new(ids: Arc<Ids>, clock: TestClock, changes: Arc<Changes>) -> Self {
        Self {
            ids,
            clock,
            changes,
            made: 0,
            users: HashMap::new(),
            names: HashMap::new(),
            sessions: HashMap::new(),
            organizations: HashMap::new(),
            invitations: HashMap::new(),
        }
    }

    fn now(&self) -> i64 {
        self.clock.unix_millis()
    }

    /// When a resource is changed that was changed last at `former`: whoever is told of two changes of one millisecond, in
    /// whatever order, knows which is the later one.
    fn after(&self, former: i64) -> i64 {
        self.now().max(former.saturating_add(1))
    }

    fn next(&mut self) -> u64 {
        self.made += 1;
        self.made
    }
}

#[cfg(test)]
impl Directory {
    /// An empty one that nobody listens to.
    pub(crate) fn empty() -> Self {
        let ids = Arc::new(Ids::new().unwrap());
        let clock = TestClock::new();
        let changes = Changes::for_test(Arc::clone(&ids), clock.clone());
        Self::new(ids, clock, Arc::new(changes))
    }
}
