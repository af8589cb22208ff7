//! The tokens that are sent, good ones and others.

use std::sync::RwLock;
use std::time::Instant;

use clerk_testing::LocalInstance;

/// Tokens as `Authorization` headers. They are made anew when keys change.
pub(crate) struct Tokens {
    /// Of a key that the application has, and that stays published.
    good: RwLock<String>,
    bad_signatures: RwLock<Vec<String>>,
    unknown_kids: Vec<String>,
    /// Of a key that is signed with now, but that the application may not have yet, and since when.
    new: RwLock<Option<(String, Instant)>>,
    /// Of a key that was withdrawn, and when.
    retired: RwLock<Option<(String, Instant)>>,
}

impl Tokens {
    pub(crate) fn new(instance: &LocalInstance) -> Self {
        let unknown_kid = |number| {
            long_lived(instance)
                .header("kid", format!("ins_unknown{number}"))
                .bearer()
        };
        Self {
            good: RwLock::new(long_lived(instance).bearer()),
            bad_signatures: RwLock::new(forged(instance)),
            unknown_kids: (0..200).map(unknown_kid).collect(),
            new: RwLock::default(),
            retired: RwLock::default(),
        }
    }

    pub(crate) fn good(&self) -> String {
        self.good.read().unwrap().clone()
    }

    pub(crate) fn unknown_kid(&self, number: usize) -> String {
        self.unknown_kids[number % self.unknown_kids.len()].clone()
    }

    pub(crate) fn bad_signature(&self, number: usize) -> String {
        let tokens = self.bad_signatures.read().unwrap();
        tokens[number % tokens.len()].clone()
    }

    pub(crate) fn new_one(&self) -> Option<(String, Instant)> {
        self.new.read().unwrap().clone()
    }

    pub(crate) fn retired(&self) -> Option<(String, Instant)> {
        self.retired.read().unwrap().clone()
    }

    /// Signs with a new key from now on; the good tokens stay good. Takes the time that a key takes.
    pub(crate) fn rotate(&self, instance: &LocalInstance) {
        instance.rotate_keys();
        let new = long_lived(instance).bearer();
        *self.new.write().unwrap() = Some((new, Instant::now()));
    }

    /// The application has the new key: from now on its tokens are the good ones, and the old key is withdrawn.
    pub(crate) fn retire(&self, instance: &LocalInstance) {
        let Some((new, _)) = self.new.write().unwrap().take() else {
            return;
        };
        *self.bad_signatures.write().unwrap() = forged(instance);
        let old = std::mem::replace(&mut *self.good.write().unwrap(), new);
        instance.retire_old_keys();
        *self.retired.write().unwrap() = Some((old, Instant::now()));
    }
}

fn long_lived(instance: &LocalInstance) -> clerk_testing::TokenBuilder {
    instance.user("ada").expires_in(1_000_000)
}

fn forged(instance: &LocalInstance) -> Vec<String> {
    (0..20)
        .map(|_| long_lived(instance).signed_by_other_key().bearer())
        .collect()
}
