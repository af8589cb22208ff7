//! A small application with pages: public, for members, for an organization; sign-in, sign-out, and a form.
//!
//! ```text
//! cargo run --example browser
//! ```
//!
//! With nothing configured it starts a Clerk of its own on loopback, with users who can sign in without a password. With
//! the keys of an instance in `CLERK_PUBLISHABLE_KEY` and `CLERK_SECRET_KEY` users sign in at its account portal. `PORT`
//! overrides 3000; 0 takes any free port.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal program talks to its user"
)]

mod application;
mod html;
mod instance;
mod pages;
#[path = "../shared/mod.rs"]
mod shared;

use std::error::Error;
use std::process::ExitCode;

use self::shared::Backend;

#[tokio::main]
async fn main() -> ExitCode {
    shared::exit("browser", run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    shared::start_log();
    let interrupted = shared::ctrl_c();
    let backend = Backend::from_env("browser", &[]).await?;
    instance::prepare(&backend);
    let listener = shared::listen(std::env::var_os("PORT").as_deref()).await?;
    // Browsers take `localhost` for another site than 127.0.0.1, where the local Clerk is.
    let url = format!("http://localhost:{}", listener.local_addr()?.port());
    println!("Open {url} in a browser. Ctrl-C stops.");
    if let Backend::Local(_) = backend {
        println!(
            "Without the keys of an instance a Clerk of this process's own stands in: sign in as ada, bob or anybody."
        );
    }
    shared::serve(listener, application::routes(&backend, &url)?, interrupted).await?;
    println!("Stopped.");
    Ok(())
}
