use std::collections::HashMap;

use jsonwebtoken::jwk::{Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{DecodingKey, DecodingKeyKind};
use serde_json::Value;

use crate::key::RsaVerifyingKey;

/// The maximum number of keys that are read.
const MAX_KEYS: usize = 64;

/// The keys of a JWKS document (RFC 7517 §5) by `kid`.
#[derive(Debug, Clone, Default)]
pub(super) struct KeySet(HashMap<Box<str>, Entry>);

/// The key with a `kid`.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    Usable(RsaVerifyingKey),
    /// Not a key that can verify RS256 signatures.
    Unusable,
}

impl KeySet {
    /// Parses a list of keys. Logs a warning for a key that cannot be used; the others are not affected.
    pub(super) fn from_keys(keys: &[Value]) -> Self {
        if keys.len() > MAX_KEYS {
            tracing::warn!(
                keys = keys.len(),
                limit = MAX_KEYS,
                "the key set is too long: the rest is not read"
            );
        }
        let mut set = HashMap::new();
        for key in keys.iter().take(MAX_KEYS) {
            let Some(kid) = key.get("kid").and_then(Value::as_str) else {
                continue;
            };
            let entry = parse_key(key);
            if matches!(entry, Entry::Unusable) {
                tracing::warn!("a key of the key set cannot check RS256 signatures and is not used");
            }
            match set.entry(kid.into()) {
                std::collections::hash_map::Entry::Vacant(vacant) => {
                    vacant.insert(entry);
                }
                std::collections::hash_map::Entry::Occupied(mut occupied) => {
                    if !occupied.get().same_as(&entry) {
                        tracing::error!("two different keys of the key set have one kid: neither is used");
                        occupied.insert(Entry::Unusable);
                    }
                }
            }
        }
        Self(set)
    }

    /// Reuses the keys of the former set that have not changed, so that they stay [the same](RsaVerifyingKey::is_same).
    pub(super) fn reuse_unchanged_keys(&mut self, former: &Self) {
        for (kid, entry) in &mut self.0 {
            if let Some(known) = former.get(kid).filter(|known| known.same_as(entry)) {
                *entry = known.clone();
            }
        }
    }

    pub(super) fn get(&self, kid: &str) -> Option<&Entry> {
        self.0.get(kid)
    }

    /// Returns whether the set has a key that can verify signatures.
    pub(super) fn has_usable_key(&self) -> bool {
        self.any_usable().is_some()
    }

    /// Returns one of the keys that can verify signatures.
    pub(super) fn any_usable(&self) -> Option<&Entry> {
        self.0.values().find(|entry| matches!(entry, Entry::Usable(_)))
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.0.values()
    }

    /// Returns the number of keys, usable or not.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

impl Entry {
    fn same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Usable(one), Self::Usable(other)) => one == other,
            _ => false,
        }
    }
}

fn parse_key(key: &Value) -> Entry {
    let parsed = parse_jwk(key).filter(is_for_rs256);
    let key = parsed.as_ref().and_then(|jwk| DecodingKey::from_jwk(jwk).ok());
    match key.as_ref().map(DecodingKey::kind) {
        Some(DecodingKeyKind::RsaModulusExponent { n, e }) => {
            RsaVerifyingKey::from_components(n, e).map_or(Entry::Unusable, Entry::Usable)
        }
        _ => Entry::Unusable,
    }
}

fn is_for_rs256(jwk: &Jwk) -> bool {
    let common = &jwk.common;
    let use_fits = matches!(common.public_key_use, None | Some(PublicKeyUse::Signature));
    let operations_fit = common
        .key_operations
        .as_ref()
        .is_none_or(|list| list.contains(&KeyOperations::Verify));
    let algorithm_fits = matches!(common.key_algorithm, None | Some(KeyAlgorithm::RS256));
    use_fits && operations_fit && algorithm_fits
}

