//! The cache of verified session tokens. It saves the check of the signature and the parsing of a token that was verified
//! before. A cache belongs to one handle, hence to one set of rules; what can change, times and keys, is checked at each hit.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::mem::size_of;
use std::sync::Arc;

use foldhash::fast::RandomState;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{Equivalent, Weighter};

use crate::auth::SessionAuth;
use crate::verify::{EpochStamp, Verifier};

/// How many bytes the tokens of a handle take unless it is configured otherwise.
pub(crate) const DEFAULT_CAPACITY: usize = 8 << 20;

/// The length of a signature by a key of 2048 bits, the shortest that is used, in base64url: no token that is not longer was
/// ever good.
const SHORTEST_SIGNATURE: usize = 342;

/// The tokens, by their whole text.
pub(crate) struct VerifiedTokenCache(Option<Cache<Token, Arc<CachedSession>, BytesWeighter, RandomState>>);

/// The session of a token that was verified before.
pub(crate) struct CachedSession {
    /// The key set in which the token's key was found last.
    epoch_stamp: EpochStamp,
    session: SessionAuth,
    /// In bytes. The cache relies on it never changing.
    weight: u64,
}

impl VerifiedTokenCache {
    /// Room for so many bytes; none is no cache.
    pub(crate) fn new(capacity: usize) -> Self {
        /// What a token and its claims take, more or less.
        const TYPICAL_ENTRY_BYTES: usize = 2 << 10;
        let cache = || {
            Cache::with(
                capacity / TYPICAL_ENTRY_BYTES + 1,
                capacity as u64,
                BytesWeighter,
                RandomState::default(),
                DefaultLifecycle::default(),
            )
        };
        Self((capacity > 0).then(cache))
    }

    /// Returns the session of a token if it was verified before and its key is still among the instance's.
    pub(super) fn get(&self, token: &[u8], verifier: &Verifier) -> Option<Arc<CachedSession>> {
        let cache = self.0.as_ref().filter(|_| token.len() > SHORTEST_SIGNATURE)?;
        let cached = cache.get(&Lookup(token))?;
        match verifier.has_key_of(cached.session.verified(), &cached.epoch_stamp)? {
            true => Some(cached),
            false => {
                cache.remove(&Lookup(token));
                None
            }
        }
    }

    /// Keeps the session of a token that was verified by the configured rules.
    pub(super) fn insert(&self, session: &SessionAuth) {
        if let Some(cache) = &self.0 {
            // The session's own copy of the token, so that a hit reads one copy from memory and not two.
            let token = Token(Arc::clone(session.token()));
            cache.insert(token, Arc::new(CachedSession::new(session.clone())));
        }
    }
}

impl CachedSession {
    fn new(session: SessionAuth) -> Self {
        let fixed = size_of::<Self>() + size_of::<Token>();
        Self {
            epoch_stamp: EpochStamp::default(),
            weight: (fixed + session.weight()) as u64,
            session,
        }
    }

    pub(super) fn session(&self) -> &SessionAuth {
        &self.session
    }
}

impl fmt::Debug for VerifiedTokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.as_ref().map(Cache::len);
        f.debug_struct("VerifiedTokenCache")
            .field("count", &count)
            .finish()
    }
}

/// A token as a key.
#[derive(Clone, PartialEq, Eq)]
struct Token(Arc<str>);

/// A token to be looked for.
struct Lookup<'a>(&'a [u8]);

impl Equivalent<Token> for Lookup<'_> {
    fn equivalent(&self, token: &Token) -> bool {
        *self.0 == *token.0.as_bytes()
    }
}

impl Hash for Token {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(end_of_signature(self.0.as_bytes()));
    }
}

impl Hash for Lookup<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(end_of_signature(self.0));
    }
}

/// Signatures are as good as random, so a part of one is enough to tell tokens apart. Whoever forges the same end is found
/// out by comparing the whole.
fn end_of_signature(token: &[u8]) -> &[u8] {
    const HASHED_BYTES: usize = 32;
    &token[token.len().saturating_sub(HASHED_BYTES)..]
}

#[derive(Clone)]
struct BytesWeighter;

impl Weighter<Token, Arc<CachedSession>> for BytesWeighter {
    fn weight(&self, _: &Token, cached: &Arc<CachedSession>) -> u64 {
        cached.weight
    }
}
