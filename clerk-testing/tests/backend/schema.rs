//! What the table of the Backend API says of an answer: its status, and each of its members.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex_lite::Regex;
use serde_json::{Map, Value};

const OPERATIONS: &str = include_str!("../../../xtask/api/operations.tsv");
const SCHEMAS: &str = include_str!("../../../xtask/api/schemas.json");

static TABLE: LazyLock<Vec<Operation>> = LazyLock::new(operations);
static NAMED: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let document: Value = serde_json::from_str(SCHEMAS).unwrap();
    document["schemas"].as_object().unwrap().clone()
});

/// A row of the table.
pub(crate) struct Operation {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    status: u16,
    schema: &'static str,
    shape: &'static str,
}

fn operations() -> Vec<Operation> {
    let mut lines = OPERATIONS.lines();
    let heads: Vec<_> = lines.next().unwrap().split('\t').collect();
    let operations: Vec<_> = lines
        .map(|line| {
            let row: BTreeMap<_, _> = heads.iter().copied().zip(line.split('\t')).collect();
            Operation {
                id: row["operation_id"],
                method: row["method"],
                path: row["path"],
                status: row["success_status"].parse().unwrap(),
                schema: row["response_schema"],
                shape: row["response_shape"],
            }
        })
        .collect();
    assert_eq!(operations.len(), 249);
    operations
}

/// All operations.
pub(crate) fn table() -> &'static [Operation] {
    &TABLE
}

/// The operation of a call. Where a word and a variable both fit, the word does.
fn operation(method: &str, path: &str) -> &'static Operation {
    let path = path.split('?').next().unwrap();
    let variables = |operation: &&Operation| operation.path.matches('{').count();
    let fits = |operation: &&Operation| {
        let (pattern, actual) = (operation.path.split('/'), path.split('/'));
        operation.method == method
            && pattern.clone().count() == actual.clone().count()
            && pattern
                .zip(actual)
                .all(|(pattern, actual)| pattern.starts_with('{') || pattern == actual)
    };
    let found = TABLE.iter().filter(fits).min_by_key(variables);
    found.unwrap_or_else(|| panic!("{method} {path} is not in the table"))
}

/// Checks the answer to a call that succeeded.
pub(crate) fn check(method: &str, path: &str, status: u16, body: &Value) {
    let operation = operation(method, path);
    assert_eq!(status, operation.status, "{}", operation.id);
    let name = operation.schema.trim_matches(['[', ']']);
    let is_array = match operation.shape {
        "array" => true,
        "array|page:data" => !path.contains("paginated=true"),
        _ => false,
    };
    if is_array {
        each(name, body, operation.id);
    } else if operation.shape == "array|page:data" {
        assert!(body["total_count"].is_u64(), "{}: {body}", operation.id);
        each(name, &body["data"], operation.id);
    } else {
        named(name, body, operation.id);
    }
}

fn each(name: &str, items: &Value, at: &str) {
    let items = items
        .as_array()
        .unwrap_or_else(|| panic!("{at}: {items} is no list"));
    for (index, item) in items.iter().enumerate() {
        named(name, item, &format!("{at}[{index}]"));
    }
}

fn named(name: &str, value: &Value, at: &str) {
    let schema = NAMED
        .get(name)
        .unwrap_or_else(|| panic!("{at}: there is no schema {name}"));
    match schema["kind"].as_str().unwrap() {
        "alias" => typed(&schema["of"], value, at),
        "union" => members(schema["merged"].as_object().unwrap(), value, at),
        _ => members(schema["fields"].as_object().unwrap(), value, at),
    }
}

/// Everything that has to be there is, and nothing is that the schema does not know.
fn members(fields: &Map<String, Value>, value: &Value, at: &str) {
    let value = value
        .as_object()
        .unwrap_or_else(|| panic!("{at}: {value} is no object"));
    for (name, field) in fields {
        let at = format!("{at}.{name}");
        match value.get(name) {
            Some(value) => typed(field, value, &at),
            None => assert!(field["required"] != true, "{at} is missing"),
        }
    }
    for name in value.keys() {
        assert!(fields.contains_key(name), "{at}.{name} is unknown");
    }
}

fn typed(of: &Value, value: &Value, at: &str) {
    if value.is_null() {
        // Metadata can be replaced by null, whatever the schemas say.
        let may_be = of["nullable"] == true || of["type"] == "any" || of["map"].is_object();
        assert!(may_be, "{at} is null");
    } else if let Some(name) = of["ref"].as_str() {
        named(name, value, at);
    } else if of["array"].is_object() {
        let items = value
            .as_array()
            .unwrap_or_else(|| panic!("{at}: {value} is no list"));
        for (index, item) in items.iter().enumerate() {
            typed(&of["array"], item, &format!("{at}[{index}]"));
        }
    } else if of["map"].is_object() {
        assert!(value.is_object(), "{at}: {value} is no object");
    } else {
        let is_of_type = match of["type"].as_str().unwrap() {
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "any" => true,
            other => panic!("{at}: what is a {other}?"),
        };
        assert!(is_of_type, "{at}: {value}");
        if let Some(known) = of["enum"].as_array().filter(|_| of["open"] != true) {
            assert!(known.contains(value), "{at}: {value} is not one of {known:?}");
        }
        if let (Some(pattern), Some(text)) = (of["pattern"].as_str(), value.as_str()) {
            assert!(Regex::new(pattern).unwrap().is_match(text), "{at}: {text}");
        }
    }
}

#[test]
#[should_panic(expected = "CreateSessionToken.jwt is missing")]
fn what_is_missing_is_noticed() {
    check(
        "POST",
        "/sessions/sess_1/tokens",
        200,
        &serde_json::json!({ "object": "token" }),
    );
}

#[test]
#[should_panic(expected = "GetUsersCount.more is unknown")]
fn what_is_too_much_is_noticed() {
    let body = serde_json::json!({ "object": "total_count", "total_count": 1, "more": 1 });
    check("GET", "/users/count", 200, &body);
}

#[test]
#[should_panic(expected = "is not one of")]
fn what_cannot_be_is_noticed() {
    let invitation = serde_json::json!({
        "object": "invitation", "id": "inv_1", "email_address": "a@b.c", "public_metadata": {}, "status": "lost",
        "created_at": 1, "updated_at": 1,
    });
    check("GET", "/invitations", 200, &serde_json::json!([invitation]));
}
