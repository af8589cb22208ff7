//! `cargo xtask generate` writes `clerk-client/src/resources` and the list of calls that the tests make, from `xtask/api`.
//! `cargo xtask generate --check` fails where they differ from what it would write.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command says what it does"
)]

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
    let is_check = match arguments[..] {
        ["generate"] => false,
        ["generate", "--check"] => true,
        _ => {
            eprintln!("usage: cargo xtask generate [--check]");
            return ExitCode::FAILURE;
        }
    };
    match generate(is_check) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn generate(is_check: bool) -> Result<String, Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.parent().ok_or("xtask has no parent folder")?;
    let table = table::Table::read(&here.join("api"))?;
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
    Ok(format!("{operations} operations: {count} files {done}"))
}
