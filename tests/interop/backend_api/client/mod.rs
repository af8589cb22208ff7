//! This workspace's client makes the calls.

mod invitations;
mod machine_tokens;
mod organizations;
mod sessions;
mod templates;
mod users;

use clerk_client::{Client, Error};
use clerk_testing::LocalInstance;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Memory, Outcome, Step};

/// What a typed answer is as JSON.
type Answer = Result<Value, Error>;

fn read<T: Serialize>(answer: Result<T, Error>) -> Answer {
    answer.map(|read| serde_json::to_value(read).unwrap())
}

/// A client as an application has it.
pub(crate) fn of(instance: &LocalInstance) -> Client {
    Client::builder(instance.secret_key())
        .machine_secret_key(instance.machine_secret_key())
        .api_url(instance.url())
        .build()
        .unwrap()
}

pub(crate) async fn call(client: &Client, step: &Step, memory: &Memory) -> Outcome {
    let (namespace, _) = step.method.split_once('.').unwrap();
    let label = step.label;
    let answer = match namespace {
        "users" => users::call(client, label, memory).await,
        "sessions" => sessions::call(client, label, memory).await,
        "organizations" if label.starts_with("orginv") => invitations::call(client, label, memory).await,
        "organizations" => organizations::call(client, label, memory).await,
        "invitations" => invitations::call(client, label, memory).await,
        "jwtTemplates" => templates::call(client, label, memory).await,
        _ => machine_tokens::call(client, label, memory).await,
    };
    match answer {
        Ok(seen) => Outcome::Seen(seen),
        Err(error) => Outcome::Refused(refused(&error)),
    }
}

fn refused(error: &Error) -> Value {
    let [first] = error.errors() else {
        panic!("not an answer of Clerk's: {error}");
    };
    assert_eq!(error.code(), first.code);
    json!({
        "status": error.status().map(|status| status.as_u16()),
        "code": first.code,
        "message": first.message,
        "long_message": first.long_message,
        "param_name": first.meta.as_ref().and_then(|meta| meta.get("param_name")),
        "has_trace_id": error.trace_id().is_some_and(|id| id.len() == 32),
    })
}
