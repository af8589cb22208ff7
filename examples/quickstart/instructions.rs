use clerk_runtime::Clerk;
use serde_json::json;

use crate::shared::Backend;

/// Makes what the routes ask of an instance of this process's own.
pub(crate) fn prepare(backend: &Backend) {
    if let Backend::Local(instance) = backend {
        instance.jwt_template(
            "supabase",
            json!({ "aud": "authenticated", "role": "authenticated", "email": "{{user.primary_email_address}}" }),
        );
    }
}

/// What to try, with the answer to expect below each line. `…` stands for what cannot be known before.
pub(crate) fn of(backend: &Backend, url: &str) -> String {
    let signed_out = [
        line(url, "example", None, r#"200 {"userId":null}"#),
        line(url, "protected", None, r#"401 {"error":"Not authenticated"}"#),
    ];
    match backend {
        Backend::Hosted => format!(
            "Signed out:\n\n{}\nTo be signed in, add -H \"Authorization: Bearer <token>\", with the token that\n\
                 `await Clerk.session.getToken()` gives in the browser console of your frontend.\n",
            signed_out.concat(),
        ),
        Backend::Local(instance) => {
            let ada = instance.user("ada").expires_in(3600);
            let id = ada.user_id();
            let bearer = Some("Bearer $TOKEN");
            let user_id = json!({ "userId": id });
            let user = json!({
                "id": id,
                "username": "ada",
                "firstName": "Ada",
                "lastName": null,
                "emailAddress": "ada@example.com",
            });
            let signed_in = [
                token_line(&ada.token()),
                line(url, "example", bearer, &format!("200 {user_id}")),
                line(url, "protected", bearer, &format!("200 {user_id}")),
                line(url, "token", bearer, r#"200 {"token":"…"}"#),
                line(url, "user", bearer, &format!("200 {user}")),
            ];
            format!(
                "Without the keys of an instance a Clerk of this process's own stands in, with one user, ada.\n\n\
                     Signed out:\n\n{}\nSigned in as ada, for an hour:\n\n{}",
                signed_out.concat(),
                signed_in.concat(),
            )
        }
    }
}

/// Returns the line that puts the token where the other lines read it.
fn token_line(token: &str) -> String {
    format!("  TOKEN={token}\n\n")
}

fn line(url: &str, route: &str, bearer: Option<&str>, answer: &str) -> String {
    let header = bearer
        .map(|bearer| format!(" -H \"Authorization: {bearer}\""))
        .unwrap_or_default();
    format!("  curl -i{header} {url}/api/{route}\n    {answer}\n")
}

/// Says early what would otherwise fail with the first request. The handle recovers from an outage by itself.
pub(crate) async fn warn_unless_ready(clerk: Clerk) {
    if let Err(error) = clerk.ready().await {
        eprintln!("Clerk's keys cannot be had, so every token is refused for now: {error}");
    }
}
