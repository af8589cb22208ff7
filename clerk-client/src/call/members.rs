use serde_json::{Map, Value};

/// An object that is part of a body.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Members(pub(crate) Map<String, Value>);

impl Members {
    /// A member; none is no member.
    pub(crate) fn set(&mut self, name: &'static str, value: Option<Value>) {
        match value {
            Some(value) => self.insert(name.to_owned(), value),
            None => drop(self.0.remove(name)),
        }
    }

    pub(crate) fn text(&mut self, name: &'static str, value: &str) {
        self.insert(name.to_owned(), value.into());
    }

    pub(crate) fn insert(&mut self, name: String, value: Value) {
        self.0.insert(name, value);
    }
}

pub(crate) fn texts(texts: impl IntoIterator<Item = impl Into<String>>) -> Value {
    texts.into_iter().map(Into::<String>::into).collect()
}

pub(crate) fn text_map(pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Value {
    let pairs = pairs
        .into_iter()
        .map(|(name, value)| (name.into(), Value::String(value.into())));
    Value::Object(pairs.collect())
}

/// What every object that is part of a body can do.
macro_rules! params {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name))
                    .field(&self.0.0.keys().collect::<Vec<_>>())
                    .finish()
            }
        }

        impl From<$name> for serde_json::Value {
            fn from(params: $name) -> Self {
                Self::Object(params.0.0)
            }
        }
    };
}
pub(crate) use params;
