use std::future::pending;
use std::task::{Context, Poll, Waker};

use tokio::signal;

/// Notices Ctrl-C from now on. The future ends with it.
pub(crate) fn ctrl_c() -> impl Future<Output = ()> {
    let mut signal = Box::pin(signal::ctrl_c());
    // The signal is only caught once the future was polled. Until then Ctrl-C would kill the process.
    let first = signal.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    async {
        let noticed = match first {
            Poll::Ready(noticed) => noticed,
            Poll::Pending => signal.await,
        };
        if let Err(error) = noticed {
            eprintln!("Ctrl-C cannot be noticed ({error}); end the process to stop.");
            pending().await
        }
    }
}
