//! What is secret shows up nowhere: not in `Debug`, not in errors, not in logs at the finest level.
//!
//! A program of its own: whether an event is logged is decided once per process, and other tests log nothing.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use clerk_runtime::token::AcceptsToken;
use clerk_runtime::webhook::{RecentDeliveries, Webhook, WebhookVerifier};
use clerk_runtime::{Auth, Clerk, ClerkLayer, Guard, Policy, Rejection, WhenSignedOut};
use clerk_testing::{Endpoint, Fault, LocalInstance};
use http_body_util::BodyExt;
use tower::ServiceExt;
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
        let state = clerk.authenticate(&parts).await.unwrap();
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
    let handshake = clerk.authenticate(&parts).await.unwrap();
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

/// Asks `app` and gives back what a client sees, the places where the protocol puts a secret apart.
async fn seen(app: &Router, request: http::Request<Body>) -> String {
    let response = app.clone().oneshot(request).await.unwrap();
    let (mut parts, body) = response.into_parts();
    // The browser's own cookies, and the addresses of Clerk's pages, which need the browser's tokens.
    parts.headers.remove("set-cookie");
    let location = parts.headers.remove("location").map(|location| {
        let mut location = url::Url::parse(location.to_str().unwrap()).unwrap();
        let origin = location.origin().ascii_serialization();
        assert!(
            origin.starts_with("http://127.0.0.1:") || origin == "http://localhost:3000",
            "{location}"
        );
        let of_browser = ["__session", "__clerk_db_jwt"];
        let pairs: Vec<(String, String)> = location.query_pairs().into_owned().collect();
        let others = pairs.iter().filter(|(name, _)| !of_browser.contains(&&**name));
        location.query_pairs_mut().clear().extend_pairs(others);
        location.to_string()
    });
    let body = body.collect().await.unwrap().to_bytes();
    format!(
        "{parts:?} {location:?} {} {}",
        String::from_utf8_lossy(&body),
        headers_of(&parts.headers)
    )
}

fn headers_of(headers: &http::HeaderMap) -> String {
    headers
        .values()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect()
}

/// Accepts every type, and says what it was given.
struct Anybody(String);

impl Policy for Anybody {
    const ACCEPTS: AcceptsToken = AcceptsToken::ANY;
    const WHEN_SIGNED_OUT: WhenSignedOut = WhenSignedOut::RedirectToSignIn;

    fn inject(auth: &Auth) -> Result<Self, Rejection> {
        Ok(Self(format!("{auth:?}")))
    }
}

#[tokio::test]
async fn what_browsers_and_machines_bring_is_not_shown() {
    let scribe = Scribe::default();
    let _logging = tracing::subscriber::set_default(scribe.clone());
    let instance = LocalInstance::start().await.unwrap();
    let builder = instance
        .clerk_builder()
        .machine_secret_key("ak_planted_machine_secret")
        .organization_patterns(["/orgs/:slug"]);
    let webhook = WebhookVerifier::new("whsec_cGxhbnRlZC1zaWduaW5nLXNlY3JldA==").unwrap();
    let mut shown = format!("{builder:?} {webhook:?} {:?}", instance.machine("worker"));
    let clerk = builder.build().unwrap();
    let layer = ClerkLayer::new(clerk.clone()).accepts_token(AcceptsToken::ANY);
    shown += &format!("{layer:?}");
    let app = Router::new()
        .route(
            "/",
            axum::routing::get(|guard: Guard<Anybody>| async move { guard.value.0 }),
        )
        .route(
            "/orgs/{slug}",
            axum::routing::get(|auth: Auth| async move { format!("{auth:?}") }),
        )
        .layer(layer)
        .with_state(clerk.clone());

    let ada = instance.user("ada");
    let expired = instance.user("ada").expired();
    let refresh = expired.refresh_cookie();
    let handshake = instance
        .user("ada")
        .claim(
            "handshake",
            serde_json::json!([
                format!("__session={}; Path=/", ada.token()),
                format!("{refresh}; Path=/")
            ]),
        )
        .token();
    let with_handshake = format!("/?__clerk_handshake={handshake}");
    let secrets = [
        instance.secret_key().to_owned(),
        "planted".to_owned(),
        "cGxhbnRlZC1zaWduaW5n".to_owned(),
        signature(&ada.token()),
        signature(&expired.token()),
        refresh.split_once('=').unwrap().1.to_owned(),
        instance.api_key("ada").secret(),
        instance.machine("worker").m2m_token(),
        signature(&instance.machine("worker").m2m_jwt()),
        instance.oauth_token("ada").token(),
        signature(&instance.oauth_token("ada").jwt()),
        signature(&handshake),
    ];
    let machine_tokens = [
        secrets[6].clone(),
        secrets[7].clone(),
        secrets[9].clone(),
        instance.oauth_token("ada").jwt(),
    ];
    let mut requests = Vec::new();
    for cookie in [
        ada.cookie(),
        expired.cookie(),
        format!("{}; {refresh}", expired.cookie()),
        "__clerk_db_jwt=dvb_planted".to_owned(),
        "__clerk_db_jwt=dvb_planted; __session=planted.planted.planted; __client_uat=1".to_owned(),
    ] {
        for path in [
            "/",
            "/orgs/acme",
            "/?__clerk_db_jwt=dvb_planted",
            "/?__clerk_handshake=planted-handshake.x.y",
            "/?__clerk_handshake_nonce=planted-nonce",
            &with_handshake,
        ] {
            requests.push(http::Request::get(path).header("cookie", &cookie));
        }
    }
    for token in machine_tokens.iter().map(String::as_str).chain([
        "ak_planted",
        "mt_planted",
        "oat_planted",
        "planted.planted.planted",
    ]) {
        requests.push(http::Request::get("/").header("authorization", format!("Bearer {token}")));
    }
    for fault in [
        None,
        Some(Fault::Status(500)),
        Some(Fault::Garbage),
        Some(Fault::Drop),
    ] {
        instance.clear_faults();
        if let Some(fault) = fault {
            instance.fault(Endpoint::Any, fault);
        }
        for request in &requests {
            let mut copy = http::Request::new(Body::empty());
            *copy.uri_mut() = request.uri_ref().unwrap().clone();
            *copy.headers_mut() = request.headers_ref().unwrap().clone();
            copy.headers_mut()
                .insert("host", "localhost:3000".parse().unwrap());
            copy.headers_mut()
                .insert("sec-fetch-dest", "document".parse().unwrap());
            let (parts, _) = copy.into_parts();
            match clerk.authenticate(&parts).accepts(AcceptsToken::ANY).await {
                Ok(state) => shown += &format!("{state:?} {:?}", state.to_auth()),
                Err(error) => shown += &format!("{error} {error:?}"),
            }
            shown += &format!("{:?}", clerk.redirect_to_sign_in(&parts));
            shown += &seen(&app, http::Request::from_parts(parts, Body::empty())).await;
        }
    }
    let logged = scribe.0.lock().unwrap().clone();
    assert!(logged.contains("handshake"), "nothing was logged: {logged}");
    for secret in secrets {
        assert!(!shown.contains(&secret), "{secret}: {}", around(&shown, &secret));
        assert!(
            !logged.contains(&secret),
            "{secret}: {}",
            around(&logged, &secret)
        );
    }
}

