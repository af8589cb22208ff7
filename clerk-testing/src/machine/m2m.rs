use std::fmt;
use std::sync::Arc;

use aws_lc_rs::error::Unspecified;
use serde_json::{Map, Value, json};

use super::record::{Kind, Record, signed};
use crate::state::Shared;
use crate::token::Category;

/// A machine that talks to other machines; see [`LocalInstance::machine`](crate::LocalInstance::machine).
///
/// ```
/// # fn example(instance: &clerk_testing::LocalInstance) -> [String; 2] {
/// let worker = instance.machine("worker").scopes(["api"]);
/// [worker.m2m_token(), worker.m2m_jwt()]
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a machine does nothing until it is asked for a token"]
pub struct Machine {
    shared: Arc<Shared>,
    record: Record,
}

impl Machine {
    pub(crate) fn new(shared: Arc<Shared>, name: &str) -> Self {
        let subject = shared.machine_called(name);
        let record = Record::new(&shared.ids, shared.now(), Kind::M2m, subject);
        Self { shared, record }
    }

    /// The machines that it may talk to, by name, instead of those given before. A name that starts with `mch_` is the id.
    pub fn scopes<S: AsRef<str>>(mut self, machines: impl IntoIterator<Item = S>) -> Self {
        let ids = machines
            .into_iter()
            .map(|name| self.shared.machine_called(name.as_ref()));
        self.record.scopes = ids.collect();
        self
    }

    /// Custom claims, an object. In a JWT they stand besides the others and replace none of them.
    pub fn claims(mut self, claims: Value) -> Self {
        self.record.claims = Some(claims);
        self
    }

    /// Makes its tokens revoked ones. Only opaque tokens can be.
    pub fn revoked(mut self) -> Self {
        self.record.revoked = true;
        self.record.revocation_reason = Some("revoked by a test".to_owned());
        self
    }

    /// Seconds from now, by the clock of the instance, until its tokens expire. If this is not called, opaque tokens
    /// never do and JWTs do so after an hour.
    pub fn expires_in(mut self, seconds: i64) -> Self {
        self.record.expire_in(self.shared.now(), seconds);
        self
    }

    /// Makes its tokens ones that expired a minute ago.
    pub fn expired(self) -> Self {
        self.expires_in(-60)
    }

    /// A new opaque token, `mt_…`.
    #[must_use]
    pub fn m2m_token(&self) -> String {
        let token = self.shared.ids.fresh(Kind::M2m.prefix());
        self.shared.records().keep(token.clone(), self.new_record());
        token
    }

    /// A new token that is a JWT.
    ///
    /// # Panics
    /// If the cryptographic library cannot sign, which takes a lack of memory.
    #[must_use]
    pub fn m2m_jwt(&self) -> String {
        let record = self.new_record();
        let token = signed(self.shared.m2m_jwt(&record));
        self.shared.records().keep(token.clone(), record);
        token
    }

    /// The id, `mch_…`.
    #[must_use]
    pub fn id(&self) -> String {
        self.record.subject.clone()
    }

    /// Each token has an id of its own.
    fn new_record(&self) -> Record {
        let mut record = self.record.clone();
        if !record.scopes.is_empty() {
            let scopes = record.scopes.clone();
            self.shared
                .machines()
                .change(&record.subject, self.shared.now(), |machine| {
                    machine.scopes = scopes
                });
        }
        record.id = Kind::M2m.fresh_id(&self.shared.ids);
        record
    }
}

impl Shared {
    /// The id of the machine with this name or id, made now if there is none.
    pub(crate) fn machine_called(&self, name: &str) -> String {
        let mut machines = self.machines();
        if let Some(id) = machines.called(name) {
            return id.to_owned();
        }
        let id = if name.starts_with("mch_") {
            name.to_owned()
        } else {
            self.ids.named("mch_", name)
        };
        machines.add(id.clone(), name.to_owned(), self.ids.fresh("ak_"), self.now());
        id
    }

    /// A JWT of a token, which says where it may go.
    pub(crate) fn m2m_jwt(&self, record: &Record) -> Result<String, Unspecified> {
        let mut more = Map::new();
        if !record.scopes.is_empty() {
            more.insert("aud".to_owned(), json!(record.scopes));
            more.insert("scopes".to_owned(), json!(record.scopes.join(" ")));
        }
        self.sign(
            Category::M2m,
            record.jwt_claims(&self.issuer, self.clock.unix_seconds(), more),
        )
    }
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine")
            .field("id", &self.record.subject)
            .finish_non_exhaustive()
    }
}
