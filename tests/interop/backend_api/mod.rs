//! The same calls of the Backend API, by Clerk's own package, as bytes on the wire, and by this workspace's client, each
//! against an instance of its own: the same objects come back.

mod client;
mod compare;
mod package;
mod steps;
mod wire;

use clerk_testing::LocalInstance;
use serde_json::{Map, Value, json};

use self::compare::Normal;
use self::steps::{Step, steps};
use crate::peer::Peer;

/// What came of a call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// The object, list or page.
    Seen(Value),
    /// `status`, and of the first error `code`, `message`, `long_message` and `param_name`.
    Refused(Value),
}

/// An instance that is the same but for its ids, keys and port.
async fn instance() -> LocalInstance {
    let instance = LocalInstance::start().await.unwrap();
    let clock = instance.clock();
    clock.freeze();
    clock.set_unix_millis(1_767_225_600_000);
    instance
        .organization("acme")
        .role("org:admin", ["org:invoices:read"])
        .member("ada", "org:admin");
    instance.jwt_template(
        "supabase",
        json!({ "aud": "authenticated", "mail": "{{user.primary_email_address}}" }),
    );
    instance
}

/// What earlier steps gave, which later ones refer to.
#[derive(Default)]
struct Memory(Map<String, Value>);

impl Memory {
    fn of(instance: &LocalInstance) -> Self {
        let mut memory = Self::default();
        memory.0.insert(
            "local".to_owned(),
            json!({
                "ada": instance.user("ada").user_id(),
                "acme": instance.organization("acme").id(),
                "session": instance.user("ada").session("ada").session_id(),
                "machine": instance.machine("local").id(),
            }),
        );
        memory
    }

    fn keep(&mut self, step: &Step, outcome: &Outcome) {
        if let Outcome::Seen(seen) = outcome {
            self.0.insert(step.label.to_owned(), seen.clone());
        }
    }

    /// Puts `$label.member` in each text in place.
    fn fill(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => json!(self.fill_text(text)),
            Value::Array(items) => items.iter().map(|item| self.fill(item)).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| (name.clone(), self.fill(value)))
                .collect(),
            other => other.clone(),
        }
    }

    fn fill_text(&self, text: &str) -> String {
        let mut parts = text.split('$');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
            let end = part.find(|letter| !is_of_name(letter)).unwrap_or(part.len());
            let (label, member) = part[..end].split_once('.').expect("a reference is $label.member");
            let found = &self.0[label][member];
            filled.push_str(
                found
                    .as_str()
                    .unwrap_or_else(|| panic!("{label}.{member} is no text: {found}")),
            );
            filled.push_str(&part[end..]);
        }
        filled
    }
}

#[tokio::test]
async fn clerks_package_sees_what_is_on_the_wire() {
    let Some(mut peer) = Peer::start() else { return };
    let (one, other) = (instance().await, instance().await);
    let (mut of_package, mut of_wire) = (Memory::of(&one), Memory::of(&other));
    let (mut names_of_package, mut names_of_wire) = (Normal::of(&one), Normal::of(&other));
    let steps = steps();
    let (mut refused, mut whole) = (0, 0);
    for step in &steps {
        let package = package::call(&mut peer, &one, step, &of_package).await;
        let wire = wire::call(&other, step, &of_wire).await;
        of_package.keep(step, &package.outcome);
        of_wire.keep(step, &wire);
        let wire = names_of_wire.normal(&wire);
        refused += usize::from(matches!(wire, Outcome::Refused(_)));
        if let Some(raw) = package.raw {
            let raw = names_of_package.normal(&Outcome::Seen(raw));
            compare::assert_same(step, &raw, &wire);
            whole += 1;
        }
        compare::assert_part_of(step, &names_of_package.normal(&package.outcome), &wire);
    }
    println!(
        "{} calls, {refused} of them refused: alike for Clerk's package and on the wire, {whole} answers member by member",
        steps.len()
    );
    assert!(steps.len() >= 80 && refused >= 20 && whole >= 30);

    // Clerk's package counts users beside each list of them.
    let counts_beside = |line: &String| line != "GET /v1/users/count";
    let mut of_package = requests(&one, &mut names_of_package);
    of_package.retain(counts_beside);
    assert_eq!(of_package, requests(&other, &mut names_of_wire));
}

/// Neither Node nor Clerk's package is needed for this half.
#[tokio::test]
async fn the_client_reads_what_is_on_the_wire() {
    let (one, other) = (instance().await, instance().await);
    let (mut of_client, mut of_wire) = (Memory::of(&one), Memory::of(&other));
    let (mut names_of_client, mut names_of_wire) = (Normal::of(&one), Normal::of(&other));
    let client = client::of(&one);
    let steps = steps();
    for step in &steps {
        let read = client::call(&client, step, &of_client).await;
        let wire = wire::call(&other, step, &of_wire).await;
        of_client.keep(step, &read);
        of_wire.keep(step, &wire);
        let (read, wire) = (names_of_client.normal(&read), names_of_wire.normal(&wire));
        // All that is read has come, and all that came is read or kept.
        compare::assert_part_of(step, &read, &wire);
        compare::assert_part_of(step, &wire, &read);
    }
    println!("{} calls: alike for the client and on the wire", steps.len());
    assert_eq!(
        requests(&one, &mut names_of_client),
        requests(&other, &mut names_of_wire)
    );
}

/// Methods and paths of all requests that an instance got.
fn requests(instance: &LocalInstance, names: &mut Normal) -> Vec<String> {
    let requests = instance.requests();
    let lines = requests
        .iter()
        .map(|request| format!("{} {}", request.method, request.path));
    lines.map(|line| names.text(&line)).collect()
}
