//! The quickstart as its user meets it: a process, its output, the lines it offers to paste, Ctrl-C.
#![cfg(unix)]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use clerk_testing::LocalInstance;
use serde_json::Value;

/// A line to paste, and the answer that stands below it.
#[derive(Debug)]
struct Example {
    url: String,
    authorization: Option<String>,
    status: u16,
    body: String,
}

struct Quickstart {
    process: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
    url: String,
}

impl Quickstart {
    fn start(variables: &[(&str, &str)]) -> Self {
        let mut process = command(variables).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = lines.next().expect("it says where it listens").unwrap();
        let url = first
            .split([' ', ','])
            .find(|word| word.starts_with("http://"))
            .unwrap()
            .to_owned();
        Self { process, lines, url }
    }

    /// Reads as many offered lines.
    fn examples(&mut self, count: usize) -> Vec<Example> {
        let mut examples = Vec::new();
        while examples.len() < count {
            let line = self.lines.next().unwrap().unwrap();
            if let Some(arguments) = line.trim().strip_prefix("curl -i ") {
                let answer = self.lines.next().unwrap().unwrap();
                examples.push(example(arguments, answer.trim()));
            }
        }
        examples
    }

    /// Presses Ctrl-C, as a terminal does.
    fn interrupt(mut self) -> (Option<i32>, Vec<String>) {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &id])
                .status()
                .unwrap()
                .success()
        );
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

impl Drop for Quickstart {
    fn drop(&mut self) {
        // Fails if it has already ended, which is the usual case.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn example(arguments: &str, answer: &str) -> Example {
    let quoted: Vec<_> = arguments.split('"').collect();
    let authorization = match quoted[..] {
        [_] => None,
        ["-H ", header, _] => Some(header.strip_prefix("Authorization: ").unwrap().to_owned()),
        _ => panic!("not a line for a shell: {arguments}"),
    };
    let (status, body) = answer.split_once(' ').unwrap();
    Example {
        url: quoted.last().unwrap().trim().to_owned(),
        authorization,
        status: status.parse().unwrap(),
        body: body.to_owned(),
    }
}

/// The built example with these variables, and none of the environment's own `CLERK_` ones.
fn command(variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CLERK_") {
            command.env_remove(name);
        }
    }
    command.env("PORT", "0").envs(variables.iter().copied());
    command
}

/// Builds the example once. It is no dependency of this test, so cargo does not do it by itself.
fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args([
                "build",
                "--package",
                "examples",
                "--example",
                "quickstart",
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
        let mut programs = messages.filter(|message| message["target"]["name"] == "quickstart");
        programs
            .find_map(|message| message["executable"].as_str().map(str::to_owned))
            .unwrap()
    })
}

struct Answer {
    status: u16,
    headers: HashMap<String, String>,
    body: String,
}

