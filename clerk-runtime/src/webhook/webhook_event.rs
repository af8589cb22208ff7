use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::data::lenient;
use super::{Event, WebhookError};

/// An event that Clerk sent. `Debug` shows message and type, not what was sent.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookEvent {
    /// The id of the message, `msg_…`. Clerk uses it again for every attempt to deliver the message, which may continue
    /// after a 2xx: store it to process each message once.
    pub message_id: String,
    /// What happened, and to what.
    pub event: Event,
    /// How it happened, if Clerk says so.
    pub event_attributes: Option<EventAttributes>,
    /// When it happened, Unix milliseconds. Messages need not come in this order.
    pub timestamp: Option<i64>,
    /// The instance, `ins_…`.
    pub instance_id: Option<String>,
    /// All that was sent, members besides these included.
    pub raw: Value,
}

/// How an event came about. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Default, Deserialize)]
#[non_exhaustive]
pub struct EventAttributes {
    /// The request that caused it.
    #[serde(default, deserialize_with = "lenient")]
    pub http_request: Option<HttpRequest>,
    /// Everything else that Clerk sent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The request that caused an event. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Default, Deserialize)]
#[non_exhaustive]
pub struct HttpRequest {
    /// The address that it came from.
    #[serde(default, deserialize_with = "lenient")]
    pub client_ip: Option<String>,
    /// What it called itself.
    #[serde(default, deserialize_with = "lenient")]
    pub user_agent: Option<String>,
}

impl WebhookEvent {
    /// What happened, such as `user.created`.
    pub fn event_type(&self) -> &str {
        self.event.event_type()
    }

    /// What it happened to, as it was sent; `null` if the event says nothing of it.
    pub fn data(&self) -> &Value {
        self.raw.get("data").unwrap_or(&Value::Null)
    }

    /// Parses the body of a verified delivery.
    pub(super) fn parse(message_id: &str, body: &[u8]) -> Result<Self, WebhookError> {
        let raw: Value = serde_json::from_slice(body).map_err(|_| WebhookError::Body)?;
        let text = |name: &str| raw.get(name).and_then(Value::as_str);
        let event_type = text("type").ok_or(WebhookError::Body)?;
        let attributes = raw.get("event_attributes").filter(|value| !value.is_null());
        let timestamp = raw.get("timestamp").unwrap_or(&Value::Null);
        Ok(Self {
            message_id: message_id.to_owned(),
            event: Event::parse(event_type, raw.get("data").unwrap_or(&Value::Null)),
            event_attributes: attributes.and_then(|value| EventAttributes::deserialize(value).ok()),
            timestamp: lenient(timestamp).unwrap_or_default(),
            instance_id: text("instance_id").map(str::to_owned),
            raw,
        })
    }
}

impl fmt::Debug for EventAttributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventAttributes").finish_non_exhaustive()
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest").finish_non_exhaustive()
    }
}

impl fmt::Debug for WebhookEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookEvent")
            .field("message_id", &self.message_id)
            .field("event_type", &self.event_type())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> WebhookEvent {
        WebhookEvent::parse("msg_1", body.as_bytes()).unwrap()
    }

    #[test]
    fn all_members_are_read() {
        let event = read(
            r#"{"type":"user.created","object":"event","data":{"id":"user_1"},"timestamp":1767225600123.0,
                "instance_id":"ins_1","event_attributes":{"http_request":{"client_ip":"203.0.113.7","user_agent":"x"},"more":1}}"#,
        );
        assert_eq!(
            (&*event.message_id, event.event_type()),
            ("msg_1", "user.created")
        );
        assert_eq!(event.data()["id"], "user_1");
        assert_eq!(event.timestamp, Some(1_767_225_600_123));
        assert_eq!(event.instance_id.as_deref(), Some("ins_1"));
        let attributes = event.event_attributes.unwrap();
        let request = attributes.http_request.unwrap();
        assert_eq!(request.client_ip.as_deref(), Some("203.0.113.7"));
        assert_eq!(request.user_agent.as_deref(), Some("x"));
        assert_eq!(attributes.other["more"], 1);
    }

    #[test]
    fn members_that_are_odd_or_missing_lose_nothing_else() {
        for rest in [
            "",
            r#","data":null,"event_attributes":null,"timestamp":null,"instance_id":null"#,
            r#","data":[],"event_attributes":7,"timestamp":"soon","instance_id":{}"#,
            r#","event_attributes":{"http_request":null}"#,
            r#","timestamp":1e300"#,
            r#","timestamp":18446744073709551615"#,
        ] {
            let event = read(&format!(r#"{{"type":"user.created"{rest}}}"#));
            assert_eq!(event.event_type(), "user.created", "{rest}");
            assert_eq!(
                (event.timestamp, event.instance_id.as_deref()),
                (None, None),
                "{rest}"
            );
            let request = event
                .event_attributes
                .and_then(|attributes| attributes.http_request);
            assert_eq!(request, None, "{rest}");
        }
        let attributes = |value: &str| {
            let event = read(&format!(r#"{{"type":"x","event_attributes":{value}}}"#));
            event.event_attributes.unwrap()
        };
        assert_eq!(attributes(r#"{"http_request":7,"more":1}"#).other["more"], 1);
        let request = attributes(r#"{"http_request":{"client_ip":5,"user_agent":"x"}}"#).http_request;
        assert_eq!(request.unwrap().user_agent.as_deref(), Some("x"));
    }

    #[test]
    fn what_is_no_event_is_refused() {
        let deep = "[".repeat(100_000);
        for body in [
            "",
            " ",
            "null",
            "[]",
            "{}",
            r#"{"type":1}"#,
            r#"{"type":"x"}x"#,
            "\u{feff}{}",
            &deep,
        ] {
            assert_eq!(
                WebhookEvent::parse("msg_1", body.as_bytes()),
                Err(WebhookError::Body)
            );
        }
        let not_text = b"{\"type\":\"\xff\"}";
        assert_eq!(WebhookEvent::parse("msg_1", not_text), Err(WebhookError::Body));
    }

    #[test]
    fn what_was_sent_is_not_shown() {
        let event =
            read(r#"{"type":"user.created","data":{"id":"user_1","private_metadata":{"a":"planted"}}}"#);
        let shown = format!("{event:?}");
        assert!(shown.contains("msg_1") && !shown.contains("planted"), "{shown}");
        let event = read(
            r#"{"type":"x","event_attributes":{"planted":"planted","http_request":{"user_agent":"planted"}}}"#,
        );
        let attributes = event.event_attributes.unwrap();
        let shown = format!("{attributes:?} {:?}", attributes.http_request);
        assert!(!shown.contains("planted"), "{shown}");
    }
}
