//! Programs that use a feature which is off, checked in a package of their own, as features are united within a workspace.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

const MANIFEST: &str = r#"
[package]
name = "features-off"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
clerk-runtime = { path = "{root}/clerk-runtime", default-features = false, features = [{features}] }
"#;

/// Lists the first error of each program with the features `macros` and `rust-crypto`.
const EXPECTED: [(&str, &str); 7] = [
    (
        "client",
        "`Clerk::client` needs the feature `client` of `clerk-runtime`, which is off",
    ),
    (
        "connect_info",
        "`into_make_service_with_connect_info` needs the feature `connect-info` of `clerk-runtime`, which is off",
    ),
    (
        "document",
        "`AccessTable::document` needs the feature `utoipa` of `clerk-runtime`, which is off",
    ),
    (
        "for_test",
        "`Guard::for_test` needs the feature `testing` of `clerk-runtime`, which is off",
    ),
    ("openapi", "the item is gated behind the `utoipa` feature"),
    (
        "transport",
        "this setting of `ClerkBuilder` needs the feature `network` of `clerk-runtime`, which is off",
    ),
    ("webhook", "the item is gated behind the `webhooks` feature"),
];

/// The same without `macros`.
const WITHOUT_MACROS: [(&str, &str); 2] = [
    (
        "permissions",
        "`permissions!` needs the feature `macros` of `clerk-runtime`, which is off",
    ),
    ("protected", "the item is gated behind the `macros` feature"),
];

#[test]
fn forgotten_features_are_named() {
    are_named("features-off", r#""macros", "rust-crypto""#, &EXPECTED);
    are_named("macros-off", r#""axum", "rust-crypto""#, &WITHOUT_MACROS);
}

/// Checks the programs in a package of this name whose dependency has these features.
fn are_named(package: &str, features: &str, programs: &[(&str, &str)]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join(package);
    let examples = package.join("examples");
    let _ = fs::remove_dir_all(&package);
    fs::create_dir_all(package.join("src")).unwrap();
    fs::create_dir_all(&examples).unwrap();
    fs::write(
        package.join("Cargo.toml"),
        MANIFEST
            .replace("{root}", root.to_str().unwrap())
            .replace("{features}", features),
    )
    .unwrap();
    fs::write(package.join("src/lib.rs"), "").unwrap();
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    for (name, _) in programs {
        let file = format!("{name}.rs");
        fs::copy(root.join("tests/features").join(&file), examples.join(&file)).unwrap();
    }
    let check = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--examples", "--keep-going"])
        .args(["--message-format", "json"])
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", package.with_file_name("features-off-target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let messages: Vec<serde_json::Value> = String::from_utf8(check.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for (name, expected) in programs {
        let first = messages
            .iter()
            .find(|message| message["target"]["name"] == *name && message["message"]["level"] == "error");
        let stderr = || String::from_utf8_lossy(&check.stderr).into_owned();
        let first = first.unwrap_or_else(|| panic!("{name} compiles: {}", stderr()));
        let rendered = first["message"]["rendered"].as_str().unwrap();
        assert!(rendered.contains(expected), "{name}: {rendered}");
    }
}
