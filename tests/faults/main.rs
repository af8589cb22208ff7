//! An application under steady traffic while the Clerk that it gets its keys from fails in every way there is.
//!
//! ```text
//! cargo run --release -p tests --example faults -- --seconds 60
//! ```
//!
//! Calm and faulty phases take turns. What the keys' lifetimes are counted in is made faster by `--scale` (60, a minute per
//! second), so that sets get old, stale and are fetched again many times in a short run; how long a fetch or a request may
//! wait is not. The exit code says whether every promise was kept.
#![allow(missing_docs, reason = "a program has no readers of its documentation")]
#![allow(clippy::print_stdout, reason = "a terminal program talks to its user")]

mod application;
mod events;
mod fault;
mod report;
mod resources;
mod run;
mod tally;
mod tokens;
mod traffic;

use std::process::ExitCode;
use std::time::Duration;

/// What the command line says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) time: Duration,
    pub(crate) scale: u32,
}

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            println!("{message}\nusage: faults [--seconds 60] [--scale 60]");
            return ExitCode::from(2);
        }
    };
    let report = run::run(options);
    println!("{report}");
    if report.broken().is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        time: Duration::from_secs(60),
        scale: 60,
    };
    while let Some(name) = arguments.next() {
        let value = arguments.next().and_then(|value| value.parse::<u32>().ok());
        match (name.as_str(), value) {
            ("--seconds", Some(seconds @ 1..)) => options.time = Duration::from_secs(seconds.into()),
            ("--scale", Some(scale @ 1..=60)) => options.scale = scale,
            _ => return Err(format!("`{name}` is no option, or its value is out of range")),
        }
    }
    Ok(options)
}
