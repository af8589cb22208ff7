//! What the targets share: one instance whose keys are public knowledge, one moment, and a few tokens.
//!
//! The tokens were signed with the keys `main` and `other` of the conformance vectors.

use std::future::{Future, IntoFuture};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use clerk_runtime::clock::Clock;
use clerk_runtime::{Clerk, ClerkBuilder};

/// Signs a user in, at [`NOW_MS`].
pub const SESSION: &str = include_str!("../fixtures/session.jwt");
/// The same ten minutes after its end.
pub const EXPIRED: &str = include_str!("../fixtures/expired.jwt");
/// The same signed by another instance's key.
pub const STRANGER: &str = include_str!("../fixtures/stranger.jwt");
/// A handshake that hands [`SESSION`] over.
pub const HANDSHAKE: &str = include_str!("../fixtures/handshake.jwt");
/// The key that all but [`STRANGER`] were signed with.
pub const KEY: &str = include_str!("../fixtures/key.pem");
/// The same as a key set.
pub const JWKS: &str = include_str!("../fixtures/jwks.json");
/// A development instance.
pub const PUBLISHABLE_KEY: &str = "pk_test_YnJhdmUtb3R0ZXItMjcuY2xlcmsuYWNjb3VudHMuZGV2JA";
/// Its Frontend API.
pub const FRONTEND_API: &str = "brave-otter-27.clerk.accounts.dev";
/// When everything happens.
pub const NOW_MS: i64 = 1_773_971_009_030;

/// A clock that stands still.
#[derive(Debug)]
pub struct Still;

impl Clock for Still {
    fn unix_millis(&self) -> i64 {
        NOW_MS
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}

/// The instance, without a key yet.
pub fn builder() -> ClerkBuilder {
    Clerk::builder().publishable_key(PUBLISHABLE_KEY).clock(Still)
}

/// The instance with its key, which never asks anybody.
pub fn networkless() -> Clerk {
    builder()
        .jwt_key(KEY)
        .without_secret_key()
        .build()
        .expect("the fixtures fit together")
}

/// The outcome of what has nothing to wait for.
pub fn now<T>(future: impl IntoFuture<Output = T>) -> T {
    match pin!(future.into_future()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("waits for something"),
    }
}

/// Replaces control characters by what no fuzzer would find: 1 to 4 by whole tokens, 5 to 7 by the parts of [`SESSION`].
pub fn with_tokens(input: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(input.len());
    let part = |index| SESSION.split('.').nth(index).unwrap_or_default();
    for byte in input {
        let token = match byte {
            1 => SESSION,
            2 => EXPIRED,
            3 => STRANGER,
            4 => HANDSHAKE,
            5 => part(0),
            6 => part(1),
            7 => part(2),
            other => {
                text.push(*other);
                continue;
            }
        };
        text.extend_from_slice(token.as_bytes());
    }
    text
}

/// What stands before and after the first byte of this value.
pub fn split(input: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let index = input.iter().position(|byte| *byte == at)?;
    Some((&input[..index], &input[index + 1..]))
}
