//! Says what is wrong with a configuration, and why a request is refused.
//!
//! ```text
//! cargo run --example doctor                         # the variables CLERK_…
//! echo "$TOKEN" | cargo run --example doctor         # and a token
//! pbpaste | cargo run --example doctor               # and a request, as the browser copies it as `curl`
//! cargo run --example doctor -- --accepts api_key    # of a handler that accepts other tokens
//! ```
//!
//! With nothing configured it shows both on a Clerk of its own, once for each usual mistake. No output has a token, a cookie
//! or a secret.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal program talks to its user"
)]

#[path = "../shared/backend.rs"]
mod backend;
mod credential;
mod mistakes;
#[path = "../shared/variables.rs"]
mod variables;

use std::error::Error;
use std::io::{IsTerminal, Read, stdin};
use std::process::ExitCode;

use clerk_runtime::Clerk;
use clerk_runtime::token::{AcceptsToken, TokenType};

use self::backend::Backend;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("doctor has not come to its end: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let accepts = accepts(std::env::args().skip(1))?;
    let backend = Backend::from_env("doctor", &[]).await?;
    let clerk = backend.clerk_builder()?.build()?;
    println!("{}", clerk.diagnose().await);
    let input = input()?;
    if !input.trim().is_empty() {
        println!("\n{}", explain(&clerk, accepts, &input).await?);
    } else if let Backend::Local(instance) = &backend {
        println!("\nThat was a Clerk of this process's own. What the usual mistakes look like:");
        mistakes::show(instance).await?;
    }
    Ok(())
}

/// Reads the types of token that the handler accepts.
fn accepts(mut arguments: impl Iterator<Item = String>) -> Result<AcceptsToken, Box<dyn Error>> {
    const USAGE: &str = "usage: doctor [--accepts session_token|api_key|m2m_token|oauth_token|any]";
    match (arguments.next().as_deref(), arguments.next().as_deref()) {
        (None, _) | (Some("--accepts"), Some("session_token")) => Ok(AcceptsToken::SESSION),
        (Some("--accepts"), Some("api_key")) => Ok(TokenType::ApiKey.into()),
        (Some("--accepts"), Some("m2m_token")) => Ok(TokenType::M2mToken.into()),
        (Some("--accepts"), Some("oauth_token")) => Ok(TokenType::OauthToken.into()),
        (Some("--accepts"), Some("any")) => Ok(AcceptsToken::ANY),
        _ => Err(USAGE.into()),
    }
}

/// Reads what was piped in, or one line of a terminal.
fn input() -> Result<String, Box<dyn Error>> {
    let mut input = String::new();
    if stdin().is_terminal() {
        println!("\nPaste a token or a `curl` line to have it explained, or press Enter:");
        stdin().read_line(&mut input)?;
    } else {
        // Far more than any request that a server accepts.
        const MAX_BYTES: u64 = 256 * 1024;
        stdin().lock().take(MAX_BYTES).read_to_string(&mut input)?;
    }
    Ok(input)
}

async fn explain(clerk: &Clerk, accepts: AcceptsToken, input: &str) -> Result<String, Box<dyn Error>> {
    let request = credential::request(input)?;
    // Without the keys an explanation can only tell that they are missing.
    if let Err(error) = clerk.ready().await {
        eprintln!("Clerk's keys cannot be had: {error}");
    }
    Ok(clerk.explain_accepting(&request, accepts).to_string())
}
