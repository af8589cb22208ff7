//! Handlers answer what the truth table says.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use clerk_runtime::Clerk;
use clerk_runtime::token::AcceptsToken;
use clerk_testing::LocalInstance;
use http::header::WWW_AUTHENTICATE;
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use crate::callers::{self, Caller};
use crate::generated::handlers;
use crate::handler::Handler;
use crate::tree::Leaf;
use crate::truth::{Standing, Verdict};

pub(crate) const SEED: u64 = 0x0c1a_1e55_ca11_e125;
const CALLERS: usize = 600;
/// One in so many callers calls by HTTP as well.
const BY_HTTP: usize = 10;
/// Requests that one handle is asked: fewer calls than a development instance allows about tokens that are not verified.
const REQUESTS_PER_HANDLE: usize = 25;

/// What a handler answered.
struct Answer {
    status: u16,
    challenge: String,
    body: Value,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let challenge = response.headers().get(WWW_AUTHENTICATE);
        let challenge = challenge.map_or("", |value| value.to_str().unwrap()).to_owned();
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Self {
            status,
            challenge,
            body: serde_json::from_slice(&body).unwrap_or_default(),
        }
    }

    fn verdict(&self) -> Option<Verdict> {
        let is_reverification = self.body["clerk_error"]["reason"] == "reverification-error";
        let is_scope = self.challenge.contains("insufficient_scope");
        match (self.status, is_reverification, is_scope) {
            (200, false, false) => Some(Verdict::Allowed),
            (401, false, false) => Some(Verdict::NotSignedIn),
            (403, false, false) => Some(Verdict::Denied),
            (403, true, false) => Some(Verdict::VerifyAgain),
            (403, false, true) => Some(Verdict::MoreScopes),
            _ => None,
        }
    }

    /// Whether what is told to be missing is asked for, and is missing.
    fn is_of_use(&self, handler: &Handler, caller: &Caller) -> bool {
        let tree = handler.arguments.tree();
        let mut missing = tree
            .leaves()
            .into_iter()
            .filter(|leaf| !caller.standing.has(*leaf));
        match self.verdict() {
            Some(Verdict::VerifyAgain) => {
                let told = &self.body["clerk_error"]["metadata"]["reverification"];
                missing.any(|leaf| match leaf {
                    Leaf::Preset(preset) => told == preset,
                    Leaf::Custom(level, minutes) => {
                        told["level"] == level && told["afterMinutes"].as_f64() == minutes.parse().ok()
                    }
                    Leaf::Key(..) => false,
                })
            }
            Some(Verdict::MoreScopes) => {
                let scopes = self.challenge.split('"').nth(3).unwrap_or_default();
                let told: Vec<&str> = scopes.split(' ').collect();
                missing
                    .any(|leaf| matches!(leaf, Leaf::Key(_, key) if leaf.is_scope() && told.contains(&key)))
            }
            _ => true,
        }
    }
}

fn check(handler: &Handler, caller: &Caller, answer: &Answer, how: &str) -> Verdict {
    let expected = caller.standing.verdict(&handler.arguments);
    let is_right = answer.verdict() == Some(expected) && answer.is_of_use(handler, caller);
    assert!(
        is_right,
        "{how}: {} is to answer {expected:?} and answered {} {:?} {} to: {}",
        handler.arguments.attribute(),
        answer.status,
        answer.challenge,
        answer.body,
        caller.about
    );
    expected
}

#[tokio::test]
async fn handlers_and_the_truth_table_agree() {
    let instance = LocalInstance::start().await.unwrap();
    let handle = || {
        let builder = instance.clerk_builder().jwt_key(instance.jwt_key());
        builder.build().unwrap()
    };
    let handlers = handlers();
    assert_eq!(handlers.len(), 500);
    let mut app: Router<Clerk> = Router::new();
    for (number, handler) in handlers.iter().enumerate() {
        app = app.route(&format!("/{number}"), handler.route.clone());
    }
    let callers = callers::draw(&instance, CALLERS, SEED);
    let (mut by_guard, mut by_http) = (BTreeMap::new(), BTreeMap::new());
    let mut unlike = vec![(false, false); handlers.len()];
    for (at, caller) in callers.iter().enumerate() {
        let parts = caller.request("/").body(()).unwrap().into_parts().0;
        // A handle asks Clerk about opaque tokens no more often than its budgets allow.
        let clerk = handle();
        let state = clerk
            .authenticate(&parts)
            .accepts(AcceptsToken::ANY)
            .await
            .unwrap();
        let mut with_state = app.clone().with_state(clerk);
        for (number, handler) in handlers.iter().enumerate() {
            if at % BY_HTTP == 0 && number % REQUESTS_PER_HANDLE == 0 {
                with_state = app.clone().with_state(handle());
            }
            let response = match (handler.admit)(state.to_auth()) {
                Ok(()) => Response::new(Body::empty()),
                Err(rejection) => axum::response::IntoResponse::into_response(rejection),
            };
            let verdict = check(handler, caller, &Answer::of(response).await, "guard");
            *by_guard.entry(verdict).or_insert(0) += 1;
            let (allowed, denied) = &mut unlike[number];
            *allowed |= verdict == Verdict::Allowed;
            *denied |= verdict > Verdict::NotSignedIn && verdict < Verdict::Allowed;
            if at % BY_HTTP == 0 {
                let request = caller.request(&format!("/{number}")).body(Body::empty()).unwrap();
                let answer = Answer::of(with_state.clone().oneshot(request).await.unwrap()).await;
                let verdict = check(handler, caller, &answer, "HTTP");
                *by_http.entry(verdict).or_insert(0) += 1;
            }
        }
    }
    let signed_in = callers
        .iter()
        .filter(|caller| caller.standing != Standing::Nobody)
        .count();
    let depths = handlers.iter().map(|handler| handler.arguments.tree().depth());
    let both = unlike.iter().filter(|both| **both == (true, true)).count();
    println!(
        "{} trees, {} lists deep at most, {both} of them allowed and denied; {} callers, {signed_in} signed in",
        handlers.len(),
        depths.max().unwrap_or(0),
        callers.len(),
    );
    for (how, verdicts) in [("guard", &by_guard), ("HTTP", &by_http)] {
        let count: usize = verdicts.values().sum();
        println!("by {how}: {count} judged, {verdicts:?}");
        let share = |verdict| verdicts.get(&verdict).copied().unwrap_or(0) * 1000 / count;
        for (verdict, least) in [
            (Verdict::NotSignedIn, 100),
            (Verdict::Denied, 50),
            (Verdict::VerifyAgain, 20),
            (Verdict::MoreScopes, 10),
            (Verdict::Allowed, 50),
        ] {
            assert!(
                share(verdict) >= least,
                "the dice made too few of {verdict:?}: {verdicts:?}"
            );
        }
    }
    assert!(both > 450, "{both} trees were both allowed and denied");
}
