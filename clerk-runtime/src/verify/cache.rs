//! Session tokens that were found good, so that their signature need not be checked again. A cache belongs to one handle,
//! hence to one set of rules; what changes with time is decided anew at each hit.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::mem::size_of;
use std::sync::Arc;

use foldhash::fast::RandomState;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{Equivalent, Weighter};

use super::jwks::EpochStamp;
use super::key_source::KeySource;
use super::verifier::SignedBy;
use crate::auth::SessionAuth;
use crate::token::SessionClaims;

/// How many bytes the tokens of a handle take unless it is configured otherwise.
pub(crate) const DEFAULT_CAPACITY: usize = 8 << 20;

/// The length of a signature by a key of 2048 bits, the shortest that is used, in base64url: no token that is not longer was
/// ever good.
const SHORTEST_SIGNATURE: usize = 342;

/// The tokens, by their whole text.
pub(crate) struct VerifiedTokenCache(Option<Cache<Token, Arc<CachedSession>, ByBytes, RandomState>>);

/// A token with a good signature.
pub(crate) struct CachedSession {
    signed_by: SignedBy,
    epoch_stamp: EpochStamp,
    session: SessionAuth,
    /// In bytes. The cache relies on it never changing.
    weight: u64,
}

impl VerifiedTokenCache {
    /// Room for so many bytes; none is no cache.
    pub(crate) fn new(capacity: usize) -> Self {
        /// What a token and its claims take, more or less.
        const USUAL: usize = 2 << 10;
        let cache = || {
            Cache::with(
                capacity / USUAL + 1,
                capacity as u64,
                ByBytes,
                RandomState::default(),
                DefaultLifecycle::default(),
            )
        };
        Self((capacity > 0).then(cache))
    }

    /// The token, if it was seen and the instance still has the key that it was signed with.
    pub(super) fn get(&self, token: &[u8], keys: &KeySource) -> Option<Arc<CachedSession>> {
        let cache = self.0.as_ref().filter(|_| token.len() > SHORTEST_SIGNATURE)?;
        let cached = cache.get(&Lookup(token))?;
        match keys.still_has(cached.kid(), &cached.signed_by.key, &cached.epoch_stamp)? {
            true => Some(cached),
            false => {
                cache.remove(&Lookup(token));
                None
            }
        }
    }

    pub(super) fn insert(&self, signed_by: SignedBy, session: &SessionAuth) {
        if let Some(cache) = &self.0 {
            // The session's own, so that a hit reads one copy of it from memory and not two.
            let token = Token(Arc::clone(session.token()));
            cache.insert(token, Arc::new(CachedSession::new(signed_by, session.clone())));
        }
    }
}

impl CachedSession {
    fn new(signed_by: SignedBy, session: SessionAuth) -> Self {
        let fixed = size_of::<Self>() + size_of::<Token>();
        Self {
            signed_by,
            epoch_stamp: EpochStamp::default(),
            weight: (fixed + session.weight()) as u64,
            session,
        }
    }

    fn kid(&self) -> Option<&str> {
        self.signed_by.kid.map(|kid| self.claims().get(kid))
    }

    pub(crate) fn claims(&self) -> &SessionClaims {
        self.session.claims()
    }

    pub(crate) fn session(&self) -> &SessionAuth {
        &self.session
    }
}

impl fmt::Debug for VerifiedTokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.as_ref().map(Cache::len);
        f.debug_struct("SeenTokens").field("count", &count).finish()
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
    const ENOUGH: usize = 32;
    &token[token.len().saturating_sub(ENOUGH)..]
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Token, Arc<CachedSession>> for ByBytes {
    fn weight(&self, _: &Token, cached: &Arc<CachedSession>) -> u64 {
        cached.weight
    }
}
