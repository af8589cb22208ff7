//! Does one thing a given number of times and exits. `.ci/instructions` runs it twice with different numbers and takes the
//! difference, so that what happens once does not count.

use std::env;
use std::future::Future;
use std::pin::pin;
use std::process::ExitCode;
use std::task::{Context, Poll, Waker};

use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use axum::body::Body;
use axum::extract::Request;
use axum::routing::get;
use axum::{Router, http};
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use clerk_runtime::{Clerk, UserId, protected};
use http::StatusCode;
use http::header::AUTHORIZATION;
use tower_service::Service;

#[path = "../../../clerk-runtime/benches/fixed/mod.rs"]
mod fixed;

async fn plain() -> &'static str {
    "ok"
}

#[protected]
async fn guarded(user_id: UserId) -> &'static str {
    assert!(user_id.starts_with("user_"));
    "ok"
}

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let times = arguments.next().and_then(|times| times.parse().ok());
    let Some(times) = times else {
        eprintln!("usage: instructions plain|seen|first|signature <times>");
        return ExitCode::FAILURE;
    };
    let tokens = fixed::tokens();
    let (seen, new) = tokens.split_first().expect("the instance has tokens");
    // Everything is set up in every run, whatever is counted.
    let mut application = Application::new(fixed::clerk());
    let check = SignatureCheck::new(fixed::jwt_key());
    let signed: Vec<_> = new.iter().map(|token| Signed::of(token)).collect();
    application.ask("/plain", seen);
    application.ask("/guarded", seen);
    match what.as_str() {
        "plain" => (0..times).for_each(|_| application.ask("/plain", seen)),
        "seen" => (0..times).for_each(|_| application.ask("/guarded", seen)),
        "first" => {
            assert!(times <= new.len(), "there are {} new tokens", new.len());
            new[..times]
                .iter()
                .for_each(|token| application.ask("/guarded", token));
        }
        "signature" => signed
            .iter()
            .cycle()
            .take(times)
            .for_each(|signed| check.of(signed)),
        _ => panic!("`{what}` is none of plain, seen, first, signature"),
    }
    ExitCode::SUCCESS
}

struct Application(Router);

impl Application {
    fn new(clerk: Clerk) -> Self {
        Self(
            Router::new()
                .route("/plain", get(plain))
                .route("/guarded", get(guarded))
                .with_state(clerk),
        )
    }

    fn ask(&mut self, path: &'static str, token: &str) {
        let request = Request::get(path)
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::empty())
            .expect("path and token are fit for a request");
        let response = at_once(self.0.call(request)).unwrap_or_else(|never| match never {});
        assert_eq!(response.status(), StatusCode::OK);
    }
}

/// Nothing here waits: the keys are configured and nobody else runs.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a request had to wait"),
    }
}

/// The part of a first look that no code of this workspace can make shorter.
struct SignatureCheck(ParsedPublicKey);

impl SignatureCheck {
    fn new(pem: &str) -> Self {
        let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
        let der = BASE64_STANDARD.decode(body).expect("the PEM block is base64");
        Self(ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der).expect("the key is an RSA key"))
    }

    fn of(&self, signed: &Signed) {
        let checked = self.0.verify_sig(signed.message.as_bytes(), &signed.signature);
        checked.expect("the tokens are signed with the key");
    }
}

struct Signed {
    message: &'static str,
    signature: Vec<u8>,
}

impl Signed {
    fn of(token: &'static str) -> Self {
        let (message, signature) = token.rsplit_once('.').expect("a token has parts");
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature);
        Self {
            message,
            signature: signature.expect("a signature is base64url"),
        }
    }
}
