//! An API whose OpenAPI document says of every operation who may call it, because the handlers do.
//!
//! ```text
//! cargo run --example openapi
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
mod backend;
#[path = "../shared/environment.rs"]
mod environment;
#[path = "../shared/interrupt.rs"]
mod interrupt;
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
            eprintln!("openapi cannot run: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let interrupted = interrupt::ctrl_c();
    let backend = Backend::from_env().await?;
    let listener = port::listen(std::env::var_os("PORT").as_deref()).await?;
    let url = format!("http://{}", listener.local_addr()?);
    println!(
        "Listening on {url}, until Ctrl-C.\n\n{}",
        backend.instructions(&url)
    );
    axum::serve(listener, api::application(backend.clerk()))
        .with_graceful_shutdown(interrupted)
        .await?;
    println!("Stopped.");
    Ok(())
}
