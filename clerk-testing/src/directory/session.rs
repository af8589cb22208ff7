use serde_json::Value;

use super::Directory;
use super::session_record::{Ending, Session, SessionRecord};

impl Directory {
    /// Makes a session known, or what it says now. One that was ended stays so, one that expired begins anew.
    pub(crate) fn keep_session(&mut self, session: Session) {
        let now = self.now();
        let id = session.id.clone();
        if let Some(record) = self.sessions.get_mut(&id) {
            if now >= record.expires_at() {
                record.created_at = now;
            }
            record.session = session;
            return;
        }
        self.signed_in(&session.user_id, now);
        let record = SessionRecord {
            made: self.next(),
            client_id: self.ids.named("client_", &id),
            session,
            ending: None,
            created_at: now,
            updated_at: now,
        };
        if self.changes.is_heard() {
            self.changes.changed("session.created", &record.shown(now));
        }
        self.sessions.insert(id, record);
    }

    /// A session whose tokens name this origin from now on, the one that asks for them.
    pub(crate) fn session_for(&mut self, id: &str, origin: &str) -> Option<Session> {
        let now = self.now();
        let record = self.sessions.get_mut(id).filter(|record| record.is_active(now))?;
        record.session.azp = Some(origin.to_owned());
        Some(record.session.clone())
    }

    /// Ends a session, unless it is over. `None` if there never was one.
    pub(crate) fn end_session(&mut self, id: &str, ending: Ending) -> Option<Value> {
        let now = self.now();
        let record = self.sessions.get_mut(id)?;
        if record.is_active(now) {
            record.ending = Some(ending);
            record.updated_at = now;
            let event = match ending {
                Ending::Ended => "session.ended",
                Ending::Revoked => "session.revoked",
            };
            self.changes.changed(event, &record.shown(now));
        }
        Some(record.shown(now))
    }

    /// Revokes all sessions of a user.
    pub(crate) fn revoke_sessions_of(&mut self, user_id: &str) {
        let of_user = self
            .sessions
            .values()
            .filter(|record| record.session.user_id == user_id);
        let ids: Vec<_> = of_user.map(|record| record.session.id.clone()).collect();
        for id in ids {
            self.end_session(&id, Ending::Revoked);
        }
    }

    /// A session that is not over, and its user.
    pub(crate) fn session(&self, id: &str) -> Option<(Session, Value)> {
        let now = self.now();
        let record = self.sessions.get(id).filter(|record| record.is_active(now))?;
        let user = self.users.get(&record.session.user_id)?;
        Some((record.session.clone(), user.shown(now)))
    }

    /// A session as the Backend API shows it, also one that is over.
    pub(crate) fn shown_session(&self, id: &str) -> Option<Value> {
        Some(self.sessions.get(id)?.shown(self.now()))
    }

    /// All sessions, the oldest first.
    pub(crate) fn shown_sessions(&self) -> Vec<Value> {
        let mut records: Vec<_> = self.sessions.values().collect();
        records.sort_unstable_by_key(|record| record.made);
        records.iter().map(|record| record.shown(self.now())).collect()
    }
}
