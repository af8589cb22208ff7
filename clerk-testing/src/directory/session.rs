use serde_json::{Map, Value, json};

use super::{ActiveOrganization, Directory};
use crate::token::Version;

/// The origin that tokens name in `azp` when nothing else is asked for.
const FRONTEND_ORIGIN: &str = "http://localhost:3000";

/// How long a session lasts, and how long Clerk keeps one that nobody ends, in milliseconds.
const LIFETIME: i64 = 7 * 24 * 60 * 60 * 1000;
const ABANDONED_AFTER: i64 = 30 * 24 * 60 * 60 * 1000;

/// A session: all that goes into its tokens.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) user_id: String,
    /// What pages call the user.
    pub(crate) username: String,
    /// The active organization. Without one, role and permissions say nothing.
    pub(crate) org: Option<ActiveOrganization>,
    pub(crate) role: String,
    pub(crate) permissions: Vec<String>,
    pub(crate) features: Vec<String>,
    pub(crate) plans: Vec<String>,
    pub(crate) pending: bool,
    pub(crate) factor_ages: (i64, i64),
    pub(crate) actor: Option<String>,
    pub(crate) azp: Option<String>,
    pub(crate) version: Version,
    pub(crate) claims: Map<String, Value>,
}

impl Session {
    /// A session that just began, with one factor verified.
    pub(crate) fn new(id: String, user_id: String, username: String) -> Self {
        Self {
            id,
            user_id,
            username,
            org: None,
            role: "org:member".to_owned(),
            permissions: Vec::new(),
            features: Vec::new(),
            plans: Vec::new(),
            pending: false,
            factor_ages: (0, -1),
            actor: None,
            azp: Some(FRONTEND_ORIGIN.to_owned()),
            version: Version::V2,
            claims: Map::new(),
        }
    }
}

/// Why a session is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The user signed out.
    Ended,
    /// The application or Clerk took it away.
    Revoked,
}

/// A session and what became of it. Times are in milliseconds of Unix time.
pub(super) struct SessionRecord {
    pub(super) made: u64,
    pub(super) session: Session,
    client_id: String,
    ending: Option<Ending>,
    created_at: i64,
    updated_at: i64,
}

impl SessionRecord {
    fn expires_at(&self) -> i64 {
        self.created_at.saturating_add(LIFETIME)
    }

    fn is_active(&self, now: i64) -> bool {
        self.ending.is_none() && now < self.expires_at()
    }

    fn shown(&self, now: i64) -> Value {
        let session = &self.session;
        let status = match self.ending {
            Some(Ending::Ended) => "ended",
            Some(Ending::Revoked) => "revoked",
            None if !self.is_active(now) => "expired",
            None if session.pending => "pending",
            None => "active",
        };
        json!({
            "object": "session",
            "id": session.id,
            "user_id": session.user_id,
            "client_id": self.client_id,
            "actor": session.actor.as_ref().map(|id| json!({ "sub": id })),
            "status": status,
            "last_active_organization_id": session.org.as_ref().map(|org| &org.id),
            "last_active_at": self.updated_at,
            "latest_activity": null,
            "expire_at": self.expires_at(),
            "abandon_at": self.created_at.saturating_add(ABANDONED_AFTER),
            "tasks": session.pending.then(|| json!([{ "key": "choose-organization" }])),
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        })
    }
}

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
