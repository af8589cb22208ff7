//! Tokens put together by hand, byte for byte, under keys of the tests' own.

use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaEncoding,
};
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use clerk_runtime::{Clerk, ClerkBuilder};
use serde_json::{Value, json};

use crate::upstream::Upstream;

/// The key that signs.
pub(crate) const KID: &str = "ins_forge";
/// The user of every token.
pub(crate) const USER: &str = "user_forged";
const HOST: &str = "clerk.attacks.test";

static KEY: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).unwrap());
static CURVE: LazyLock<EcdsaKeyPair> =
    LazyLock::new(|| EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap());

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn issuer() -> String {
    format!("https://{HOST}")
}

/// A handle to the made-up instance whose keys `upstream` answers with.
pub(crate) fn clerk_builder(upstream: &Upstream) -> ClerkBuilder {
    Clerk::builder()
        .publishable_key(format!(
            "pk_test_{}",
            BASE64_STANDARD_NO_PAD.encode(format!("{HOST}$"))
        ))
        .secret_key("sk_test_forge")
        .transport(upstream.clone())
}

/// An instance that publishes [`jwk`] alone, and a handle to it that has asked for nothing yet.
pub(crate) fn instance() -> (Upstream, Clerk) {
    let upstream = Upstream::publishing(&[jwk(KID)]);
    let clerk = clerk_builder(&upstream).build().unwrap();
    (upstream, clerk)
}

/// The public key, as a key set has it.
pub(crate) fn jwk(kid: &str) -> Value {
    let public = KEY.public_key();
    json!({
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
        "n": encode(public.modulus().big_endian_without_leading_zero()),
        "e": encode(public.exponent().big_endian_without_leading_zero()),
    })
}

/// The public key of [`es256`].
pub(crate) fn ec_jwk(kid: &str) -> Value {
    let point = CURVE.public_key().as_ref();
    json!({
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid,
        "x": encode(&point[1..33]), "y": encode(&point[33..]),
    })
}

/// The public key, as Clerk's dashboard shows it.
pub(crate) fn pem() -> String {
    let der: PublicKeyX509Der<'_> = KEY.public_key().as_der().unwrap();
    let lines: Vec<String> = BASE64_STANDARD
        .encode(der.as_ref())
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8(line.to_vec()).unwrap())
        .collect();
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    )
}

pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

pub(crate) fn header() -> Value {
    json!({"alg": "RS256", "typ": "JWT", "kid": KID})
}

/// The claims of a session token that is good for an hour.
pub(crate) fn claims() -> Value {
    let now = now();
    json!({
        "sub": USER, "sid": "sess_forged", "iss": issuer(), "azp": "http://localhost:3000",
        "iat": now - 10, "nbf": now - 10, "exp": now + 3600,
    })
}

/// The claims as text, with room for members that no JSON library would write.
pub(crate) fn claims_with(raw_members: &str) -> String {
    let claims = claims().to_string();
    format!("{},{raw_members}}}", claims.trim_end_matches('}'))
}

/// A token with this header and payload, whatever they are, signed as RS256.
pub(crate) fn sign(header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
    rsa(&RSA_PKCS1_SHA256, header, payload)
}

/// A token that is good.
pub(crate) fn token() -> String {
    sign(header().to_string(), claims().to_string())
}

/// The same with another member of the header, or `null` for none.
pub(crate) fn with_header(name: &str, value: Value) -> String {
    let mut header = header();
    set(&mut header, name, value);
    sign(header.to_string(), claims().to_string())
}

/// The same with another claim, or `null` for none.
pub(crate) fn with_claim(name: &str, value: Value) -> String {
    let mut claims = claims();
    set(&mut claims, name, value);
    sign(header().to_string(), claims.to_string())
}

fn set(object: &mut Value, name: &str, value: Value) {
    let members = object.as_object_mut().unwrap();
    if value.is_null() {
        members.remove(name);
    } else {
        members.insert(name.to_owned(), value);
    }
}

/// Signed with the same RSA key, but in this way.
pub(crate) fn rsa(
    encoding: &'static dyn RsaEncoding,
    header: impl AsRef<[u8]>,
    payload: impl AsRef<[u8]>,
) -> String {
    let signed = format!("{}.{}", encode(header), encode(payload));
    let mut signature = vec![0; KEY.public_modulus_len()];
    KEY.sign(encoding, &SystemRandom::new(), signed.as_bytes(), &mut signature)
        .unwrap();
    format!("{signed}.{}", encode(signature))
}

/// Signed with the key of [`ec_jwk`].
pub(crate) fn es256(header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
    let signed = format!("{}.{}", encode(header), encode(payload));
    let signature = CURVE.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
    format!("{signed}.{}", encode(signature))
}

/// Signed with a secret that everybody has, such as a public key.
pub(crate) fn hmac(secret: &[u8], header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
    let signed = format!("{}.{}", encode(header), encode(payload));
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret);
    let tag = aws_lc_rs::hmac::sign(&key, signed.as_bytes());
    format!("{signed}.{}", encode(tag))
}

/// Header, payload and signature, each still encoded.
pub(crate) fn parts(token: &str) -> [&str; 3] {
    let parts: Vec<&str> = token.split('.').collect();
    parts.try_into().unwrap()
}
