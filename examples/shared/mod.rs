//! What every example needs to be a program.

mod backend;
mod interrupt;
mod port;
mod serve;
mod variables;

use std::error::Error;
use std::process::ExitCode;

pub(crate) use backend::Backend;
pub(crate) use interrupt::ctrl_c;
pub(crate) use port::listen;
pub(crate) use serve::serve;

/// Writes what the library tells to the standard error: why a request is refused, for one.
pub(crate) fn start_log() {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .without_time()
        .init();
}

/// Says why an example could not run.
pub(crate) fn exit(example: &str, outcome: Result<(), Box<dyn Error>>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{example} cannot run: {error}");
            ExitCode::FAILURE
        }
    }
}
