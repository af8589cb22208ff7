//! The verifier, and [`Verified`], the proof that it has accepted a token. No other file can make a proof.

use std::fmt;
use std::sync::Arc;
use std::task::Poll;

use serde::de::DeserializeOwned;

use super::checks;
use super::claims_error::ClaimsError;
use super::class::{ClassClaims, HandshakeClaims, M2mClaims, OauthClaims, StandaloneClaims, TokenClass};
use super::jwks::EpochStamp;
use super::key_source::KeySource;
#[cfg(feature = "network")]
use super::opaque::{self, OpaqueToken, OpaqueTokenRefusal};
use crate::Deviation;
use crate::clock::Clock;
use crate::config::ClaimRules;
use crate::key::RsaVerifyingKey;
use crate::token::{JsonField, SessionClaims, Span, TokenVerificationError, UnverifiedJwt};

/// Claims of a token that passed every check of its class. Only [`Verifier`] makes one.
pub(crate) struct Verified<C> {
    claims: C,
    proof: Proof,
}

/// The reason to believe the claims.
enum Proof {
    /// The signature, and the key that it was checked with.
    Signature {
        /// The `kid` of the token, as a place in its claims.
        kid: Option<Span>,
        key: RsaVerifyingKey,
    },
    /// The answer of Clerk's Backend API about an opaque token.
    #[cfg(feature = "network")]
    BackendApi,
    /// None, since neither a fuzzer nor a unit test of later stages signs its tokens.
    #[cfg(any(fuzzing, test))]
    Unsigned,
}

impl<C> Verified<C> {
    /// Returns the claims.
    pub(crate) fn claims(&self) -> &C {
        &self.claims
    }

    /// Takes the claims out.
    #[cfg(feature = "network")]
    pub(crate) fn into_claims(self) -> C {
        self.claims
    }
}

#[cfg(test)]
impl<C> Verified<C> {
    /// Stands in for a verified token in unit tests of what comes after verification.
    pub(crate) fn for_test(claims: C) -> Self {
        Self {
            claims,
            proof: Proof::Unsigned,
        }
    }
}

/// Keys, rules and time: everything that verification needs.
#[derive(Debug)]
pub(crate) struct Verifier {
    pub(crate) keys: KeySource,
    pub(crate) rules: ClaimRules,
    pub(crate) clock: Arc<dyn Clock>,
}

#[cfg(test)]
impl Verifier {
    /// Makes a verifier without keys and rules for unit tests of what does not verify.
    pub(crate) fn for_test() -> Self {
        Self {
            keys: KeySource::None,
            rules: ClaimRules {
                authorized_parties: None,
                audience: None,
                issuers: None,
                clock_skew_in_ms: 5_000,
            },
            clock: Arc::new(crate::clock::SystemClock),
        }
    }
}

impl Verifier {
    /// Returns a verifier with the keys as they are now, which are never fetched again.
    pub(crate) fn snapshot(&self) -> Self {
        Self {
            keys: self.keys.snapshot(),
            rules: self.rules.clone(),
            clock: Arc::clone(&self.clock),
        }
    }
}

/// The first look at a token. A parsed token is large, so it stays with the caller, and its claims are moved out once.
impl Verifier {
    /// Verifies a session token by the configured rules. Pending if its key has to be fetched first.
    #[inline]
    pub(crate) fn try_verify_session(
        &self,
        jwt: &mut UnverifiedJwt<'_>,
    ) -> Poll<Result<Verified<SessionClaims>, TokenVerificationError>> {
        self.try_verify(jwt, TokenClass::Session)
    }

    /// Verifies a session token by `rules`, which may differ from the configured ones, and waits for its key.
    pub(crate) async fn verify_session(
        &self,
        jwt: &mut UnverifiedJwt<'_>,
        rules: &ClaimRules,
    ) -> Result<Verified<SessionClaims>, TokenVerificationError> {
        self.verify(jwt, TokenClass::Session, rules).await
    }

