//! The calls that are made, and what reads a model.

use std::any::type_name;
use std::fmt::Debug;
use std::future::IntoFuture;
use std::pin::Pin;

use clerk_client::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

type Sent = Pin<Box<dyn Future<Output = Result<Value, Error>> + Send>>;

/// A call that is sent when it is awaited.
pub(crate) struct Call {
    pub(crate) operation: &'static str,
    pub(crate) variant: &'static str,
    /// The name of the type of its answer.
    pub(crate) answer: &'static str,
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
            answer: type_name::<T>(),
            sent: Box::pin(async move { Ok(serde_json::to_value(answer.await?).unwrap()) }),
        });
    }
}

/// What reads a model, by the names of the types that calls answer with.
pub(crate) struct Reader {
    pub(crate) one: &'static str,
    pub(crate) list: &'static str,
    pub(crate) page: &'static str,
    pub(crate) read: fn(Value) -> Result<Read, String>,
}

/// A value that was read into a model.
pub(crate) struct Read {
    /// What the model writes.
    pub(crate) written: Value,
    /// The text of its `Debug`.
    pub(crate) shown: String,
    /// What it has no field for.
    pub(crate) other: Map<String, Value>,
}

/// Reads a value into a model, and writes that again.
pub(crate) fn read<T>(value: Value, other: fn(&T) -> &Map<String, Value>) -> Result<Read, String>
where
    T: DeserializeOwned + Serialize + PartialEq + Clone + Debug,
{
    let model: T = serde_json::from_value(value).map_err(|error| error.to_string())?;
    let written = serde_json::to_value(&model).unwrap();
    let again: T = serde_json::from_value(written.clone()).map_err(|error| error.to_string())?;
    assert_eq!(again, model.clone());
    Ok(Read {
        written,
        shown: format!("{model:?}"),
        other: other(&model).clone(),
    })
}

macro_rules! reader {
    ($model:ty) => {
        $crate::made::Reader {
            one: std::any::type_name::<$model>(),
            list: std::any::type_name::<Vec<$model>>(),
            page: std::any::type_name::<clerk_client::Page<$model>>(),
            read: |value| $crate::made::read::<$model>(value, |model| &model.other),
        }
    };
}
pub(crate) use reader;
