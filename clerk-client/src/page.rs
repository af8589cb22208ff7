use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// What is on the page.
    pub data: Vec<T>,
    /// How many there are on all pages.
    pub total_count: u64,
}

impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut page = serializer.serialize_struct("Page", 2)?;
        page.serialize_field("data", &self.data)?;
        page.serialize_field("total_count", &self.total_count)?;
        page.end()
    }
}

/// As lenient as what Clerk answers is read: a list that is null or missing is empty.
impl<'de, T: DeserializeOwned> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members = Map::deserialize(deserializer)?;
        let mut member = |name| members.remove(name).filter(|value: &Value| !value.is_null());
        let read = || -> serde_json::Result<Self> {
            Ok(Self {
                data: member("data").map_or(Ok(Vec::new()), serde_json::from_value)?,
                total_count: member("total_count").map_or(Ok(0), serde_json::from_value)?,
            })
        };
        let mut read = read;
        read().map_err(serde::de::Error::custom)
    }
}
