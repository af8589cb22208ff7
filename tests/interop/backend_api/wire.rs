//! A call as bytes on the wire.

use bytes::Bytes;
use clerk_testing::LocalInstance;
use http::{Request, header};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

use super::{Memory, Outcome, Step};

pub(crate) async fn call(instance: &LocalInstance, step: &Step, memory: &Memory) -> Outcome {
    let line = memory.fill_text(step.line);
    let (method, path) = line.split_once(' ').unwrap();
    let is_of_machines = path.starts_with("/api_keys") || path.starts_with("/m2m_tokens");
    let prefix = if is_of_machines { "" } else { "/v1" };
    let key = if step.by_machine {
        instance.machine_secret_key()
    } else {
        instance.secret_key()
    };
    let body = match memory.fill(&step.body) {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    let request = Request::builder()
        .method(method)
        .uri(format!("{}{prefix}{path}", instance.url()))
        .header(header::AUTHORIZATION, format!("Bearer {key}"))
        .body(Full::new(Bytes::from(body)))
        .unwrap();
    let client = Client::builder(TokioExecutor::new()).build_http();
    let response = client.request(request).await.unwrap();
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let body: Value = serde_json::from_slice(&bytes).unwrap();
    if status.is_success() {
        return Outcome::Seen(body);
    }
    let error = &body["errors"][0];
    assert_eq!(body["clerk_trace_id"].as_str().unwrap().len(), 32);
    Outcome::Refused(json!({
        "status": status.as_u16(),
        "code": error["code"],
        "message": error["message"],
        "long_message": error["long_message"],
        "param_name": error["meta"]["param_name"],
        "has_trace_id": true,
    }))
}
