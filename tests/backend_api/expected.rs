//! What has to be on the wire, by the table. `xtask/src/sample_calls.rs` says which values the calls have.

use serde_json::{Map, Value, json};

use crate::table::Operation;

/// Where the version of the API does not stand before the path.
fn is_unversioned(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap();
    first == "api_keys" || first == "m2m_tokens" || path.ends_with("/access_tokens/verify")
}

/// The address, its path parameters filled by `segment`.
pub(crate) fn url(operation: &Operation, segment: impl Fn(&str) -> String) -> String {
    let path = operation.cell("path");
    let version = if is_unversioned(path) { "" } else { "/v1" };
    let mut url = format!("https://api.clerk.com{version}");
    for part in path.split('/').skip(1) {
        url.push('/');
        match part.strip_prefix('{') {
            Some(name) => url += &segment(name.trim_end_matches('}')),
            None => url += part,
        }
    }
    url
}

/// RFC 3986 §2.1: all but the unreserved characters.
pub(crate) fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

pub(crate) fn path_parameters(operation: &Operation) -> Vec<&'static str> {
    let cell = operation.cell("path_params");
    let names = cell.split(',').filter(|text| !text.is_empty());
    names.map(|text| text.split(':').next().unwrap()).collect()
}

/// The bearer.
pub(crate) fn authorization(operation: &Operation) -> Option<&'static str> {
    match operation.cell("auth_key") {
        "secret" => Some("Bearer sk_test_planted"),
        "machine" | "secret|machine" => Some("Bearer ak_planted"),
        "none" => None,
        other => panic!("{other}"),
    }
}

/// The pairs of the query, in any order.
pub(crate) fn query(operation: &Operation, variant: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let parameters: Vec<Vec<&str>> = operation
        .cell("query_params")
        .split("; ")
        .filter(|text| !text.is_empty())
        .map(|text| text.split(':').collect())
        .collect();
    for parameter in &parameters {
        let [name, of, presence, style, ..] = parameter[..] else {
            panic!("{parameter:?}");
        };
        if name == "paginated" {
            // Always asked for, so that lists come with their number.
            pairs.push((name.to_owned(), "true".to_owned()));
            continue;
        }
        // The older of two spellings.
        if name == "frontendApi" {
            continue;
        }
        let variant = if presence == "req" { "all" } else { variant };
        if !matches!(variant, "all" | "empty") {
            continue;
        }
        let values = query_values(name, of, variant == "empty");
        if style == "csv" {
            pairs.push((name.to_owned(), values.join(",")));
        } else {
            pairs.extend(values.into_iter().map(|value| (name.to_owned(), value)));
        }
    }
    pairs.sort();
    pairs
}

fn query_values(name: &str, of: &str, is_empty: bool) -> Vec<String> {
    let text = |more: &str| format!("+{name} a/b&c=é{more}");
    let values_of = |of: &str| -> Option<Vec<String>> {
        let values = of.strip_prefix("enum(")?.strip_suffix(')')?;
        Some(values.split('|').map(str::to_owned).collect())
    };
    if let Some(item) = of.strip_prefix('[') {
        let item = item.strip_suffix(']').unwrap();
        return match values_of(item) {
            _ if is_empty => Vec::new(),
            Some(values) => values[..2].to_vec(),
            None => vec![text("1"), text("2")],
        };
    }
    // Strings for Clerk, which are one of two.
    let is_flag = of == "boolean" || of == "enum(true|false)" || name == "verified";
    let value = match of {
        _ if is_flag => (!is_empty).to_string(),
        "integer" | "number" => if is_empty { "0" } else { "7" }.to_owned(),
        _ => match values_of(of) {
            // There are two kinds of these: those that are told apart take no empty text.
            Some(values) if !is_empty || name == "status" && !values.contains(&"past_due".to_owned()) => {
                values[0].clone()
            }
            _ if is_empty => String::new(),
            _ => text(""),
        },
    };
    vec![value]
}

/// The JSON of the body; `None` where there is no body.
pub(crate) fn body(operation: &Operation, schemas: &Map<String, Value>, variant: &str) -> Option<Value> {
    let name = operation.cell("body_schema");
    if name.is_empty() {
        return None;
    }
    if let Some(item) = name.strip_prefix('[') {
        let item = object(&schemas[item.strip_suffix(']').unwrap()], schemas, variant);
        return Some(json!([item]));
    }
    let body = object(&schemas[name], schemas, variant);
    let is_nothing = body.as_object().unwrap().is_empty();
    (!is_nothing || operation.cell("body_presence") == "req").then_some(body)
}

fn object(schema: &Value, schemas: &Map<String, Value>, variant: &str) -> Value {
    let mut members = Map::new();
    for (name, field) in schema["fields"].as_object().unwrap() {
        // Told to be optional for the sake of an older name of it.
        let is_required = field["required"] == true || name == "access_token";
        let value = match (variant, is_required) {
            (_, true) => value(name, field, schemas, false),
            ("all", false) => value(name, field, schemas, false),
            ("empty", false) => value(name, field, schemas, true),
            ("null", false) if field["nullable"] == true => Value::Null,
            _ => continue,
        };
        members.insert(name.clone(), value);
    }
    Value::Object(members)
}

fn value(name: &str, field: &Value, schemas: &Map<String, Value>, is_empty: bool) -> Value {
    let text = |more: &str| json!(format!("+{name} a/b&c=é{more}"));
    if let Some(of) = field["ref"].as_str() {
        let schema = &schemas[of];
        return match schema["kind"].as_str().unwrap() {
            "alias" if schema["of"]["map"]["type"] == "string" => {
                if is_empty {
                    json!({})
                } else {
                    json!({"k": "v"})
                }
            }
            "alias" => value(name, &schema["of"], schemas, is_empty),
            _ => object(schema, schemas, if is_empty { "empty object" } else { "all" }),
        };
    }
    if let Some(item) = field.get("array") {
        return match item["enum"].as_array() {
            _ if is_empty => json!([]),
            Some(values) => json!(values[..2]),
            None if item.get("ref").is_some() => json!([value(name, item, schemas, false)]),
            None => json!([text("1"), text("2")]),
        };
    }
    if let Some(values) = field["enum"].as_array() {
        return values[0].clone();
    }
    if field.get("map").is_some() || field["type"] == "any" {
        return if is_empty {
            json!({})
        } else {
            json!({"k": [1, null, "é"]})
        };
    }
    match (field["type"].as_str().unwrap(), is_empty) {
        ("string", true) => json!(""),
        ("string", false) => text(""),
        ("integer" | "number", true) => json!(0),
        ("integer" | "number", false) => json!(7),
        ("boolean", is_empty) => json!(!is_empty),
        (other, _) => panic!("{name} of {other}"),
    }
}
