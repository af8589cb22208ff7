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
mod backend;
#[path = "../shared/environment.rs"]
mod environment;
mod html;
#[path = "../shared/interrupt.rs"]
mod interrupt;
mod pages;
#[path = "../shared/port.rs"]
mod port;

use std::error::Error;
use std::process::ExitCode;

use self::backend::Backend;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("browser cannot run: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let interrupted = interrupt::ctrl_c();
    let backend = Backend::from_env().await?;
    let listener = port::listen(std::env::var_os("PORT").as_deref()).await?;
    // Browsers take `localhost` for another site than 127.0.0.1, where the local Clerk is.
    let url = format!("http://localhost:{}", listener.local_addr()?.port());
    println!("Open {url} in a browser. Ctrl-C stops.");
    if backend.is_local() {
        println!(
            "No CLERK_ variable is set, so a Clerk of this process's own stands in: sign in as ada, bob or anybody."
        );
    }
    axum::serve(listener, application::routes(&backend, &url)?)
        .with_graceful_shutdown(interrupted)
        .await?;
    println!("Stopped.");
    Ok(())
}
