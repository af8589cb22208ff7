//! Project Wycheproof's signatures, from the folder that `WYCHEPROOF_DIR` names.

use serde_json::Value;

use super::RsaVerifyingKey;

fn bytes(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().unwrap();
    let pair = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(pair).collect()
}

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
            let modulus = bytes(&group["publicKey"]["modulus"]);
            let exponent = bytes(&group["publicKey"]["publicExponent"]);
            let key = RsaVerifyingKey::from_components(&modulus, &exponent).unwrap();
            for test in group["tests"].as_array().unwrap() {
                let verifies = key.verifies(&bytes(&test["msg"]), &bytes(&test["sig"]));
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
