//! Servers in processes of their own, over loopback: requests a second, latencies, the server's computing time and memory.
//!
//! Each serves for some seconds in turn, several times over. The client is made to be cheap, since it shares the machine: it
//! sends bytes that were prepared and reads no more of a response than it has to.

use std::env;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{self, Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use benches::contestants::{Application, Carrier, Contestant, Failure};
use benches::measure::{Target, median, print_targets};
use benches::setup::{Setup, member_of_acme};
use clerk_testing::LocalInstance;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// Connections that are kept open and always busy.
const CONNECTIONS: usize = 32;
/// Different sessions that send requests.
const TOKENS: usize = 1000;
/// The variable that tells a server what it is configured with.
const SETUP: &str = "SETUP";

fn main() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve", name] => runtime.block_on(serve(name)),
        [] => runtime.block_on(compare(3, Duration::from_secs(5))),
        [rounds, seconds] => {
            runtime.block_on(compare(rounds.parse()?, Duration::from_secs(seconds.parse()?)))
        }
        _ => Err("usage: loopback [<rounds> <seconds>]".into()),
    }
}

async fn compare(rounds: usize, time: Duration) -> Result<(), Failure> {
    let instance = LocalInstance::start().await?;
    let setup = Setup::of(&instance);
    let requests: Vec<Vec<u8>> = (0..TOKENS)
        .map(|index| {
            let token = member_of_acme(instance.user(format!("user{index}"))).token();
            format!("GET / HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\r\n").into_bytes()
        })
        .collect();
    let requests: &'static [Vec<u8>] = requests.leak();
    let mut servers = Vec::new();
    for kind in Kind::ALL {
        match Server::start(kind, &setup) {
            Ok(server) => servers.push(server),
            Err(reason) => println!("{} was skipped: {reason}", kind.name()),
        }
    }
    for server in &servers {
        // Whoever keeps what it has seen has seen all of it.
        drive(server.port, requests, Duration::from_secs(1)).await?;
    }
    for round in 0..rounds {
        let first = round % servers.len();
        servers.rotate_left(first);
        for server in &mut servers {
            let cpu = server.cpu()?;
            let load = drive(server.port, requests, time).await?;
            server.runs.push(Run::new(&load, server.cpu()? - cpu, time));
        }
        servers.rotate_right(first);
    }
    print(&servers, rounds, time)?;
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Here(Contestant),
    /// Express, with Clerk's middleware or without.
    Node {
        guarded: bool,
    },
}

impl Kind {
    const ALL: [Self; 7] = [
        Self::Here(Contestant::Unprotected),
        Self::Here(Contestant::Floor),
        Self::Here(Contestant::Ours),
        Self::Here(Contestant::ClerkRs),
        Self::Here(Contestant::AxumJwks),
        Self::Node { guarded: false },
        Self::Node { guarded: true },
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Here(contestant) => contestant.name(),
            Self::Node { guarded: false } => "express",
            Self::Node { guarded: true } => "@clerk/express",
        }
    }

    fn baseline(self) -> Self {
        match self {
            Self::Here(_) => Self::Here(Contestant::Unprotected),
            Self::Node { .. } => Self::Node { guarded: false },
        }
    }

    fn command(self) -> Result<Command, Failure> {
        match self {
            Self::Here(contestant) => {
                let mut command = Command::new(env::current_exe()?);
                command.args(["serve", contestant.name()]);
                Ok(command)
            }
            Self::Node { guarded } => {
                let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/node"));
                if !folder.join("node_modules/@clerk/express").exists() {
                    return Err("run `npm ci` in benches/node first".into());
                }
                let mut command = Command::new("node");
                command
                    .current_dir(folder)
                    .env("NODE_ENV", "production")
                    .arg("server.mjs");
                command.args(guarded.then_some("guarded"));
                Ok(command)
            }
        }
    }
}

/// A process that serves. It ends when its standard input does.
struct Server {
    kind: Kind,
    process: Child,
    port: u16,
    runs: Vec<Run>,
}

impl Server {
    fn start(kind: Kind, setup: &Setup) -> Result<Self, Failure> {
        let mut process = kind
            .command()?
            .env(SETUP, serde_json::to_string(setup)?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let port = line.trim().parse();
        let port = port.map_err(|_| format!("it said {line:?} in place of its port"))?;
        Ok(Self {
            kind,
            process,
            port,
            runs: Vec::new(),
        })
    }

    /// The time it has been computing, in seconds.
    fn cpu(&self) -> Result<f64, Failure> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        // The name, in parentheses, may have spaces.
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
        let ticks = fields.split_whitespace().skip(11).take(2);
        let ticks: u64 = ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Ok(ticks as f64 / 100.0)
    }

