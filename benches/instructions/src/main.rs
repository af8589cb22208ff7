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
use clerk_runtime::{Clerk, ClerkLayer, UserId, protected};
use http::StatusCode;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderName, WWW_AUTHENTICATE};
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
        eprintln!("usage: instructions plain|refused|seen|first|none|garbage|cookie|layer|signature <times>");
        return ExitCode::FAILURE;
    };
    let tokens = fixed::tokens();
    let (seen, new) = tokens.split_first().expect("the instance has tokens");
    // Everything is set up in every run, whatever is counted.
    let mut application = Application::new(fixed::clerk());
    let check = SignatureCheck::new(fixed::jwt_key());
    let signed: Vec<_> = new.iter().map(|token| Signed::of(token)).collect();
    let bearer = |token: &str| request(AUTHORIZATION, format!("Bearer {token}"));
    let cookies = || request(COOKIE, fixed::cookies(seen, 2200));
    let ok = StatusCode::OK;
    let refused = StatusCode::UNAUTHORIZED;
    application.ask("/plain", bearer(seen), ok);
    application.ask("/guarded", bearer(seen), ok);
    let mut repeat = |times: usize, path, request: &dyn Fn() -> http::request::Builder, status| {
        (0..times).for_each(|_| application.ask(path, request(), status));
    };
    match what.as_str() {
        "plain" => repeat(times, "/plain", &|| bearer(seen), ok),
        "refused" => repeat(times, "/refused", &Request::builder, refused),
        "seen" => repeat(times, "/guarded", &|| bearer(seen), ok),
        "none" => repeat(times, "/guarded", &Request::builder, refused),
        "garbage" => repeat(times, "/guarded", &|| bearer("not.a.token"), refused),
        "plain-cookie" => repeat(times, "/plain", &cookies, ok),
        "cookie" => repeat(times, "/guarded", &cookies, ok),
        "layer" => repeat(times, "/layer/guarded", &cookies, ok),
        "first" => {
            assert!(times <= new.len(), "there are {} new tokens", new.len());
            new[..times]
                .iter()
                .for_each(|token| application.ask("/guarded", bearer(token), ok));
        }
        "signature" => signed
            .iter()
            .cycle()
            .take(times)
            .for_each(|signed| check.of(signed)),
        _ => panic!("`{what}` is nothing that can be done here"),
    }
    ExitCode::SUCCESS
}

async fn refuse() -> (StatusCode, [(HeaderName, &'static str); 2], &'static str) {
    let headers = [(CONTENT_TYPE, "application/json"), (WWW_AUTHENTICATE, "Bearer")];
    (
        StatusCode::UNAUTHORIZED,
        headers,
        r#"{"error":"Not authenticated"}"#,
    )
}

fn request(name: HeaderName, value: String) -> http::request::Builder {
    Request::builder().header(name, value)
}

struct Application(Router);

impl Application {
    fn new(clerk: Clerk) -> Self {
        Self(
            Router::new()
                .route("/layer/guarded", get(guarded))
                .layer(ClerkLayer::new(clerk.clone()))
                .route("/plain", get(plain))
                .route("/refused", get(refuse))
                .route("/guarded", get(guarded))
                .with_state(clerk),
        )
    }

    fn ask(&mut self, path: &'static str, request: http::request::Builder, status: StatusCode) {
        let request = request
            .uri(path)
            .body(Body::empty())
            .expect("path and headers are fit for a request");
        let response = at_once(self.0.call(request)).unwrap_or_else(|never| match never {});
        assert_eq!(response.status(), status);
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
