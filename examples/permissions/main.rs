//! Who may call what: roles and permissions as constants, a router that refuses handlers which do not say, and its table.
//!
//! ```text
//! cargo run --example permissions
//! cargo run --example permissions -- export > clerk-keys.json
//! ```
//!
//! The first prints the access table and serves the routes; the second writes down the roles and permissions that the
//! instance has, for a test to compare with `keys.rs`. With nothing configured a Clerk of its own on loopback stands in, with
//! the keys of an instance in `CLERK_PUBLISHABLE_KEY` and `CLERK_SECRET_KEY` it talks to Clerk. `PORT` overrides 3000; 0
//! takes any free port.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal program talks to its user"
)]

mod api;
mod instructions;
mod keys;
#[path = "../shared/mod.rs"]
mod shared;

use std::error::Error;
use std::process::ExitCode;

use clerk_testing::DashboardKeys;

use self::shared::Backend;

#[tokio::main]
async fn main() -> ExitCode {
    let argument = std::env::args().nth(1);
    let outcome = match argument.as_deref() {
        None => serve().await,
        Some("export") => export().await,
        Some(other) => Err(format!("there is no command {other:?}: leave it out, or write `export`").into()),
    };
    shared::exit("permissions", outcome)
}

async fn serve() -> Result<(), Box<dyn Error>> {
    shared::start_log();
    let interrupted = shared::ctrl_c();
    let backend = Backend::from_env("permissions", &[]).await?;
    instructions::prepare(&backend);
    let clerk = backend.clerk_builder()?.build()?;
    let listener = shared::listen(std::env::var_os("PORT").as_deref()).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let routes = api::routes();
    println!("Listening on {url}, until Ctrl-C.\n");
    println!("{}\n", routes.access_table());
    println!("{}", instructions::of(&backend, &url));
    shared::serve(listener, routes.with_state(clerk).into_axum(), interrupted).await?;
    println!("Stopped.");
    Ok(())
}

async fn export() -> Result<(), Box<dyn Error>> {
    let backend = Backend::from_env("permissions", &[]).await?;
    instructions::prepare(&backend);
    let clerk = backend.clerk_builder()?.build()?;
    let keys = DashboardKeys::export(clerk.client()).await?;
    print!("{}", keys.to_json());
    Ok(())
}
