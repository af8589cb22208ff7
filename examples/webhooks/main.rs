//! A table of users in SQLite that webhooks keep in step with Clerk.
//!
//! ```text
//! cargo run --example webhooks
//! ```
//!
//! With nothing configured it starts a Clerk of its own on loopback, which sends it webhooks, and prints `curl` lines to
//! try. With the keys of an instance in `CLERK_PUBLISHABLE_KEY`, `CLERK_SECRET_KEY` and `CLERK_WEBHOOK_SIGNING_SECRET` it
//! talks to Clerk. `PORT` overrides 3000; 0 takes any free port. The table is in `webhooks.sqlite3` in the working
//! directory; a second Clerk of its own in one folder has one beside it.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal program talks to its user"
)]

mod api;
mod database;
mod instructions;
#[path = "../shared/mod.rs"]
mod shared;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use clerk_runtime::webhook::WebhookVerifier;

use self::api::App;
use self::database::{Database, Use};
use self::shared::Backend;

#[tokio::main]
async fn main() -> ExitCode {
    shared::exit("webhooks", run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    shared::start_log();
    let interrupted = shared::ctrl_c();
    let backend = Backend::from_env("webhooks", &["CLERK_WEBHOOK_SIGNING_SECRET"]).await?;
    let clerk = backend.clerk_builder()?.build()?;
    let listener = shared::listen(std::env::var_os("PORT").as_deref()).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let (webhooks, endpoint) = match &backend {
        Backend::Hosted => (WebhookVerifier::from_env()?, None),
        Backend::Local(instance) => {
            let endpoint = instance.webhook(format!("{url}/webhooks"))?;
            let verifier = WebhookVerifier::new(&endpoint.signing_secret())?;
            (verifier.clock(instance.clock()), Some(endpoint))
        }
    };
    let access = match &backend {
        Backend::Hosted => Use::Shared,
        Backend::Local(_) => Use::Alone,
    };
    let database = Database::open(access).await?;
    if let Backend::Local(instance) = &backend {
        // It is new, and knows nobody of those who are in the table.
        database.clear().await?;
        let _ = (instance.user("ada"), instance.user("bob"));
    }
    let app = App {
        clerk,
        webhooks,
        database: database.clone(),
    };
    let server = tokio::spawn(shared::serve(listener, api::routes(app), interrupted));
    if let Some(endpoint) = endpoint {
        tokio::time::timeout(Duration::from_secs(10), endpoint.settled())
            .await
            .map_err(|_| "its own webhooks do not arrive")?;
    }
    println!(
        "Listening on {url}, until Ctrl-C.\n\n{}",
        instructions::of(&backend, &database, &url)
    );
    server.await??;
    database.close().await;
    println!("Stopped.");
    Ok(())
}
