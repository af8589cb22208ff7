use std::fmt::Write;

use clerk_testing::{LocalInstance, TokenBuilder};
use serde_json::json;

use crate::keys::{Perm, Roles};
use crate::shared::Backend;

/// Gives an instance of this process's own the roles that the routes ask for.
pub(crate) fn prepare(backend: &Backend) {
    if let Backend::Local(instance) = backend {
        instance
            .organization("acme")
            .role(Roles::Admin.0, Perm::ALL.iter().map(|permission| permission.0))
            .role(Roles::Member.0, [Perm::InvoicesRead.0])
            .member("ada", Roles::Admin.0)
            .member("bob", Roles::Member.0);
    }
}

/// What to try, with the answer to expect below each line.
pub(crate) fn of(backend: &Backend, url: &str) -> String {
    let Backend::Local(instance) = backend else {
        return "To be signed in, add -H \"Authorization: Bearer <token>\" to a line of curl, with the token that\n\
                    `await Clerk.session.getToken()` gives in the browser console of your frontend.\n"
                .into();
    };
    let ada = member(
        instance,
        "ada",
        Roles::Admin.0,
        Perm::ALL.iter().map(|one| one.0).collect(),
    );
    let bob = member(instance, "bob", Roles::Member.0, vec![Perm::InvoicesRead.0]);
    let unverified = ada.clone().session("unverified").fva(90, -1);
    let key = instance
        .api_key("ada")
        .name("nightly")
        .scopes(["reports:write"])
        .bearer();
    let invoice = |id: u64| json!({ "id": id, "total": "100.00" });
    let list = json!({ "orgId": ada.org_id(), "invoices": [invoice(7)] });
    let again = r#"403 {"clerk_error":{"metadata":{"reverification":"strict"},"reason":"reverification-error","type":"forbidden"}}"#;
    let lines = [
        (
            "Signed out",
            "",
            vec![
                ("GET", "/health", "200 ok".to_owned()),
                ("GET", "/invoices", r#"401 {"error":"Not authenticated"}"#.into()),
            ],
        ),
        (
            "Bob, who is a member",
            &bob.bearer(),
            vec![
                ("GET", "/invoices", format!("200 {list}")),
                ("POST", "/invoices", r#"403 {"error":"Not authorized"}"#.into()),
            ],
        ),
        (
            "Ada, who is an admin",
            &ada.bearer(),
            vec![
                ("GET", "/invoices", format!("200 {list}")),
                ("POST", "/invoices", format!("200 {}", invoice(8))),
                ("DELETE", "/invoices/7", r#"200 {"deleted":7}"#.into()),
            ],
        ),
        (
            "Ada, an hour and a half after she signed in",
            &unverified.bearer(),
            vec![
                ("POST", "/invoices", format!("200 {}", invoice(8))),
                ("DELETE", "/invoices/7", again.into()),
            ],
        ),
        (
            "A program with a key of Ada's",
            &key,
            vec![
                ("POST", "/reports", r#"200 {"writtenBy":"nightly"}"#.into()),
                ("GET", "/invoices", r#"401 {"error":"Not authenticated"}"#.into()),
            ],
        ),
    ];
    let mut text =
        "Without the keys of an instance a Clerk of this process's own stands in. For an hour:\n".to_owned();
    for (who, authorization, requests) in lines {
        // Writing to a text does not fail.
        let _ = write!(text, "\n{who}:\n\n");
        let header = match authorization.strip_prefix("Bearer ") {
            None => "",
            Some(token) => {
                let _ = write!(text, "  TOKEN={token}\n\n");
                " -H \"Authorization: Bearer $TOKEN\""
            }
        };
        for (method, path, answer) in requests {
            let _ = writeln!(text, "  curl -i -X {method}{header} {url}{path}\n    {answer}");
        }
    }
    text
}

fn member(instance: &LocalInstance, name: &str, role: &str, permissions: Vec<&str>) -> TokenBuilder {
    instance
        .user(name)
        .org("acme")
        .role(role)
        .permissions(permissions)
        .expires_in(3600)
}
