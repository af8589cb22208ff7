use serde::{Serialize, Serializer};

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// What is on the page.
    pub data: Vec<T>,
    /// How many there are on all pages; where Clerk answers with the bare list, how many are on this one.
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
