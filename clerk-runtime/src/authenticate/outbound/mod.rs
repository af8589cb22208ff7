//! The calls of Clerk's Backend API that requests cause, and their bounds: what has to hold before a call is made, how many are
//! made, and which answers are kept so that none is needed.

mod budget;
mod calls;
mod digest;
mod form;
mod recent;
mod refreshes;

pub(crate) use calls::OutboundCalls;
pub(super) use calls::{CallError, Credential, retry_after};
pub(super) use digest::CallKind;
pub(super) use form::{is_nonce, is_opaque_token};
pub(super) use refreshes::{RefreshFailure, Refreshed};