/// Parses a key without the members that Clerk's keys do not need, so that a malformed certificate member does not make the
/// key unusable.
fn parse_jwk(key: &Value) -> Option<Jwk> {
    let needed = ["kty", "kid", "use", "key_ops", "alg", "n", "e"];
    let members = key
        .as_object()?
        .iter()
        .filter(|(name, _)| needed.contains(&name.as_str()));
    serde_json::from_value(Value::Object(
        members
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    ))
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The modulus of a 2048 bit key; the tests need its form, not its private half.
    fn modulus(first: char) -> String {
        format!("{first}{}Q", "a".repeat(340))
    }

    fn key(kid: &str, change: impl FnOnce(&mut Value)) -> Value {
        let mut key =
            json!({"kty": "RSA", "kid": kid, "use": "sig", "alg": "RS256", "n": modulus('w'), "e": "AQAB"});
        change(&mut key);
        key
    }

    fn is_usable(set: &KeySet, kid: &str) -> Option<bool> {
        set.get(kid).map(|entry| matches!(entry, Entry::Usable(_)))
    }

    #[test]
    fn malformed_keys_do_not_affect_the_others() {
        let set = KeySet::from_keys(&[
            Value::Null,
            json!("text"),
            json!({"kty": "oct", "kid": "oct", "k": "AAAA"}),
            json!({"kty": "EC", "kid": "ec", "crv": "P-256", "x": "AA", "y": "AA"}),
            json!({"kty": "made-up", "kid": "made-up"}),
            key("good", |_| {}),
            key("malformed certificate", |key| key["x5c"] = json!(7)),
        ]);
        assert_eq!(is_usable(&set, "good"), Some(true));
        assert_eq!(is_usable(&set, "malformed certificate"), Some(true));
        for kid in ["oct", "ec", "made-up"] {
            assert_eq!(is_usable(&set, kid), Some(false), "{kid}");
        }
        assert!(set.has_usable_key());
    }

    #[test]
    fn keys_that_are_not_for_rs256_are_unusable() {
        type Change = fn(&mut Value);
        let changes: [(&str, Change); 8] = [
            ("use", |key| key["use"] = json!("enc")),
            ("ops", |key| key["key_ops"] = json!(["encrypt"])),
            ("alg", |key| key["alg"] = json!("RS384")),
            ("alg case", |key| key["alg"] = json!("rs256")),
            ("e=1", |key| key["e"] = json!("AQ")),
            ("e even", |key| key["e"] = json!("AQAA")),
            ("1024 bit", |key| {
                key["n"] = json!(format!("w{}", "a".repeat(170)))
            }),
            ("no n", |key| _ = key.as_object_mut().unwrap().remove("n")),
        ];
        for (name, change) in changes {
            let set = KeySet::from_keys(&[key(name, change)]);
            assert_eq!(is_usable(&set, name), Some(false), "{name}");
            assert!(!set.has_usable_key());
        }
    }

    #[test]
    fn a_kid_with_two_keys_is_unusable() {
        let evil = || key("kid", |key| key["n"] = json!(modulus('x')));
        for keys in [[key("kid", |_| {}), evil()], [evil(), key("kid", |_| {})]] {
            assert_eq!(is_usable(&KeySet::from_keys(&keys), "kid"), Some(false));
        }
        let twice = KeySet::from_keys(&[key("kid", |_| {}), key("kid", |_| {})]);
        assert_eq!(is_usable(&twice, "kid"), Some(true));
    }

    #[test]
    fn a_key_that_is_fetched_again_stays_the_same_key() {
        let usable = |set: &KeySet, kid: &str| match set.get(kid) {
            Some(Entry::Usable(key)) => key.clone(),
            other => panic!("{other:?}"),
        };
        let former = KeySet::from_keys(&[key("kept", |_| {}), key("changed", |_| {})]);
        let changed = key("changed", |key| key["n"] = json!(modulus('x')));
        let mut next = KeySet::from_keys(&[key("kept", |_| {}), changed, key("new", |_| {})]);
        assert!(!usable(&next, "kept").is_same(&usable(&former, "kept")));
        next.reuse_unchanged_keys(&former);
        assert!(usable(&next, "kept").is_same(&usable(&former, "kept")));
        assert_ne!(usable(&next, "changed"), usable(&former, "changed"));
        assert!(next.get("new").is_some());
    }

    #[test]
    fn a_set_is_limited_to_sixty_four_keys() {
        let keys: Vec<Value> = (1..=65).map(|number| key(&number.to_string(), |_| {})).collect();
        let set = KeySet::from_keys(&keys);
        assert_eq!((is_usable(&set, "64"), is_usable(&set, "65")), (Some(true), None));
        assert_eq!(set.len(), 64);
    }
}

