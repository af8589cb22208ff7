//! Webhooks from the instance that sends them to the handler that takes them.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

use std::collections::BTreeSet;
use std::future::IntoFuture;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use clerk_client::resources::User;
use clerk_runtime::webhook::{Event, RecentDeliveries, Webhook, WebhookEvent, WebhookVerifier};
use clerk_testing::{LocalInstance, WebhookEndpoint};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::timeout;

/// An application that answers with statuses from a list, and with 204 after them.
#[derive(Clone)]
struct Application {
    verifier: WebhookVerifier,
    received: Arc<Mutex<Vec<(WebhookEvent, String)>>>,
    statuses: Arc<Mutex<Vec<StatusCode>>>,
}

impl FromRef<Application> for WebhookVerifier {
    fn from_ref(application: &Application) -> Self {
        application.verifier.clone()
    }
}

async fn receive(
    State(application): State<Application>,
    headers: HeaderMap,
    Webhook(event): Webhook,
) -> StatusCode {
    let signature = headers["svix-signature"].to_str().unwrap().to_owned();
    application.received.lock().unwrap().push((event, signature));
    let mut statuses = application.statuses.lock().unwrap();
    statuses.pop().unwrap_or(StatusCode::NO_CONTENT)
}

impl Application {
    fn events(&self) -> Vec<WebhookEvent> {
        let received = self.received.lock().unwrap();
        received.iter().map(|(event, _)| event.clone()).collect()
    }

    fn answers(&self, mut statuses: Vec<StatusCode>) {
        statuses.reverse();
        *self.statuses.lock().unwrap() = statuses;
    }
}

/// An instance with an endpoint, and the application behind that, which the endpoint's secret and `set_up` make.
async fn scene(
    set_up: impl FnOnce(WebhookVerifier) -> WebhookVerifier,
) -> (LocalInstance, WebhookEndpoint, Application) {
    let instance = LocalInstance::start().await.unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/webhooks", listener.local_addr().unwrap());
    let endpoint = instance.webhook(url).unwrap();
    endpoint.retry_schedule([Duration::from_millis(5)]);
    let verifier = WebhookVerifier::new(&endpoint.signing_secret()).unwrap();
    let application = Application {
        verifier: set_up(verifier.clock(instance.clock())),
        received: Arc::default(),
        statuses: Arc::default(),
    };
    let routes = Router::new()
        .route("/webhooks", post(receive))
        .with_state(application.clone());
    tokio::spawn(axum::serve(listener, routes).into_future());
    (instance, endpoint, application)
}

async fn settled(endpoint: &WebhookEndpoint) {
    timeout(Duration::from_secs(20), endpoint.settled())
        .await
        .expect("every message is taken");
    assert_eq!(endpoint.pending(), 0);
}

#[tokio::test]
async fn changes_of_users_are_told() {
    let (instance, endpoint, application) = scene(|verifier| verifier).await;
    let user_id = instance.user("ada").user_id();
    settled(&endpoint).await;
    instance.update_user("ada", json!({ "last_name": "Byron" }));
    settled(&endpoint).await;
    let _ = instance.user("ada");
    instance.delete_user("ada");
    instance.delete_user("ada");
    instance.delete_user("nobody");
    settled(&endpoint).await;
    let events = application.events();
    let [created, updated, deleted] = &events[..] else {
        panic!("three events: {events:?}");
    };
    let (Event::UserCreated(first), Event::UserUpdated(second), Event::UserDeleted(third)) =
        (&created.event, &updated.event, &deleted.event)
    else {
        panic!("created, updated, deleted: {events:?}");
    };
    assert_eq!([&first.id, &second.id, &third.id], [&user_id; 3]);
    assert_eq!(
        (first.last_name.as_deref(), second.last_name.as_deref()),
        (None, Some("Byron"))
    );
    assert!(second.updated_at > first.updated_at);
    assert!(third.deleted && third.object == "user");
    let ids: BTreeSet<_> = events.iter().map(|event| &event.message_id).collect();
    assert_eq!(ids.len(), 3);
    assert!(created.instance_id.as_ref().unwrap().starts_with("ins_"));
    // Whoever asks for a resource is told of the same instance.
    let clerk = instance.clerk();
    let machines = clerk.client().machines();
    let machine = machines.create("billing").await.unwrap();
    assert_eq!(created.instance_id.as_deref(), Some(&*machine.instance_id));
    assert!(created.timestamp.unwrap() > 0);
    let request = created
        .event_attributes
        .as_ref()
        .unwrap()
        .http_request
        .as_ref()
        .unwrap();
    assert_eq!(request.client_ip.as_deref(), Some("127.0.0.1"));
    assert_eq!(created.raw["object"], "event");
    assert!(
        endpoint
            .attempts()
            .iter()
            .all(|attempt| attempt.number == 1 && attempt.is_delivered())
    );
}

