use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};

use super::record::{Kind, Record};
use crate::state::Shared;

/// An API key about to be used; see [`LocalInstance::api_key`](crate::LocalInstance::api_key).
///
/// Each builder is a key of its own. The Backend API knows it once the secret was asked for.
///
/// ```
/// # fn example(instance: &clerk_testing::LocalInstance) -> String {
/// instance.api_key("ada").scopes(["invoices:read"]).bearer()
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until it is asked for a secret"]
pub struct ApiKeyBuilder {
    shared: Arc<Shared>,
    record: Record,
    secret: String,
}

impl ApiKeyBuilder {
    pub(crate) fn new(shared: Arc<Shared>, subject: String) -> Self {
        let mut record = Record::new(&shared.ids, shared.now(), Kind::ApiKey, subject);
        for (name, value) in [
            ("type", json!("api_key")),
            ("name", json!("local")),
            ("description", Value::Null),
            ("created_by", Value::Null),
        ] {
            record.more.insert(name.to_owned(), value);
        }
        let secret = shared.ids.fresh(Kind::ApiKey.prefix());
        Self {
            shared,
            record,
            secret,
        }
    }

    /// What its owner called it, `local` if this is not called.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.record.more.insert("name".to_owned(), json!(name.into()));
        self
    }

    /// What it may be used for, instead of what was said before.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.record.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Custom claims, an object.
    pub fn claims(mut self, claims: Value) -> Self {
        self.record.claims = Some(claims);
        self
    }

    /// Makes it a key that was revoked.
    pub fn revoked(mut self) -> Self {
        self.record.revoked = true;
        self.record.revocation_reason = Some("revoked by a test".to_owned());
        self
    }

    /// Seconds from now, by the clock of the instance, until it expires; never if this is not called.
    pub fn expires_in(mut self, seconds: i64) -> Self {
        self.record.expire_in(self.shared.now(), seconds);
        self
    }

    /// Makes it a key that expired a minute ago.
    pub fn expired(self) -> Self {
        self.expires_in(-60)
    }

    /// What is sent, `ak_…`.
    #[must_use]
    pub fn secret(&self) -> String {
        self.shared
            .records()
            .keep(self.secret.clone(), self.record.clone());
        self.secret.clone()
    }

    /// The value of an `Authorization` header: `Bearer`, a space and the [`secret`](Self::secret).
    #[must_use]
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.secret())
    }

    /// The id, `ak_…`, which is not the secret.
    #[must_use]
    pub fn id(&self) -> String {
        self.record.id.clone()
    }

    /// The id of whom it belongs to, `user_…` or `org_…`.
    #[must_use]
    pub fn subject(&self) -> String {
        self.record.subject.clone()
    }
}

impl fmt::Debug for ApiKeyBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKeyBuilder")
            .field("id", &self.record.id)
            .field("subject", &self.record.subject)
            .finish_non_exhaustive()
    }
}
