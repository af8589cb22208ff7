//! The signing keys, which are those of the conformance vectors.

use std::sync::LazyLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::{Value, json};

pub(crate) struct Key {
    pub(crate) kid: String,
    /// The public key as a key set has it.
    pub(crate) jwk: Value,
    /// The public key as the dashboard shows it.
    pub(crate) pem: String,
    pair: KeyPair,
}

/// The instance's key.
pub(crate) static MAIN: LazyLock<Key> = LazyLock::new(|| Key::parse("main"));
/// The key that the instance rotates to.
pub(crate) static NEXT: LazyLock<Key> = LazyLock::new(|| Key::parse("next"));
/// The key of another instance.
pub(crate) static OTHER: LazyLock<Key> = LazyLock::new(|| Key::parse("other"));

impl Key {
    fn parse(name: &str) -> Self {
        let text = include_str!("../conformance/vectors/keys.json");
        let key = serde_json::from_str::<Value>(text).unwrap()[name].take();
        let kid = key["kid"].as_str().unwrap().to_owned();
        let public = &key["public_jwk"];
        Self {
            jwk: json!({
                "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": public["n"], "e": public["e"],
            }),
            pem: key["public_pem"].as_str().unwrap().to_owned(),
            pair: KeyPair::from_der(&private_key(&key["private_jwk"])).unwrap(),
            kid,
        }
    }

    /// Signs as RS256, which leaves nothing to chance.
    pub(crate) fn sign(&self, header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
        let signed = format!("{}.{}", encode(header), encode(payload));
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                signed.as_bytes(),
                &mut signature,
            )
            .unwrap();
        format!("{signed}.{}", encode(signature))
    }
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Writes a private key as RFC 8017 §A.1.2 has it.
fn private_key(jwk: &Value) -> Vec<u8> {
    let mut integers = integer(&[0]);
    for name in ["n", "e", "d", "p", "q", "dp", "dq", "qi"] {
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(jwk[name].as_str().unwrap())
            .unwrap();
        integers.extend(integer(&bytes));
    }
    element(0x30, &integers)
}

fn integer(magnitude: &[u8]) -> Vec<u8> {
    let mut bytes: Vec<u8> = magnitude.iter().copied().skip_while(|byte| *byte == 0).collect();
    if bytes.first().is_none_or(|first| *first >= 0x80) {
        bytes.insert(0, 0);
    }
    element(0x02, &bytes)
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut der = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short @ 0..0x80) => der.push(short),
        _ => {
            let length = content.len().to_be_bytes();
            let significant: Vec<u8> = length.iter().copied().skip_while(|byte| *byte == 0).collect();
            der.push(0x80 | u8::try_from(significant.len()).unwrap());
            der.extend(significant);
        }
    }
    der.extend(content);
    der
}
