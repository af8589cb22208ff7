//! An RSA public key that was parsed once and checks RS256 signatures.

use std::fmt;
use std::sync::Arc;

use super::KeyError;

/// A parsed public key that verifies RS256 signatures. Cheap to clone.
///
/// The backend is selected here, by name. jsonwebtoken's process-wide default is not used, because it panics if two crates
/// of one build enable different backends.
#[derive(Clone)]
pub(crate) struct RsaVerifyingKey(Arc<Parsed>);

struct Parsed {
    key: backend::Key,
    modulus: Box<[u8]>,
    exponent: Box<[u8]>,
}

impl RsaVerifyingKey {
    /// Creates a key from modulus and exponent, big-endian.
    ///
    /// # Errors
    /// [`KeyError::Weak`] for a key that is malformed or too weak, [`KeyError::NoBackend`] without a signature backend.
    pub(crate) fn from_components(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        let modulus = without_leading_zeros(modulus);
        let exponent = without_leading_zeros(exponent);
        let bits = modulus
            .first()
            .map_or(0, |first| modulus.len() * 8 - first.leading_zeros() as usize);
        let odd = |number: &[u8]| number.last().is_some_and(|last| last & 1 == 1);
        if !(2048..=8192).contains(&bits)
            || !odd(modulus)
            || !odd(exponent)
            || exponent == [1]
            || exponent.len() > 4
            || has_roca_fingerprint(modulus)
        {
            return Err(KeyError::Weak);
        }
        Ok(Self(Arc::new(Parsed {
            key: backend::Key::new(modulus, exponent)?,
            modulus: modulus.into(),
            exponent: exponent.into(),
        })))
    }

    /// Returns whether `signature` is the RSASSA-PKCS1-v1_5 signature of `message` with SHA-256 (RFC 7518 §3.3).
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.key.verify(message, signature).is_ok()
    }

    /// Returns whether both are clones of one key, by comparing addresses. A fetched key set reuses the keys that have not
    /// changed, so they stay the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Compares modulus and exponent.
impl PartialEq for RsaVerifyingKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.modulus == other.0.modulus && self.0.exponent == other.0.exponent
    }
}

impl fmt::Debug for RsaVerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RsaVerifyingKey({} bits)", self.0.modulus.len() * 8)
    }
}

fn without_leading_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}

/// Returns whether a modulus is a power of 65537 modulo many small primes, as those of vulnerable Infineon chips are
/// (CVE-2017-15361): such a modulus can be factored. One in a hundred million other moduli has this fingerprint too.
fn has_roca_fingerprint(modulus: &[u8]) -> bool {
    const PRIMES: [u32; 38] = [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101,
        103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ];
    PRIMES.iter().all(|prime| {
        let rest = modulus
            .iter()
            .fold(0, |rest, byte| (rest * 256 + u32::from(*byte)) % prime);
        let power = |power: &u32| Some(power * (65_537 % prime) % prime);
        std::iter::successors(Some(1), power)
            .take(*prime as usize)
            .any(|power| power == rest)
    })
}

/// RSASSA-PKCS1-v1_5 with SHA-256 by the enabled backend.
#[cfg(feature = "aws-lc")]
mod backend {
    use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
    use signature::Error;

    use crate::key::KeyError;

    pub(super) struct Key(ParsedPublicKey);

    impl Key {
        pub(super) fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
            let components = RsaPublicKeyComponents {
                n: modulus,
                e: exponent,
            };
            let parsed = components.to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256);
            parsed.map(Self).map_err(|_| KeyError::Weak)
        }

        pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Error> {
            self.0.verify_sig(message, signature).map_err(Error::from_source)
        }
    }
}

#[cfg(all(feature = "rust-crypto", not(feature = "aws-lc")))]
mod backend {
    use jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER;
    use jsonwebtoken::{Algorithm, DecodingKey};
    use signature::Error;

    use crate::key::KeyError;

    /// Creates a verifier for each check, because jsonwebtoken does not guarantee that verifiers can be shared.
    pub(super) struct Key(DecodingKey);

    impl Key {
        pub(super) fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
            Ok(Self(DecodingKey::from_rsa_raw_components(modulus, exponent)))
        }

        pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Error> {
            let verifier = (DEFAULT_PROVIDER.verifier_factory)(&Algorithm::RS256, &self.0);
            // jsonwebtoken's verifiers take signatures as vectors.
            verifier
                .map_err(Error::from_source)?
                .verify(message, &signature.to_vec())
        }
    }
}

#[cfg(not(any(feature = "aws-lc", feature = "rust-crypto")))]
mod backend {
    use signature::Error;

    use crate::key::KeyError;

    /// A key that cannot be created.
    pub(super) enum Key {}

    impl Key {
        pub(super) fn new(_: &[u8], _: &[u8]) -> Result<Self, KeyError> {
            Err(KeyError::NoBackend)
        }

        pub(super) fn verify(&self, _: &[u8], _: &[u8]) -> Result<(), Error> {
            match *self {}
        }
    }
}

#[cfg(all(test, any(feature = "aws-lc", feature = "rust-crypto")))]
mod tests {
    use base64::Engine;
    use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
    use serde_json::Value;

    use super::*;
    use crate::key::der::{Encoding, rsa_public_key};

    /// A public key in the encoding SubjectPublicKeyInfo, and a token that the private key has signed.
    const DER: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq950dlxmhT/I2p3Fy+qDP4W/sNWP8fXnhKPryqaAR98eJQg7myz4F9CeSYl9NQq0iiSzTRku2/XQotvUhNUFv7b6Xctf+6XX9++rV6AM0UM+M5HCX1BhMBw/V9jVRy5ao1hMxvRcZ001RVk/z7hUwtFEPl8PwTriWEYlbb5mgOP+MG7u225to9EB7AxlQFA0eh8wakLuNSwdzgVMwxbW9Iwk8lwFwOw7Yk+fvqvmq1xRl66EiW5YO4+N7xTJW4HRJK5xUbJ+LHOJdAFgbTSO0P30oohfmhkghgBoAjYVwTDA9Elgmu3y5TapESZnD1DUp+tFaogK6mKDrdwalgjKZQIDAQAB";
    const TOKEN: &str = "eyJhbGciOiJSUzI1NiIsImtpZCI6Imluc19pZ053bnQ3UlZ2ZkNkQWtuZEs1SGc5RHVNeWEiLCJ0eXAiOiJKV1QifQ.eyJhenAiOiJodHRwOi8vbG9jYWxob3N0OjMwMDAiLCJleHAiOjE3NzM3OTkxMDMsImlhdCI6MTc3Mzc5OTA0MywiaXNzIjoiaHR0cHM6Ly9icmF2ZS1vdHRlci0yNy5jbGVyay5hY2NvdW50cy5kZXYiLCJuYmYiOjE3NzM3OTkwMzMsInNpZCI6InNlc3NfV0YxemJlVjEwZ0tkSk9RbVR4dDZMWWMzWG1EIiwic3ViIjoidXNlcl94NTRtcTRaWElnSTl0a2hPRTN2WmR4VkpBenoifQ.q24e9gQ2JJFPFu6o6M0k_7vDrXhFv9OeCyKy0VEYQQzHPYIKEwoaDdTVlWTGjmGZ_8y-4i1hjOijmK_Hj0oJdgtqadFnDiFyr1vSJja11ofX5XvwpvrhJoZQ-vB92TwdgFCnsyqoTiISmA4kizkvqjmRA_PGMIYLnHa7EyUoynWdzNMM6XQUv8wl_Y9apBeQWLP7i_jPWJ6S1ilBjeRdJ8cTAKlw_RfV0_PLFcMvx-Hk-yBOiettDCyAPDMLmkDdODhx1Um-gVGhsreRF_1fUJ6bDA4SaGVHbcDj1DyLgfN5j8Sjxl748_gfFxHYupO3QdwJURkJsMXprBYfscbABg";

    #[test]
    fn only_the_correct_signature_verifies() {
        let der = BASE64_STANDARD.decode(DER).unwrap();
        let (modulus, exponent) = rsa_public_key(Encoding::Spki, &der).unwrap();
        let key = RsaVerifyingKey::from_components(modulus, exponent).unwrap();
        let (message, signature) = TOKEN.rsplit_once('.').unwrap();
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
        let verifies = |message: &str, signature: Vec<u8>| key.verifies(message.as_bytes(), &signature);
        assert!(verifies(message, signature.clone()));
        assert!(!verifies(&message[1..], signature.clone()));
        assert!(!verifies(message, Vec::new()));
        assert!(!verifies(message, vec![0; 256]));
        assert!(!verifies(message, signature.repeat(2)));
        for bit in 0..8 {
            let mut flipped = signature.clone();
            flipped[100] ^= 1 << bit;
            assert!(!verifies(message, flipped));
        }
    }

