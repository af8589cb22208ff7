use std::fmt;

use serde_json::{Map, Value};

/// What a member of an object can be.
pub(crate) trait Part: fmt::Debug {
    fn to_value(&self) -> Value;
}

macro_rules! parts {
    ($($part:ty),* $(,)?) => {$(
        impl $crate::model::Part for $part {
            fn to_value(&self) -> serde_json::Value {
                self.clone().into()
            }
        }
    )*};
}
pub(crate) use parts;

parts!(String, bool, i64, f64, Value, Map<String, Value>);

impl<T: Part> Part for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }
}

impl<T: Part> Part for Vec<T> {
    fn to_value(&self) -> Value {
        self.iter().map(T::to_value).collect()
    }
}
