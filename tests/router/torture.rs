//! Every way to mount a handler, by every verb, asked by every method: whoever is not signed in gets 401 where there is a
//! handler and 404 or 405 where there is none, and 200 nowhere.

use axum::Router;
use clerk_testing::LocalInstance;
use http::{Method, StatusCode};

use crate::mounts::{BODY, WAYS, WHOLESALE};
use crate::support::send;
use crate::verb::Verb;

#[tokio::test]
async fn enforced_or_refused_and_never_200() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let callers = Callers::of(&instance);
    let mut tally = Tally::default();
    for (name, path, build) in WAYS {
        for verb in Verb::ALL {
            let app = build(verb, clerk.clone());
            let name = format!("{name} by {verb:?}");
            for method in methods() {
                let answers = verb.answers(&method);
                tally.ask(&callers, &name, &app, method, path, answers).await;
            }
        }
    }

    assert_eq!(WAYS.len(), 37);
    assert_eq!(
        tally,
        Tally {
            enforced: 814,
            refused: 3256
        }
    );
}

#[tokio::test]
async fn what_is_mounted_for_every_method_is_enforced_for_every_method() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let callers = Callers::of(&instance);
    let mut tally = Tally::default();
    for (name, path, build) in WHOLESALE {
        let app = build(clerk.clone());
        for method in methods() {
            tally.ask(&callers, name, &app, method, path, true).await;
        }
    }

    assert_eq!(WHOLESALE.len(), 21);
    assert_eq!(
        tally,
        Tally {
            enforced: 210,
            refused: 0
        }
    );
}

/// How often there was a handler, and how often there was none.
#[derive(Debug, Default, PartialEq)]
struct Tally {
    enforced: usize,
    refused: usize,
}

struct Callers {
    signed_in: String,
    forged: String,
}

impl Callers {
    fn of(instance: &LocalInstance) -> Self {
        let signed_in = instance.user("ada").bearer();
        let mut forged = signed_in.clone();
        let last = forged.pop().unwrap();
        forged.insert(forged.rfind('.').unwrap() + 1, last);
        Self { signed_in, forged }
    }
}

impl Tally {
    async fn ask(
        &mut self,
        callers: &Callers,
        name: &str,
        app: &Router,
        method: Method,
        path: &str,
        answers: bool,
    ) {
        let about = format!("{name}: {method} {path}");
        for authorization in [None, Some(&*callers.forged)] {
            let (status, body) = send(app, method.clone(), path, authorization).await;
            if answers {
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{about}");
            } else {
                assert!(is_refusal(status), "{about}: {status}");
            }
            assert!(!body.contains(BODY), "{about}");
        }
        let (status, body) = send(app, method.clone(), path, Some(&callers.signed_in)).await;
        if answers {
            assert_eq!(status, StatusCode::OK, "{about}");
            // The answers to these two have no body.
            if method != Method::HEAD && method != Method::CONNECT {
                assert_eq!(body, BODY, "{about}");
            }
            self.enforced += 1;
        } else {
            assert!(is_refusal(status), "{about}: {status}");
            self.refused += 1;
        }
    }
}

fn is_refusal(status: StatusCode) -> bool {
    matches!(status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED)
}

fn methods() -> [Method; 10] {
    [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::TRACE,
        Method::CONNECT,
        Method::from_bytes(b"PURGE").unwrap(),
    ]
}
