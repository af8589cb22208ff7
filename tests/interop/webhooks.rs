//! What the instance sends, judged by Clerk's package and by this workspace.

use std::future::IntoFuture;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::routing::post;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use clerk_runtime::clock::Clock;
use clerk_runtime::webhook::{Event, WebhookVerifier};
use clerk_testing::{LocalInstance, TestClock};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::peer::Peer;

/// A delivery as it came in.
#[derive(Debug, Clone)]
struct Delivery {
    headers: HeaderMap,
    body: Bytes,
}

type Received = Arc<Mutex<Vec<Delivery>>>;

async fn receive(State(received): State<Received>, headers: HeaderMap, body: Bytes) -> StatusCode {
    received.lock().unwrap().push(Delivery { headers, body });
    StatusCode::NO_CONTENT
}

struct Judges {
    peer: Peer,
    clock: TestClock,
}

impl Judges {
    /// What both make of a delivery, which has to be the same: the event, or `None`.
    async fn judge(&mut self, secret: &str, delivery: &Delivery) -> Option<Value> {
        let headers: Vec<_> = delivery
            .headers
            .iter()
            .filter(|(name, _)| name.as_str().starts_with("svix-"))
            .map(|(name, value)| [name.as_str(), value.to_str().unwrap()])
            .collect();
        let question = json!({ "webhook": {
            "signingSecret": secret,
            "headers": headers,
            "body": BASE64_STANDARD.encode(&delivery.body),
            "now_ms": self.clock.unix_millis(),
        } });
        let answer = self.peer.ask(&question).await;
        let verifier = WebhookVerifier::new(secret).unwrap().clock(self.clock.clone());
        let own = verifier.verify(&delivery.headers, &delivery.body);
        match (answer.get("event"), own) {
            (Some(event), Ok(own)) => {
                assert_eq!(event, &own.raw);
                assert_eq!(event["type"], own.event_type());
                assert_eq!(&event["data"], own.data());
                Some(event.clone())
            }
            (None, Err(_)) => {
                assert!(answer["error"].is_string(), "{answer}");
                None
            }
            (_, own) => panic!("{answer} but {own:?} of {delivery:?}"),
        }
    }
}

fn with(delivery: &Delivery, name: &'static str, value: &str) -> Delivery {
    let mut delivery = delivery.clone();
    let value = HeaderValue::from_str(value).unwrap();
    delivery.headers.insert(HeaderName::from_static(name), value);
    delivery
}

#[tokio::test]
async fn clerks_package_takes_what_the_instance_sends_and_nothing_else() {
    let Some(peer) = Peer::start() else {
        return;
    };
    let instance = LocalInstance::start().await.unwrap();
    let clock = instance.clock();
    clock.freeze();
    let received = Received::default();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let routes = Router::new()
        .route("/", post(receive))
        .with_state(Arc::clone(&received));
    tokio::spawn(axum::serve(listener, routes).into_future());
    let endpoint = instance.webhook(url).unwrap();
    let (first, mut judges) = (
        endpoint.signing_secret(),
        Judges {
            peer,
            clock: clock.clone(),
        },
    );

    instance.update_user(
        "ada",
        json!({ "last_name": "Zoë 🦀 \u{2028}", "public_metadata": { "n": 1.5 } }),
    );
    instance.delete_user("ada");
    for event_type in Event::TYPES {
        instance.deliver(event_type, json!({ "id": "x_1", "nested": { "a": [1, null] } }));
    }
    let second = endpoint.rotate_secret();
    instance.deliver("x", json!(null));
    timeout(Duration::from_secs(20), endpoint.settled())
        .await
        .unwrap();
    let deliveries = received.lock().unwrap().clone();
    assert_eq!(deliveries.len(), Event::TYPES.len() + 4);
    let mut taken = 0;
    for delivery in &deliveries {
        assert!(judges.judge(&first, delivery).await.is_some());
        // An attempt is signed with the secrets that there are when it begins, which for all but the last message may be
        // before or after the second came.
        let is_taken = judges.judge(&second, delivery).await.is_some();
        let signatures = delivery.headers["svix-signature"].to_str().unwrap();
        assert_eq!(is_taken, signatures.split(' ').count() == 2, "{delivery:?}");
        let is_last = delivery.body.ends_with(br#""type":"x"}"#);
        assert!(
            is_taken || !is_last,
            "it was sent when the second secret was there"
        );
        taken += 1 + usize::from(is_taken);
    }
    assert!(taken > deliveries.len());

    let delivery = &deliveries[0];
    let signature = delivery.headers["svix-signature"].to_str().unwrap().to_owned();
    let time = clock.unix_millis() / 1000;
    let mut changed = vec![
        with(delivery, "svix-id", "msg_other"),
        with(delivery, "svix-timestamp", &(time + 1).to_string()),
        with(delivery, "svix-signature", &signature.replace("v1,", "v1a,")),
        with(delivery, "svix-signature", "v1,"),
    ];
    for position in [0, delivery.body.len() / 2, delivery.body.len() - 1] {
        let mut delivery = delivery.clone();
        let mut body = delivery.body.to_vec();
        body[position] ^= 1;
        delivery.body = body.into();
        changed.push(delivery);
    }
    for name in ["svix-id", "svix-timestamp", "svix-signature"] {
        let mut delivery = delivery.clone();
        delivery.headers.remove(name);
        changed.push(delivery);
    }
    for delivery in &changed {
        assert_eq!(judges.judge(&first, delivery).await, None);
    }
    for (offset, is_taken) in [(-300, true), (-301, false), (300, true), (301, false)] {
        clock.set_unix_millis((time + offset) * 1000);
        assert_eq!(
            judges.judge(&first, delivery).await.is_some(),
            is_taken,
            "{offset}"
        );
    }
    println!(
        "webhooks: {taken} taken and {} refused by both",
        changed.len() + 2
    );
}
