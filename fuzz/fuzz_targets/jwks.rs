//! The body of a key set. 1 stands for the modulus of the instance's key, 2 for that of a stranger's.
//!
//! A token is accepted only if all keys of its `kid` are the one that signed it, and fit for it; and Clerk is asked a
//! bounded number of times whatever it answers.
#![no_main]

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use clerk_client::transport::{BoxFuture, Request, Response, Transport, TransportError};
use fuzz::{JWKS, SESSION, STRANGER, builder};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

/// The modulus of the conformance vectors' key `other`.
const STRANGERS_MODULUS: &str = include_str!("../fixtures/stranger.n");

static CALLS: AtomicUsize = AtomicUsize::new(0);
static OWN: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(JWKS).expect("JSON"));

// Its time passes as soon as there is nothing left to do, so that no pause takes any.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    runtime.expect("a runtime")
});

#[derive(Debug)]
struct Canned(Vec<u8>);

impl Transport for Canned {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        assert_eq!(request.url, "https://api.clerk.com/v1/jwks");
        CALLS.fetch_add(1, Ordering::Relaxed);
        let body = self.0.clone();
        Box::pin(std::future::ready(Ok(Response {
            status: http::StatusCode::OK,
            headers: http::HeaderMap::new(),
            body: body.into(),
        })))
    }
}

fuzz_target!(|input: &[u8]| {
    let own = OWN["keys"][0]["n"].as_str().expect("a modulus");
    let mut body = Vec::with_capacity(input.len());
    for byte in input {
        match byte {
            1 => body.extend_from_slice(own.as_bytes()),
            2 => body.extend_from_slice(STRANGERS_MODULUS.as_bytes()),
            other => body.push(*other),
        }
    }
    let json = serde_json::from_slice(&body).unwrap_or_default();
    CALLS.store(0, Ordering::Relaxed);
    let clerk = builder()
        .secret_key("sk_test_1")
        .transport(Canned(body))
        .build()
        .expect("well configured");
    let (accepts_own, accepts_stranger) = RUNTIME.block_on(async {
        (
            clerk.verify_token(SESSION).await.is_ok(),
            clerk.verify_token(STRANGER).await.is_ok(),
        )
    });
    assert!(CALLS.load(Ordering::Relaxed) <= 10);
    assert!(!accepts_own || names(&json, own), "accepted by {json}");
    assert!(
        !accepts_stranger || names(&json, STRANGERS_MODULUS),
        "accepted by {json}"
    );
    if json == *OWN {
        assert!(accepts_own);
    }
});

/// Whether the key of this modulus, and no other, has the `kid` that the tokens name, and may check RS256 signatures.
fn names(set: &Value, modulus: &str) -> bool {
    let number = |text: Option<&Value>| {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text?.as_str()?).ok()?;
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        Some(bytes[zeros..].to_vec())
    };
    let modulus = Value::from(modulus);
    let read = set["keys"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .take(64);
    let named: Vec<&Value> = read.filter(|key| key["kid"] == OWN["keys"][0]["kid"]).collect();
    !named.is_empty()
        && named.iter().all(|key| {
            key["kty"] == "RSA"
                && number(key.get("n")) == number(Some(&modulus))
                && number(key.get("e")) == Some(vec![1, 0, 1])
                && (key["alg"].is_null() || key["alg"] == "RS256")
                && (key["use"].is_null() || key["use"] == "sig")
                && key["key_ops"]
                    .as_array()
                    .is_none_or(|list| list.contains(&"verify".into()))
        })
}
