use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::cache::{CachedSession, VerifiedTokenCache};
use super::checks::{self, TokenClass};
use super::key_source::KeySource;
#[cfg(feature = "network")]
use crate::Deviation;
use crate::auth::{ClaimsError, SessionAuth};
use crate::clock::Clock;
use crate::config::ClaimRules;
use crate::key::RsaVerifyingKey;
use crate::token::{JsonField, SessionClaims, Span, TokenVerificationError, UnverifiedJwt};

/// A token that passed every check: signature, times, issuer, audience and authorized party.
///
/// That alone does not make it a session: a token of a JWT template passes too. `Debug` shows no claim.
pub struct VerifiedToken {
    pub(crate) claims: SessionClaims,
    pub(crate) signed_by: SignedBy,
}

/// What a signature was checked with.
pub(crate) struct SignedBy {
    /// What the token calls the key, in the texts of its claims.
    pub(super) kid: Option<Span>,
    pub(super) key: RsaVerifyingKey,
}

impl VerifiedToken {
    /// The claim `sub`.
    pub fn subject(&self) -> &str {
        self.claims.sub().as_str().unwrap_or_default()
    }

    /// All claims, in a shape of your own.
    ///
    /// # Errors
    /// [`ClaimsError`] if they do not have the shape of `T`.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T, ClaimsError> {
        Ok(serde_json::from_str(self.claims.payload())?)
    }
}

impl fmt::Debug for VerifiedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedToken").finish_non_exhaustive()
    }
}

/// Everything that verification needs: keys, rules and time.
#[derive(Debug)]
pub(crate) struct Verifier {
    pub(crate) keys: KeySource,
    pub(crate) rules: ClaimRules,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) cache: VerifiedTokenCache,
}

impl Verifier {
    /// Takes a token apart and passes it through the gate by the configured rules.
    ///
    /// # Errors
    /// Why the token is refused.
    pub(crate) async fn verify_encoded(
        &self,
        token: &str,
        class: TokenClass<'_>,
    ) -> Result<VerifiedToken, TokenVerificationError> {
        {
            // It is large, so it stays where it is until it has been found good.
            let jwt = UnverifiedJwt::parse(token);
            if let Some(signed_by) = self.verify_now(jwt.as_ref().map_err(Clone::clone)?, class) {
                let signed_by = signed_by?;
                return jwt.map(|jwt| VerifiedToken {
                    claims: jwt.into_claims(),
                    signed_by,
                });
            }
        }
        // Its key has to be waited for, which is rare: the token is read once more and not moved into every future.
        Box::pin(self.verify(UnverifiedJwt::parse(token)?, class)).await
    }

    /// Passes a decoded token through the gate.
    pub(crate) async fn verify(
        &self,
        jwt: UnverifiedJwt<'_>,
        class: TokenClass<'_>,
    ) -> Result<VerifiedToken, TokenVerificationError> {
        self.verify_by(jwt, class, &self.rules).await
    }

    /// The same by other rules than the configured ones.
    pub(crate) async fn verify_by(
        &self,
        jwt: UnverifiedJwt<'_>,
        class: TokenClass<'_>,
        rules: &ClaimRules,
    ) -> Result<VerifiedToken, TokenVerificationError> {
        self.check_header(&jwt, class)?;
        let key = self.keys.resolve(kid(&jwt)).await?;
        let signed_by = self.check(&jwt, key, class, rules)?;
        Ok(VerifiedToken {
            claims: jwt.into_claims(),
            signed_by,
        })
    }

    /// Passes a decoded token through the gate by the configured rules; nothing if its key has to be waited for.
    pub(crate) fn verify_now(
        &self,
        jwt: &UnverifiedJwt<'_>,
        class: TokenClass<'_>,
    ) -> Option<Result<SignedBy, TokenVerificationError>> {
        if let Err(error) = self.check_header(jwt, class) {
            return Some(Err(error));
        }
        let key = self.keys.resolve_now(kid(jwt))?;
        Some(key.and_then(|key| self.check(jwt, key, class, &self.rules)))
    }

    fn check_header(
        &self,
        jwt: &UnverifiedJwt<'_>,
        class: TokenClass<'_>,
    ) -> Result<(), TokenVerificationError> {
        checks::check_header(jwt, class).map_err(|error| match self.keys {
            KeySource::None | KeySource::JwtKey(_) => error,
            #[cfg(feature = "network")]
            KeySource::Jwks(_) => error.or_deviating(Deviation::HeaderFirst),
        })
    }

    fn check(
        &self,
        jwt: &UnverifiedJwt<'_>,
        key: RsaVerifyingKey,
        class: TokenClass<'_>,
        rules: &ClaimRules,
    ) -> Result<SignedBy, TokenVerificationError> {
        checks::check_signature(jwt, &key)?;
        checks::check_claims(jwt.claims(), class, rules, self.clock.unix_millis())?;
        Ok(SignedBy {
            kid: jwt.kid_span(),
            key,
        })
    }

    /// A session token that was found good before, unless its key is gone.
    pub(crate) fn cached(&self, token: &[u8]) -> Option<Arc<CachedSession>> {
        self.cache.get(token, &self.keys)
    }

    /// Remembers the session of a token that passed the gate by the configured rules.
    pub(crate) fn remember(&self, signed_by: SignedBy, session: &SessionAuth) {
        self.cache.insert(signed_by, session);
    }

    /// Passes the claims of a token that was seen before through the gate again: the time is another one.
    pub(crate) fn recheck_validity(&self, cached: &CachedSession) -> Result<(), TokenVerificationError> {
        let now_ms = self.clock.unix_millis();
        checks::check_validity(cached.claims(), TokenClass::Session, &self.rules, now_ms)
    }

    /// Everything but the signature, which what a fuzzer makes up does not have.
    #[cfg(fuzzing)]
    pub(crate) fn verify_unsigned(
        &self,
        jwt: UnverifiedJwt<'_>,
    ) -> Result<SessionClaims, TokenVerificationError> {
        let class = TokenClass::Session;
        checks::check_header(&jwt, class)?;
        checks::check_claims(jwt.claims(), class, &self.rules, self.clock.unix_millis())?;
        Ok(jwt.into_claims())
    }
}

fn kid<'a>(jwt: &'a UnverifiedJwt<'_>) -> Option<&'a str> {
    match jwt.kid() {
        JsonField::Present(kid) => Some(kid),
        JsonField::Absent | JsonField::WrongType => None,
    }
}
