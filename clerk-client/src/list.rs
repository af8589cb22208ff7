//! Lists that Clerk answers page by page.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;

use http::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::client::decode;
use crate::lenient::null_is_default;
use crate::path::Path;
use crate::{Client, Error};

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
#[non_exhaustive]
pub struct Page<T> {
    /// What is on the page.
    #[serde(default, deserialize_with = "null_is_default")]
    pub data: Vec<T>,
    /// How many there are on all pages.
    #[serde(default, deserialize_with = "null_is_default")]
    pub total_count: u64,
}

/// A page to be fetched, by `.await`: the first ten, unless said otherwise.
#[must_use = "a page is only fetched by `.await`"]
pub struct List<'a, T> {
    client: &'a Client,
    path: &'static str,
    limit: Option<u32>,
    offset: Option<u32>,
    of: PhantomData<fn() -> T>,
}

impl<'a, T> List<'a, T> {
    pub(crate) fn new(client: &'a Client, path: &'static str) -> Self {
        Self {
            client,
            path,
            limit: None,
            offset: None,
            of: PhantomData,
        }
    }

    /// How many there are on the page; Clerk takes 1 to 500.
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// How many come before the page.
    pub fn offset(mut self, offset: u32) -> Self {
        self.offset = Some(offset);
        self
    }
}

impl<'a, T: DeserializeOwned + 'a> IntoFuture for List<'a, T> {
    type Output = Result<Page<T>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        let mut path = Path::new(self.path);
        for (name, value) in [("limit", self.limit), ("offset", self.offset)] {
            if let Some(value) = value {
                path = path.query(name, &value.to_string());
            }
        }
        let client = self.client;
        Box::pin(async move { decode(&client.send(Method::GET, path, None, None).await?) })
    }
}

impl<T> fmt::Debug for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List")
            .field("path", &self.path)
            .field("limit", &self.limit)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