fn get(url: &str, authorization: Option<&str>) -> Answer {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let authorization = authorization
        .map(|value| format!("Authorization: {value}\r\n"))
        .unwrap_or_default();
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{authorization}\r\n"
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

/// Whether `body` is what was announced, where `…` stands for anything but nothing.
fn fits(body: &str, announced: &str) -> bool {
    match announced.split_once('…') {
        None => body == announced,
        Some((start, end)) => {
            body.len() > start.len() + end.len() && body.starts_with(start) && body.ends_with(end)
        }
    }
}

/// It refused to start: how and why.
fn refusal(variables: &[(&str, &str)]) -> String {
    let Output { status, stderr, .. } = command(variables).output().unwrap();
    assert_eq!(status.code(), Some(1));
    String::from_utf8(stderr).unwrap()
}

#[test]
fn every_line_it_offers_gives_the_announced_answer() {
    let mut quickstart = Quickstart::start(&[]);
    let examples = quickstart.examples(6);
    let routes: Vec<_> = examples
        .iter()
        .map(|example| {
            let path = example.url.strip_prefix(&quickstart.url).unwrap();
            (path, example.authorization.is_some(), example.status)
        })
        .collect();
    assert_eq!(
        routes,
        [
            ("/api/example", false, 200),
            ("/api/protected", false, 401),
            ("/api/example", true, 200),
            ("/api/protected", true, 200),
            ("/api/token", true, 200),
            ("/api/user", true, 200),
        ]
    );
    for example in &examples {
        let answer = get(&example.url, example.authorization.as_deref());
        assert_eq!(answer.status, example.status, "{example:?}");
        assert_eq!(answer.headers["content-type"], "application/json");
        assert!(fits(&answer.body, &example.body), "{example:?}: {}", answer.body);
        assert_eq!(
            answer.headers.contains_key("www-authenticate"),
            example.status == 401
        );
    }
    for route in ["token", "user"] {
        assert_eq!(get(&format!("{}/api/{route}", quickstart.url), None).status, 401);
    }
    let page = get(&format!("{}/", quickstart.url), None);
    assert_eq!(page.status, 200);
    assert!(page.headers["content-type"].starts_with("text/html"));
    for route in ["example", "protected", "token", "user"] {
        assert!(page.body.contains(&format!("/api/{route}")));
    }
    let (code, rest) = quickstart.interrupt();
    assert_eq!(
        (code, rest.last().map(String::as_str)),
        (Some(0), Some("Stopped."))
    );
}

#[test]
fn an_open_connection_does_not_keep_it_from_stopping() {
    let quickstart = Quickstart::start(&[]);
    let _open = TcpStream::connect(quickstart.url.strip_prefix("http://").unwrap()).unwrap();
    assert_eq!(quickstart.interrupt().0, Some(0));
}

#[tokio::test]
async fn with_keys_it_talks_to_the_instance_they_are_of() {
    let instance = LocalInstance::start().await.unwrap();
    let (url, publishable_key) = (instance.url(), instance.publishable_key());
    let quickstart = Quickstart::start(&[
        ("CLERK_API_URL", &url),
        ("CLERK_PUBLISHABLE_KEY", &publishable_key),
        ("CLERK_SECRET_KEY", instance.secret_key()),
    ]);
    let bob = instance.user("bob");
    let ask = |route: &str| get(&format!("{}/api/{route}", quickstart.url), Some(&bob.bearer()));
    assert_eq!(
        ask("example").body,
        format!(r#"{{"userId":"{}"}}"#, bob.user_id())
    );
    assert_eq!(ask("protected").status, 200);
    let user: Value = serde_json::from_str(&ask("user").body).unwrap();
    assert_eq!(
        (user["id"].as_str(), user["firstName"].as_str()),
        (Some(bob.user_id().as_str()), Some("Bob"))
    );

    // This instance has no template for Supabase yet, and then it does.
    assert_eq!(ask("token").status, 502);
    instance.jwt_template("supabase", serde_json::json!({ "aud": "authenticated" }));
    assert_eq!(ask("token").status, 200);

    let forged = instance.user("bob").signed_by_other_key().bearer();
    assert_eq!(
        get(&format!("{}/api/protected", quickstart.url), Some(&forged)).status,
        401
    );
    assert_eq!(quickstart.interrupt().0, Some(0));
}

#[test]
fn what_cannot_work_is_said_with_its_remedy() {
    let said = refusal(&[("PORT", "three")]);
    assert!(
        said.contains("PORT is \"three\"") && said.contains("65535"),
        "{said}"
    );

    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = refusal(&[("PORT", &port)]);
    assert!(
        said.contains(&port) && said.contains("in use") && said.contains("PORT="),
        "{said}"
    );

    let said = refusal(&[("CLERK_SECRET_KEY", "sk_test_planted")]);
    assert!(
        said.contains("CLERK_PUBLISHABLE_KEY") && said.contains("dashboard"),
        "{said}"
    );
    assert!(!said.contains("planted"));
}
