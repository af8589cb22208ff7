//! The calls that are made, and what reads a model.

use std::future::IntoFuture;
use std::pin::Pin;

use clerk_client::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

type Sent = Pin<Box<dyn Future<Output = Result<Value, Error>> + Send>>;

/// A call that is sent when it is awaited.
pub(crate) struct Call {
    pub(crate) operation: &'static str,
    pub(crate) variant: &'static str,
    pub(crate) sent: Sent,
}

#[derive(Default)]
pub(crate) struct Calls(pub(crate) Vec<Call>);

impl Calls {
    pub(crate) fn add<T, C>(&mut self, operation: &'static str, variant: &'static str, call: C)
    where
        T: Serialize,
        C: IntoFuture<Output = Result<T, Error>>,
        C::IntoFuture: Send + 'static,
    {
        let answer = call.into_future();
        self.0.push(Call {
            operation,
            variant,
            sent: Box::pin(async move { Ok(serde_json::to_value(answer.await?).unwrap()) }),
        });
    }
}

/// Reads a value into a model, and writes that again. The text is that of `Debug`.
pub(crate) type Reader = fn(Value) -> Result<(Value, String), String>;

pub(crate) fn reader<T: DeserializeOwned + Serialize + PartialEq + Clone + std::fmt::Debug>() -> Reader {
    |value| {
        let model: T = serde_json::from_value(value).map_err(|error| error.to_string())?;
        let written = serde_json::to_value(&model).unwrap();
        let again: T = serde_json::from_value(written.clone()).map_err(|error| error.to_string())?;
        assert_eq!(again, model.clone());
        Ok((written, format!("{model:?}")))
    }
}
