use std::error::Error;

use clerk_runtime::Clerk;
use clerk_testing::LocalInstance;

use crate::api::Perm;
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
        Ok(Self::Local(LocalInstance::start().await?))
    }

    pub(crate) fn clerk(&self) -> Clerk {
        match self {
            Self::Hosted(clerk) => clerk.clone(),
            Self::Local(instance) => instance.clerk(),
        }
    }

    /// What to try, with the status to expect below each line.
    pub(crate) fn instructions(&self, url: &str) -> String {
        let line = |path: &str, options: &str, answer: &str| {
            format!("  curl -i {options}{url}{path}\n      {answer}\n")
        };
        let signed_out = [
            line("/openapi.json", "", "200, the document"),
            line("/health", "", "200"),
            line("/me", "", "401"),
        ]
        .concat();
        let Self::Local(instance) = self else {
            return signed_out;
        };
        let reader = instance
            .user("bob")
            .org("acme")
            .permissions([Perm::InvoicesRead.0])
            .expires_in(3600);
        let bob = authorization(&reader.bearer());
        let post = format!("{bob}-H 'Content-Type: application/json' -d '{{\"cents\":4200}}' ");
        let key = authorization(&instance.api_key("bob").bearer());
        let reading_key = authorization(&instance.api_key("bob").scopes(["invoices:read"]).bearer());
        let signed_in = [
            line("/me", &bob, "200"),
            line("/invoices", &bob, "200"),
            line("/invoices", &post, "403, for lack of the permission"),
            line("/export", &bob, "401, for lack of an API key"),
            line("/export", &key, "403, for lack of the scope"),
            line("/export", &reading_key, "200"),
        ]
        .concat();
        format!(
            "No CLERK_ variable is set, so a Clerk of this process's own stands in, with one user, bob, who may read invoices.\n\n\
             {signed_out}\nSigned in as bob, for an hour, or with an API key of his:\n\n{signed_in}"
        )
    }
}

fn authorization(bearer: &str) -> String {
    format!("-H 'Authorization: {bearer}' ")
}
