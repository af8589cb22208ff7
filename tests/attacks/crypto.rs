//! C: forged signatures, confused algorithms and keys.

use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use clerk_runtime::{Clerk, Deviation};
use clerk_testing::LocalInstance;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::forge::{self, KID, USER};
use crate::scene::bear;

fn header(members: Value) -> String {
    let mut header = forge::header();
    let wanted = members.as_object().unwrap().clone();
    header.as_object_mut().unwrap().extend(wanted);
    header.to_string()
}

/// A handle that has the key in its configuration.
fn networkless() -> Clerk {
    let (upstream, _) = forge::instance();
    forge::clerk_builder(&upstream)
        .jwt_key(forge::pem())
        .build()
        .unwrap()
}

#[tokio::test]
async fn c1_alg_none_and_hmac_confusion() {
    let (upstream, clerk) = forge::instance();
    let claims = forge::claims().to_string();
    let good = forge::token();
    let [_, payload, signature] = forge::parts(&good);
    let mut tokens = Vec::new();
    for alg in [
        json!("none"),
        json!("nOnE"),
        json!("NONE"),
        json!(""),
        json!("rs256"),
        json!(["RS256"]),
        json!(null),
    ] {
        let header = forge::encode(header(json!({"alg": alg})));
        tokens.push(format!("{header}.{payload}."));
        tokens.push(format!("{header}.{payload}.{signature}"));
    }
    for secret in [forge::pem(), forge::pem().trim().to_owned(), String::new()] {
        for alg in ["HS256", "HS384", "HS512"] {
            let header = header(json!({"alg": alg}));
            tokens.push(forge::hmac(secret.as_bytes(), header, &claims));
        }
    }
    for token in &tokens {
        bear(&clerk, token)
            .await
            .assert_refused("token-invalid-algorithm");
        bear(&networkless(), token)
            .await
            .assert_refused("token-invalid-algorithm");
    }
    assert_eq!(upstream.count(), 0, "a hopeless token caused a fetch");
    assert_eq!(bear(&clerk, &good).await.body, USER);
    // Under the right `alg`, no signature and that of an HMAC are wrong signatures.
    let rs256 = forge::header().to_string();
    let [header, ..] = forge::parts(&good);
    for token in [
        format!("{header}.{payload}."),
        forge::hmac(forge::pem().as_bytes(), rs256, &claims),
    ] {
        bear(&clerk, &token)
            .await
            .assert_refused("token-invalid-signature");
    }
}

#[tokio::test]
async fn c2_sibling_algorithms() {
    let (upstream, clerk) = forge::instance();
    upstream.publish(&[forge::jwk(KID), forge::ec_jwk("ins_ec")]);
    let claims = forge::claims().to_string();
    for token in [
        forge::rsa(&RSA_PKCS1_SHA384, header(json!({"alg": "RS384"})), &claims),
        forge::rsa(&RSA_PKCS1_SHA512, header(json!({"alg": "RS512"})), &claims),
        forge::rsa(&RSA_PSS_SHA256, header(json!({"alg": "PS256"})), &claims),
        forge::es256(header(json!({"alg": "ES256", "kid": "ins_ec"})), &claims),
    ] {
        bear(&clerk, &token)
            .await
            .assert_refused("token-invalid-algorithm");
    }
    assert_eq!(upstream.count(), 0);
    // What the header says does not help: the signature is checked as RS256, whoever made it.
    for token in [
        forge::rsa(&RSA_PKCS1_SHA384, header(json!({})), &claims),
        forge::rsa(&RSA_PSS_SHA256, header(json!({})), &claims),
    ] {
        bear(&clerk, &token)
            .await
            .assert_refused("token-invalid-signature");
    }
    let by_curve = forge::es256(header(json!({"kid": "ins_ec"})), &claims);
    bear(&clerk, &by_curve)
        .await
        .assert_refused("token-verification-failed");
}

#[tokio::test]
async fn c3_unknown_crit() {
    let (upstream, clerk) = forge::instance();
    let claims = forge::claims().to_string();
    for members in [
        json!({"crit": ["exp"]}),
        json!({"crit": ["b64"], "b64": false}),
        json!({"crit": []}),
        json!({"crit": null}),
        json!({"crit": "exp"}),
    ] {
        let token = forge::sign(header(members), &claims);
        bear(&clerk, &token).await.assert_refused("token-invalid");
        let error = clerk.verify_token(&token).await.unwrap_err();
        assert_eq!(error.deviation(), Some(Deviation::Crit));
    }
    assert_eq!(upstream.count(), 0);
}

