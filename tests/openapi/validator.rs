//! A validator of OpenAPI documents, in Node, judges ours.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::example;
use crate::support::shown;

/// What the validator says. Nothing if Node or the package is missing, which is said aloud.
fn judged(document: &Value) -> Option<Value> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("interop");
    let installed = directory
        .join("node_modules/@seriousme/openapi-schema-validator")
        .exists();
    let node = Command::new("node")
        .arg("openapi.mjs")
        .current_dir(&directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Some(mut node) = node.ok().filter(|_| installed) else {
        let advice =
            "skipped: the validator is not here; install Node 20 and run `npm ci --prefix tests/interop`\n";
        assert!(std::env::var_os("CI").is_none_or(|ci| ci.is_empty()), "{advice}");
        // Not `eprintln`, whose output is only shown for tests that fail.
        std::io::stderr().write_all(advice.as_bytes()).unwrap();
        return None;
    };
    let mut input = node.stdin.take().unwrap();
    input.write_all(document.to_string().as_bytes()).unwrap();
    drop(input);
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "Node has failed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn the_document_of_the_example_is_accepted() {
    let Some(verdict) = judged(&shown(&example::document())) else {
        return;
    };
    assert_eq!(verdict, json!({ "valid": true, "version": "3.1", "errors": [] }));
}

/// Each with one mistake in a part that comes from the attribute, or that one of those parts refers to.
#[test]
fn broken_documents_are_refused() {
    let document = shown(&example::document());
    for (part, broken) in [
        ("/paths/~1me/get/security", json!({ "clerk_session_token": [] })),
        ("/paths/~1me/get/security/0/clerk_session_token", json!("read")),
        ("/paths/~1me/get/responses/401", json!({})),
        ("/paths/~1me/get/responses/503/headers/Retry-After", json!({})),
        (
            "/components/securitySchemes/clerk_session_token/type",
            json!("bearer"),
        ),
        (
            "/components/securitySchemes/clerk_session_cookie/in",
            json!("jar"),
        ),
        ("/components/schemas", json!({})),
    ] {
        let mut document = document.clone();
        *document.pointer_mut(part).expect(part) = broken;
        let Some(verdict) = judged(&document) else { return };
        assert_eq!(verdict["valid"], false, "{part}");
        assert_ne!(verdict["errors"], json!([]), "{part}");
    }
}
