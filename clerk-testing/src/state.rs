use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use aws_lc_rs::error::Unspecified;
use base64::prelude::{BASE64_STANDARD_NO_PAD, Engine as _};
use clerk_runtime::clock::Clock;
use serde_json::{Map, Value};

use crate::StartError;
use crate::browsers::Browsers;
use crate::changes::Changes;
use crate::clock::TestClock;
use crate::cookie;
use crate::directory::{ActiveOrganization, Directory, Session, UserRecord};
use crate::fault::Faults;
use crate::ids::{self, Ids};
use crate::jwt_template::JwtTemplates;
use crate::keys::{KeyRing, SigningKey};
use crate::machine::{Machines, Records};
use crate::rate_limit::RateLimits;
use crate::request::RecordedRequest;
use crate::setup::Setup;
use crate::token::{Category, Header, Lifetime, of_session};
use crate::webhook::Outbox;

/// The machine that [`LocalInstance::machine_secret_key`](crate::LocalInstance::machine_secret_key) belongs to.
pub(crate) const LOCAL_MACHINE: &str = "local";

/// What the instance, its server and its token builders have in common.
pub(crate) struct Shared {
    pub(crate) ids: Arc<Ids>,
    pub(crate) changes: Arc<Changes>,
    pub(crate) clock: TestClock,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) setup: Setup,
    pub(crate) publishable_key: String,
    pub(crate) cookie_suffix: String,
    pub(crate) secret_key: String,
    pub(crate) machine_secret_key: String,
    pub(crate) issuer: String,
    /// Where the server listens, once it does.
    pub(crate) port: OnceLock<u16>,
    keys: RwLock<KeyRing>,
    other_key: OnceLock<Arc<SigningKey>>,
    directory: Mutex<Directory>,
    browsers: Mutex<Browsers>,
    records: Mutex<Records>,
    machines: Mutex<Machines>,
    templates: Mutex<JwtTemplates>,
    rate_limits: Mutex<RateLimits>,
    faults: Mutex<Faults>,
    requests: Mutex<Vec<RecordedRequest>>,
}

impl Shared {
    pub(crate) fn new(setup: Setup) -> Result<Self, StartError> {
        let ids = Arc::new(Ids::new()?);
        let clock = TestClock::new();
        let outbox = Arc::new(Outbox::new(clock.clone(), Arc::clone(&ids)));
        let changes = Arc::new(Changes::new(Arc::clone(&outbox)));
        let directory = Directory::new(Arc::clone(&ids), clock.clone(), Arc::clone(&changes));
        let key = SigningKey::generate(ids.fresh("ins_")).map_err(|_| StartError::Key)?;
        let (kind, frontend_api) = match &setup.domain {
            Some(domain) => ("live", format!("clerk.{domain}")),
            None => ("test", format!("local-{}.clerk.accounts.dev", ids::host_label()?)),
        };
        let encoded = BASE64_STANDARD_NO_PAD.encode(format!("{frontend_api}$"));
        let publishable_key = format!("pk_{kind}_{encoded}");
        let machine_secret_key = ids::secret("ak_")?;
        let mut machines = Machines::default();
        machines.add(
            ids.named("mch_", LOCAL_MACHINE),
            LOCAL_MACHINE.to_owned(),
            machine_secret_key.clone(),
            // As old as the roles that every instance has.
            0,
        );
        Ok(Self {
            clock,
            changes,
            outbox,
            setup,
            cookie_suffix: cookie::suffix(&publishable_key),
            publishable_key,
            secret_key: ids::secret(&format!("sk_{kind}_"))?,
            machine_secret_key,
            issuer: format!("https://{frontend_api}"),
            port: OnceLock::new(),
            keys: RwLock::new(KeyRing::new(key)),
            other_key: OnceLock::new(),
            directory: Mutex::new(directory),
            browsers: Mutex::default(),
            records: Mutex::default(),
            machines: Mutex::new(machines),
            templates: Mutex::default(),
            rate_limits: Mutex::default(),
            faults: Mutex::default(),
            requests: Mutex::default(),
            ids,
        })
    }

