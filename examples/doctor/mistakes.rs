//! The usual mistakes, made on instances of this process's own.

use std::error::Error;

use clerk_runtime::clock::Clock;
use clerk_runtime::diagnose::Severity;
use clerk_runtime::token::{AcceptsToken, TokenType};
use clerk_runtime::{Clerk, ConfigError};
use clerk_testing::{Endpoint, Fault, LocalInstance, TestClock};
use http::Request;
use http::request::Parts;

/// Shows what each mistake looks like.
pub(crate) async fn show(instance: &LocalInstance) -> Result<(), Box<dyn Error>> {
    let other = LocalInstance::start().await?;
    for mistake in configuration(instance, &other)? {
        mistake.show().await;
        let diagnosis = mistake.clerk.diagnose().await;
        let found = diagnosis
            .findings()
            .iter()
            .filter(|found| found.severity >= Severity::Warning);
        for finding in found {
            println!("  diagnose {finding}");
        }
    }
    let clerk = instance.clerk();
    for mistake in requests(instance, &clerk) {
        mistake.show().await;
    }
    instance.fault(Endpoint::Jwks, Fault::Drop);
    let clerk = instance.clerk();
    Mistake::new(
        "Clerk cannot be reached",
        clerk.clone(),
        bearer(&instance.user("ada").token()),
    )
    .show()
    .await;
    println!("{}", clerk.diagnose().await);
    Ok(())
}

struct Mistake {
    title: &'static str,
    clerk: Clerk,
    method: &'static str,
    headers: Vec<(&'static str, String)>,
    accepts: AcceptsToken,
}

impl Mistake {
    fn new(title: &'static str, clerk: Clerk, headers: Vec<(&'static str, String)>) -> Self {
        Self {
            title,
            clerk,
            method: "GET",
            headers,
            accepts: AcceptsToken::SESSION,
        }
    }

    async fn show(&self) {
        println!("\n== {} ==", self.title);
        // A failure shows in the explanation.
        let _ = self.clerk.ready().await;
        match self.request() {
            Ok(request) => println!("{}", self.clerk.explain_accepting(&request, self.accepts)),
            Err(error) => println!("the request cannot be made: {error}"),
        }
    }

    fn request(&self) -> Result<Parts, http::Error> {
        let mut request = Request::builder()
            .method(self.method)
            .uri("http://localhost:3000/api/me");
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        Ok(request.body(())?.into_parts().0)
    }
}

fn bearer(token: &str) -> Vec<(&'static str, String)> {
    vec![("authorization", format!("Bearer {token}"))]
}

fn configuration(own: &LocalInstance, other: &LocalInstance) -> Result<Vec<Mistake>, ConfigError> {
    let ada = own.user("ada").expires_in(3600).token();
    let at = |seconds: i64| {
        let clock = TestClock::new();
        clock.set_unix_millis(own.clock().unix_millis() + seconds * 1000);
        own.clerk_builder().clock(clock).build()
    };
    Ok(vec![
        Mistake::new(
            "the front end uses another instance",
            own.clerk(),
            bearer(&other.user("ada").token()),
        ),
        Mistake::new(
            "CLERK_JWT_KEY is of another instance",
            own.clerk_builder().jwt_key(other.jwt_key()).build()?,
            bearer(&ada),
        ),
        Mistake::new(
            "CLERK_PUBLISHABLE_KEY is of another instance",
            own.clerk_builder()
                .publishable_key(other.publishable_key())
                .proxy_url(other.frontend_url())
                .build()?,
            bearer(&ada),
        ),
        Mistake::new(
            "CLERK_SECRET_KEY is of another instance",
            own.clerk_builder()
                .secret_key(other.secret_key())
                .api_url(other.url())
                .build()?,
            bearer(&ada),
        ),
        Mistake::new(
            "CLERK_SECRET_KEY is wrong",
            own.clerk_builder()
                .secret_key("sk_test_0123456789abcdefghijklmnopqrstuvwxyzABCDEF")
                .build()?,
            bearer(&ada),
        ),
        Mistake::new(
            "the clock is two minutes ahead",
            at(120)?,
            bearer(&own.user("ada").token()),
        ),
        Mistake::new(
            "the clock is two minutes behind",
            at(-120)?,
            bearer(&own.user("ada").token()),
        ),
        Mistake::new(
            "the site is not an authorized party",
            own.clerk_builder()
                .authorized_parties(["https://app.example.com"])
                .build()?,
            bearer(&ada),
        ),
        Mistake::new(
            "the audience is not in the token",
            own.clerk_builder()
                .audience(["https://api.example.com"])
                .build()?,
            bearer(&ada),
        ),
    ])
}

/// Returns the mistakes of clients.
fn requests(own: &LocalInstance, clerk: &Clerk) -> Vec<Mistake> {
    let ada = own.user("ada");
    let token = ada.token();
    let of = |title, headers| Mistake::new(title, clerk.clone(), headers);
    let sent = |title, text: &str| of(title, bearer(text));
    let header = |title, value: String| of(title, vec![("authorization", value)]);
    let api_keys = |title, token: &str| Mistake {
        accepts: TokenType::ApiKey.into(),
        ..of(title, bearer(token))
    };
    let cookie = ada.cookie();
    let session_alone = cookie
        .split("; ")
        .find(|pair| pair.starts_with("__session="))
        .unwrap_or_default();
    vec![
        of("no credentials", Vec::new()),
        of(
            "the session cookie alone",
            vec![("cookie", session_alone.to_owned())],
        ),
        header("no `Bearer`", token.clone()),
        header("a gateway's credentials", "Basic dXNlcjpwYXNz".to_owned()),
        header("`Bearer` twice", format!("Bearer Bearer {token}")),
        header("two spaces", format!("Bearer  {token}")),
        sent("a token in quotes", &format!("\"{token}\"")),
        sent("`undefined`", "undefined"),
        sent("`null`", "null"),
        sent("a promise", "[object Promise]"),
        sent("a user's id", &ada.user_id()),
        sent("a session's id", &ada.session_id()),
        sent("the secret key", own.secret_key()),
        sent("an expired token", &ada.clone().expired().token()),
        sent(
            "a token of a JWT template",
            &ada.clone().header("cat", "cl_B7d4PD222AAA").token(),
        ),
        sent("a forged token", &ada.clone().signed_by_other_key().token()),
        sent(
            "an API key where users are expected",
            &own.api_key("ada").secret(),
        ),
        api_keys("a session token where API keys are expected", &token),
        sent("a pending session", &ada.clone().pending().token()),
        sent("no active organization, for a handler with `OrgId`", &token),
        Mistake {
            method: "POST",
            ..of(
                "another site made the request",
                vec![
                    ("cookie", cookie.clone()),
                    ("origin", "https://evil.example".to_owned()),
                ],
            )
        },
    ]
}
