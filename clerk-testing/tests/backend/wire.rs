//! A client of a few lines that trusts nothing that it is told.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use clerk_testing::LocalInstance;
use serde_json::Value;

use crate::schema;

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Value,
}

/// An instance whose clock stands still.
pub(crate) async fn start() -> LocalInstance {
    let instance = LocalInstance::start().await.unwrap();
    instance.clock().freeze();
    instance
}

/// Sends bytes as the body.
pub(crate) fn send(instance: &LocalInstance, key: &str, method: &str, path: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(instance.url().strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {key}\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(
        head.to_ascii_lowercase()
            .contains("content-type: application/json")
    );
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_ascii_lowercase(),
        body: serde_json::from_str(body).unwrap(),
    }
}

fn send_json(instance: &LocalInstance, key: &str, call: &str, body: &Value) -> Answer {
    let (method, path) = call.split_once(' ').unwrap();
    let prefix = if path.starts_with("/api_keys") || path.starts_with("/m2m_tokens") {
        ""
    } else {
        "/v1"
    };
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    send(instance, key, method, &format!("{prefix}{path}"), body.as_bytes())
}

/// The body of a call, such as `GET /users`, that has to succeed.
pub(crate) fn ok(instance: &LocalInstance, call: &str, body: Value) -> Value {
    ok_with(instance, instance.secret_key(), call, body)
}

/// The same with another key.
pub(crate) fn ok_with(instance: &LocalInstance, key: &str, call: &str, body: Value) -> Value {
    let answer = send_json(instance, key, call, &body);
    assert!(answer.status < 300, "{call} {body}: {}", answer.body);
    let (method, path) = call.split_once(' ').unwrap();
    schema::check(method, path, answer.status, &answer.body);
    answer.body
}

/// The body of a call without one.
pub(crate) fn get(instance: &LocalInstance, path: &str) -> Value {
    ok(instance, &format!("GET {path}"), Value::Null)
}

/// Status, code and parameter of a call that has to fail.
pub(crate) fn error(instance: &LocalInstance, call: &str, body: Value) -> (u16, String, String) {
    error_with(instance, instance.secret_key(), call, body)
}

/// The same with another key.
pub(crate) fn error_with(
    instance: &LocalInstance,
    key: &str,
    call: &str,
    body: Value,
) -> (u16, String, String) {
    told(&send_json(instance, key, call, &body))
}

/// What an error says, which has to have Clerk's form.
pub(crate) fn told(answer: &Answer) -> (u16, String, String) {
    assert!(answer.status >= 400, "{}", answer.body);
    let errors = answer.body["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1);
    for name in ["code", "message", "long_message"] {
        assert!(!errors[0][name].as_str().unwrap().is_empty(), "{}", answer.body);
    }
    let trace = answer.body["clerk_trace_id"].as_str().unwrap();
    assert!(trace.len() == 32 && trace.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let param = errors[0]["meta"]["param_name"].as_str().unwrap_or_default();
    let code = errors[0]["code"].as_str().unwrap();
    (answer.status, code.to_owned(), param.to_owned())
}

/// An error that names a parameter.
pub(crate) fn of_param(code: &str, param: &str) -> (u16, String, String) {
    (422, code.to_owned(), param.to_owned())
}

/// An error that names none.
pub(crate) fn plain(status: u16, code: &str) -> (u16, String, String) {
    (status, code.to_owned(), String::new())
}

pub(crate) fn not_found() -> (u16, String, String) {
    plain(404, "resource_not_found")
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// One member of each item of a list.
pub(crate) fn each<'a>(list: &'a Value, name: &str) -> Vec<&'a str> {
    let list = list.as_array().unwrap().iter();
    list.map(|item| item[name].as_str().unwrap()).collect()
}

/// The claims of the token in an answer.
pub(crate) fn claims(token: &Value) -> Value {
    let jwt = text(&token["jwt"]);
    let claims = BASE64_URL_SAFE_NO_PAD
        .decode(jwt.split('.').nth(1).unwrap())
        .unwrap();
    serde_json::from_slice(&claims).unwrap()
}
