//! An instance whose key, time and tokens are always the same, so that two runs do the same work.

use std::time::Duration;

use clerk_runtime::Clerk;
use clerk_runtime::clock::Clock;

/// The publishable key, the JWT key in PEM and sessions of different users, one a line. Nobody has the private key any
/// more: `cargo run --manifest-path benches/Cargo.toml --bin fixed` makes a new file.
const INSTANCE: &str = include_str!("instance.txt");

/// When all tokens are valid.
const NOW: i64 = 1_767_225_600_000;

/// A handle that needs no network, with nothing in its caches.
pub(crate) fn clerk() -> Clerk {
    let publishable_key = lines("pk_").next().expect("the file starts with the key");
    Clerk::builder()
        .publishable_key(publishable_key)
        .without_secret_key()
        .jwt_key(jwt_key())
        .authorized_parties(["http://localhost:3000"])
        .clock(StoppedClock)
        // As in production: the reason of a 401 costs about 4,000 instructions.
        .debug_headers(false)
        .build()
        .expect("an instance needs no more than this")
}

pub(crate) fn jwt_key() -> &'static str {
    let end = "-----END PUBLIC KEY-----";
    let start = INSTANCE.find("-----BEGIN PUBLIC KEY-----");
    let from_start = &INSTANCE[start.expect("the file has a PEM block")..];
    &from_start[..from_start.find(end).expect("the PEM block ends") + end.len()]
}

/// Tokens of different sessions.
pub(crate) fn tokens() -> Vec<&'static str> {
    lines("ey").collect()
}

/// The cookies of a browser with this session, after others, so many bytes in all unless Clerk's alone are more.
pub(crate) fn cookies(token: &str, bytes: usize) -> String {
    let of_clerk = format!("__client_uat=1767225590; __clerk_db_jwt=dvb_1; __session={token}");
    let mut all = String::new();
    while all.len() + of_clerk.len() < bytes {
        all += "analytics=GA1.1.1234567890.1767225600; ";
    }
    all + &of_clerk
}

fn lines(start: &'static str) -> impl Iterator<Item = &'static str> {
    INSTANCE.lines().filter(move |line| line.starts_with(start))
}

#[derive(Debug)]
struct StoppedClock;

impl Clock for StoppedClock {
    fn unix_millis(&self) -> i64 {
        NOW
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}
