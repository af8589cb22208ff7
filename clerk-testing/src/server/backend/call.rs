//! A call of an operation and its answer.

use axum::body::Bytes;
use http::StatusCode;
use serde_json::Value;

use super::body::Body;
use crate::params::Params;
use crate::server::answer::ApiError;

/// Whose key a call came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server) enum Caller {
    /// The secret key of the instance.
    Instance,
    /// The secret key of a machine, by its id.
    Machine(String),
}

/// All that an operation is told.
pub(super) struct Call {
    pub(super) caller: Caller,
    /// The variable segments of the path.
    pub(super) ids: Vec<String>,
    pub(super) query: Params,
    pub(super) bytes: Bytes,
}

impl Call {
    /// A variable segment of the path, counted from zero.
    pub(super) fn id(&self, index: usize) -> &str {
        self.ids.get(index).map_or("", String::as_str)
    }

    /// The body, which may have these members and no others. An absent one is empty.
    pub(super) fn body(&self, known: &[&str]) -> Result<Body, ApiError> {
        Body::read(&self.bytes, known)
    }

    /// The body, whatever else there is in it.
    pub(super) fn any_body(&self) -> Result<Body, ApiError> {
        Body::read_any(&self.bytes)
    }

    /// The body as a list of up to `most` such objects.
    pub(super) fn bodies(&self, known: &[&str], most: usize) -> Result<Vec<Body>, ApiError> {
        Body::read_list(&self.bytes, known, most)
    }
}

/// What an operation answers if nothing is wrong.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Value,
}

impl From<Value> for Answer {
    fn from(body: Value) -> Self {
        Self {
            status: StatusCode::OK,
            body,
        }
    }
}

impl Answer {
    pub(super) fn created(body: Value) -> Self {
        Self {
            status: StatusCode::CREATED,
            body,
        }
    }
}

/// What every operation returns.
pub(super) type Outcome = Result<Answer, ApiError>;

/// An answer with what there is, or that there is no such thing.
pub(super) fn found(what: &str, shown: Option<Value>) -> Outcome {
    shown.map(Answer::from).ok_or_else(|| ApiError::not_found(what))
}
