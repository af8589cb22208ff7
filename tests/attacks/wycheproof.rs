//! Project Wycheproof's signatures as bearer tokens, from the folder that `WYCHEPROOF_DIR` names.

use serde_json::Value;

use crate::forge;
use crate::scene::bear;

/// The keys of a group, alone or in a set.
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

#[tokio::test]
#[allow(clippy::print_stdout, reason = "the counts are what this test is run for")]
async fn c7_wycheproof_tokens_are_refused() {
    let Some(folder) = std::env::var_os("WYCHEPROOF_DIR").map(std::path::PathBuf::from) else {
        println!("skipped: WYCHEPROOF_DIR is not set");
        return;
    };
    for (file, least) in [
        ("json_web_signature_test.json", 300),
        ("json_web_key_test.json", 15),
        ("json_web_crypto_test.json", 60),
    ] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        let (mut invalid, mut valid) = (0, 0);
        for group in document["testGroups"].as_array().unwrap() {
            let (upstream, clerk) = forge::instance();
            let mut published = keys(group);
            published.push(forge::jwk(forge::KID));
            upstream.publish(&published);
            for test in group["tests"].as_array().unwrap() {
                let token = test.get("jws").or(test.get("jwe")).unwrap();
                // A JSON serialization is an object there.
                let token = token.as_str().map_or_else(|| token.to_string(), str::to_owned);
                // Nothing that a header cannot hold gets this far.
                let token: String = token.chars().filter(|c| matches!(c, ' '..='~')).collect();
                let answer = bear(&clerk, &token).await;
                // Valid ones are signatures of something that is no session.
                assert_eq!(answer.status, 401, "{file} {}", test["tcId"]);
                assert_eq!(answer.body, r#"{"error":"Not authenticated"}"#);
                if test["result"] == "invalid" {
                    invalid += 1;
                } else {
                    valid += 1;
                }
            }
            // And the instance's own key is as good as before.
            assert_eq!(bear(&clerk, &forge::token()).await.body, forge::USER);
        }
        println!("{file}: {invalid} invalid and {valid} valid ones refused");
        assert!(invalid > least, "{file}: {invalid}");
    }
}
