use std::fmt;

use serde_json::{Map, Number, Value};

use super::part::Part;

/// An object of the API.
pub(crate) trait Model: Sized {
    const NAME: &'static str;
    /// The members that `Debug` does not show.
    const SECRETS: &'static [&'static str];

    /// Takes its members. What is wrong with them is noted there, and something is put in their place.
    fn read(fields: &mut Fields) -> Self;

    /// The members that have a field, with their names.
    fn parts(&self) -> Vec<(&'static str, &dyn Part)>;

    /// Those that have none.
    fn other(&self) -> &Map<String, Value>;
}

/// The members of an object that is being read. The first thing that is wrong is kept.
pub(crate) struct Fields {
    of: &'static str,
    members: Map<String, Value>,
    is_inner: bool,
    problem: Option<Problem>,
}

/// Which member does not fit, and how. Never what it is: it may be a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    path: String,
    what: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path, self.what)
    }
}

impl Fields {
    pub(crate) fn new(of: &'static str, members: Map<String, Value>) -> Self {
        Self {
            of,
            members,
            is_inner: false,
            problem: None,
        }
    }

    /// Of an object in another one.
    fn inner(of: &'static str, members: Map<String, Value>) -> Self {
        Self {
            is_inner: true,
            ..Self::new(of, members)
        }
    }

    pub(crate) fn end(self) -> Result<(), Problem> {
        self.problem.map_or(Ok(()), Err)
    }

    /// What no field was made for.
    pub(crate) fn other(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.members)
    }

    /// A text without which an answer is not what was asked for. In an object that is part of the answer it is no reason to
    /// lose the others.
    pub(crate) fn essential(&mut self, name: &'static str) -> String {
        match self.optional_text(name) {
            Some(text) => text,
            None if self.is_inner => String::new(),
            None => self.missing(name),
        }
    }

    pub(crate) fn text(&mut self, name: &'static str) -> String {
        self.optional_text(name).unwrap_or_default()
    }

    pub(crate) fn optional_text(&mut self, name: &'static str) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text),
            _ => self.wrong(name, "is not a text"),
        }
    }

    pub(crate) fn flag(&mut self, name: &'static str) -> bool {
        self.optional_flag(name).unwrap_or_default()
    }

    pub(crate) fn optional_flag(&mut self, name: &'static str) -> Option<bool> {
        match self.take(name)? {
            Value::Bool(flag) => Some(flag),
            _ => self.wrong(name, "is not true or false"),
        }
    }

    /// A whole number without which the object is of no use.
    pub(crate) fn integer(&mut self, name: &'static str) -> i64 {
        self.optional_integer(name).unwrap_or_else(|| self.missing(name))
    }

    pub(crate) fn optional_integer(&mut self, name: &'static str) -> Option<i64> {
        let number = self.optional_number(name)?;
        whole(&number).or_else(|| self.wrong(name, "is out of range"))
    }

    /// How many there are.
    pub(crate) fn count(&mut self, name: &'static str) -> u64 {
        let count = self.optional_integer(name).unwrap_or_default();
        count.try_into().unwrap_or_default()
    }

    pub(crate) fn optional_fraction(&mut self, name: &'static str) -> Option<f64> {
        self.optional_number(name)?.as_f64()
    }

    pub(crate) fn texts(&mut self, name: &'static str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.list(name) {
            match item {
                Value::String(text) => texts.push(text),
                _ => self.note(name, "has an item that is not a text"),
            }
        }
        texts
    }

    pub(crate) fn map(&mut self, name: &'static str) -> Map<String, Value> {
        self.optional_map(name).unwrap_or_default()
    }

    pub(crate) fn optional_map(&mut self, name: &'static str) -> Option<Map<String, Value>> {
        match self.take(name)? {
            Value::Object(members) => Some(members),
            _ => self.wrong(name, "is not an object"),
        }
    }

    pub(crate) fn value(&mut self, name: &'static str) -> Option<Value> {
        self.take(name)
    }

    /// An object without which this one is of no use.
    pub(crate) fn object<T: Model>(&mut self, name: &'static str) -> T {
        let object = self.optional_object(name);
        object.unwrap_or_else(|| {
            self.note(name, "is missing");
            T::read(&mut Self::inner(T::NAME, Map::new()))
        })
    }

    pub(crate) fn optional_object<T: Model>(&mut self, name: &'static str) -> Option<T> {
        let members = self.optional_map(name)?;
        let mut fields = Self::inner(T::NAME, members);
        let object = T::read(&mut fields);
        self.adopt(name, fields);
        Some(object)
    }

    pub(crate) fn objects<T: Model>(&mut self, name: &'static str) -> Vec<T> {
        let mut objects = Vec::new();
        for item in self.list(name) {
            let Some(mut fields) = self.fields_of(name, T::NAME, item) else {
                continue;
            };
            objects.push(T::read(&mut fields));
            self.adopt(name, fields);
        }
        objects
    }

    fn fields_of(&mut self, name: &'static str, of: &'static str, item: Value) -> Option<Self> {
        match item {
            Value::Object(members) => Some(Self::inner(of, members)),
            _ => self.wrong(name, "has an item that is not an object"),
        }
    }

    pub(super) fn list(&mut self, name: &'static str) -> Vec<Value> {
        match self.take(name) {
            None => Vec::new(),
            Some(Value::Array(items)) => items,
            Some(_) => self.wrong(name, "is not a list").unwrap_or_default(),
        }
    }

    fn optional_number(&mut self, name: &'static str) -> Option<Number> {
        match self.take(name)? {
            Value::Number(number) => Some(number),
            _ => self.wrong(name, "is not a number"),
        }
    }

    /// Null is as good as missing.
    fn take(&mut self, name: &'static str) -> Option<Value> {
        self.members.remove(name).filter(|value| !value.is_null())
    }

    fn adopt(&mut self, name: &'static str, inner: Self) {
        if let (None, Some(problem)) = (&self.problem, inner.problem) {
            let rest = problem.path.strip_prefix(inner.of).unwrap_or(&problem.path);
            self.problem = Some(Problem {
                path: format!("{}.{name}{rest}", self.of),
                what: problem.what,
            });
        }
    }

    fn missing<T: Default>(&mut self, name: &'static str) -> T {
        self.note(name, "is missing");
        T::default()
    }

    fn wrong<T>(&mut self, name: &'static str, what: &'static str) -> Option<T> {
        self.note(name, what);
        None
    }

    fn note(&mut self, name: &'static str, what: &'static str) {
        self.problem.get_or_insert_with(|| Problem {
            path: format!("{}.{name}", self.of),
            what,
        });
    }
}