fn signature(token: &str) -> String {
    token.rsplit('.').next().unwrap().to_owned()
}

fn around(text: &str, secret: &str) -> String {
    let at = text.find(secret).unwrap_or(0);
    text.chars().skip(at.saturating_sub(300)).take(600).collect()
}

#[tokio::test]
async fn what_webhooks_tell_is_not_shown() {
    let scribe = Scribe::default();
    let _logging = tracing::subscriber::set_default(scribe.clone());
    let instance = LocalInstance::start().await.unwrap();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let endpoint = instance
        .webhook(format!("http://{}/", listener.local_addr().unwrap()))
        .unwrap();
    let verifier = WebhookVerifier::new(&endpoint.signing_secret()).unwrap();
    let verifier = verifier
        .replay_guard(RecentDeliveries::new(2))
        .clock(instance.clock());
    let received = Arc::new(Mutex::new((String::new(), Vec::new())));
    let seen = Arc::clone(&received);
    let receive = |headers: http::HeaderMap, webhook: Webhook| async move {
        let mut seen = seen.lock().unwrap();
        seen.0 += &format!("{webhook:?} {:?} {:?}", webhook.0, webhook.0.event);
        seen.1.push((headers, webhook.0.raw.to_string()));
    };
    let app = Router::new()
        .route("/", axum::routing::post(receive))
        .with_state(verifier.clone());
    let server = axum::serve(listener, app.clone());
    tokio::spawn(async move { server.await });
    let planted = serde_json::json!({
        "id": "x_1", "object": "x", "body": "planted", "url": "planted", "data": { "otp_code": "planted" },
        "invitation": { "url": "planted" }, "private_metadata": { "a": "planted" },
    });
    instance.deliver("email.created", planted.clone());
    instance.deliver("user.teleported", planted);
    endpoint.settled().await;
    let (mut shown, deliveries) = std::mem::take(&mut *received.lock().unwrap());
    assert_eq!(deliveries.len(), 2);
    let mut secrets = vec![
        endpoint.signing_secret()["whsec_".len()..].to_owned(),
        "planted".to_owned(),
    ];

    // One that is changed, one that is sent again, and one that is too late.
    let late = clerk_testing::TestClock::new();
    for change in ["changed", "again", "late"] {
        let (headers, body) = &deliveries[0];
        secrets.push(headers["svix-signature"].to_str().unwrap()["v1,".len()..].to_owned());
        let mut request = http::Request::post("/").body(Body::from(body.clone())).unwrap();
        *request.headers_mut() = headers.clone();
        match change {
            "changed" => *request.body_mut() = Body::from(body.replace("planted", "planted again")),
            "late" => late.advance(std::time::Duration::from_secs(3600)),
            _ => {}
        }
        let app = match change {
            "late" => Router::new()
                .route("/", axum::routing::post(|_: Webhook| async {}))
                .with_state(verifier.clone().clock(late.clone())),
            _ => app.clone(),
        };
        let response = app.oneshot(request).await.unwrap();
        assert_eq!(response.status(), 400, "{change}");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        shown += std::str::from_utf8(&body).unwrap();
    }
    let logged = scribe.0.lock().unwrap().clone();
    for reason in ["webhook-signature", "webhook-replayed", "webhook-too-old"] {
        assert!(
            logged.contains(reason) && !shown.contains(reason),
            "{reason}: {logged}"
        );
    }
    shown += &logged;
    shown += &format!("{verifier:?} {endpoint:?} {:?}", endpoint.attempts());
    for secret in secrets {
        assert!(!shown.contains(&secret), "{secret} is in {shown}");
    }
}
