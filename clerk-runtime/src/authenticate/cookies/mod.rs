//! The instance's cookies: the headers that hold them, the choice between suffixed and plain ones, and what they say.

mod candidates;
mod choice;
mod header;
mod selection;
mod session;

pub(super) use session::{ConflictingCookie, RedirectCount, SessionCookies};
