use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use http_body::{Body, Frame};
use tokio::time::Sleep;

/// A body that arrives byte by byte.
pub(super) struct Drip {
    rest: Bytes,
    pause: Duration,
    next: Pin<Box<Sleep>>,
}

impl Drip {
    pub(super) fn new(body: Bytes, pause: Duration) -> Self {
        Self {
            rest: body,
            pause,
            next: Box::pin(tokio::time::sleep(pause)),
        }
    }
}

impl Body for Drip {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        ready!(self.next.as_mut().poll(cx));
        self.next = Box::pin(tokio::time::sleep(self.pause));
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(1)))))
    }
}
