use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::Method;
use serde_json::{Map, Value};

use super::options::CallOptions;
use super::upload::Upload;
use crate::path::{Path, Query};
use crate::{Client, Error};

/// A call that is being put together. What is wrong with it comes out when it is sent.
///
/// Not generic, so that all of it is compiled once.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) client: Client,
    pub(crate) method: Method,
    pub(crate) path: Result<Path, Error>,
    pub(crate) is_versioned: bool,
    pub(crate) query: Vec<(Cow<'static, str>, String)>,
    pub(crate) body: Body,
    pub(crate) key: Key,
    /// Whether only an answer counts that is JSON by its own account: what is not comes from something in between.
    pub(crate) wants_json: bool,
    pub(crate) max_response_bytes: usize,
    pub(crate) options: CallOptions,
}

/// Which key authorises a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Secret,
    /// That of the machine, or the secret key if there is none.
    MachineOrSecret,
    Machine,
    None,
}

/// What is sent along.
#[derive(Clone)]
pub(crate) enum Body {
    None,
    Json(Value),
    Upload {
        file: Upload,
        fields: Map<String, Value>,
    },
}

impl Draft {
    pub(super) fn new(client: &Client, method: Method, path: &'static str, arguments: &[&str]) -> Self {
        Self::at(client, method, Path::filled(path, arguments))
    }

    /// A call of a path that is not part of this crate.
    pub(crate) fn at(client: &Client, method: Method, path: Result<Path, Error>) -> Self {
        Self {
            client: client.clone(),
            method,
            path,
            is_versioned: true,
            query: Vec::new(),
            body: Body::None,
            key: Key::Secret,
            wants_json: false,
            max_response_bytes: MAX_RESPONSE,
            options: CallOptions::new(),
        }
    }

    /// A member of the body; none is no member.
    pub(crate) fn set(&mut self, name: &'static str, value: Option<Value>) {
        match value {
            Some(value) => self.body.insert(name.to_owned(), value),
            None => self.body.remove(name),
        }
    }

    /// A text in the body.
    pub(crate) fn text(&mut self, name: &'static str, value: &str) {
        self.body.insert(name.to_owned(), Value::from(value));
    }

    /// A file, with what else is in the body as the other fields of its form.
    pub(crate) fn upload(&mut self, file: Upload) {
        self.body = Body::Upload {
            file,
            fields: Map::new(),
        };
    }

    /// For answers that have many objects.
    pub(crate) fn allow_long_answer(&mut self) {
        self.max_response_bytes = MAX_LIST;
    }

    /// A parameter of the query that is there once.
    pub(crate) fn parameter(&mut self, name: &'static str, value: String) {
        self.query.retain(|(known, _)| known != name);
        self.query.push((Cow::Borrowed(name), value));
    }

    /// A parameter of the query that is there once for each value.
    pub(crate) fn parameters(&mut self, name: &'static str, values: Vec<String>) {
        self.query.retain(|(known, _)| known != name);
        let pairs = values.into_iter().map(|value| (Cow::Borrowed(name), value));
        self.query.extend(pairs);
    }

    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        let pair = self.query.iter().find(|(known, _)| known == name)?;
        Some(&pair.1)
    }

    /// The path with the query.
    pub(super) fn target(&self) -> Result<Path, Error> {
        let mut path = self.path.clone()?;
        path.set_versioned(self.options.versioned.unwrap_or(self.is_versioned));
        let mut query = Query::default();
        for (name, value) in &self.query {
            query.push(name, value);
        }
        Ok(path.with(query))
    }
}

impl Body {
    /// An object without members yet.
    pub(crate) fn start(&mut self) {
        self.set(Value::Object(Map::new()));
    }

    pub(crate) fn set(&mut self, value: Value) {
        *self = Self::Json(value);
    }

    pub(crate) fn insert(&mut self, name: String, value: Value) {
        if let Self::Upload { fields, .. } | Self::Json(Value::Object(fields)) = self {
            fields.insert(name, value);
            return;
        }
        let mut fields = Map::new();
        fields.insert(name, value);
        *self = Self::Json(Value::Object(fields));
    }

    fn remove(&mut self, name: &str) {
        if let Self::Upload { fields, .. } | Self::Json(Value::Object(fields)) = self {
            fields.remove(name);
        }
    }

    /// The bytes and what type they are of.
    pub(super) fn bytes(&self) -> Result<Option<(Bytes, Cow<'static, str>)>, Error> {
        Ok(match self {
            Self::None => None,
            Self::Json(value) => Some((value.to_string().into(), JSON.into())),
            Self::Upload { file, fields } => {
                let (bytes, content_type) = file.encode(fields)?;
                Some((bytes, content_type.into()))
            }
        })
    }
}

/// Shows where the call goes, not what is in it.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.as_ref().map(Path::as_str).unwrap_or_default();
        f.debug_struct("Call")
            .field("method", &self.method)
            .field("path", &path)
            .finish_non_exhaustive()
    }
}

pub(super) const JSON: &str = "application/json";
/// The longest answer that is read, in bytes, where not said otherwise.
const MAX_RESPONSE: usize = 1024 * 1024;
/// The longest answer of many objects: five hundred of the largest users have room.
const MAX_LIST: usize = 16 * 1024 * 1024;
