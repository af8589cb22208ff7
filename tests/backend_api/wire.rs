//! Each operation on the wire.

use std::any::type_name;
use std::collections::{BTreeMap, BTreeSet};

use clerk_client::resources::JsonWebKeySet;
use http::{StatusCode, header};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::bodies::{Bodies, Spoiled};
use crate::calls;
use crate::expected;
use crate::made::{Calls, Reader};
use crate::models::{assert_kept, readers};
use crate::random::Random;
use crate::recorder::Recorder;
use crate::table::{Operation, operations, schemas};

#[tokio::test]
async fn every_operation_is_sent_as_the_table_says_and_its_answer_is_read() {
    let recorder = Recorder::default();
    let operations: BTreeMap<&str, Operation> = operations().into_iter().map(|row| (row.id(), row)).collect();
    let schemas = schemas();
    let readers = readers();
    let mut made = Calls::default();
    calls::every(&recorder.client(), &mut made);
    let mut variants: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (seed, call) in (0..).zip(made.0) {
        let told = format!("{} {}", call.operation, call.variant);
        let operation = &operations[call.operation];
        assert_eq!(call.answer, answer_type(operation, &schemas, &readers), "{told}");
        let bodies = Bodies {
            schemas: &schemas,
            random: Random::new(seed),
            spoiled: Spoiled::default(),
        };
        let answer = answer(operation, bodies);
        let status: u16 = operation.cell("success_status").parse().unwrap();
        let text = match &answer {
            Value::Null => String::new(),
            Value::String(html) => html.clone(),
            json => json.to_string(),
        };
        recorder.answer(StatusCode::from_u16(status).unwrap(), text);
        let read = call
            .sent
            .await
            .unwrap_or_else(|error| panic!("{told}: {error:?}"));
        assert_answer(operation, &answer, &read, &told);
        let mut requests = recorder.taken();
        assert_eq!(requests.len(), 1, "{told}");
        let request = requests.remove(0);
        assert_eq!(request.method.as_str(), operation.cell("method"), "{told}");
        assert_eq!(
            request.max_response_bytes,
            max_response_bytes(operation),
            "{told}"
        );
        let (url, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
        let filled = |name: &str| expected::encoded(&format!("{name}-1 ?é"));
        assert_eq!(url, expected::url(operation, filled), "{told}");
        assert_eq!(pairs(query), expected::query(operation, call.variant), "{told}");
        let bearer = request
            .headers
            .get(header::AUTHORIZATION)
            .map(|value| value.to_str().unwrap());
        assert_eq!(bearer, expected::authorization(operation), "{told}");
        assert_eq!(request.headers["clerk-api-version"], "2026-05-12", "{told}");
        let content_type = request.headers[header::CONTENT_TYPE].to_str().unwrap();
        let body = request.body.unwrap_or_default();
        let expected_body = expected::body(operation, &schemas, call.variant);
        if operation.cell("body_content_type") == "multipart/form-data" {
            assert_form(content_type, &body, expected_body.unwrap(), &told);
        } else {
            assert_eq!(content_type, "application/json", "{told}");
            let sent = (!body.is_empty()).then(|| serde_json::from_slice(&body).unwrap());
            assert_eq!(sent, expected_body, "{told}");
        }
        variants.entry(call.operation).or_default().insert(call.variant);
    }
    for (id, operation) in &operations {
        let mut expected = BTreeSet::from(["none"]);
        if operation.cell("body_schema").starts_with('[') {
            // What may be left out is in the items.
            expected.insert("all");
        } else if has_more(operation, &schemas, "all") {
            expected.extend(["all", "empty"]);
        }
        if has_more(operation, &schemas, "null") {
            expected.insert("null");
        }
        assert_eq!(variants.get(id), Some(&expected), "{id}");
    }
}

/// Whether a variant differs from the one that has only what is required.
fn has_more(operation: &Operation, schemas: &Map<String, Value>, variant: &str) -> bool {
    if operation.cell("body_schema").starts_with('[') {
        return false;
    }
    let is_upload_only = operation.cell("body_schema") == "SetUserProfileImageRequest";
    let of = |variant: &str| {
        (
            expected::query(operation, variant),
            expected::body(operation, schemas, variant),
        )
    };
    !is_upload_only && of("none") != of(variant)
}

/// Decoded as a form: a `+` that was sent as it is would be a space.
fn pairs(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8().unwrap().into_owned()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<_> = pairs
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    pairs.sort();
    pairs
}

fn assert_form(content_type: &str, body: &[u8], mut expected: Value, told: &str) {
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let body: String = body.iter().map(|byte| char::from(*byte)).collect();
    let inner = body.strip_suffix(&format!("\r\n--{boundary}--\r\n")).unwrap();
    let inner = format!("\r\n{inner}");
    let parts: Vec<&str> = inner.split(&format!("\r\n--{boundary}\r\n")).skip(1).collect();
    let (file, fields) = parts.split_last().unwrap();
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"a %22b%22.png\"\r\nContent-Type: image/png";
    assert_eq!(*file, format!("{head}\r\n\r\n\u{89}PNG\r\n--"), "{told}");
    expected.as_object_mut().unwrap().remove("file");
    let mut found = Map::new();
    for field in fields {
        let (head, value) = field.split_once("\r\n\r\n").unwrap();
        let name = head
            .strip_prefix("Content-Disposition: form-data; name=\"")
            .unwrap();
        let value: Vec<u8> = value.chars().map(|c| c as u8).collect();
        let value = String::from_utf8(value).unwrap();
        found.insert(name.trim_end_matches('"').to_owned(), value.into());
    }
    assert_eq!(Value::Object(found), expected, "{told}");
}

/// An answer that fits the table; null for none.
fn answer(operation: &Operation, mut bodies: Bodies<'_>) -> Value {
    let schema = operation.cell("response_schema");
    let inner = schema.trim_matches(['[', ']']);
    match operation.cell("response_shape") {
        "none" => Value::Null,
        "html" => json!("<html>"),
        "map" => json!({"a": [1]}),
        "array" => (0..2).map(|_| bodies.schema(inner)).collect(),
        "array|page:data" => {
            let is_alias = !schema.starts_with('[');
            let items = if is_alias {
                bodies.schema(schema)
            } else {
                (0..2).map(|_| bodies.schema(inner)).collect()
            };
            json!({"data": items, "total_count": 7})
        }
        _ => bodies.schema(schema),
    }
}

/// The type that has a field for all that the answer says.
fn answer_type(
    operation: &Operation,
    schemas: &Map<String, Value>,
    readers: &BTreeMap<&str, Reader>,
) -> &'static str {
    let schema = operation.cell("response_schema").trim_matches(['[', ']']);
    let reader = || {
        let item = match schemas[schema]["kind"].as_str() {
            Some("page") => &schemas[schema]["of"]["ref"],
            Some("alias") => &schemas[schema]["of"]["array"]["ref"],
            _ => &Value::Null,
        };
        &readers[item.as_str().unwrap_or(schema)]
    };
    match operation.cell("response_shape") {
        "none" => type_name::<()>(),
        "html" => type_name::<String>(),
        "map" => type_name::<Map<String, Value>>(),
        _ if schema == "JWKS" => type_name::<JsonWebKeySet>(),
        "object" | "union" => reader().one,
        "array" => reader().list,
        "array|page:data" | "page:data" | "page:m2m_tokens" => reader().page,
        other => panic!("{other}"),
    }
}

/// How long an answer may be: lists have as many objects as are asked for.
fn max_response_bytes(operation: &Operation) -> usize {
    let shape = operation.cell("response_shape");
    match operation.id() {
        "GetJWKS" => 64 * 1024,
        _ if shape.contains("array") || shape.contains("page:") => 16 * 1024 * 1024,
        _ => 1024 * 1024,
    }
}

fn assert_answer(operation: &Operation, answer: &Value, read: &Value, told: &str) {
    match operation.cell("response_shape") {
        "page:m2m_tokens" => {
            assert_kept(&answer["m2m_tokens"], &read["data"], told);
            assert_kept(&answer["total_count"], &read["total_count"], told);
        }
        _ => assert_kept(answer, read, told),
    }
}
