//! How the body of a success is read.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::model::{Fields, Model, Problem};
use crate::transport::Response;
use crate::{Error, Page};

/// Reads the answer of a call.
pub(crate) type Read<T> = fn(&Response) -> Result<T, Error>;

pub(crate) fn object<T: Model>(response: &Response) -> Result<T, Error> {
    let mut fields = Fields::new(T::NAME, members(response)?);
    let read = T::read(&mut fields);
    fields.end().map_err(|problem| odd(response, &problem))?;
    Ok(read)
}

pub(crate) fn list<T: Model>(response: &Response) -> Result<Vec<T>, Error> {
    Ok(page(response)?.data)
}

/// An envelope, or the bare list that some calls answer with.
pub(crate) fn page<T: Model>(response: &Response) -> Result<Page<T>, Error> {
    let mut fields = Fields::new(
        "Page",
        envelope(value(response)?).ok_or_else(|| not_an_object(response))?,
    );
    let read = Page {
        data: fields.objects("data"),
        total_count: fields.count("total_count"),
    };
    fields.end().map_err(|problem| odd(response, &problem))?;
    Ok(read)
}

/// Names the list alike, whatever the answer calls it.
fn envelope(body: Value) -> Option<Map<String, Value>> {
    match body {
        Value::Array(items) => {
            let mut members = Map::new();
            members.insert("total_count".to_owned(), items.len().into());
            members.insert("data".to_owned(), Value::Array(items));
            Some(members)
        }
        Value::Object(mut members) => {
            if let Some(items) = members.remove("m2m_tokens") {
                members.insert("data".to_owned(), items);
            }
            Some(members)
        }
        _ => None,
    }
}

pub(crate) fn members(response: &Response) -> Result<Map<String, Value>, Error> {
    match value(response)? {
        Value::Object(members) => Ok(members),
        _ => Err(not_an_object(response)),
    }
}

/// Whatever there is; nothing is null.
pub(crate) fn any(response: &Response) -> Result<Value, Error> {
    if response.body.is_empty() {
        return Ok(Value::Null);
    }
    value(response)
}

pub(crate) fn nothing(_: &Response) -> Result<(), Error> {
    Ok(())
}

pub(crate) fn text(response: &Response) -> Result<String, Error> {
    Ok(String::from_utf8_lossy(&response.body).into_owned())
}

pub(crate) fn value(response: &Response) -> Result<Value, Error> {
    serde_json::from_slice(&response.body).map_err(|error| unreadable(response, &error))
}

impl Response {
    /// Reads the body as JSON.
    ///
    /// # Errors
    /// [`Error::Decode`] for a body that does not fit the type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|error| unreadable(self, &error))
    }
}

/// Not in the error's own words: they quote the body, which may be a token.
pub(crate) fn unreadable(response: &Response, error: &serde_json::Error) -> Error {
    Error::Decode {
        status: response.status,
        message: format!(
            "{:?} error at line {} column {}",
            error.classify(),
            error.line(),
            error.column()
        ),
    }
}

fn not_an_object(response: &Response) -> Error {
    Error::Decode {
        status: response.status,
        message: "the body is not an object".to_owned(),
    }
}

pub(crate) fn odd(response: &Response, problem: &Problem) -> Error {
    Error::Decode {
        status: response.status,
        message: problem.to_string(),
    }
}
