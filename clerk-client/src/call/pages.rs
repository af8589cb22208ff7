//! Lists of many pages, walked through one item after the other.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::draft::Draft;
use super::{Answered, Read};
use crate::{Error, Page};

/// All items of a list, fetched page by page when they are asked for. A [`Stream`], and without any crate for streams
/// there is [`next`](Self::next).
///
/// It ends after an error. Pages have a hundred items unless the call has a `limit`.
#[must_use = "nothing is fetched before the first item is asked for"]
pub struct Pages<T> {
    draft: Draft,
    read: Read<Page<T>>,
    walk: Walk<T>,
    limit: usize,
    items: VecDeque<T>,
    under_way: Option<Answered<Page<T>>>,
    is_last: bool,
}

/// How the next page is asked for.
enum Walk<T> {
    /// By how many come before it.
    Offset(u64),
    /// By the item before it: nothing is skipped or seen twice while others are added.
    After { id: fn(&T) -> &str, last: String },
}

impl<T> Pages<T> {
    pub(crate) fn by_offset(mut draft: Draft, read: Read<Page<T>>) -> Self {
        let limit = draft.find("limit").and_then(|limit| limit.parse().ok());
        let limit = limit.filter(|limit| *limit > 0).unwrap_or(PAGE);
        draft.parameter("limit", limit.to_string());
        let offset = draft.find("offset").and_then(|offset| offset.parse().ok());
        Self {
            walk: Walk::Offset(offset.unwrap_or(0)),
            draft,
            read,
            limit,
            items: VecDeque::new(),
            under_way: None,
            is_last: false,
        }
    }

    /// By a cursor where Clerk has one: for lists in the order of creation, from the start.
    #[cfg_attr(not(feature = "users"), allow(dead_code))]
    pub(crate) fn by_cursor(mut draft: Draft, read: Read<Page<T>>, id: fn(&T) -> &str) -> Self {
        let order = draft.find("order_by").unwrap_or("-created_at");
        let has_cursor = order.trim_start_matches(['+', '-']) == "created_at"
            && draft.find("offset").is_none_or(|offset| offset == "0");
        if !has_cursor {
            return Self::by_offset(draft, read);
        }
        let order = order.to_owned();
        draft.parameter("order_by", order);
        draft.query.retain(|(name, _)| name != "offset");
        let last = draft.find("starting_after").unwrap_or_default().to_owned();
        let mut pages = Self::by_offset(draft, read);
        pages.walk = Walk::After { id, last };
        pages
    }

    /// The next item; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn fetch(&self) -> Answered<Page<T>> {
        let mut draft = self.draft.clone();
        match &self.walk {
            Walk::Offset(offset) => draft.parameter("offset", offset.to_string()),
            Walk::After { last, .. } if last.is_empty() => {}
            Walk::After { last, .. } => draft.parameter("starting_after", last.clone()),
        }
        Answered {
            response: draft.send(),
            read: self.read,
        }
    }

    fn take(&mut self, page: Page<T>) {
        self.is_last = page.data.len() < self.limit;
        match &mut self.walk {
            Walk::Offset(offset) => *offset += page.data.len() as u64,
            Walk::After { id, last } => {
                let next = page.data.last().map(*id).unwrap_or_default();
                if next.is_empty() {
                    // Nothing to ask for the next page by: without a cursor the first one would come again.
                    self.is_last = true;
                } else if next == last {
                    // The same once more: a server that does not know the cursor would do it for ever.
                    self.is_last = true;
                    return;
                } else {
                    next.clone_into(last);
                }
            }
        }
        self.items = page.data.into();
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            if self.is_last {
                return Poll::Ready(None);
            }
            if self.under_way.is_none() {
                self.under_way = Some(self.fetch());
            }
            let Some(call) = &mut self.under_way else {
                return Poll::Ready(None);
            };
            match Pin::new(call).poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Ok(page)) => {
                    self.under_way = None;
                    self.take(page);
                }
                Poll::Ready(Err(error)) => {
                    self.under_way = None;
                    self.is_last = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

/// Nothing in it is pinned: the future that is under way is in a box.
impl<T> Unpin for Pages<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("call", &self.draft)
            .finish_non_exhaustive()
    }
}

/// How many items a page has where the caller does not say.
const PAGE: usize = 100;
