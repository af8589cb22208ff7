use std::sync::Arc;
use std::time::Duration;

use clerk_runtime::client::transport::{Request, ReqwestTransport, Transport};
use http::Method;

use super::WebhookAttempt;
use super::outbox::Job;
use crate::state::Shared;

/// The longest that an endpoint may take to answer.
const TIMEOUT: Duration = Duration::from_secs(5);
/// What is read of an answer: only the status counts.
const MAX_ANSWER: usize = 1 << 20;

/// Sends what is published until the instance stops.
pub(crate) async fn send_all(shared: Arc<Shared>) {
    let Some(mut jobs) = shared.outbox.take_jobs() else {
        return;
    };
    // It fails if TLS cannot be set up, which then is not available to the application under test either.
    let Ok(transport) = ReqwestTransport::without_proxy() else {
        return;
    };
    while let Some(job) = jobs.recv().await {
        tokio::spawn(deliver(Arc::clone(&shared), transport.clone(), job));
    }
}

/// Delivers one message, in as many attempts as that takes.
async fn deliver(shared: Arc<Shared>, transport: ReqwestTransport, job: Job) {
    let Job { endpoint, message } = job;
    for number in 1.. {
        // Closed when the endpoint is removed.
        let Ok(slot) = endpoint.slots.acquire().await else {
            return;
        };
        let timestamp = endpoint.next_timestamp(&message, shared.outbox.now());
        let answer = transport.send(Request {
            method: Method::POST,
            url: endpoint.url.clone(),
            headers: endpoint.headers(&message, timestamp),
            body: Some(message.body.clone().into()),
            timeout: TIMEOUT,
            max_response_bytes: MAX_ANSWER,
        });
        let attempt = WebhookAttempt {
            message_id: message.id.clone(),
            event_type: message.event_type.clone(),
            number,
            timestamp,
            status: answer.await.ok().map(|answer| answer.status.as_u16()),
        };
        drop(slot);
        let is_delivered = attempt.is_delivered();
        endpoint.end(attempt);
        if is_delivered {
            return;
        }
        tokio::time::sleep(endpoint.pause_after(number)).await;
    }
}
