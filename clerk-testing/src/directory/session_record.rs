//! A session, and what the directory keeps of it.

use serde_json::{Map, Value, json};

use super::organization_record::ActiveOrganization;

/// The origin that tokens name in `azp` when nothing else is asked for.
const FRONTEND_ORIGIN: &str = "http://localhost:3000";

/// How long a session lasts, and how long Clerk keeps one that nobody ends, in milliseconds.
const LIFETIME: i64 = 7 * 24 * 60 * 60 * 1000;
const ABANDONED_AFTER: i64 = 30 * 24 * 60 * 60 * 1000;

/// The two generations of session claims (Clerk docs: Session tokens).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    V1,
    V2,
}

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
    pub(super) client_id: String,
    pub(super) ending: Option<Ending>,
    pub(super) created_at: i64,
    pub(super) updated_at: i64,
}

impl SessionRecord {
    pub(super) fn expires_at(&self) -> i64 {
        self.created_at.saturating_add(LIFETIME)
    }

    pub(super) fn is_active(&self, now: i64) -> bool {
        self.ending.is_none() && now < self.expires_at()
    }

    pub(super) fn shown(&self, now: i64) -> Value {
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
