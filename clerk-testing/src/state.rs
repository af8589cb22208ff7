use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use aws_lc_rs::error::Unspecified;
use clerk_runtime::clock::Clock;
use serde_json::Value;

use crate::StartError;
use crate::clock::TestClock;
use crate::directory::{Directory, Organization, Session};
use crate::fault::Faults;
use crate::ids::{self, Ids};
use crate::keys::{KeyRing, SigningKey};
use crate::request::RecordedRequest;

/// What the instance, its server and its token builders have in common.
pub(crate) struct Shared {
    pub(crate) ids: Ids,
    pub(crate) clock: TestClock,
    pub(crate) secret_key: String,
    pub(crate) issuer: String,
    pub(crate) frontend_api: String,
    keys: RwLock<KeyRing>,
    other_key: OnceLock<Arc<SigningKey>>,
    directory: Mutex<Directory>,
    templates: Mutex<HashMap<String, Value>>,
    faults: Mutex<Faults>,
    requests: Mutex<Vec<RecordedRequest>>,
}

impl Shared {
    pub(crate) fn new() -> Result<Self, StartError> {
        let ids = Ids::new()?;
        let key = SigningKey::generate(ids.fresh("ins_")).map_err(|_| StartError::Key)?;
        let frontend_api = format!("local-{}.clerk.accounts.dev", ids::host_label()?);
        Ok(Self {
            clock: TestClock::new(),
            secret_key: ids::secret("sk_test_")?,
            issuer: format!("https://{frontend_api}"),
            frontend_api,
            keys: RwLock::new(KeyRing::new(key)),
            other_key: OnceLock::new(),
            directory: Mutex::default(),
            templates: Mutex::default(),
            faults: Mutex::default(),
            requests: Mutex::default(),
            ids,
        })
    }

    pub(crate) fn current_key(&self) -> Arc<SigningKey> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).current()
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
        self.directory()
            .user(username, &self.ids, self.clock.unix_millis());
        Session::new(
            self.ids.fresh("sess_"),
            self.ids.named("user_", username),
            username.to_owned(),
        )
    }

    pub(crate) fn session_id(&self, name: &str) -> String {
        if name.starts_with("sess_") {
            name.to_owned()
        } else {
            self.ids.named("sess_", name)
        }
    }

    pub(crate) fn organization(&self, slug: &str) -> Organization {
        Organization {
            id: self.ids.named("org_", slug),
            slug: slug.to_owned(),
        }
    }

    pub(crate) fn directory(&self) -> MutexGuard<'_, Directory> {
        lock(&self.directory)
    }

    pub(crate) fn templates(&self) -> MutexGuard<'_, HashMap<String, Value>> {
        lock(&self.templates)
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
