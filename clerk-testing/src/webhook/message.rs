use serde_json::{Value, json};

/// A message: what every attempt to deliver it has in common.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) id: String,
    pub(super) event_type: String,
    pub(super) body: String,
}

impl Message {
    /// An event about `data` in Clerk's form.
    pub(super) fn new(
        id: String,
        event_type: &str,
        data: &Value,
        now_millis: i64,
        instance_id: &str,
    ) -> Self {
        let body = json!({
            "data": data,
            "event_attributes": { "http_request": { "client_ip": "127.0.0.1", "user_agent": "clerk-testing" } },
            "instance_id": instance_id,
            "object": "event",
            "timestamp": now_millis,
            "type": event_type,
        });
        Self {
            id,
            event_type: event_type.to_owned(),
            body: body.to_string(),
        }
    }
}
