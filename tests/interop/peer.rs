//! Clerk's package, in a Node process of its own.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

pub(crate) struct Peer {
    input: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    /// Ends when it is dropped.
    _node: Child,
}

impl Peer {
    /// Nothing if Node or the package is missing, which is said aloud.
    pub(crate) fn start() -> Option<Self> {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("interop");
        let installed = directory.join("node_modules/@clerk/backend").exists();
        let node = Command::new("node")
            .arg("clerk.mjs")
            .current_dir(&directory)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn();
        let Some(mut node) = node.ok().filter(|_| installed) else {
            let advice = "skipped: Clerk's package is not here; install Node 20 and run `npm ci --prefix tests/interop`\n";
            assert!(std::env::var_os("CI").is_none_or(|ci| ci.is_empty()), "{advice}");
            // Not `eprintln`, whose output is only shown for tests that fail.
            std::io::stderr().write_all(advice.as_bytes()).unwrap();
            return None;
        };
        Some(Self {
            input: node.stdin.take().unwrap(),
            answers: BufReader::new(node.stdout.take().unwrap()).lines(),
            _node: node,
        })
    }

    pub(crate) async fn ask(&mut self, question: &Value) -> Value {
        self.input
            .write_all(format!("{question}\n").as_bytes())
            .await
            .unwrap();
        let answer = self.answers.next_line().await.unwrap().expect("Node has ended");
        serde_json::from_str(&answer).unwrap()
    }
}
