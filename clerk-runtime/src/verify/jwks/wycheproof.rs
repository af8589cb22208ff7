//! Project Wycheproof's signed tokens and key sets, from the folder that `WYCHEPROOF_DIR` names.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::Value;

use super::key_set::{Entry, KeySet};
use crate::Deviation;
use crate::token::UnverifiedJwt;
use crate::verify::checks::{TokenClass, check_header};

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
