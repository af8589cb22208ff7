//! `cargo xtask generate` writes `clerk-client/src/resources` and the list of calls that the tests make, from `xtask/api`.
//! `cargo xtask generate --check` fails where they differ from what it would write.
//!
//! `cargo xtask answers` fails where some door of clerk-runtime answers a fixed corpus of requests otherwise than before.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command says what it does"
)]

mod answers;
mod arguments;
mod calls;
mod models;
mod names;
mod plan;
mod rules;
mod sample_calls;
mod source;
mod table;
mod tree;
mod words;
mod write;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["generate"] => generate(false),
        ["generate", "--check"] => generate(true),
        ["answers", ref rest @ ..] => root().and_then(|root| answers::run(root, rest)),
        _ => {
            eprintln!(
                "usage: cargo xtask generate [--check]\n       cargo xtask answers [--except GROUP]... | --write | --show [GROUP:]NUMBER"
            );
            return ExitCode::FAILURE;
        }
    };
    done.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

fn root() -> Result<&'static Path, Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().ok_or_else(|| "xtask has no parent folder".into())
}

fn generate(is_check: bool) -> Result<ExitCode, Box<dyn Error>> {
    let root = root()?;
    let table = table::Table::read(&root.join("xtask/api"))?;
    let plan = plan::Plan::new(&table)?;
    let trees = [
        ("clerk-client/src/resources", tree::resources(&plan)?),
        ("tests/backend_api/calls", sample_calls::tree(&plan)?),
    ];
    let mut count = 0;
    for (folder, files) in &trees {
        let files = write::formatted(root, files)?;
        count += files.len();
        if is_check {
            write::compare(&root.join(folder), &files)?;
        } else {
            write::write(&root.join(folder), &files)?;
        }
    }
    let operations = table.operations.len();
    let done = if is_check {
        "are up to date"
    } else {
        "were written"
    };
    println!("{operations} operations: {count} files {done}");
    Ok(ExitCode::SUCCESS)
}