/// Project Wycheproof's signed tokens and key sets, from the folder that `WYCHEPROOF_DIR` names.
#[cfg(all(test, any(feature = "aws-lc", feature = "rust-crypto")))]
mod wycheproof {
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use serde_json::Value;

    use super::{Entry, KeySet};
    use crate::Deviation;
    use crate::token::UnverifiedJwt;
    use crate::verify::checks::check_header;
    use crate::verify::class::TokenClass;

    /// Verifies the signature with these keys.
    ///
    /// The payloads are text, not claims, so the header is checked with `{}` as the payload.
    fn verify(keys: &[Value], jws: &str) -> Result<(), Option<Deviation>> {
        let [header, payload, signature] = jws.split('.').collect::<Vec<_>>()[..] else {
            return Err(None);
        };
        let with_empty_claims = format!("{header}.e30.{signature}");
        let jwt = UnverifiedJwt::parse(&with_empty_claims).map_err(|error| error.deviation())?;
        check_header(&jwt, TokenClass::Session).map_err(|error| error.deviation())?;
        let decode = |part| BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| None);
        decode(payload)?;
        let header: Value = serde_json::from_slice(&decode(header)?).map_err(|_| None)?;
        match KeySet::from_keys(keys).get(header["kid"].as_str().unwrap_or_default()) {
            Some(Entry::Usable(key)) => {
                let signed = &jws.as_bytes()[..jws.len() - signature.len() - 1];
                key.verifies(signed, &decode(signature)?)
                    .then_some(())
                    .ok_or(None)
            }
            Some(Entry::Unusable) => Err(Some(Deviation::UnusableKey)),
            None => Err(None),
        }
    }

    fn keys(group: &Value) -> Vec<Value> {
        let public = if group["public"].is_object() {
            &group["public"]
        } else {
            &group["private"]
        };
        match public["keys"].as_array() {
            Some(keys) => keys.clone(),
            None => vec![public.clone()],
        }
    }

    #[test]
    #[allow(clippy::print_stdout, reason = "the counts are what this test is run for")]
    fn c7_wycheproof_tokens() {
        let Some(folder) = std::env::var_os("WYCHEPROOF_DIR").map(std::path::PathBuf::from) else {
            println!("skipped: WYCHEPROOF_DIR is not set");
            return;
        };
        for (file, least) in [
            ("json_web_signature_test.json", 6),
            ("json_web_key_test.json", 1),
            ("json_web_crypto_test.json", 1),
        ] {
            let document = std::fs::read_to_string(folder.join(file)).unwrap();
            let document: Value = serde_json::from_str(&document).unwrap();
            let (mut accepted, mut rejected, mut by_policy) = (0, 0, 0);
            for group in document["testGroups"].as_array().unwrap() {
                for test in group["tests"].as_array().unwrap() {
                    let token = test.get("jws").or(test.get("jwe")).unwrap();
                    // A JSON serialization is an object there.
                    let token = &*token.as_str().map_or_else(|| token.to_string(), str::to_owned);
                    let found = verify(&keys(group), token);
                    let header = token.split('.').next().unwrap();
                    let header = BASE64_URL_SAFE_NO_PAD.decode(header).unwrap_or_default();
                    let header: Value = serde_json::from_slice(&header).unwrap_or_default();
                    let is_ours = header["alg"] == "RS256" && found != Err(Some(Deviation::KidForm));
                    let expected = test["result"] == "valid" && is_ours;
                    assert_eq!(found.is_ok(), expected, "{file} {} {found:?}", test["tcId"]);
                    match (found, test["result"] == "valid") {
                        (Ok(()), _) => accepted += 1,
                        // Signatures that are good, of an algorithm or a `kid` that no session token has.
                        (Err(_), true) => by_policy += 1,
                        (Err(_), false) => rejected += 1,
                    }
                }
            }
            println!(
                "{file}: {accepted} accepted, {rejected} rejected, {by_policy} valid ones refused by policy"
            );
            assert!(
                accepted >= least && rejected > 15,
                "{file}: {accepted} {rejected}"
            );
        }
    }
}