    /// A power of 65537 has the fingerprint, because it is a power of 65537 modulo every prime.
    #[test]
    fn a_modulus_with_the_roca_fingerprint_is_rejected() {
        let times_65537 = |number: Vec<u8>| {
            let (shifted, whole) = ([&number[..], &[0, 0]].concat(), [&[0, 0], &number[..]].concat());
            let mut sum = vec![0; shifted.len()];
            let mut carry = 0;
            for at in (0..sum.len()).rev() {
                carry += u16::from(shifted[at]) + u16::from(whole[at]);
                sum[at] = carry.to_le_bytes()[0];
                carry >>= 8;
            }
            sum
        };
        let power = (0..128).fold(vec![1], |number, _| times_65537(number));
        let exponent = [1, 0, 1];
        assert!(RsaVerifyingKey::from_components(&power, &exponent).is_err());
        let mut neighbour = power;
        *neighbour.last_mut().unwrap() += 2;
        RsaVerifyingKey::from_components(&neighbour, &exponent).unwrap();
    }

    #[test]
    fn malformed_and_weak_keys_are_rejected() {
        let modulus = |bytes: usize| vec![0xff_u8; bytes];
        for (modulus, exponent) in [
            (modulus(128), vec![1, 0, 1]),
            (modulus(255), vec![1, 0, 1]),
            (modulus(1025), vec![1, 0, 1]),
            (modulus(256), vec![1]),
            (modulus(256), vec![2]),
            (modulus(256), vec![]),
            (modulus(256), vec![1, 0, 0, 0, 1]),
            ([modulus(255), vec![0xfe]].concat(), vec![1, 0, 1]),
            (vec![], vec![1, 0, 1]),
        ] {
            assert!(RsaVerifyingKey::from_components(&modulus, &exponent).is_err());
        }
    }

    fn from_hex(hex: &Value) -> Vec<u8> {
        let hex = hex.as_str().unwrap();
        let pair = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        (0..hex.len()).step_by(2).map(pair).collect()
    }

    /// Checks Project Wycheproof's signatures, from the folder that `WYCHEPROOF_DIR` names.
    #[test]
    #[allow(clippy::print_stdout, reason = "the counts are what this test is run for")]
    fn c7_wycheproof_signatures() {
        let Some(folder) = std::env::var_os("WYCHEPROOF_DIR").map(std::path::PathBuf::from) else {
            println!("skipped: WYCHEPROOF_DIR is not set");
            return;
        };
        for bits in [2048, 3072, 4096] {
            let file = format!("rsa_signature_{bits}_sha256_test.json");
            let document = std::fs::read_to_string(folder.join(&file)).unwrap();
            let document: Value = serde_json::from_str(&document).unwrap();
            let (mut accepted, mut rejected, mut acceptable) = (0, 0, Vec::new());
            for group in document["testGroups"].as_array().unwrap() {
                let modulus = from_hex(&group["publicKey"]["modulus"]);
                let exponent = from_hex(&group["publicKey"]["publicExponent"]);
                let key = RsaVerifyingKey::from_components(&modulus, &exponent).unwrap();
                for test in group["tests"].as_array().unwrap() {
                    let verifies = key.verifies(&from_hex(&test["msg"]), &from_hex(&test["sig"]));
                    match test["result"].as_str().unwrap() {
                        // An encoding without the NULL of RFC 8017 §9.2: some accept it, and no signer makes it.
                        "acceptable" => acceptable.push(verifies),
                        result => assert_eq!(verifies, result == "valid", "{file} {}", test["tcId"]),
                    }
                    if verifies {
                        accepted += 1;
                    } else {
                        rejected += 1;
                    }
                }
            }
            println!("{file}: {accepted} accepted, {rejected} rejected, acceptable ones: {acceptable:?}");
            assert!(accepted >= 7 && rejected > 240, "{file}: {accepted} {rejected}");
        }
    }
}
