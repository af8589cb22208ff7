mod invitations;
mod machine_tokens;
mod organizations;
mod sessions;
mod templates;
mod users;

use serde_json::{Value, json};

/// One call, for each side in its own words. `$label.member` stands for what an earlier step gave; the step called `local`
/// is what the instance had from the beginning.
pub(crate) struct Step {
    pub(crate) label: &'static str,
    /// Namespace and method of Clerk's package, such as `users.createUser`.
    pub(crate) method: &'static str,
    pub(crate) arguments: Value,
    /// Method and path on the wire, without the version.
    pub(crate) line: &'static str,
    pub(crate) body: Value,
    /// Whether the key of a machine goes with it.
    pub(crate) by_machine: bool,
}

fn step(
    label: &'static str,
    method: &'static str,
    arguments: Value,
    line: &'static str,
    body: Value,
) -> Step {
    Step {
        label,
        method,
        arguments,
        line,
        body,
        by_machine: method.starts_with("m2m."),
    }
}

/// The calls in their order.
pub(crate) fn steps() -> Vec<Step> {
    let none = Value::Null;
    let mut all = users::all();
    all.extend(sessions::all());
    all.extend(organizations::all());
    all.extend(invitations::all());
    all.extend(machine_tokens::all());
    all.extend(templates::all());
    all.push(step(
        "user_gone",
        "users.deleteUser",
        json!(["$user.id"]),
        "DELETE /users/$user.id",
        none.clone(),
    ));
    all.push(step(
        "user_missing",
        "users.getUser",
        json!(["$user.id"]),
        "GET /users/$user.id",
        none,
    ));
    all
}
