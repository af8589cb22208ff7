//! A tour of the Backend API: users, metadata, organizations, invitations, machine tokens, an error.
//!
//! ```text
//! cargo run --example backend
//! ```
//!
//! With nothing configured it starts a Clerk of its own on loopback. With the secret key of an instance in
//! `CLERK_SECRET_KEY` it says what it would do there, and does it with `-- --live`. What it made it deletes at the end, also
//! when something went wrong.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal program talks to its user"
)]

mod made;
mod tour;
#[path = "../shared/variables.rs"]
mod variables;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use clerk_runtime::client::Client;
use clerk_testing::LocalInstance;

const PLAN: &str = "\
CLERK_SECRET_KEY is set, so this would talk to that instance. It would make a user, an organization with the user in it,
two invitations without an e-mail, an API key, a machine and a token of it; list users; and delete all it made.

Nothing was sent. To do it, run: cargo run --example backend -- --live";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("backend has not come to its end: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let is_live = match &arguments[..] {
        [] => false,
        [only] if only == "--live" => true,
        _ => return Err("the only argument that there is is --live".into()),
    };
    match (variable("CLERK_SECRET_KEY"), is_live) {
        (None, true) => Err("--live needs the secret key of an instance in CLERK_SECRET_KEY".into()),
        (None, false) => {
            variables::are_set("backend", &["CLERK_SECRET_KEY"])?;
            println!(
                "No CLERK_SECRET_KEY is set, so a Clerk of this process's own stands in, with three users.\n"
            );
            let instance = LocalInstance::start().await?;
            for name in ["ada", "bob", "cyd"] {
                let _ = instance.user(name).user_id();
            }
            let client = Client::builder(instance.secret_key())
                .api_url(instance.url())
                .build()?;
            Ok(tour::take(&client).await?)
        }
        (Some(_), false) => {
            println!("{PLAN}");
            Ok(())
        }
        (Some(key), true) => {
            let mut builder = Client::builder(key);
            if let Some(url) = variable("CLERK_API_URL") {
                builder = builder.api_url(url);
            }
            Ok(tour::take(&builder.build()?).await?)
        }
    }
}

fn variable(name: &str) -> Option<String> {
    let value = env::var(name).ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