    /// Verifies a machine-to-machine token that is a JWT.
    pub(crate) async fn verify_m2m(
        &self,
        jwt: &mut UnverifiedJwt<'_>,
    ) -> Result<Verified<M2mClaims>, TokenVerificationError> {
        self.verify(jwt, TokenClass::M2m, &self.rules).await
    }

    /// Verifies an OAuth access token that is a JWT.
    pub(crate) async fn verify_oauth(
        &self,
        jwt: &mut UnverifiedJwt<'_>,
    ) -> Result<Verified<OauthClaims>, TokenVerificationError> {
        self.verify(jwt, TokenClass::Oauth, &self.rules).await
    }

    /// Verifies the token that a handshake ended with.
    pub(crate) async fn verify_handshake(
        &self,
        jwt: &mut UnverifiedJwt<'_>,
    ) -> Result<Verified<HandshakeClaims>, TokenVerificationError> {
        self.verify(jwt, TokenClass::Handshake, &self.rules).await
    }

    /// Verifies a token by itself. With `types` its header has to state one of them as `typ`.
    pub(crate) async fn verify_standalone(
        &self,
        token: &str,
        types: Option<&[String]>,
    ) -> Result<Verified<StandaloneClaims>, TokenVerificationError> {
        let class = types.map_or(TokenClass::Session, TokenClass::SessionOfTypes);
        // A parsed token is large. It is read again in the rare case that a key has to be fetched, so that the future that
        // every caller moves does not hold it.
        if let Poll::Ready(verified) = self.try_verify(&mut UnverifiedJwt::parse(token)?, class) {
            return verified;
        }
        Box::pin(async {
            self.verify(&mut UnverifiedJwt::parse(token)?, class, &self.rules)
                .await
        })
        .await
    }

    /// Takes Clerk's answer about an opaque token for verified if it says that the token is good.
    #[cfg(feature = "network")]
    pub(crate) fn verify_opaque(
        &self,
        token: OpaqueToken,
    ) -> Result<Verified<OpaqueToken>, OpaqueTokenRefusal> {
        opaque::check(&token, &self.rules, self.clock.unix_millis())?;
        Ok(Verified {
            claims: token,
            proof: Proof::BackendApi,
        })
    }

    /// Checks header and signature of a session token, and none of its claims. Pending if its key has to be fetched first.
    ///
    /// No claim may be believed for that. It tells a browser's cookies apart, before one of them is verified.
    pub(crate) fn try_check_signature(
        &self,
        jwt: &UnverifiedJwt<'_>,
    ) -> Poll<Result<(), TokenVerificationError>> {
        if let Err(error) = self.check_header(jwt, TokenClass::Session) {
            return Poll::Ready(Err(error));
        }
        let Some(key) = self.keys.resolve_now(kid(jwt)) else {
            return Poll::Pending;
        };
        Poll::Ready(key.and_then(|key| checks::check_signature(jwt, &key)))
    }

    /// Waits until the key of a session token is there, or is known not to be.
    pub(crate) async fn wait_for_key(&self, jwt: &UnverifiedJwt<'_>) {
        if self.check_header(jwt, TokenClass::Session).is_ok() {
            // Verification asks again, and tells why there is none.
            let _ = self.keys.resolve(kid(jwt)).await;
        }
    }

    #[inline]
    fn try_verify<C: ClassClaims>(
        &self,
        jwt: &mut UnverifiedJwt<'_>,
        class: TokenClass<'_>,
    ) -> Poll<Result<Verified<C>, TokenVerificationError>> {
        if let Err(error) = self.check_header(jwt, class) {
            return Poll::Ready(Err(error));
        }
        let Some(key) = self.keys.resolve_now(kid(jwt)) else {
            return Poll::Pending;
        };
        Poll::Ready(key.and_then(|key| self.check(jwt, key, class, &self.rules)))
    }

    async fn verify<C: ClassClaims>(
        &self,
        jwt: &mut UnverifiedJwt<'_>,
        class: TokenClass<'_>,
        rules: &ClaimRules,
    ) -> Result<Verified<C>, TokenVerificationError> {
        self.check_header(jwt, class)?;
        let key = self.keys.resolve(kid(jwt)).await?;
        self.check(jwt, key, class, rules)
    }

