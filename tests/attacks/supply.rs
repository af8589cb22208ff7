//! X: what is built in, and by whom.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use clerk_runtime::Clerk;
use clerk_testing::LocalInstance;

use crate::scene::bear;

fn read(name: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::read_to_string(root.join(name)).unwrap()
}

/// The name and version of every package that the lock file names.
fn locked() -> Vec<(String, String)> {
    let lock = read("Cargo.lock");
    let value = |line: &str, name: &str| {
        let text = line.strip_prefix(name)?.strip_prefix(" = \"")?;
        Some(text.trim_end_matches('"').to_owned())
    };
    let mut packages = Vec::new();
    let mut name = String::new();
    for line in lock.lines() {
        if let Some(found) = value(line, "name") {
            name = found;
        } else if let Some(version) = value(line, "version") {
            packages.push((name.clone(), version));
        }
    }
    packages
}

#[test]
fn x1_dependencies_are_checked_by_a_policy() {
    let policy = read("deny.toml");
    for rule in [
        r#"wildcards = "deny""#,
        r#"unknown-registry = "deny""#,
        r#"unknown-git = "deny""#,
        r#"crate = "openssl-sys""#,
        r#"crate = "native-tls""#,
        r#"crate = "jsonwebtoken:<10.3.0""#,
    ] {
        assert!(policy.contains(rule), "{rule}");
    }
    assert!(read(".ci/run").contains("cargo deny check bans licenses sources"));
    let packages = locked();
    assert!(packages.len() > 100, "{packages:?}");
    let versions = |wanted: &str| -> Vec<&str> {
        let found = packages.iter().filter(|(name, _)| name == wanted);
        found.map(|(_, version)| &**version).collect()
    };
    for banned in ["openssl-sys", "native-tls"] {
        assert_eq!(versions(banned), [""; 0], "{banned}");
    }
    // One of each that decides about signatures and connections.
    for single in [
        "jsonwebtoken",
        "aws-lc-rs",
        "aws-lc-sys",
        "rustls",
        "reqwest",
        "serde_json",
    ] {
        assert_eq!(versions(single).len(), 1, "{single}: {:?}", versions(single));
    }
}

#[tokio::test]
async fn x2_crypto_backend_clash() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada");
    let token = ada.token();
    // The trap is armed: with both backends in the build, jsonwebtoken's own default panics.
    let key = jsonwebtoken::DecodingKey::from_rsa_pem(instance.jwt_key().as_bytes()).unwrap();
    let rules = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
    let by_default = catch_unwind(AssertUnwindSafe(|| {
        jsonwebtoken::decode::<serde_json::Value>(&token, &key, &rules).is_ok()
    }));
    assert!(by_default.is_err(), "jsonwebtoken chose a backend");
    let networkless = Clerk::builder()
        .publishable_key(instance.publishable_key())
        .jwt_key(instance.jwt_key())
        .without_secret_key()
        .clock(instance.clock())
        .build()
        .unwrap();
    for clerk in [instance.clerk(), networkless] {
        assert_eq!(bear(&clerk, &token).await.body, ada.user_id());
        bear(&clerk, &ada.clone().signed_by_other_key().token())
            .await
            .assert_refused("token-invalid-signature");
    }
}
