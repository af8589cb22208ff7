use serde_json::json;

use crate::database::Database;
use crate::shared::Backend;

/// What to try, with the answer to expect below each line.
pub(crate) fn of(backend: &Backend, database: &Database, url: &str) -> String {
    let strangers = [
        line(
            url,
            "webhooks",
            "-X POST ",
            None,
            r#"400 {"error":"Webhook not verified"}"#,
        ),
        line(
            url,
            "api/visits",
            "",
            None,
            r#"401 {"error":"Not authenticated"}"#,
        ),
    ];
    match backend {
        Backend::Hosted => format!(
            "Let Clerk's dashboard send user events to {url}/webhooks, through a tunnel, and\n\
             read {}.\n\nWho is not Clerk, or nobody:\n\n{}\n\
             To be signed in, add -H \"Authorization: Bearer <token>\", with the token that\n\
             `await Clerk.session.getToken()` gives in the browser console of your frontend.\n",
            database.file(),
            strangers.concat(),
        ),
        Backend::Local(instance) => {
            let ada = instance.user("ada").expires_in(3600);
            let visitor = |name: &str, id: String, visits: u32| {
                let (first_name, email_address) = (capitalized(name), format!("{name}@example.com"));
                // Members in the order of the answer.
                format!(
                    r#"{{"userId":"{id}","firstName":"{first_name}","emailAddress":"{email_address}","visits":{visits}}}"#
                )
            };
            let visitors = [
                visitor("ada", ada.user_id(), 1),
                visitor("bob", instance.user("bob").user_id(), 0),
            ];
            let bearer = "Bearer $TOKEN";
            let as_ada = [
                format!("  TOKEN={}\n\n", ada.token()),
                line(
                    url,
                    "api/visits",
                    "-X POST ",
                    Some(bearer),
                    &format!("201 {}", json!({ "visits": 1 })),
                ),
                line(
                    url,
                    "api/visits",
                    "",
                    Some(bearer),
                    &format!("200 [{}]", visitors.join(",")),
                ),
            ];
            format!(
                "Without the keys of an instance a Clerk of this process's own stands in. It told of its users, ada\n\
                 and bob, by webhook, and they are in {}.\n\n\
                 Who is not Clerk, or nobody:\n\n{}\nSigned in as ada, for an hour:\n\n{}",
                database.file(),
                strangers.concat(),
                as_ada.concat(),
            )
        }
    }
}

fn capitalized(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

fn line(url: &str, route: &str, method: &str, bearer: Option<&str>, answer: &str) -> String {
    let header = bearer
        .map(|bearer| format!("-H \"Authorization: {bearer}\" "))
        .unwrap_or_default();
    format!("  curl -i {method}{header}{url}/{route}\n    {answer}\n")
}
