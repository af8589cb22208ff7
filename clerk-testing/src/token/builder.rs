use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::claims::{Lifetime, of_session};
use super::jwt::{Category, Header};
use crate::directory::{Session, Version};
use crate::organization::role_key;
use crate::state::Shared;

/// A signed-in user about to get a token; see [`LocalInstance::user`](crate::LocalInstance::user).
///
/// Each builder is a session of its own, unless [`session`](Self::session) names one. The session exists for the Backend
/// API once a token, a cookie or the session id was asked for, so that handlers can mint further tokens from it.
///
/// ```
/// # fn main() -> Result<(), clerk_testing::StartError> {
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use clerk_testing::LocalInstance;
///
/// let instance = LocalInstance::start().await?;
/// let ada = instance.user("ada").org("acme").role("org:admin").permissions(["org:invoices:read"]);
/// assert!(ada.bearer().starts_with("Bearer ey"));
/// assert!(ada.user_id().starts_with("user_"));
/// # Ok(()) })
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until it is asked for a token"]
pub struct TokenBuilder {
    shared: Arc<Shared>,
    session: Session,
    /// Whether role or permissions were said. Otherwise they are those of the membership, if there is one.
    says_role: bool,
    timing: Timing,
    issuer: Option<String>,
    claims: Vec<(String, Option<Value>)>,
    header: Vec<(String, Value)>,
    other_key: bool,
}

/// What the session is.
impl TokenBuilder {
    /// Makes the organization with this slug or id the active one; it is made at the first mention.
    pub fn org(mut self, slug: impl AsRef<str>) -> Self {
        self.session.org = Some(self.shared.organization(slug.as_ref()));
        self
    }

    /// The role in the active organization. If neither this nor [`permissions`](Self::permissions) is called, both are those
    /// of the membership that the Backend API or [`Organization::member`](crate::Organization::member) made; without one the
    /// role is `org:member`. `admin` means `org:admin`.
    ///
    /// Without [`org`](Self::org) a token has no role.
    pub fn role(mut self, role: impl AsRef<str>) -> Self {
        self.session.role = role_key(role.as_ref());
        self.says_role = true;
        self
    }

    /// The permissions in the active organization, such as `org:invoices:read`, instead of those given before.
    ///
    /// As with Clerk, system permissions (`org:sys_…`) are in no token, nor is what has not the form
    /// `org:<feature>:<name>`. Without [`org`](Self::org) a token has no permissions.
    pub fn permissions<S: Into<String>>(mut self, permissions: impl IntoIterator<Item = S>) -> Self {
        self.session.permissions = permissions.into_iter().map(Into::into).collect();
        self.says_role = true;
        self
    }

    /// The features in the claim `fea`, each with its scope: `o:invoices`, `u:themes`, `ou:reports`.
    ///
    /// Those that a permission is about need not be given.
    pub fn features<S: Into<String>>(mut self, features: impl IntoIterator<Item = S>) -> Self {
        self.session.features = features.into_iter().map(Into::into).collect();
        self
    }

    /// The plans in the claim `pla`, each with its scope: `u:free`, `o:pro`.
    pub fn plans<S: Into<String>>(mut self, plans: impl IntoIterator<Item = S>) -> Self {
        self.session.plans = plans.into_iter().map(Into::into).collect();
        self
    }

    /// Names the session: builders with the same name are the same session, which then is what the last one made of it.
    ///
    /// A name that starts with `sess_` is the id itself.
    pub fn session(mut self, name: impl AsRef<str>) -> Self {
        self.session.id = self.shared.session_id(name.as_ref());
        self
    }

    /// Leaves the session pending: the user has signed in but has a task left, such as choosing an organization.
    pub fn pending(mut self) -> Self {
        self.session.pending = true;
        self
    }

    /// Minutes since the first and the second factor were verified; `-1` for a factor that never was. `(0, -1)` if this
    /// is not called.
    pub fn fva(mut self, first: i64, second: i64) -> Self {
        self.session.factor_ages = (first, second);
        self
    }

    /// The id of somebody who acts in the name of the user: the claim `act`.
    pub fn actor(mut self, id: impl Into<String>) -> Self {
        self.session.actor = Some(id.into());
        self
    }

    /// The origin of the frontend that asked for the token, `http://localhost:3000` if this is not called.
    pub fn azp(mut self, origin: impl Into<String>) -> Self {
        self.session.azp = Some(origin.into());
        self
    }

    /// Mints version 1 of the session token, with `org_id`, `org_role`, `org_slug` and `org_permissions`.
    pub fn v1(mut self) -> Self {
        self.session.version = Version::V1;
        self
    }

    /// Sets a claim of the token, also one of Clerk's own.
    ///
    /// Further tokens that the Backend API mints from the session have it too, unless it is one of Clerk's own.
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.session.claims.insert(name.clone(), value.clone());
        self.claims.push((name, Some(value)));
        self
    }
}

/// How the token itself is, good or bad.
impl TokenBuilder {
    /// Seconds from now, by the clock of the instance, until the token expires; 60 if this is not called.
    pub fn expires_in(mut self, seconds: i64) -> Self {
        self.timing = Timing::ExpiresIn(seconds);
        self
    }

    /// Makes a token that expired a minute ago.
    pub fn expired(mut self) -> Self {
        self.timing = Timing::Expired;
        self
    }

    /// Makes a token that cannot be used for another minute.
    pub fn not_yet_valid(mut self) -> Self {
        self.timing = Timing::NotYetValid;
        self
    }

    /// Signs with a key that is not the instance's, while the header names the one that is.
    pub fn signed_by_other_key(mut self) -> Self {
        self.other_key = true;
        self
    }

