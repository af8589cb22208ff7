use std::error::Error;

use clerk_runtime::Clerk;
use clerk_testing::LocalInstance;
use serde_json::json;

use crate::environment;

/// What the routes are protected by.
pub(crate) enum Backend {
    /// Clerk, by the variables `CLERK_…`.
    Hosted(Clerk),
    /// An instance in this process, for lack of any such variable.
    Local(LocalInstance),
}

impl Backend {
    pub(crate) async fn from_env() -> Result<Self, Box<dyn Error>> {
        if environment::configures_clerk() {
            return Ok(Self::Hosted(Clerk::from_env()?));
        }
        let instance = LocalInstance::start().await?;
        instance.jwt_template(
            "supabase",
            json!({ "aud": "authenticated", "role": "authenticated", "email": "{{user.primary_email_address}}" }),
        );
        Ok(Self::Local(instance))
    }

    pub(crate) fn clerk(&self) -> Clerk {
        match self {
            Self::Hosted(clerk) => clerk.clone(),
            Self::Local(instance) => instance.clerk(),
        }
    }

    /// What to try, with the answer to expect below each line. `…` stands for what cannot be known before.
    pub(crate) fn instructions(&self, url: &str) -> String {
        let signed_out = [
            line(url, "example", None, r#"200 {"userId":null}"#),
            line(url, "protected", None, r#"401 {"error":"Not authenticated"}"#),
        ];
        match self {
            Self::Hosted(_) => format!(
                "Signed out:\n\n{}\nTo be signed in, add -H \"Authorization: Bearer <token>\", with the token that\n\
                 `await Clerk.session.getToken()` gives in the browser console of your frontend.\n",
                signed_out.concat(),
            ),
            Self::Local(instance) => {
                let ada = instance.user("ada").expires_in(3600);
                let (id, bearer) = (ada.user_id(), ada.bearer());
                let bearer = Some(bearer.as_str());
                let user_id = json!({ "userId": id });
                let user = json!({
                    "id": id,
                    "username": "ada",
                    "firstName": "Ada",
                    "lastName": null,
                    "emailAddress": "ada@example.com",
                });
                let signed_in = [
                    line(url, "example", bearer, &format!("200 {user_id}")),
                    line(url, "protected", bearer, &format!("200 {user_id}")),
                    line(url, "token", bearer, r#"200 {"token":"…"}"#),
                    line(url, "user", bearer, &format!("200 {user}")),
                ];
                format!(
                    "No CLERK_ variable is set, so a Clerk of this process's own stands in, with one user, ada.\n\n\
                     Signed out:\n\n{}\nSigned in as ada, for an hour:\n\n{}",
                    signed_out.concat(),
                    signed_in.concat(),
                )
            }
        }
    }
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
