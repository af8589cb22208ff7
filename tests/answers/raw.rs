//! Bytes over a socket, for what no type of `http` can hold or what a server changes on its way in.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use crate::answer::{Answer, printable};
use crate::applications;
use crate::clock::{FixedClock, START};
use crate::credentials::Credentials;
use crate::dice::Dice;
use crate::drafts;
use crate::instances::Instance;
use crate::keys::MAIN;
use crate::recorder::Recorder;
use crate::tokens::Tokens;
use crate::upstream::{Fresh, JwksAnswer, Published, Upstream};

pub(crate) const GROUPS: [&str; 1] = ["raw"];
/// The instances that are asked by socket.
pub(crate) const SERVED: [&str; 3] = ["development", "production", "production-organizations"];

/// The applications that are served, by group and name.
const APPLICATIONS: [(&str, &str); 7] = [
    ("guard", "plain"),
    ("guard", "any"),
    ("guard", "page"),
    ("extractor", "optional-session"),
    ("layer", "unguarded"),
    ("layer", "plain"),
    ("layer", "any-for-any"),
];
const DRAWN: usize = 1200;
/// After so many of them most tokens have expired.
const LATER: usize = 1000;
/// How long an answer is waited for. None takes that long unless something is broken.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) fn record(recorder: &mut Recorder<'_>, instance: &Instance) {
    let mut dice = Dice::new(&format!("raw {}", instance.name));
    let clock = FixedClock::new(START * 1000);
    let upstream = Upstream::new();
    let tokens = Tokens::new(instance, START, &MAIN);
    let fresh = Fresh {
        session_token: tokens.good[1].clone(),
        bad_session_token: tokens.bad[0].clone(),
        suffix: instance.suffix(),
        now: START,
    };
    upstream.set(JwksAnswer::Good, Published::Both, fresh.clone());
    let credentials = Credentials::new(instance, &tokens, &fresh);
    let clerk = instance.clerk(&clock, &upstream);
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    // From here on no request waits for keys, which a busy machine might cut short.
    runtime.block_on(clerk.ready()).unwrap();
    let servers: Vec<(&str, SocketAddr)> = applications::all(&clerk, &clerk)
        .into_iter()
        .filter(|application| APPLICATIONS.contains(&(application.group, application.name)))
        .map(|application| (application.name, serve(&runtime, application.router)))
        .collect();
    for number in 0..DRAWN {
        if number == LATER {
            clock.set((START + 100) * 1000);
        }
        let bytes = draw(&mut dice, &credentials);
        let (name, address) = servers[dice.roll(servers.len())];
        for time in ["first", "second"].iter().take(1 + number % 2) {
            let question = format!("{} {name}, {time}\n{}", instance.name, bytes.escape_ascii());
            recorder.record("raw", &question, ask(address, &bytes));
        }
    }
    runtime.shutdown_background();
}

fn serve(runtime: &Runtime, router: axum::Router) -> SocketAddr {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async move { axum::serve(listener, router).await });
    address
}

/// Sends bytes and reads until the server closes.
fn ask(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // A server that has refused already may close before everything is written.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            return Answer::new("silence", answer.escape_ascii().to_string());
        }
        Ok(_) | Err(_) => {}
    }
    let text = printable(&answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let mut lines: Vec<&str> = head
        .split("\r\n")
        .filter(|line| !line.starts_with("date: "))
        .collect();
    // The order says nothing, but for values of one name, which this leaves as it is.
    if let Some(headers) = lines.get_mut(1..) {
        headers.sort_by_key(|line| line.split(':').next());
    }
    let status = head.split(' ').nth(1).unwrap_or("nothing");
    Answer::new(status, format!("{}\n\n{body}", lines.join("\n")))
}

/// Writes a request down and does to it what clients should not do.
fn draw(dice: &mut Dice, credentials: &Credentials<'_>) -> Vec<u8> {
    let draft = drafts::draw(dice, credentials);
    let mut target = draft.uri.to_string();
    let mut version = "HTTP/1.1";
    let mut lines: Vec<Vec<u8>> = draft
        .headers
        .iter()
        .map(|(name, value)| [name.as_str().as_bytes(), b": ", value.as_bytes()].concat())
        .filter(|line| !line.starts_with(b"connection"))
        .collect();
    let mut end: &[u8] = b"\r\n";
    for _ in 0..dice.roll(3) {
        let at = dice.roll(lines.len().max(1));
        match dice.roll(22) {
            0 => recased(&mut lines, u8::to_ascii_uppercase),
            1 => recased(&mut lines, |byte| if byte == &b'-' { b'_' } else { *byte }),
            2 => each(&mut lines, at, |line| replaced(line, b": ", b":")),
            3 => each(&mut lines, at, |line| replaced(line, b": ", b":  \t ")),
            4 => each(&mut lines, at, |line| [&line, &b" \t"[..]].concat()),
            5 => each(&mut lines, at, |line| replaced(line, b": ", b" : ")),
            6 => each(&mut lines, at, |line| [&line, &b"\r\n folded"[..]].concat()),
            7 => each(&mut lines, at, |line| [&line, &b"\x00"[..]].concat()),
            8 => each(&mut lines, at, |line| [&line, &b"\xff\xe9"[..]].concat()),
            9 => lines.extend(lines.get(at).cloned()),
            10 => lines.reverse(),
            11 => lines.retain(|line| !line.starts_with(b"host")),
            12 => lines.push(b"Host: evil.example".to_vec()),
            13 => lines.push(b"AUTHORIZATION: Bearer garbage".to_vec()),
            14 => lines.push([b"x-padding: ".to_vec(), vec![b'x'; 1 << dice.roll(17)]].concat()),
            15 => lines.extend((0..dice.roll(140)).map(|number| format!("x-{number}: 1").into_bytes())),
            16 => target = format!("http://evil.example{}", draft.uri.path()),
            17 => {
                target = dice
                    .word(&["*", "", "/\u{e9}", "/a b", "evil.example:443", "/%00", "/#x"])
                    .to_owned()
            }
            18 => version = dice.word(&["HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "http/1.1", ""]),
            19 => end = b"\n",
            20 => lines.push(b"no colon".to_vec()),
            _ => lines.push(b": nameless".to_vec()),
        }
    }
    lines.push(b"connection: close".to_vec());
    let mut bytes = format!("{} {target} {version}", draft.method).into_bytes();
    bytes.extend(end);
    for line in lines {
        bytes.extend([&line, end].concat());
    }
    bytes.extend(end);
    bytes
}

/// Changes the names of all headers.
fn recased(lines: &mut [Vec<u8>], change: impl Fn(&u8) -> u8) {
    for line in lines {
        let length = line.iter().position(|byte| *byte == b':').unwrap_or(0);
        line[..length].iter_mut().for_each(|byte| *byte = change(byte));
    }
}

fn each(lines: &mut [Vec<u8>], at: usize, change: impl Fn(Vec<u8>) -> Vec<u8>) {
    if let Some(line) = lines.get_mut(at) {
        *line = change(std::mem::take(line));
    }
}

fn replaced(line: Vec<u8>, what: &[u8], with: &[u8]) -> Vec<u8> {
    match line.windows(what.len()).position(|window| window == what) {
        Some(at) => [&line[..at], with, &line[at + what.len()..]].concat(),
        None => line,
    }
}