#[tokio::test]
async fn whoever_is_mentioned_anywhere_is_made_once() {
    let (instance, endpoint, application) = scene(|verifier| verifier).await;
    let _ = instance.organization("acme").member("bob", "admin");
    instance.update_user("bob", json!({}));
    let _ = (
        instance.api_key("eve"),
        instance.user("eve"),
        instance.user("bob"),
    );
    settled(&endpoint).await;
    let events = application.events();
    let mut types: Vec<_> = events.iter().map(WebhookEvent::event_type).collect();
    types.sort_unstable();
    let wanted = [
        "organization.created",
        "organizationMembership.created",
        "user.created",
        "user.created",
        "user.updated",
    ];
    assert_eq!(types, wanted);
}

#[tokio::test]
async fn what_the_backend_api_changes_is_told() {
    let (instance, endpoint, application) = scene(|verifier| verifier).await;
    let clerk = instance.clerk();
    let client = clerk.client();
    let user = client.users().create_user().username("grace").await.unwrap();
    let organization = client
        .organizations()
        .create_organization("Acme")
        .created_by(&*user.id);
    let organization = organization.await.unwrap();
    client.sessions().create_session(&user.id).await.unwrap();
    client.users().ban_user(&user.id).await.unwrap();
    client
        .organizations()
        .delete_organization(&organization.id)
        .await
        .unwrap();
    client.users().delete_user(&user.id).await.unwrap();
    settled(&endpoint).await;
    let events = application.events();
    let mut types: Vec<_> = events.iter().map(WebhookEvent::event_type).collect();
    types.sort_unstable();
    let wanted = [
        "organization.created",
        "organization.deleted",
        "organizationMembership.created",
        "organizationMembership.deleted",
        "session.created",
        "session.revoked",
        "user.created",
        "user.deleted",
        "user.updated",
    ];
    assert_eq!(types, wanted);
    // What is told of somebody new is what the Backend API answered.
    let created = events
        .iter()
        .find(|event| event.event_type() == "user.created")
        .unwrap();
    let told: User = serde_json::from_value(created.raw["data"].clone()).unwrap();
    assert_eq!(told, user);
}

