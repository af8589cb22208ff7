//! The four examples of Clerk's `getAuth()` page as axum routes.
//!
//! ```text
//! cargo run --example quickstart
//! ```
//!
//! With nothing configured it starts a Clerk of its own on loopback and prints `curl` lines to try. With the keys of an
//! instance in `CLERK_PUBLISHABLE_KEY` and `CLERK_SECRET_KEY` it talks to Clerk. `PORT` overrides 3000; 0 takes any free
//! port.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal program talks to its user"
)]

mod api;
mod instructions;
#[path = "../shared/mod.rs"]
mod shared;

use std::error::Error;
use std::process::ExitCode;

use self::shared::Backend;

#[tokio::main]
async fn main() -> ExitCode {
    shared::exit("quickstart", run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    shared::start_log();
    let interrupted = shared::ctrl_c();
    let backend = Backend::from_env("quickstart", &[]).await?;
    instructions::prepare(&backend);
    let clerk = backend.clerk_builder()?.build()?;
    let listener = shared::listen(std::env::var_os("PORT").as_deref()).await?;
    let url = format!("http://{}", listener.local_addr()?);
    println!(
        "Listening on {url}, until Ctrl-C.\n\n{}",
        instructions::of(&backend, &url)
    );

    tokio::spawn(instructions::warn_unless_ready(clerk.clone()));
    shared::serve(listener, api::routes(clerk), interrupted).await?;
    println!("Stopped.");
    Ok(())
}