    /// Names another issuer than the instance.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// Leaves a claim out.
    pub fn without_claim(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.session.claims.remove(&name);
        self.claims.push((name, None));
        self
    }

    /// Sets a member of the JOSE header, such as `kid`, `typ` or `cat`; null removes it.
    ///
    /// The signature stays that of RS256, whatever `alg` says.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.header.push((name.into(), value.into()));
        self
    }
}

/// What comes out.
impl TokenBuilder {
    /// The signed session token.
    ///
    /// # Panics
    /// If the cryptographic library cannot sign, which takes a lack of memory.
    #[must_use]
    pub fn token(&self) -> String {
        let token = self.mint(self.shared.clock.unix_seconds());
        token.expect("aws-lc signs with a key that it generated")
    }

    /// The value of an `Authorization` header: `Bearer`, a space and the [`token`](Self::token).
    ///
    /// # Panics
    /// As [`token`](Self::token).
    #[must_use]
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token())
    }

    /// The value of a `Cookie` header as a browser sends it: the [`token`](Self::token) in `__session`, `__client_uat` and,
    /// in development, `__clerk_db_jwt`, each with and without the suffix of the publishable key.
    ///
    /// To the handshake of a development instance the browser with this `__clerk_db_jwt` is signed in with the session.
    ///
    /// # Panics
    /// As [`token`](Self::token).
    #[must_use]
    pub fn cookie(&self) -> String {
        let shared = &self.shared;
        let issued_at = self.lifetime(shared.clock.unix_seconds()).issued_at;
        let mut pairs = vec![
            ("__session", self.token()),
            ("__client_uat", issued_at.to_string()),
        ];
        if shared.setup.domain.is_none() {
            let browser = shared.ids.named("dvb_", &self.session.id);
            shared
                .browsers()
                .sign_in(&browser, self.session.id.clone(), issued_at);
            pairs.push(("__clerk_db_jwt", browser));
        }
        let plain = pairs.iter().map(|(name, value)| format!("{name}={value}"));
        let suffix = &shared.cookie_suffix;
        let suffixed = pairs
            .iter()
            .map(|(name, value)| format!("{name}_{suffix}={value}"));
        if shared.setup.suffixed_cookies_only {
            suffixed.collect::<Vec<_>>().join("; ")
        } else {
            plain.chain(suffixed).collect::<Vec<_>>().join("; ")
        }
    }

    /// The pair of a `Cookie` header with which a server can refresh the session, to go with a [`cookie`](Self::cookie)
    /// whose token has expired.
    ///
    /// ```
    /// # fn example(instance: &clerk_testing::LocalInstance) -> String {
    /// let ada = instance.user("ada").expired();
    /// format!("{}; {}", ada.cookie(), ada.refresh_cookie())
    /// # }
    /// ```
    #[must_use]
    pub fn refresh_cookie(&self) -> String {
        let token = self.shared.new_refresh_token(&self.session_id());
        format!("__refresh_{}={token}", self.shared.cookie_suffix)
    }

    /// The id of the user, `user_…`.
    #[must_use]
    pub fn user_id(&self) -> String {
        self.session.user_id.clone()
    }

    /// The id of the session, `sess_…`.
    #[must_use]
    pub fn session_id(&self) -> String {
        self.keep();
        self.session.id.clone()
    }

    /// The id of the active organization, `org_…`.
    #[must_use]
    pub fn org_id(&self) -> Option<String> {
        self.session.org.as_ref().map(|org| org.id.clone())
    }

    /// Lets the instance know the session, and the membership that it shows. Returns the session.
    fn keep(&self) -> Session {
        let mut directory = self.shared.directory();
        let mut session = self.session.clone();
        if let Some(organization) = &self.session.org
            && (self.says_role || !directory.activate_membership(&organization.id, &mut session))
        {
            let permissions = &self.session.permissions;
            let permissions = (!permissions.is_empty()).then(|| permissions.clone());
            directory.join_by_token(organization, &self.session, permissions);
        }
        directory.keep_session(session.clone());
        session
    }

    fn lifetime(&self, now: i64) -> Lifetime {
        match self.timing {
            Timing::ExpiresIn(seconds) => Lifetime::starting(now, seconds),
            Timing::Expired => Lifetime::starting(now.saturating_sub(120), 60),
            Timing::NotYetValid => Lifetime::starting(now.saturating_add(70), 60),
        }
    }

    fn mint(&self, now: i64) -> Result<String, aws_lc_rs::error::Unspecified> {
        let session = self.keep();
        let lifetime = self.lifetime(now);
        let issuer = self.issuer.as_deref().unwrap_or(&self.shared.issuer);
        let mut claims = of_session(&session, issuer, lifetime);
        for (name, value) in &self.claims {
            match value {
                Some(value) => claims.insert(name.clone(), value.clone()),
                None => claims.remove(name),
            };
        }
        let key = self.shared.current_key();
        let mut header = Header::new(Category::Session, key.kid());
        for (name, value) in &self.header {
            header.set(name, value);
        }
        if self.other_key {
            header.sign(claims, &*self.shared.other_key()?)
        } else {
            header.sign(claims, &key)
        }
    }

    pub(crate) fn new(shared: Arc<Shared>, session: Session) -> Self {
        Self {
            shared,
            session,
            says_role: false,
            timing: Timing::ExpiresIn(Lifetime::DEFAULT),
            issuer: None,
            claims: Vec::new(),
            header: Vec::new(),
            other_key: false,
        }
    }
}

impl fmt::Debug for TokenBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenBuilder")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy)]
enum Timing {
    ExpiresIn(i64),
    Expired,
    NotYetValid,
}
