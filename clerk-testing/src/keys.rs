use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::{Value, json};

/// An RSA-2048 key that signs tokens with RS256. It lives in memory only.
pub(crate) struct SigningKey {
    kid: String,
    pair: KeyPair,
    pem: String,
}

impl SigningKey {
    pub(crate) fn generate(kid: String) -> Result<Self, Unspecified> {
        let pair = KeyPair::generate(KeySize::Rsa2048)?;
        let der: PublicKeyX509Der<'_> = pair.public_key().as_der()?;
        let pem = pem(der.as_ref());
        Ok(Self { kid, pair, pem })
    }

    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    /// The public key as SPKI PEM (RFC 7468 §13), the form in which Clerk's dashboard shows the JWT key.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// The public key as a member of a key set (RFC 7517 §4).
    pub(crate) fn jwk(&self) -> Value {
        let public = self.pair.public_key();
        json!({
            "use": "sig",
            "kty": "RSA",
            "kid": self.kid,
            "alg": "RS256",
            "n": BASE64_URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
            "e": BASE64_URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
        })
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3).
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Unspecified> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)?;
        Ok(signature)
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.pair.public_key())
            .verify(message, signature)
            .is_ok()
    }
}

/// The key that signs and the former ones that are still published.
pub(crate) struct KeyRing {
    current: Arc<SigningKey>,
    old: Vec<Arc<SigningKey>>,
}

impl KeyRing {
    pub(crate) fn new(current: SigningKey) -> Self {
        Self {
            current: Arc::new(current),
            old: Vec::new(),
        }
    }

    pub(crate) fn current(&self) -> Arc<SigningKey> {
        Arc::clone(&self.current)
    }

    pub(crate) fn rotate(&mut self, next: SigningKey) {
        let former = std::mem::replace(&mut self.current, Arc::new(next));
        self.old.push(former);
    }

    /// Whether one of the published keys signed `message`.
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        std::iter::once(&self.current)
            .chain(&self.old)
            .any(|key| key.verify(message, signature))
    }

    pub(crate) fn retire_old(&mut self) {
        self.old.clear();
    }

    /// The published key set (RFC 7517 §5), the newest key first.
    pub(crate) fn jwks(&self) -> Value {
        let old = self.old.iter().rev();
        let keys: Vec<_> = std::iter::once(&self.current)
            .chain(old)
            .map(|key| key.jwk())
            .collect();
        json!({ "keys": keys })
    }
}

fn pem(der: &[u8]) -> String {
    let mut pem = String::from("-----BEGIN PUBLIC KEY-----\n");
    for (index, letter) in BASE64_STANDARD.encode(der).chars().enumerate() {
        if index > 0 && index % 64 == 0 {
            pem.push('\n');
        }
        pem.push(letter);
    }
    pem.push_str("\n-----END PUBLIC KEY-----\n");
    pem
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::RsaPublicKeyComponents;

    use super::*;

    #[test]
    fn the_published_key_verifies_what_was_signed() {
        let key = SigningKey::generate("ins_1".into()).unwrap();
        let jwk = key.jwk();
        let part = |name: &str| {
            BASE64_URL_SAFE_NO_PAD
                .decode(jwk[name].as_str().unwrap())
                .unwrap()
        };
        let public = RsaPublicKeyComponents {
            n: part("n"),
            e: part("e"),
        };
        let signature = key.sign(b"message").unwrap();
        public
            .verify(&RSA_PKCS1_2048_8192_SHA256, b"message", &signature)
            .unwrap();
        public
            .verify(&RSA_PKCS1_2048_8192_SHA256, b"massage", &signature)
            .unwrap_err();
        assert_eq!(jwk["e"], "AQAB");
        assert_eq!(
            (jwk["kid"].as_str(), jwk["alg"].as_str()),
            (Some("ins_1"), Some("RS256"))
        );
    }

    #[test]
    fn the_pem_has_the_fixed_head_and_tail_of_rsa_2048() {
        let key = SigningKey::generate("ins_1".into()).unwrap();
        let lines: Vec<_> = key.pem().lines().collect();
        assert!(lines[1].starts_with("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"));
        assert!(lines.iter().all(|line| line.len() <= 64));
        assert!(key.pem().ends_with("IDAQAB\n-----END PUBLIC KEY-----\n"));
    }

    #[test]
    fn old_keys_stay_published_until_they_are_retired() {
        let mut ring = KeyRing::new(SigningKey::generate("ins_1".into()).unwrap());
        ring.rotate(SigningKey::generate("ins_2".into()).unwrap());
        let kids = |ring: &KeyRing| -> Vec<String> {
            let jwks = ring.jwks();
            jwks["keys"]
                .as_array()
                .unwrap()
                .iter()
                .map(|key| key["kid"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(kids(&ring), ["ins_2", "ins_1"]);
        let by_old = ring.old[0].sign(b"message").unwrap();
        assert!(ring.verify(b"message", &by_old) && !ring.verify(b"massage", &by_old));
        assert_eq!(ring.current().kid(), "ins_2");
        ring.retire_old();
        assert_eq!(kids(&ring), ["ins_2"]);
        assert!(!ring.verify(b"message", &by_old));
    }
}