#[tokio::test]
async fn c4_embedded_key() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/jwks", listener.local_addr().unwrap());
    let attacker = LocalInstance::start().await.unwrap();
    let (upstream, clerk) = forge::instance();
    clerk.ready().await.unwrap();
    let jwk = attacker.jwks()["keys"][0].clone();
    for (name, value) in [
        ("jku", json!(url)),
        ("x5u", json!(url)),
        ("jwk", jwk.clone()),
        ("x5c", json!([attacker.jwt_key()])),
    ] {
        // By the attacker's key, which the token brings along.
        let forged = attacker
            .user("mallory")
            .issuer(forge::issuer())
            .header(name, value.clone());
        let named = forged.clone().header("kid", KID).token();
        bear(&clerk, &named)
            .await
            .assert_refused("token-invalid-signature");
        // By the instance's key: such a member changes nothing.
        let good = forge::sign(header(json!({name: value})), forge::claims().to_string());
        assert_eq!(bear(&clerk, &good).await.body, USER, "{name}");
    }
    assert_eq!(upstream.calls(), ["GET https://api.clerk.com/v1/jwks"]);
    let asked = tokio::time::timeout(std::time::Duration::from_millis(50), listener.accept());
    assert!(asked.await.is_err(), "the attacker was asked for a key");
}

#[tokio::test]
async fn c5_kid_injection() {
    let (upstream, clerk) = forge::instance();
    for kid in [
        json!("../../etc/passwd"),
        json!("' OR 1=1 --"),
        json!("__proto__/x"),
        json!("ins_\u{0}forge"),
        json!("ins_forge\r\nx: y"),
        json!("ins_f\u{f6}rge"),
        json!(" ins_forge"),
        json!("k".repeat(129)),
        json!("k".repeat(8 * 1024)),
        json!(7),
        json!([KID]),
        json!(""),
    ] {
        let token = forge::sign(header(json!({"kid": kid})), forge::claims().to_string());
        bear(&clerk, &token).await.assert_refused("token-invalid");
    }
    assert_eq!(upstream.count(), 0, "a malformed kid caused a fetch");
    // One that is well-formed is looked up, and stays here.
    for kid in ["__proto__", "constructor", "..", &"k".repeat(128)] {
        let token = forge::with_header("kid", json!(kid));
        bear(&clerk, &token).await.assert_refused("jwk-kid-mismatch");
    }
    assert!(!upstream.calls().is_empty());
    assert!(
        upstream
            .calls()
            .iter()
            .all(|call| call == "GET https://api.clerk.com/v1/jwks")
    );
}

#[tokio::test]
async fn c6_kid_missing() {
    let (_, clerk) = forge::instance();
    let token = forge::with_header("kid", json!(null));
    bear(&clerk, &token).await.assert_refused("jwk-kid-mismatch");
    clerk.ready().await.unwrap();
    bear(&clerk, &token).await.assert_refused("jwk-kid-mismatch");
    // There is only one key in question where it is configured.
    assert_eq!(bear(&networkless(), &token).await.body, USER);
}

#[tokio::test]
async fn c7_pkcs1_forgeries() {
    let (_, clerk) = forge::instance();
    let good = forge::token();
    let [head, payload, encoded] = forge::parts(&good);
    let signature = BASE64_URL_SAFE_NO_PAD.decode(encoded).unwrap();
    let modulus = BASE64_URL_SAFE_NO_PAD
        .decode(forge::jwk(KID)["n"].as_str().unwrap())
        .unwrap();
    let one = [vec![0; 255], vec![1]].concat();
    let padding = [vec![0, 1], vec![0xff; 202], vec![0; 52]].concat();
    // s + n is the same number to whoever forgets to compare.
    let mut sum = vec![0_u8; 257];
    let mut carry = 0;
    for at in (0..256).rev() {
        carry += u32::from(signature[at]) + u32::from(modulus[at]);
        sum[at + 1] = carry.to_le_bytes()[0];
        carry >>= 8;
    }
    sum[0] = carry.to_le_bytes()[0];
    let same_length = (sum[0] == 0).then(|| sum[1..].to_vec());
    let mut forged = vec![
        Vec::new(),
        vec![0; 256],
        one,
        padding,
        modulus.clone(),
        signature[..255].to_vec(),
        signature[1..].to_vec(),
        [&[0], &signature[..]].concat(),
        [&signature[..], &[0]].concat(),
        signature.repeat(2),
        signature.iter().rev().copied().collect(),
        sum,
    ];
    forged.extend(same_length);
    for signature in forged {
        let token = format!("{head}.{payload}.{}", forge::encode(&signature));
        bear(&clerk, &token)
            .await
            .assert_refused("token-invalid-signature");
    }
    // Another digest, another message, another key.
    let other = forge::rsa(&RSA_PKCS1_SHA256, header(json!({})), "{}");
    let spliced = format!("{head}.{payload}.{}", forge::parts(&other)[2]);
    bear(&clerk, &spliced)
        .await
        .assert_refused("token-invalid-signature");
    let instance = LocalInstance::start().await.unwrap();
    let stranger = instance.user("ada").signed_by_other_key().token();
    bear(&instance.clerk(), &stranger)
        .await
        .assert_refused("token-invalid-signature");
    assert_eq!(bear(&clerk, &good).await.body, USER);
}