/// A whole number, which Clerk declares now as an integer and now as a number. A fraction is dropped.
fn whole(number: &Number) -> Option<i64> {
    let from_float = || {
        let float = number.as_f64()?;
        (float.abs() < EXACT_FLOATS).then_some(float as i64)
    };
    number.as_i64().or_else(from_float)
}

/// 2^53, up to which a float holds every whole number.
const EXACT_FLOATS: f64 = 9_007_199_254_740_992.0;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn integers_may_be_written_as_floats() {
        for (text, expected) in [
            ("1767225600000", Ok(Some(1_767_225_600_000))),
            ("1767225600000.0", Ok(Some(1_767_225_600_000))),
            ("1.7672256e12", Ok(Some(1_767_225_600_000))),
            ("1767225600000.9", Ok(Some(1_767_225_600_000))),
            ("-1.0", Ok(Some(-1))),
            ("0", Ok(Some(0))),
            ("9223372036854775807", Ok(Some(i64::MAX))),
            ("null", Ok(None)),
            ("9223372036854775808", Err("`Times.at` is out of range")),
            ("1e300", Err("`Times.at` is out of range")),
            ("\"1767225600000\"", Err("`Times.at` is not a number")),
            ("true", Err("`Times.at` is not a number")),
        ] {
            let members = serde_json::from_str(&format!(r#"{{"at":{text}}}"#)).unwrap();
            let mut fields = Fields::new("Times", members);
            let read = fields.optional_integer("at");
            let read = fields.end().map(|()| read).map_err(|problem| problem.to_string());
            assert_eq!(read, expected.map_err(str::to_owned), "{text}");
        }
    }

    #[test]
    fn the_first_thing_that_is_wrong_is_told_by_its_place() {
        let Value::Object(members) = json!({"texts": ["a", 7, null], "flag": "sk_test_planted"}) else {
            unreachable!()
        };
        let mut fields = Fields::new("Thing", members);
        assert_eq!(fields.texts("texts"), ["a"]);
        assert!(!fields.flag("flag") && fields.essential("id").is_empty());
        let problem = fields.end().unwrap_err().to_string();
        assert_eq!(problem, "`Thing.texts` has an item that is not a text");
    }
}
