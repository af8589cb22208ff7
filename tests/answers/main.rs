//! What every door of the runtime answers to a fixed corpus of requests, compared with what it answered before.
//!
//! ```text
//! cargo xtask answers                        compares with the kept digests
//! cargo xtask answers --except GROUP         lets the answers of a group differ
//! cargo xtask answers --write                keeps what is answered now
//! cargo xtask answers --show GROUP:NUMBER    prints one request and its answer
//! ```
//!
//! A number without a group, or with a group that has several blocks, is counted through the blocks of the file.
//!
//! A change that is to leave every answer as it is, such as a rewrite of the inside, is proven by this as far as the corpus
//! reaches. Keys, clock and what Clerk answers are fixed, so that two runs differ only where the code does.
#![allow(missing_docs, reason = "a program has no readers of its documentation")]
#![allow(clippy::print_stdout, reason = "a terminal program talks to its user")]

mod answer;
mod applications;
mod canned;
#[path = "../conformance/case.rs"]
#[allow(dead_code, reason = "the conformance tests ask more of a case")]
mod case;
mod changes;
mod clock;
mod credentials;
mod dice;
mod digests;
mod door;
mod drafts;
mod handlers;
mod instances;
mod keys;
mod parts;
mod raw;
#[path = "../conformance/upstream.rs"]
#[allow(dead_code, reason = "the conformance tests look at the calls as well")]
mod recorded_upstream;
mod recorder;
mod report;
mod scripts;
mod stream;
mod tokens;
mod upstream;
mod vectors;
mod webhooks;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::Instant;

use digests::Digests;
use recorder::Recorder;

/// What the command line says.
#[derive(Debug, Default)]
struct Options {
    write: bool,
    show: Option<(Option<String>, usize)>,
    except: BTreeSet<String>,
}

fn main() -> ExitCode {
    let usage = "usage: cargo xtask answers [--except GROUP]... | --write | --show [GROUP:]NUMBER";
    let run = match options(std::env::args().skip(1)) {
        Ok(options) => run(options),
        Err(message) => Err(format!("{message}\n{usage}")),
    };
    match run {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            println!("{message}");
            ExitCode::from(2)
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(name) = arguments.next() {
        match name.as_str() {
            "--write" => options.write = true,
            "--except" => {
                let group = arguments.next().ok_or("`--except` names no group")?;
                options.except.insert(group);
            }
            "--show" => {
                let wanted = arguments.next().ok_or("`--show` names no request")?;
                let (group, number) = match wanted.split_once(':') {
                    Some((group, number)) => (Some(group.to_owned()), number),
                    None => (None, &*wanted),
                };
                let number = number.parse().map_err(|_| format!("`{number}` is no number"))?;
                options.show = Some((group, number));
            }
            other => return Err(format!("`{other}` is no option")),
        }
    }
    Ok(options)
}

/// Tells whether all is as it was.
fn run(options: Options) -> Result<bool, String> {
    let kept = match std::fs::read_to_string(digests::path()) {
        Ok(text) if !options.write => Some(Digests::parse(&text)?),
        _ => None,
    };
    let is_show = options.show.is_some();
    let start = Instant::now();
    let wanted = match options.show {
        Some((group, number)) => {
            // A whole name of a block needs no file.
            let whole = group
                .clone()
                .filter(|name| name.contains('/'))
                .map(|name| (name, number));
            let counted = || kept.as_ref()?.locate(group.as_deref(), number);
            Some(whole.or_else(counted).ok_or("there is no such request")?)
        }
        None => None,
    };
    let recorder = parts::record(&Recorder::new(kept.as_ref(), wanted.as_ref()));
    if is_show {
        let shown = recorder.shown.ok_or("there is no such request")?;
        println!("{shown}");
        return Ok(true);
    }
    println!(
        "{}{:.1} s\n",
        report::counts(&recorder),
        start.elapsed().as_secs_f64()
    );
    if options.write {
        let text = digests::written(&recorder.groups);
        std::fs::write(digests::path(), text).map_err(|error| error.to_string())?;
        println!("{} digests were written", recorder.count());
        return Ok(true);
    }
    let kept = kept
        .as_ref()
        .ok_or("there are no digests to compare with: `--write` makes them")?;
    if let Some(unknown) = options
        .except
        .iter()
        .find(|name| !report::has_group(&recorder, name))
    {
        return Err(format!("`{unknown}` is no group"));
    }
    let (report, wrong) = report::comparison(&recorder, kept, &options.except);
    if wrong.is_empty() {
        let other = if report.is_empty() { "all" } else { "all other" };
        println!("{report}{other} answers are as they were");
        return Ok(true);
    }
    let wrong: Vec<String> = wrong.into_iter().collect();
    println!("{report}\nanswers differ in: {}", wrong.join(", "));
    Ok(false)
}