    pub(crate) fn current_key(&self) -> Arc<SigningKey> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).current()
    }

    /// Whether one of the published keys signed `message`.
    pub(crate) fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        self.keys
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .verify(message, signature)
    }

    /// Signs with the key that signs now.
    pub(crate) fn sign(&self, category: Category, claims: Map<String, Value>) -> Result<String, Unspecified> {
        let key = self.current_key();
        Header::new(category, key.kid()).sign(claims, &key)
    }

    /// A session token of the usual lifetime.
    pub(crate) fn session_token(&self, session: &Session) -> Result<String, Unspecified> {
        let lifetime = Lifetime::starting(self.clock.unix_seconds(), Lifetime::DEFAULT);
        self.sign(Category::Session, of_session(session, &self.issuer, lifetime))
    }

    pub(crate) fn jwks(&self) -> Value {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).jwks()
    }

    pub(crate) fn rotate_keys(&self) -> Result<(), Unspecified> {
        let next = SigningKey::generate(self.ids.fresh("ins_"))?;
        self.keys
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .rotate(next);
        Ok(())
    }

    pub(crate) fn retire_old_keys(&self) {
        self.keys
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .retire_old();
    }

    /// A key that is in no key set.
    pub(crate) fn other_key(&self) -> Result<Arc<SigningKey>, Unspecified> {
        if let Some(key) = self.other_key.get() {
            return Ok(Arc::clone(key));
        }
        let key = Arc::new(SigningKey::generate(self.ids.fresh("ins_"))?);
        Ok(Arc::clone(self.other_key.get_or_init(|| key)))
    }

    /// A new session of the user called `username`, who is made at the first mention. Nobody knows the session yet.
    pub(crate) fn new_session(&self, username: &str) -> Session {
        let user_id = self.user_id(username);
        let directory = self.directory();
        let name = directory
            .user_by_id(&user_id)
            .map_or(username, UserRecord::identifier);
        Session::new(self.ids.fresh("sess_"), user_id, name.to_owned())
    }

    pub(crate) fn session_id(&self, name: &str) -> String {
        if name.starts_with("sess_") {
            name.to_owned()
        } else {
            self.ids.named("sess_", name)
        }
    }

    pub(crate) fn organization(&self, slug: &str) -> ActiveOrganization {
        self.directory().organization_called(slug)
    }

    pub(crate) fn directory(&self) -> MutexGuard<'_, Directory> {
        lock(&self.directory)
    }

    pub(crate) fn browsers(&self) -> MutexGuard<'_, Browsers> {
        lock(&self.browsers)
    }

    pub(crate) fn records(&self) -> MutexGuard<'_, Records> {
        lock(&self.records)
    }

    /// The id of the user called `username`, who is made at the first mention.
    pub(crate) fn user_id(&self, username: &str) -> String {
        self.directory().user_called(username)
    }

    /// Where browsers find the server under a name of its own.
    pub(crate) fn origin_of(&self, host: &str) -> String {
        format!("http://{host}:{}", self.port.get().copied().unwrap_or_default())
    }

    /// Where the Frontend API is.
    pub(crate) fn frontend_url(&self) -> String {
        match &self.setup.domain {
            Some(domain) => self.origin_of(&format!("clerk.{domain}")),
            None => self.origin_of("127.0.0.1"),
        }
    }

    pub(crate) fn machines(&self) -> MutexGuard<'_, Machines> {
        lock(&self.machines)
    }

    pub(crate) fn templates(&self) -> MutexGuard<'_, JwtTemplates> {
        lock(&self.templates)
    }

    pub(crate) fn rate_limits(&self) -> MutexGuard<'_, RateLimits> {
        lock(&self.rate_limits)
    }

    /// Milliseconds of Unix time.
    pub(crate) fn now(&self) -> i64 {
        self.clock.unix_millis()
    }

    /// What is kept of a password.
    pub(crate) fn password_digest(&self, password: &str) -> String {
        self.ids.named("", password)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    pub(crate) fn requests(&self) -> MutexGuard<'_, Vec<RecordedRequest>> {
        lock(&self.requests)
    }
}

/// A test that panicked elsewhere is no reason to fail here as well.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
