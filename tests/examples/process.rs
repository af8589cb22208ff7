//! An example as its user meets it: a process, its output, the lines it offers to paste, Ctrl-C.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A line to paste, and the answer that stands below it.
#[derive(Debug)]
pub(crate) struct Offer {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) authorization: Option<String>,
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// A running example.
pub(crate) struct Running {
    process: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
    pub(crate) url: String,
}

impl Running {
    /// Starts it with these variables.
    pub(crate) fn start(example: &'static str, variables: &[(&str, &str)]) -> Self {
        Self::spawn(&mut command(example, variables))
    }

    /// Starts what [`command`] made.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = lines.next().expect("it says where it listens").unwrap();
        let url = first
            .split([' ', ','])
            .find(|word| word.starts_with("http://"))
            .unwrap()
            .to_owned();
        Self { process, lines, url }
    }

    /// Reads a block of lines, up to an empty one.
    pub(crate) fn block(&mut self) -> Vec<String> {
        let lines = self.lines.by_ref().map(Result::unwrap);
        lines
            .skip_while(String::is_empty)
            .take_while(|line| !line.is_empty())
            .collect()
    }

    /// Reads as many offered lines.
    pub(crate) fn offers(&mut self, count: usize) -> Vec<Offer> {
        let mut offers = Vec::new();
        let mut token = String::new();
        while offers.len() < count {
            let line = self.lines.next().unwrap().unwrap();
            if let Some(value) = line.trim().strip_prefix("TOKEN=") {
                assert_ne!(token, value, "the token is told once");
                value.clone_into(&mut token);
            } else if let Some(arguments) = line.trim().strip_prefix("curl -i ") {
                assert!(token.is_empty() || !line.contains(&token), "{line}");
                let answer = self.lines.next().unwrap().unwrap();
                // As a shell does in double quotes.
                offers.push(offer(&arguments.replace("$TOKEN", &token), answer.trim()));
            }
        }
        offers
    }

    /// Presses Ctrl-C, as a terminal does.
    pub(crate) fn press_ctrl_c(&self) {
        let id = self.process.id().to_string();
        let mut kill = Command::new("kill");
        assert!(kill.args(["-INT", &id]).status().unwrap().success());
    }

    /// Presses Ctrl-C, and reads what it has said on standard error, which has to be piped.
    pub(crate) fn interrupt_and_read_errors(mut self) -> (Option<i32>, String) {
        let mut errors = self.process.stderr.take().unwrap();
        let (code, _) = self.interrupt();
        let mut said = String::new();
        errors.read_to_string(&mut said).unwrap();
        (code, said)
    }

    /// Presses Ctrl-C, and waits for the end.
    pub(crate) fn interrupt(mut self) -> (Option<i32>, Vec<String>) {
        self.press_ctrl_c();
        let deadline = Instant::now() + Duration::from_secs(10);
        let status = loop {
            match self.process.try_wait().unwrap() {
                Some(status) => break status,
                None => assert!(Instant::now() < deadline, "it does not stop"),
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        (status.code(), self.lines.by_ref().map(Result::unwrap).collect())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Fails if it has already ended, which is the usual case.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn offer(arguments: &str, answer: &str) -> Offer {
    let (method, arguments) = match arguments.strip_prefix("-X ") {
        Some(rest) => rest.split_once(' ').unwrap(),
        None => ("GET", arguments),
    };
    let quoted: Vec<_> = arguments.split('"').collect();
    let authorization = match quoted[..] {
        [_] => None,
        ["-H ", header, _] => Some(header.strip_prefix("Authorization: ").unwrap().to_owned()),
        _ => panic!("not a line for a shell: {arguments}"),
    };
    let (status, body) = answer.split_once(' ').unwrap();
    Offer {
        method: method.to_owned(),
        url: quoted.last().unwrap().trim().to_owned(),
        authorization,
        status: status.parse().unwrap(),
        body: body.to_owned(),
    }
}

/// The built example with these variables, and none of the environment's own `CLERK_` ones.
pub(crate) fn command(example: &'static str, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program(example));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CLERK_") {
            command.env_remove(name);
        }
    }
    command.env("PORT", "0").envs(variables.iter().copied());
    command
}

/// Builds an example once. It is no dependency of this test, so cargo does not do it by itself.
fn program(example: &'static str) -> String {
    static PROGRAMS: Mutex<BTreeMap<&str, String>> = Mutex::new(BTreeMap::new());
    let mut programs = PROGRAMS.lock().unwrap_or_else(PoisonError::into_inner);
    programs.entry(example).or_insert_with(|| build(example)).clone()
}

fn build(example: &str) -> String {
    // One has a package of its own, for what nobody else needs.
    let package = match example {
        "webhooks" => "example-webhooks",
        _ => "examples",
    };
    let output = Command::new(env!("CARGO"))
        .args([
            "build",
            "--package",
            package,
            "--example",
            example,
            "--message-format",
            "json",
        ])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "the example does not build");
    let messages = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap());
    let mut programs = messages.filter(|message| message["target"]["name"] == example);
    programs
        .find_map(|message| message["executable"].as_str().map(str::to_owned))
        .unwrap()
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

pub(crate) fn get(url: &str, authorization: Option<&str>) -> Answer {
    request("GET", url, authorization)
}

pub(crate) fn request(method: &str, url: &str, authorization: Option<&str>) -> Answer {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let authorization = authorization
        .map(|value| format!("Authorization: {value}\r\n"))
        .unwrap_or_default();
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(
        stream,
        "{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{authorization}\r\n"
    )
    .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let (first, headers) = head.split_once("\r\n").unwrap();
    let headers = headers.lines().map(|line| line.split_once(": ").unwrap());
    Answer {
        status: first.split(' ').nth(1).unwrap().parse().unwrap(),
        headers: headers
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect(),
        body: body.to_owned(),
    }
}

/// Whether a text is what was announced, where each `…` stands for anything but nothing.
pub(crate) fn fits(text: &str, announced: &str) -> bool {
    let Some((start, rest)) = announced.split_once('…') else {
        return text == announced;
    };
    let Some(after) = text.strip_prefix(start) else {
        return false;
    };
    let ends = after
        .char_indices()
        .skip(1)
        .map(|(index, _)| index)
        .chain([after.len()]);
    ends.filter(|end| *end > 0).any(|end| fits(&after[end..], rest))
}

/// It refused to start: how and why.
pub(crate) fn refusal(example: &'static str, variables: &[(&str, &str)]) -> String {
    let Output { status, stderr, .. } = command(example, variables).output().unwrap();
    assert_eq!(status.code(), Some(1));
    String::from_utf8(stderr).unwrap()
}
