use std::collections::HashMap;

use aws_lc_rs::error::Unspecified;
use serde_json::{Map, Value, json};

use crate::ids::Ids;
use crate::token::Lifetime;

/// The kinds of token that a machine may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    ApiKey,
    M2m,
    Oauth,
}

impl Kind {
    /// The beginning of ids and opaque tokens.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::ApiKey => "ak_",
            Self::M2m => "mt_",
            Self::Oauth => "oat_",
        }
    }

    /// An id in the form of Clerk's, with 32 hexadecimal digits.
    pub(crate) fn fresh_id(self, ids: &Ids) -> String {
        format!("{}{}", self.prefix(), ids.trace())
    }

    fn object(self) -> &'static str {
        match self {
            Self::ApiKey => "api_key",
            Self::M2m => "machine_to_machine_token",
            Self::Oauth => "clerk_idp_oauth_access_token",
        }
    }
}

/// A token as its verification shows it. Times are in milliseconds of Unix time.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    kind: Kind,
    made: u64,
    pub(crate) id: String,
    pub(crate) subject: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) claims: Option<Value>,
    pub(crate) revoked: bool,
    pub(crate) revocation_reason: Option<String>,
    pub(crate) expires_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
    /// Whether the Backend API changed it, upon which its builder does so no more.
    is_changed: bool,
    /// Members that only this kind has.
    pub(crate) more: Map<String, Value>,
}

impl Record {
    pub(crate) fn new(ids: &Ids, now: i64, kind: Kind, subject: String) -> Self {
        let mut record = Self {
            kind,
            made: 0,
            id: kind.fresh_id(ids),
            subject,
            scopes: Vec::new(),
            claims: None,
            revoked: false,
            revocation_reason: None,
            expires_at: None,
            created_at: now,
            updated_at: now,
            is_changed: false,
            more: Map::new(),
        };
        if kind != Kind::Oauth {
            record.more.insert("last_used_at".to_owned(), Value::Null);
        }
        record
    }

    pub(crate) fn is_expired(&self, now: i64) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// Lets it end so many seconds from now.
    pub(crate) fn expire_in(&mut self, now: i64, seconds: i64) {
        self.expires_at = Some(now.saturating_add(seconds.saturating_mul(1000)));
    }

    /// When a JWT of it begins and ends.
    fn lifetime(&self, now: i64) -> Lifetime {
        match self.expires_at.map(|millis| millis.div_euclid(1000)) {
            Some(expires_at) => Lifetime {
                issued_at: now.min(expires_at.saturating_sub(60)),
                expires_at,
            },
            None => Lifetime::starting(now, 3600),
        }
    }

    /// The claims of a JWT of it that is made `now`, in seconds of Unix time, with `more` that only this kind has.
    pub(crate) fn jwt_claims(&self, issuer: &str, now: i64, more: Map<String, Value>) -> Map<String, Value> {
        let lifetime = self.lifetime(now);
        let mut claims = match &self.claims {
            Some(Value::Object(claims)) => claims.clone(),
            _ => Map::new(),
        };
        claims.extend(more);
        claims.insert("iss".into(), json!(issuer));
        claims.insert("sub".into(), json!(self.subject));
        claims.insert("jti".into(), json!(self.id));
        claims.insert("iat".into(), json!(lifetime.issued_at));
        claims.insert("nbf".into(), json!(lifetime.issued_at.saturating_sub(10)));
        claims.insert("exp".into(), json!(lifetime.expires_at));
        claims
    }

    pub(crate) fn shown(&self, now: i64) -> Value {
        let mut shown = Map::from_iter([
            ("object".to_owned(), json!(self.kind.object())),
            ("id".to_owned(), json!(self.id)),
            ("subject".to_owned(), json!(self.subject)),
            ("scopes".to_owned(), json!(self.scopes)),
            ("revoked".to_owned(), json!(self.revoked)),
            ("revocation_reason".to_owned(), json!(self.revocation_reason)),
            ("expired".to_owned(), json!(self.is_expired(now))),
            ("expiration".to_owned(), json!(self.expires_at)),
            ("created_at".to_owned(), json!(self.created_at)),
            ("updated_at".to_owned(), json!(self.updated_at)),
        ]);
        if self.kind != Kind::Oauth {
            shown.insert("claims".to_owned(), json!(self.claims));
        }
        shown.extend(self.more.clone());
        Value::Object(shown)
    }
}

/// All tokens that were asked for, by what the machine sends.
#[derive(Default)]
pub(crate) struct Records {
    by_token: HashMap<String, Record>,
    made: u64,
}

impl Records {
    /// Makes a token known, or what it says now. What the Backend API changed stays so.
    pub(crate) fn keep(&mut self, token: String, mut record: Record) {
        let known = self.by_token.get(&token);
        if known.is_some_and(|known| known.is_changed) {
            return;
        }
        record.made = known.map_or_else(
            || {
                self.made += 1;
                self.made
            },
            |known| known.made,
        );
        self.by_token.insert(token, record);
    }

    /// What a verification answers for a token of this kind. Revoked and expired ones are shown as what they are.
    pub(crate) fn verify(&self, kind: Kind, token: &str, now_millis: i64) -> Option<Value> {
        Some(self.by_token(kind, token)?.shown(now_millis))
    }

    pub(crate) fn by_token(&self, kind: Kind, token: &str) -> Option<&Record> {
        self.by_token.get(token).filter(|record| record.kind == kind)
    }

    /// An opaque token by its id, and what the machine sends. Clerk keeps no list of JWTs.
    pub(crate) fn find(&self, kind: Kind, id: &str) -> Option<(&str, &Record)> {
        self.listed(kind).find(|(_, record)| record.id == id)
    }

    /// All opaque tokens of this kind with what machines send, the oldest first.
    pub(crate) fn all(&self, kind: Kind) -> Vec<(&str, &Record)> {
        let mut all: Vec<_> = self.listed(kind).collect();
        all.sort_unstable_by_key(|(_, record)| record.made);
        all
    }

    fn listed(&self, kind: Kind) -> impl Iterator<Item = (&str, &Record)> {
        let all = self
            .by_token
            .iter()
            .map(|(token, record)| (token.as_str(), record));
        all.filter(move |(token, record)| record.kind == kind && token.starts_with(kind.prefix()))
    }

    /// Changes a token and shows what it has become.
    pub(crate) fn change(
        &mut self,
        kind: Kind,
        id: &str,
        now_millis: i64,
        change: impl FnOnce(&mut Record),
    ) -> Option<Value> {
        let token = self.find(kind, id)?.0.to_owned();
        let record = self.by_token.get_mut(&token)?;
        change(record);
        record.is_changed = true;
        record.updated_at = now_millis;
        Some(record.shown(now_millis))
    }

    pub(crate) fn remove(&mut self, kind: Kind, id: &str) -> bool {
        let token = self.find(kind, id).map(|(token, _)| token.to_owned());
        token.is_some_and(|token| self.by_token.remove(&token).is_some())
    }
}

/// What a builder needs to sign with, since the cryptographic library may fail.
pub(super) fn signed(token: Result<String, Unspecified>) -> String {
    token.expect("aws-lc signs with a key that it generated")
}