    /// The memory it has now, in MiB.
    fn memory(&self) -> Result<f64, Failure> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        Ok(kibibytes.ok_or("the system does not tell the memory")? / 1024.0)
    }

    fn median(&self, figure: impl Fn(&Run) -> f64) -> f64 {
        median(self.runs.iter().map(figure))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Run {
    per_second: f64,
    p50: f64,
    p99: f64,
    cpu_per_request: f64,
    refused: usize,
}

impl Run {
    fn new(load: &Load, cpu: f64, time: Duration) -> Self {
        let mut latencies = load.latencies.clone();
        latencies.sort_unstable();
        let at = |share: usize| {
            let index = (latencies.len() * share / 100).min(latencies.len().saturating_sub(1));
            latencies
                .get(index)
                .map_or(f64::NAN, |latency| f64::from(*latency) / 1000.0)
        };
        Self {
            per_second: latencies.len() as f64 / time.as_secs_f64(),
            p50: at(50),
            p99: at(99),
            cpu_per_request: cpu * 1e6 / latencies.len() as f64,
            refused: load.refused,
        }
    }
}

#[derive(Default)]
struct Load {
    /// In nanoseconds.
    latencies: Vec<u32>,
    refused: usize,
}

async fn drive(port: u16, requests: &'static [Vec<u8>], time: Duration) -> Result<Load, Failure> {
    let until = Instant::now() + time;
    let mut connections = JoinSet::new();
    for connection in 0..CONNECTIONS {
        let mut requests = requests.iter().cycle().skip(connection * TOKENS / CONNECTIONS);
        connections.spawn(async move {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
            stream.set_nodelay(true)?;
            let mut load = Load::default();
            let mut buffer = vec![0; 16 * 1024];
            while Instant::now() < until {
                let Some(request) = requests.next() else { break };
                let since = Instant::now();
                stream.write_all(request).await?;
                let is_ok = response(&mut stream, &mut buffer).await?;
                load.latencies
                    .push(u32::try_from(since.elapsed().as_nanos()).unwrap_or(u32::MAX));
                load.refused += usize::from(!is_ok);
            }
            Ok::<_, Failure>(load)
        });
    }
    let mut sum = Load::default();
    while let Some(load) = connections.join_next().await {
        let load = load??;
        sum.latencies.extend(load.latencies);
        sum.refused += load.refused;
    }
    Ok(sum)
}

/// Reads one response with a `Content-Length`. Gives whether it is 200.
async fn response(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<bool, Failure> {
    let mut filled = 0;
    loop {
        let read = stream.read(&mut buffer[filled..]).await?;
        if read == 0 {
            return Err("the server closed a connection".into());
        }
        filled += read;
        let so_far = &buffer[..filled];
        let Some(head) = so_far.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let length = content_length(&so_far[..head]).ok_or("a response has no length")?;
        if filled >= head + 4 + length {
            return Ok(so_far.starts_with(b"HTTP/1.1 200 "));
        }
    }
}

fn content_length(head: &[u8]) -> Option<usize> {
    let head = str::from_utf8(head).ok()?;
    let mut headers = head.lines().filter_map(|line| line.split_once(':'));
    let (_, length) = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?;
    length.trim().parse().ok()
}

fn print(servers: &[Server], rounds: usize, time: Duration) -> Result<(), Failure> {
    println!(
        "{rounds} rounds of {} s, {CONNECTIONS} connections, {TOKENS} sessions; servers have one thread for requests\n",
        time.as_secs(),
    );
    println!(
        "{:<16} {:>11} {:>12} {:>8} {:>8} {:>13} {:>7} {:>8}",
        "", "requests/s", "/ baseline", "p50 µs", "p99 µs", "CPU µs/req.", "busy %", "MiB"
    );
    for server in servers {
        let refused: usize = server.runs.iter().map(|run| run.refused).sum();
        println!(
            "{:<16} {:>11.0} {:>12.3} {:>8.0} {:>8.0} {:>13.1} {:>7.0} {:>8.1}{}",
            server.kind.name(),
            server.median(|run| run.per_second),
            to_baseline(servers, server),
            server.median(|run| run.p50),
            server.median(|run| run.p99),
            server.median(|run| run.cpu_per_request),
            // A server that is not busy waits for the client, and its requests per second say little.
            server.median(|run| run.cpu_per_request * run.per_second / 1e4),
            server.memory()?,
            if refused > 0 {
                format!("  {refused} were refused")
            } else {
                String::new()
            },
        );
    }
    let ours = servers
        .iter()
        .find(|server| server.kind == Kind::Here(Contestant::Ours));
    let reached = ours.map_or(f64::NAN, |ours| to_baseline(servers, ours));
    print_targets(&[Target::at_least(
        "loopback requests per second / unprotected",
        0.97,
        reached,
    )]);
    Ok(())
}

/// The median of the ratios within a round.
fn to_baseline(servers: &[Server], server: &Server) -> f64 {
    let baseline = servers.iter().find(|other| other.kind == server.kind.baseline());
    baseline.map_or(f64::NAN, |baseline| {
        let pairs = server.runs.iter().zip(&baseline.runs);
        median(pairs.map(|(run, baseline)| run.per_second / baseline.per_second))
    })
}

/// The other side: one application until standard input ends.
async fn serve(name: &str) -> Result<(), Failure> {
    let setup: Setup = serde_json::from_str(&env::var(SETUP)?)?;
    let contestant = Contestant::PEERS
        .into_iter()
        .chain([Contestant::Unprotected, Contestant::Floor, Contestant::Ours])
        .find(|contestant| contestant.name() == name)
        .ok_or("there is no such application")?;
    let application = contestant.application(&setup, Carrier::Header).await?;
    let Some(Application::Axum(router)) = application else {
        return Err("only applications of the current axum are served".into());
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("{}", listener.local_addr()?.port());
    thread::spawn(|| {
        let ended = io::stdin().read_to_end(&mut Vec::new());
        process::exit(i32::from(ended.is_err()));
    });
    Ok(axum::serve(listener, router).await?)
}
