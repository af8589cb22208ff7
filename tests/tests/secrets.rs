//! What is secret shows up nowhere: not in `Debug`, not in errors, not in logs at the finest level.
//!
//! A program of its own: whether an event is logged is decided once per process, and other tests log nothing.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

use std::sync::{Arc, Mutex};

use clerk_runtime::Clerk;
use clerk_testing::{Endpoint, Fault, LocalInstance};
use tracing::field::{Field, Visit};
use tracing::span;

/// Writes every event and span down.
#[derive(Clone, Default)]
struct Scribe(Arc<Mutex<String>>);

impl Visit for Scribe {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        use std::fmt::Write;
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
async fn secrets_and_tokens_are_not_shown() {
    let scribe = Scribe::default();
    let _logging = tracing::subscriber::set_default(scribe.clone());
    let instance = LocalInstance::start().await.unwrap();
    let builder = instance.clerk_builder();
    let mut shown = format!("{builder:?}");
    let clerk: Clerk = builder.build().unwrap();
    let good = instance.user("ada").token();
    let bad = instance.user("ada").signed_by_other_key().token();
    instance.fault(Endpoint::SessionTokens, Fault::Status(500));
    for token in [&good, &bad] {
        let (mut parts, ()) = http::Request::new(()).into_parts();
        parts
            .headers
            .insert("authorization", format!("Bearer {token}").parse().unwrap());
        let state = clerk.authenticate_request(&parts).await.unwrap();
        let auth = state.to_auth();
        let get_token = auth.get_token().template("supabase");
        shown += &format!("{state:?} {auth:?} {get_token:?}");
        shown += &get_token
            .await
            .err()
            .map(|error| format!("{error} {error:?}"))
            .unwrap_or_default();
    }
    let (mut parts, ()) = http::Request::new(()).into_parts();
    let expired = instance.user("ada").expired().token();
    parts
        .headers
        .insert("authorization", format!("Bearer {expired}").parse().unwrap());
    parts.headers.insert("accept", "text/html".parse().unwrap());
    parts
        .headers
        .insert("cookie", "__clerk_db_jwt=planted".parse().unwrap());
    let handshake = clerk.authenticate_request(&parts).await.unwrap();
    assert_eq!(handshake.status(), clerk_runtime::AuthStatus::Handshake);
    shown += &format!("{handshake:?}");
    assert!(!shown.contains(&expired));
    shown += &format!("{clerk:?} {:?} {instance:?}", clerk.client());
    for error in [
        clerk.verify_token(&bad).await.unwrap_err(),
        clerk.verify_token("planted.x.y").await.unwrap_err(),
    ] {
        shown += &format!("{error} {error:?}");
    }
    let logged = scribe.0.lock().unwrap().clone();
    assert!(logged.contains("reason"), "nothing was logged: {logged}");
    let signature = |token: &str| token.rsplit('.').next().unwrap().to_owned();
    for secret in [
        instance.secret_key(),
        &signature(&good),
        &signature(&bad),
        "planted",
    ] {
        assert!(!shown.contains(secret), "{shown}");
        assert!(!logged.contains(secret), "{logged}");
    }
}
