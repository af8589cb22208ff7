use std::collections::HashMap;

use aws_lc_rs::error::Unspecified;
use clerk_runtime::clock::Clock;
use serde_json::{Map, Value, json};

use crate::state::Shared;
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
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::ApiKey => "ak_",
            Self::M2m => "mt_",
            Self::Oauth => "oat_",
        }
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
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) subject: String,
    pub(super) scopes: Vec<String>,
    pub(super) claims: Option<Value>,
    pub(super) revoked: bool,
    pub(super) expires_at: Option<i64>,
    pub(super) created_at: i64,
    /// Members that only this kind has.
    pub(super) more: Map<String, Value>,
}

impl Record {
    pub(super) fn new(shared: &Shared, kind: Kind, subject: String) -> Self {
        Self {
            kind,
            id: shared.ids.fresh(kind.prefix()),
            subject,
            scopes: Vec::new(),
            claims: None,
            revoked: false,
            expires_at: None,
            created_at: shared.clock.unix_millis(),
            more: Map::new(),
        }
    }

    /// Lets it end so many seconds from now.
    pub(super) fn expire_in(&mut self, shared: &Shared, seconds: i64) {
        let now = shared.clock.unix_millis();
        self.expires_at = Some(now.saturating_add(seconds.saturating_mul(1000)));
    }

    /// When a JWT of it begins and ends.
    pub(super) fn lifetime(&self, shared: &Shared) -> Lifetime {
        let now = shared.clock.unix_seconds();
        match self.expires_at.map(|millis| millis.div_euclid(1000)) {
            Some(expires_at) => Lifetime {
                issued_at: now.min(expires_at.saturating_sub(60)),
                expires_at,
            },
            None => Lifetime::starting(now, 3600),
        }
    }

    /// The claims of a JWT of it, with `more` that only this kind has.
    pub(super) fn jwt_claims(&self, shared: &Shared, more: Map<String, Value>) -> Map<String, Value> {
        let lifetime = self.lifetime(shared);
        let mut claims = match &self.claims {
            Some(Value::Object(claims)) => claims.clone(),
            _ => Map::new(),
        };
        claims.extend(more);
        claims.insert("iss".into(), json!(shared.issuer));
        claims.insert("sub".into(), json!(self.subject));
        claims.insert("jti".into(), json!(self.id));
        claims.insert("iat".into(), json!(lifetime.issued_at));
        claims.insert("nbf".into(), json!(lifetime.issued_at.saturating_sub(10)));
        claims.insert("exp".into(), json!(lifetime.expires_at));
        claims
    }

    fn shown(&self, now: i64) -> Value {
        let mut shown = Map::from_iter([
            ("object".to_owned(), json!(self.kind.object())),
            ("id".to_owned(), json!(self.id)),
            ("subject".to_owned(), json!(self.subject)),
            ("scopes".to_owned(), json!(self.scopes)),
            ("revoked".to_owned(), json!(self.revoked)),
            (
                "revocation_reason".to_owned(),
                json!(self.revoked.then_some("revoked by a test")),
            ),
            (
                "expired".to_owned(),
                json!(self.expires_at.is_some_and(|end| end <= now)),
            ),
            ("expiration".to_owned(), json!(self.expires_at)),
            ("created_at".to_owned(), json!(self.created_at)),
            ("updated_at".to_owned(), json!(self.created_at)),
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
pub(crate) struct Records(HashMap<String, Record>);

impl Records {
    pub(super) fn keep(&mut self, token: String, record: Record) {
        self.0.insert(token, record);
    }

    /// What a verification answers for a token of this kind. Revoked and expired ones are shown as what they are.
    pub(crate) fn verify(&self, kind: Kind, token: &str, now_millis: i64) -> Option<Value> {
        let record = self.0.get(token).filter(|record| record.kind == kind)?;
        Some(record.shown(now_millis))
    }
}

/// What a builder needs to sign with, since the cryptographic library may fail.
pub(super) fn signed(token: Result<String, Unspecified>) -> String {
    token.expect("aws-lc signs with a key that it generated")
}
