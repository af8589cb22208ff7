//! Clerk's package makes a call.

use clerk_testing::LocalInstance;
use serde_json::{Value, json};

use super::{Memory, Outcome, Step};
use crate::peer::Peer;

pub(crate) struct Seen {
    /// What came of the call, as the package reads it.
    pub(crate) outcome: Outcome,
    /// As it came, where the package keeps that.
    pub(crate) raw: Option<Value>,
}

pub(crate) async fn call(peer: &mut Peer, instance: &LocalInstance, step: &Step, memory: &Memory) -> Seen {
    let (namespace, method) = step.method.split_once('.').unwrap();
    let question = json!({
        "call": {
            "options": {
                "secretKey": instance.secret_key(),
                "machineSecretKey": instance.machine_secret_key(),
                "apiUrl": instance.url(),
            },
            "namespace": namespace,
            "method": method,
            "arguments": memory.fill(&step.arguments),
            "now_ms": 1_767_225_600_000_i64,
        },
    });
    let mut answer = peer.ask(&question).await;
    if answer["refused"].is_object() {
        return Seen {
            outcome: Outcome::Refused(answer["refused"].take()),
            raw: None,
        };
    }
    assert_eq!(answer["error"], Value::Null, "{}", step.label);
    let raw = answer["raw"].take();
    Seen {
        outcome: Outcome::Seen(answer["mapped"].take()),
        raw: (!raw.is_null()).then_some(raw),
    }
}