    /// Checks the header, which says whether looking up a key is worth anything.
    fn check_header(
        &self,
        jwt: &UnverifiedJwt<'_>,
        class: TokenClass<'_>,
    ) -> Result<(), TokenVerificationError> {
        checks::check_header(jwt, class).map_err(|error| match self.keys.is_fetched() {
            true => error.or_deviating(Deviation::HeaderFirst),
            false => error,
        })
    }

    /// Checks signature and claims of a token whose header passed. Every signed token is verified here.
    #[inline]
    fn check<C: ClassClaims>(
        &self,
        jwt: &mut UnverifiedJwt<'_>,
        key: RsaVerifyingKey,
        class: TokenClass<'_>,
        rules: &ClaimRules,
    ) -> Result<Verified<C>, TokenVerificationError> {
        checks::check_signature(jwt, &key)?;
        checks::check_claims(jwt.claims(), class, rules, self.clock.unix_millis())?;
        let kid = jwt.kid_span();
        Ok(Verified {
            claims: C::from_claims(jwt.take_claims()),
            proof: Proof::Signature { kid, key },
        })
    }
}

/// Every later look at the same token.
impl Verifier {
    /// Checks what can change for a token that was verified with these rules before: its times. Whether its key is still
    /// among the instance's is told by [`has_key_of`](Self::has_key_of).
    pub(crate) fn recheck(&self, token: &Verified<SessionClaims>) -> Result<(), TokenVerificationError> {
        checks::check_times(
            token.claims(),
            self.rules.clock_skew_in_ms,
            self.clock.unix_millis(),
        )
    }

    /// Tells whether the key that a token was verified with is still the one that its `kid` names; `None` if that is not
    /// known without a fetch.
    pub(crate) fn has_key_of(&self, token: &Verified<SessionClaims>, stamp: &EpochStamp) -> Option<bool> {
        match &token.proof {
            Proof::Signature { kid, key } => {
                let kid = kid.map(|kid| token.claims.get(kid));
                self.keys.still_has(kid, key, stamp)
            }
            #[cfg(feature = "network")]
            Proof::BackendApi => None,
            #[cfg(any(fuzzing, test))]
            Proof::Unsigned => None,
        }
    }
}

#[cfg(fuzzing)]
impl Verifier {
    /// Checks everything but the signature, which the input of a fuzzer does not have.
    pub(crate) fn verify_unsigned(
        &self,
        jwt: &mut UnverifiedJwt<'_>,
    ) -> Result<Verified<SessionClaims>, TokenVerificationError> {
        let class = TokenClass::Session;
        checks::check_header(jwt, class)?;
        checks::check_claims(jwt.claims(), class, &self.rules, self.clock.unix_millis())?;
        Ok(Verified {
            claims: jwt.take_claims(),
            proof: Proof::Unsigned,
        })
    }
}

fn kid<'a>(jwt: &'a UnverifiedJwt<'_>) -> Option<&'a str> {
    match jwt.kid() {
        JsonField::Present(kid) => Some(kid),
        JsonField::Absent | JsonField::WrongType => None,
    }
}

/// A token that passed every check: signature, times, issuer, audience and authorized party.
///
/// That alone does not make it a session token: a token of a JWT template passes too. `Debug` shows no claim.
pub struct VerifiedToken(Verified<StandaloneClaims>);

impl VerifiedToken {
    pub(crate) fn new(token: Verified<StandaloneClaims>) -> Self {
        Self(token)
    }

    /// Returns the claim `sub`.
    pub fn subject(&self) -> &str {
        self.0.claims().subject()
    }

    /// Reads all claims in a shape of your own.
    ///
    /// # Errors
    /// [`ClaimsError`] if they do not have the shape of `T`.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T, ClaimsError> {
        self.0.claims().read()
    }
}

impl fmt::Debug for VerifiedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedToken").finish_non_exhaustive()
    }
}
