//! One call: what is put together, how it is sent, and how its answer is read.

mod draft;
mod members;
mod options;
mod pages;
pub(crate) mod read;
mod retry;
mod send;
mod upload;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::Method;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::path::Path;
use crate::transport::{BoxFuture, Response};
use crate::{Client, Error};

pub(crate) use draft::{Draft, Key};
pub(crate) use members::{Members, params, text_map, texts};
pub use options::CallOptions;
pub use pages::Pages;
pub(crate) use read::Read;
pub use upload::Upload;

/// A call of the Backend API, sent by `.await`. What is wrong with an argument is an error of the `.await`.
///
/// It belongs to nobody: it may be kept, and sent from another task.
#[must_use = "a call is only sent by `.await`"]
pub struct Call<T> {
    pub(crate) draft: Draft,
    pub(crate) read: Read<T>,
}

impl Client {
    /// A call of any path of the Backend API, for what has no method here: the path, such as `/users/count`, comes without
    /// version, query and host. Segments that are not part of the program are to be percent-encoded.
    ///
    /// ```
    /// # async fn example(client: clerk_client::Client) -> Result<(), clerk_client::Error> {
    /// use http::Method;
    ///
    /// let count = client.request(Method::GET, "/users/count").query("banned", "true").await?;
    /// println!("{} banned", count["total_count"]);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// On `.await`: code `path_invalid` for a path that could lead elsewhere; see [`Error`] for what can go wrong with any
    /// call.
    pub fn request(&self, method: Method, path: &str) -> Call<Value> {
        Call {
            draft: Draft::at(self, method, Path::parse(path)),
            read: read::any,
        }
    }
}

impl<T> Call<T> {
    /// A call of this path, whose `{…}` are filled with the arguments in their order.
    pub(crate) fn new(
        client: &Client,
        method: Method,
        path: &'static str,
        arguments: &[&str],
        read: Read<T>,
    ) -> Self {
        Self {
            draft: Draft::new(client, method, path, arguments),
            read,
        }
    }

    /// Settings for this call only. What they do not say stays as it was.
    pub fn with(mut self, options: CallOptions) -> Self {
        self.draft.options = options.or(self.draft.options);
        self
    }

    /// A parameter of the query, encoded. For those that have no method here: later ones, or those of
    /// [`Client::request`].
    pub fn query(mut self, name: impl Into<String>, value: impl AsRef<str>) -> Self {
        self.draft
            .query
            .push((name.into().into(), value.as_ref().to_owned()));
        self
    }

    /// A member of the body, which is a JSON object. For those that have no method here: later ones, or those of
    /// [`Client::request`]. A body that is no object is replaced.
    pub fn member(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.draft.body.insert(name.into(), value.into());
        self
    }

    /// Sends the call and reads the answer into a type of your own, as strictly as that is.
    ///
    /// # Errors
    /// What can go wrong with any call, see [`Error`]; code `response_invalid` for what does not fit the type.
    pub async fn read_as<U: DeserializeOwned>(self) -> Result<U, Error> {
        let response = self.draft.send().await?;
        serde_json::from_slice(&response.body).map_err(|error| read::unreadable(&response, &error))
    }

    /// Sends the call and gives the answer as it came, if it is a success.
    ///
    /// # Errors
    /// What can go wrong with any call, see [`Error`].
    pub fn response(self) -> BoxFuture<'static, Result<Response, Error>> {
        self.draft.send()
    }
}

impl Call<Value> {
    /// The body, of any shape.
    pub fn json(mut self, body: impl Into<Value>) -> Self {
        self.draft.body.set(body.into());
        self
    }

    /// Leaves out the version that stands before other paths, as Clerk's own client does for API keys and tokens of
    /// machines.
    pub fn unversioned(mut self) -> Self {
        self.draft.is_versioned = false;
        self
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self {
            draft: self.draft.clone(),
            read: self.read,
        }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(f)
    }
}

impl<T> IntoFuture for Call<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Answered<T>;

    fn into_future(self) -> Answered<T> {
        Answered {
            response: self.draft.send(),
            read: self.read,
        }
    }
}

/// A call on its way.
pub struct Answered<T> {
    response: BoxFuture<'static, Result<Response, Error>>,
    read: Read<T>,
}

impl<T> Future for Answered<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.response.as_mut().poll(context));
        Poll::Ready(response.and_then(|response| (self.read)(&response)))
    }
}

impl<T> fmt::Debug for Answered<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answered").finish_non_exhaustive()
    }
}

/// What a call with arguments of its own has in common with [`Call`], which it wraps.
macro_rules! calls {
    ($($name:ident -> $answer:ty;)*) => {$(
        impl $name {
            /// The same without the methods for its arguments.
            pub fn into_call(self) -> $crate::Call<$answer> {
                self.0
            }

            /// Settings for this call only. What they do not say stays as it was.
            pub fn with(self, options: $crate::CallOptions) -> Self {
                Self(self.0.with(options))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl std::future::IntoFuture for $name {
            type Output = Result<$answer, $crate::Error>;
            type IntoFuture = $crate::Answered<$answer>;

            fn into_future(self) -> Self::IntoFuture {
                self.0.into_future()
            }
        }
    )*};
}
pub(crate) use calls;
