use serde_json::{Map, Value};

/// A member of a request that may be left as it is, be emptied, or be set.
///
/// A method that takes one takes a value as well; who never calls it leaves the member as it is.
///
/// ```
/// use clerk_client::Patch;
///
/// # #[cfg(feature = "users")]
/// # async fn example(client: clerk_client::Client, nickname: Option<String>) -> Result<(), clerk_client::Error> {
/// client
///     .users()
///     .update_user("user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ")
///     .first_name("Ada")
///     .last_name(Patch::Null)
///     .username(Patch::or_null(nickname))
///     .await?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// Not sent: stays as it is.
    #[default]
    Absent,
    /// Sent as `null`, which mostly means: empty it.
    Null,
    /// Sent.
    Value(T),
}

impl<T> Patch<T> {
    /// `None` empties the member.
    pub fn or_null(value: Option<impl Into<T>>) -> Self {
        value.map_or(Self::Null, |value| Self::Value(value.into()))
    }

    /// `None` leaves the member as it is.
    pub fn or_absent(value: Option<impl Into<T>>) -> Self {
        value.map_or(Self::Absent, |value| Self::Value(value.into()))
    }
}

impl<T: Into<Value>> Patch<T> {
    pub(crate) fn into_member(self) -> Option<Value> {
        match self {
            Self::Absent => None,
            Self::Null => Some(Value::Null),
            Self::Value(value) => Some(value.into()),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl From<&String> for Patch<String> {
    fn from(value: &String) -> Self {
        Self::Value(value.clone())
    }
}

impl From<Map<String, Value>> for Patch<Value> {
    fn from(members: Map<String, Value>) -> Self {
        Self::Value(Value::Object(members))
    }
}

impl From<Vec<&str>> for Patch<Vec<String>> {
    fn from(values: Vec<&str>) -> Self {
        Self::Value(values.into_iter().map(str::to_owned).collect())
    }
}

impl<const N: usize> From<[&str; N]> for Patch<Vec<String>> {
    fn from(values: [&str; N]) -> Self {
        Self::Value(values.map(str::to_owned).into())
    }
}
