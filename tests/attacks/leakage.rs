//! L: what answers, errors, `Debug` and logs give away.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::routing::get as get_route;
use clerk_runtime::ClerkLayer;
use clerk_runtime::token::{AcceptsToken, UnverifiedJwt};
use clerk_testing::{Endpoint, Fault, LocalInstance};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span;

use crate::scene::{bear, bring, get, pages};

/// Writes every event and span down.
#[derive(Clone, Default)]
pub(crate) struct Scribe(Arc<Mutex<String>>);

impl Scribe {
    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

impl Visit for Scribe {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        writeln!(self.0.lock().unwrap(), "{field}={value:?}").unwrap();
    }
}

impl tracing::Subscriber for Scribe {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        span.record(&mut self.clone());
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[tokio::test]
async fn l2_reasons_in_answers() {
    const NAMES: [&str; 3] = [
        "x-clerk-auth-status",
        "x-clerk-auth-reason",
        "x-clerk-auth-message",
    ];
    for production in [true, false] {
        let mut builder = LocalInstance::builder();
        if production {
            builder = builder.production("app.localhost");
        }
        let instance = builder.start().await.unwrap();
        let ada = || instance.user("ada");
        instance.fault(Endpoint::ApiKeys, Fault::Status(500));
        let refused = [
            ("authorization", ada().signed_by_other_key().bearer()),
            ("authorization", ada().expired().bearer()),
            ("authorization", "Bearer undefined".to_owned()),
            (
                "authorization",
                format!("Bearer {}", instance.api_key("ada").secret()),
            ),
            ("cookie", ada().expired().cookie()),
            ("cookie", String::new()),
        ];
        for setting in [None, Some(true), Some(false)] {
            let mut builder = instance.clerk_builder();
            if let Some(setting) = setting {
                builder = builder.debug_headers(setting);
            }
            let clerk = builder.build().unwrap();
            let layer = ClerkLayer::new(clerk.clone()).accepts_token(AcceptsToken::ANY);
            let app = Router::new().route("/", get_route(|| async {})).layer(layer);
            for (name, value) in &refused {
                for destination in ["empty", "document"] {
                    let headers = [(*name, &**value), ("sec-fetch-dest", destination)];
                    let answer = get(&app, "/", &headers).await;
                    let found: Vec<_> = NAMES
                        .iter()
                        .filter(|name| answer.header(name).is_some())
                        .collect();
                    let is_told = setting.unwrap_or(!production);
                    assert_eq!(
                        !found.is_empty(),
                        is_told,
                        "{production} {setting:?} {headers:?} {found:?}"
                    );
                    if is_told && value.contains("ak_") {
                        let told = answer.header("x-clerk-auth-message");
                        assert_eq!(
                            told,
                            Some("Clerk did not accept the token (code=unexpected-error)")
                        );
                    }
                }
            }
        }
        // It is there for logs.
        let request = http::Request::get("/").header("authorization", &refused[3].1);
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let clerk = instance.clerk();
        let state = clerk
            .authenticate(&parts)
            .accepts(AcceptsToken::ANY)
            .await
            .unwrap();
        assert!(state.message().unwrap().contains("500"), "{:?}", state.message());
    }
}

#[tokio::test]
async fn l1_nothing_is_repeated() {
    let scribe = Scribe::default();
    // While there is only one, an event that another thread meets first is switched off for all threads.
    let _another = tracing::Dispatch::new(Scribe::default());
    let _logging = tracing::subscriber::set_default(scribe.clone());
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = || instance.user("ada").claim("note", "planted-note");
    let mut shown = format!("{clerk:?} {:?}", instance.clerk_builder());
    let tokens = [
        ada().token(),
        ada().signed_by_other_key().token(),
        ada().expired().token(),
        ada().header("kid", "planted-kid").token(),
        ada().header("kid", "planted kid").token(),
        ada().header("alg", "planted-alg").token(),
        ada().header("typ", "planted-typ").token(),
        ada().issuer("https://planted.test").token(),
        ada().claim("sub", "planted sub").token(),
        ada().claim("exp", json!("planted")).token(),
        "planted.planted.planted".to_owned(),
        "ak_planted".to_owned(),
    ];
    for token in &tokens {
        let answer = bear(&clerk, token).await;
        shown += &format!("{answer:?}");
        let cookie = format!("__session={token}; __client_uat=1; __clerk_db_jwt=dvb_1");
        shown += &format!("{:?}", bring(&clerk, &cookie).await);
        let header = [("authorization", &*format!("Bearer {token}"))];
        shown += &format!("{:?}", get(&pages(&clerk), "/", &header).await);
        if let Err(error) = clerk.verify_token(token).await {
            shown += &format!("{error} {error:?}");
        }
        shown += &format!("{:?}", UnverifiedJwt::parse(token));
        let request = http::Request::get("/").header("authorization", header[0].1);
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let state = clerk.authenticate(&parts).await.unwrap();
        shown += &format!("{state:?} {:?}", state.to_auth());
    }
    // Nor when Clerk is at fault: it may repeat what it was asked.
    for fault in [Fault::Status(500), Fault::Garbage, Fault::Drop] {
        instance.fault(Endpoint::Any, fault);
        let answer = bear(&instance.clerk(), &tokens[0]).await;
        assert_eq!(answer.body, r#"{"error":"Authentication is unavailable"}"#);
        shown += &format!("{answer:?}");
    }
    // An issuer is no secret: the log tells whose token was refused.
    let logged = scribe.text().replace("https://planted.test", "");
    assert!(logged.contains("token-invalid-signature"), "{logged}");
    let signatures = tokens.iter().map(|token| token.rsplit('.').next().unwrap());
    for secret in ["planted", instance.secret_key()].into_iter().chain(signatures) {
        for (place, text) in [("an answer or a `Debug`", &shown), ("the log", &logged)] {
            assert!(!text.contains(secret), "{secret} is in {place}: {text}");
        }
    }
}