#[tokio::test]
async fn what_is_not_taken_comes_again_signed_anew() {
    let (instance, endpoint, application) =
        scene(|verifier| verifier.replay_guard(RecentDeliveries::default())).await;
    instance.clock().freeze();
    application.answers(vec![
        StatusCode::INTERNAL_SERVER_ERROR,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::BAD_REQUEST,
    ]);
    let message_id = instance.deliver("subscription.pastDue", json!({ "id": "csub_1" }));
    settled(&endpoint).await;
    let attempts = endpoint.attempts();
    let statuses: Vec<_> = attempts.iter().map(|attempt| attempt.status).collect();
    assert_eq!(statuses, [Some(500), Some(307), Some(400), Some(204)]);
    let numbers: Vec<_> = attempts.iter().map(|attempt| attempt.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    assert!(attempts.iter().all(|attempt| attempt.message_id == message_id));
    assert!(
        attempts
            .windows(2)
            .all(|pair| pair[0].timestamp < pair[1].timestamp)
    );
    let received = application.received.lock().unwrap().clone();
    assert!(received.iter().all(|(event, _)| event.message_id == message_id));
    let signatures: BTreeSet<_> = received.iter().map(|(_, signature)| signature.clone()).collect();
    assert_eq!((received.len(), signatures.len()), (4, 4));
    // Nor is it a replay when somebody sends it again by hand.
    assert!(endpoint.resend(&message_id));
    settled(&endpoint).await;
    assert_eq!(endpoint.attempts()[4].status, Some(204));
}

#[tokio::test]
async fn an_application_that_is_away_misses_nothing() {
    let instance = LocalInstance::start().await.unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let endpoint = instance.webhook(format!("http://{address}/webhooks")).unwrap();
    let ids: BTreeSet<_> = (0..40)
        .map(|_| instance.deliver("user.created", json!({ "id": "user_1" })))
        .collect();
    while endpoint.attempts().len() < 40 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert!(endpoint.attempts().iter().all(|attempt| attempt.status.is_none()));
    assert_eq!(endpoint.pending(), 40);

    let application = Application {
        verifier: WebhookVerifier::new(&endpoint.signing_secret())
            .unwrap()
            .clock(instance.clock()),
        received: Arc::default(),
        statuses: Arc::default(),
    };
    let routes = Router::new()
        .route("/webhooks", post(receive))
        .with_state(application.clone());
    let listener = TcpListener::bind(address).await.unwrap();
    tokio::spawn(axum::serve(listener, routes).into_future());
    settled(&endpoint).await;
    let received: BTreeSet<_> = application
        .events()
        .into_iter()
        .map(|event| event.message_id)
        .collect();
    assert_eq!(received, ids);
}

#[tokio::test]
async fn messages_are_sent_again_by_hand_and_not_after_the_end() {
    let (instance, endpoint, application) = scene(|verifier| verifier).await;
    let message_id = instance.deliver("x", json!(null));
    settled(&endpoint).await;
    assert!(endpoint.resend(&message_id));
    assert!(!endpoint.resend("msg_of_nobody"));
    settled(&endpoint).await;
    let ids: Vec<_> = application
        .events()
        .into_iter()
        .map(|event| event.message_id)
        .collect();
    assert_eq!(ids, [message_id.clone(), message_id.clone()]);
    let Event::Unknown { event_type, data } = &application.events()[0].event else {
        panic!("an unknown type");
    };
    assert_eq!((&**event_type, data), ("x", &json!(null)));

    endpoint.clone().remove();
    instance.deliver("x", json!(null));
    assert!(!endpoint.resend(&message_id));
    settled(&endpoint).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!((endpoint.attempts().len(), endpoint.pending()), (2, 0));
}

#[tokio::test]
async fn what_is_pending_ends_with_the_endpoint() {
    let (instance, endpoint, application) = scene(|verifier| verifier).await;
    application.answers(vec![StatusCode::INTERNAL_SERVER_ERROR; 10_000]);
    for _ in 0..3 {
        instance.deliver("x", json!(null));
    }
    // Each of them was refused, and is tried again and again.
    while endpoint.attempts().len() < 10 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert_eq!(endpoint.pending(), 3);
    let other = endpoint.clone();
    let waiting = tokio::spawn(async move { other.settled().await });
    endpoint.clone().remove();
    assert_eq!(endpoint.pending(), 0);
    settled(&endpoint).await;
    timeout(Duration::from_secs(20), waiting)
        .await
        .expect("whoever waits already is woken")
        .unwrap();
    // What was under way may still end; nothing follows it.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let attempts = endpoint.attempts();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(endpoint.attempts(), attempts);
    assert_eq!(endpoint.pending(), 0);
    assert!(attempts.iter().all(|attempt| attempt.status == Some(500)));
}

#[tokio::test]
async fn secrets_are_exchanged_without_a_delivery_lost() {
    let (instance, endpoint, application) = scene(|verifier| verifier).await;
    let new = endpoint.rotate_secret();
    assert_eq!(endpoint.signing_secret(), new);
    // The application has the old secret, and then, with the next deployment, both.
    instance.deliver("x", json!(null));
    settled(&endpoint).await;
    assert_eq!(application.received.lock().unwrap()[0].1.split(' ').count(), 2);
    endpoint.retire_old_secrets();
    instance.deliver("x", json!(null));
    while endpoint.attempts().len() < 2 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert_eq!(endpoint.attempts()[1].status, Some(400));
    assert_eq!(endpoint.pending(), 1);
    assert_eq!(application.events().len(), 1);
}

#[tokio::test]
async fn only_this_machine_is_sent_to() {
    let instance = LocalInstance::start().await.unwrap();
    for url in [
        "https://127.0.0.1/",
        "http://example.com/",
        "http://127.0.0.1@example.com/",
        "",
    ] {
        let error = instance.webhook(url).unwrap_err();
        assert!(error.to_string().contains("127.0.0.1:3000/webhooks"), "{url}");
    }
    let endpoint = instance.webhook("http://127.0.0.1:9/").unwrap();
    let shown = format!("{endpoint:?}");
    assert!(
        shown.contains("127.0.0.1:9") && !shown.contains("whsec_"),
        "{shown}"
    );
}
