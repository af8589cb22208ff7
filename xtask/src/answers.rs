//! Runs the program that compares what every door answers with what it answered before.

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Passes the arguments on, and the exit code back. The program stands in the tests, so that this crate needs none of those
/// it is about.
pub(crate) fn run(root: &Path, arguments: &[&str]) -> Result<ExitCode, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(root)
        .args([
            "run",
            "--quiet",
            "--package",
            "tests",
            "--example",
            "answers",
            "--",
        ])
        .args(arguments)
        .status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
