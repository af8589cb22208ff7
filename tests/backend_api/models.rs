//! What may be answered, for each model.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::bodies::{Bodies, Spoiled};
use crate::calls;
use crate::made::{Read, Reader};
use crate::random::Random;
use crate::table::schemas;

/// How many bodies of each kind are made of each schema.
const ROUNDS: u64 = 60;

pub(crate) fn readers() -> BTreeMap<&'static str, Reader> {
    calls::models().into_iter().collect()
}

#[test]
fn every_object_that_is_answered_has_a_model() {
    let readers = readers();
    // Pages and lists have no model of their own; keys and errors are read otherwise.
    let others: BTreeSet<String> = schemas()
        .iter()
        .filter(|(_, schema)| schema["use"] != "req")
        .filter(|(_, schema)| matches!(schema["kind"].as_str(), Some("object" | "union")))
        .map(|(name, _)| name.clone())
        .filter(|name| !readers.contains_key(name.as_str()))
        .collect();
    let known = others
        .iter()
        .all(|name| name.starts_with("JWKS") || name == "ClerkErrors");
    assert!(known, "{others:?}");
    assert!(readers.len() > 150, "{}", readers.len());
}

#[test]
fn what_fits_the_schema_is_read_and_nothing_of_it_is_lost() {
    let schemas = schemas();
    for (name, reader) in readers() {
        let left_out = left_out(&schemas[name]);
        for seed in 0..ROUNDS {
            let mut bodies = Bodies {
                schemas: &schemas,
                random: Random::new(seed),
                spoiled: Spoiled {
                    unknown_members: seed % 2 == 0,
                    ..Spoiled::default()
                },
            };
            let body = bodies.schema(name);
            let read = (reader.read)(body.clone());
            let Read { written, other, .. } = read.unwrap_or_else(|error| panic!("{name}: {error}: {body}"));
            assert_kept(&body, &written, name);
            if !bodies.spoiled.unknown_members {
                let unread: Vec<&String> = other
                    .keys()
                    .filter(|member| !left_out.contains(*member))
                    .collect();
                assert!(unread.is_empty(), "{name} has no field for {unread:?}");
            }
        }
    }
}

/// The members of a schema that need no field: those that never change, those that Clerk has deprecated, and those whose
/// name is that of another member with a mark.
fn left_out(schema: &Value) -> BTreeSet<String> {
    let fields = if schema["kind"] == "union" {
        &schema["merged"]
    } else {
        &schema["fields"]
    };
    let members = fields.as_object().unwrap().iter();
    members
        .filter(|(name, field)| {
            let is_constant = field["enum"].as_array().is_some_and(|values| values.len() == 1);
            (*name == "object" && is_constant) || field["deprecated"] == true || name.contains('#')
        })
        .map(|(name, _)| name.clone())
        .collect()
}

#[test]
fn what_need_not_be_there_may_be_missing_unknown_or_null() {
    let schemas = schemas();
    let all = |at: u32| Spoiled {
        without_optional: at & 1 != 0,
        unknown_enums: at & 2 != 0,
        null_lists: at & 4 != 0,
        unknown_members: at & 8 != 0,
    };
    for (name, reader) in readers() {
        for spoiled in (0..16).map(all) {
            for seed in 0..ROUNDS / 4 {
                let mut bodies = Bodies {
                    schemas: &schemas,
                    random: Random::new(seed),
                    spoiled,
                };
                let body = bodies.schema(name);
                let read = (reader.read)(body.clone());
                let read = read.unwrap_or_else(|error| panic!("{name}: {error}: {body} {spoiled:?}"));
                assert_kept(&body, &read.written, name);
            }
        }
    }
}

/// Whether everything that says something was kept, and nothing was made up.
pub(crate) fn assert_kept(given: &Value, read: &Value, told: &str) {
    match (given, read) {
        (Value::Object(given), Value::Object(read)) => {
            for (name, value) in given {
                let told = format!("{told}.{name}");
                assert_kept(value, read.get(name).unwrap_or(&Value::Null), &told);
            }
            for (name, value) in read {
                assert!(
                    given.contains_key(name) || is_nothing(value),
                    "{told}.{name} was made up: {value}"
                );
            }
        }
        (Value::Array(given), Value::Array(read)) => {
            assert_eq!(given.len(), read.len(), "{told}");
            for (given, read) in given.iter().zip(read) {
                assert_kept(given, read, told);
            }
        }
        (Value::Number(given), Value::Number(read)) => assert_eq!(given.as_f64(), read.as_f64(), "{told}"),
        (given, read) if is_nothing(given) => assert!(is_nothing(read), "{told}: {given} became {read}"),
        (given, read) => assert_eq!(given, read, "{told}"),
    }
}

/// What a model has for what is missing.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

/// Members that let somebody in, and metadata of the backend, in whatever object.
const SECRETS: [&str; 16] = [
    "access_token",
    "api_key",
    "backup_codes",
    "client_secret",
    "cookies",
    "id_token",
    "jwt",
    "private_metadata",
    "relay_state",
    "saml_request",
    "saml_response",
    "secret",
    "secret_key",
    "svix_url",
    "token",
    "token_secret",
];

/// Addresses that let whoever has them in; others are of no harm.
const SECRET_ADDRESSES: [(&str, &str); 8] = [
    ("ActorToken", "url"),
    ("AgentTask", "url"),
    ("EnterpriseConnectionTestRunResponse", "url"),
    ("Invitation", "url"),
    ("OrganizationInvitation", "url"),
    ("OrganizationInvitationWithPublicOrganizationData", "url"),
    ("RevokedInvitation", "url"),
    ("SignInToken", "url"),
];

#[test]
fn secrets_are_not_shown() {
    let schemas = schemas();
    let mut hidden = BTreeSet::new();
    let mut hidden_addresses = BTreeSet::new();
    for (name, reader) in readers() {
        for seed in 0..ROUNDS {
            let mut bodies = Bodies {
                schemas: &schemas,
                random: Random::new(seed),
                spoiled: Spoiled::default(),
            };
            let mut body = bodies.schema(name);
            hidden.extend(plant(&mut body));
            for address in SECRET_ADDRESSES.iter().filter(|(schema, _)| *schema == name) {
                if let Some(Value::String(text)) = body.get_mut(address.1) {
                    *text = "planted".to_owned();
                    hidden_addresses.insert(*address);
                }
            }
            let Ok(Read { shown, .. }) = (reader.read)(body.clone()) else {
                panic!("{name}: {body}")
            };
            assert!(!shown.contains("planted"), "{name}: {shown}");
        }
    }
    // All of them were there to be hidden.
    assert_eq!(hidden, SECRETS.map(str::to_owned).into());
    assert_eq!(hidden_addresses, SECRET_ADDRESSES.into());
}

/// Puts a mark into whatever lets somebody in, wherever it is, and into metadata of the backend.
fn plant(value: &mut Value) -> BTreeSet<String> {
    let mut planted = BTreeSet::new();
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let is_secret = SECRETS.contains(&name.as_str());
                match value {
                    Value::String(text) if is_secret => *text = "planted".to_owned(),
                    Value::Array(items) if is_secret && !items.is_empty() => {
                        items.iter_mut().for_each(|item| *item = "planted".into());
                    }
                    Value::Object(inner) if is_secret => {
                        inner.insert("key".to_owned(), "planted".into());
                    }
                    other => {
                        planted.extend(plant(other));
                        continue;
                    }
                }
                planted.insert(name.clone());
            }
        }
        Value::Array(items) => planted.extend(items.iter_mut().flat_map(plant)),
        _ => {}
    }
    planted
}
