use std::fmt;
use std::sync::Arc;

use serde_json::{Map, json};

use super::record::{Kind, Record, signed};
use crate::state::Shared;
use crate::token::Category;

/// An OAuth access token about to be used; see [`LocalInstance::oauth_token`](crate::LocalInstance::oauth_token).
///
/// Each builder is a token of its own. The Backend API knows it once it was asked for.
#[derive(Clone)]
#[must_use = "a builder does nothing until it is asked for a token"]
pub struct OauthTokenBuilder {
    shared: Arc<Shared>,
    record: Record,
    token: String,
    client_id: String,
}

impl OauthTokenBuilder {
    pub(crate) fn new(shared: Arc<Shared>, subject: String) -> Self {
        let record = Record::new(&shared.ids, shared.now(), Kind::Oauth, subject);
        let token = shared.ids.fresh(Kind::Oauth.prefix());
        let client_id = shared.ids.named("", "oauth_application");
        Self {
            shared,
            record,
            token,
            client_id,
        }
    }

    /// The OAuth client that it was issued to, always the same one if this is not called.
    pub fn client_id(mut self, id: impl Into<String>) -> Self {
        self.client_id = id.into();
        self
    }

    /// What the user granted, such as `openid`, instead of what was said before.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.record.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Makes it a token that was revoked. Only an opaque token can be.
    pub fn revoked(mut self) -> Self {
        self.record.revoked = true;
        self.record.revocation_reason = Some("revoked by a test".to_owned());
        self
    }

    /// Seconds from now, by the clock of the instance, until it expires. If this is not called, an opaque token never
    /// does and a JWT does so after an hour.
    pub fn expires_in(mut self, seconds: i64) -> Self {
        self.record.expire_in(self.shared.now(), seconds);
        self
    }

    /// Makes it a token that expired a minute ago.
    pub fn expired(self) -> Self {
        self.expires_in(-60)
    }

    /// The opaque token, `oat_…`.
    #[must_use]
    pub fn token(&self) -> String {
        self.keep(self.token.clone())
    }

    /// The value of an `Authorization` header: `Bearer`, a space and the [`token`](Self::token).
    #[must_use]
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token())
    }

    /// The token as a JWT (RFC 9068), whose `typ` is `at+jwt`.
    ///
    /// # Panics
    /// If the cryptographic library cannot sign, which takes a lack of memory.
    #[must_use]
    pub fn jwt(&self) -> String {
        let more = Map::from_iter([
            ("client_id".to_owned(), json!(self.client_id)),
            ("scope".to_owned(), json!(self.record.scopes.join(" "))),
        ]);
        let now = self.shared.clock.unix_seconds();
        let claims = self.record.jwt_claims(&self.shared.issuer, now, more);
        self.keep(signed(self.shared.sign(Category::Oauth, claims)))
    }

    /// The id, `oat_…`, which is not the token.
    #[must_use]
    pub fn id(&self) -> String {
        self.record.id.clone()
    }

    /// The id of the user who granted it.
    #[must_use]
    pub fn user_id(&self) -> String {
        self.record.subject.clone()
    }

    fn keep(&self, token: String) -> String {
        let mut record = self.record.clone();
        record.more.insert("client_id".to_owned(), json!(self.client_id));
        record.more.insert("type".to_owned(), json!("oauth_token"));
        self.shared.records().keep(token.clone(), record);
        token
    }
}

impl fmt::Debug for OauthTokenBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OauthTokenBuilder")
            .field("id", &self.record.id)
            .field("user_id", &self.record.subject)
            .finish_non_exhaustive()
    }
}
