//! `generated.rs` as it has to be.

use std::fmt::Write;

use crate::draw::draw;

const COUNT: usize = 500;
const SEED: u64 = 0x5eed_0f7e_e5c1_e4c5;

fn text() -> String {
    let mut text = "\
//! Handlers with requirements that were drawn at random. Written by the test `the_handlers_are_those_of_the_seed`, with
//! `REQUIREMENTS=overwrite` in its environment.

use clerk_runtime::protected;

use crate::handler::Handler;
"
    .to_owned();
    let drawn = draw(COUNT, SEED);
    for (number, arguments) in drawn.iter().enumerate() {
        writeln!(text, "\n{}\nasync fn h{number:03}() {{}}", arguments.attribute()).unwrap();
    }
    text += "\npub(crate) fn handlers() -> Vec<Handler> {\n    vec![\n";
    for (number, arguments) in drawn.iter().enumerate() {
        writeln!(
            text,
            "        Handler::new({:?}, h{number:03}),",
            arguments.line()
        )
        .unwrap();
    }
    text + "    ]\n}\n"
}

#[test]
fn the_handlers_are_those_of_the_seed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/requirements/generated.rs");
    let text = text();
    if std::env::var("REQUIREMENTS").is_ok_and(|value| value == "overwrite") {
        std::fs::write(path, text).unwrap();
        return;
    }
    // A checkout may have other ends of lines.
    let found = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let differing = found
        .lines()
        .zip(text.lines())
        .find(|(found, drawn)| found != drawn);
    assert!(
        found == text,
        "generated.rs is not what the seed gives, from here on: {differing:?}; run with REQUIREMENTS=overwrite"
    );
}
