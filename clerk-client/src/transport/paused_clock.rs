//! Calls while tokio's clock is paused, as in tests with `start_paused`. A paused clock jumps to the next timer whenever the
//! runtime has nothing to do, so a deadline would pass at once while an answer is still on its way.

use std::future::poll_fn;
use std::hint::spin_loop;
use std::pin::pin;
use std::sync::mpsc;
use std::task::Poll;
use std::time::{Duration, Instant};

/// Returns whether the clock of the current runtime is paused: whether it stands still while the operating system's goes on.
pub(super) fn is_paused() -> bool {
    let before = tokio::time::Instant::now();
    let start = Instant::now();
    for _ in 0..MAX_READS {
        if Instant::now() > start {
            return tokio::time::Instant::now() == before;
        }
        spin_loop();
    }
    false
}

/// Awaits a future that does I/O, at most for this long by the clock of the operating system. Returns `None` when the time is
/// over.
///
/// Meanwhile the paused clock does not jump: tokio keeps it where it is while a blocking task runs. Timers of the program that
/// are due later than the answer therefore stay so.
pub(super) async fn timeout<F: Future>(at_most: Duration, future: F) -> Option<F::Output> {
    let (end, is_ended) = mpsc::channel::<()>();
    let mut timer = tokio::task::spawn_blocking(move || is_ended.recv_timeout(at_most).is_err());
    let mut future = pin!(future);
    let output = poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        pin!(&mut timer).poll(context).map(|_| None)
    })
    .await;
    // The thread waits no longer, so a runtime that shuts down need not wait for it.
    drop(end);
    output
}

/// The number of reads of the clock after which it counts as one that stands still itself.
const MAX_READS: u32 = 100_000;