#[tokio::test]
async fn c8_unusable_jwk() {
    let (upstream, clerk) = forge::instance();
    let changed = |kid: &str, name: &str, value: Value| {
        let mut key = forge::jwk(kid);
        key[name] = value;
        key
    };
    let short = forge::encode([vec![0xc1; 127], vec![1]].concat());
    let keys = [
        changed("enc", "use", json!("enc")),
        changed("ops", "key_ops", json!(["encrypt"])),
        changed("alg", "alg", json!("RS384")),
        changed("pss", "alg", json!("PS256")),
        changed("e1", "e", json!("AQ")),
        changed("e2", "e", json!("Ag")),
        changed("small", "n", json!(short)),
        changed("none", "n", json!(null)),
        forge::jwk(KID),
    ];
    upstream.publish(&keys);
    for key in &keys[..8] {
        let token = forge::with_header("kid", key["kid"].clone());
        bear(&clerk, &token)
            .await
            .assert_refused("token-verification-failed");
    }
    // The rest of the set is as good as before, and was fetched once for all of them.
    assert_eq!(bear(&clerk, &forge::token()).await.body, USER);
    assert_eq!(upstream.count(), 1);
}

#[tokio::test]
async fn c10_encoding_malleability() {
    let (_, clerk) = forge::instance();
    let good = forge::token();
    let [head, payload, signature] = forge::parts(&good);
    // 256 bytes end in a letter with four unused bits.
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let last = signature.as_bytes()[signature.len() - 1];
    let value = letters.iter().position(|letter| *letter == last).unwrap();
    let trailing = char::from(letters[value | 1]);
    let standard = signature.replace('-', "+").replace('_', "/");
    let mut tokens = vec![
        format!("{good}=="),
        format!("{good}="),
        format!("{head}=.{payload}.{signature}"),
        format!("{head}.{payload}.{}{trailing}", &signature[..signature.len() - 1]),
        format!("{good}%3D"),
    ];
    if standard != signature {
        tokens.push(format!("{head}.{payload}.{standard}"));
    }
    for token in tokens {
        bear(&clerk, &token).await.assert_refused("token-invalid");
    }
    assert_eq!(bear(&clerk, &good).await.body, USER);
}

#[tokio::test]
async fn c11_jwe_zip_and_json_serialization() {
    let (upstream, clerk) = forge::instance();
    let good = forge::token();
    let [head, payload, signature] = forge::parts(&good);
    let jwe = forge::encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#);
    // A stream that would inflate to a hundred thousand times its size.
    let deflated = forge::encode([0xed; 64]);
    for token in [
        format!("{jwe}.AA.AA.AA.AA"),
        format!("{good}.AA.AA"),
        forge::sign(header(json!({"zip": "DEF"})), forge::claims().to_string()),
        format!(
            "{}.{deflated}.{signature}",
            forge::encode(header(json!({"zip": "DEF"})))
        ),
        format!(
            r#"{{"payload":"{payload}","signatures":[{{"protected":"{head}","signature":"{signature}"}}]}}"#
        ),
        format!(r#"{{"payload":"{payload}","protected":"{head}","signature":"{signature}"}}"#),
    ] {
        bear(&clerk, &token).await.assert_refused("token-invalid");
    }
    assert_eq!(upstream.count(), 0);
}
