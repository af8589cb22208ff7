//! Names of members, of which none may come twice.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

/// How many names are compared one by one.
const FEW: usize = 16;

/// The names of an object's members so far.
struct Names<'de> {
    /// Those without escapes, as names are written.
    first: [&'de str; FEW],
    count: usize,
    /// The marks of the first few: a name whose mark is not among them is not among them itself.
    marks: u128,
    /// All others, looked at in the end: comparing each with each would take the square of their number.
    more: Vec<Cow<'de, str>>,
}

impl<'de> Names<'de> {
    fn new() -> Self {
        Self {
            first: [""; FEW],
            count: 0,
            marks: 0,
            more: Vec::new(),
        }
    }

    fn add<E: Error>(&mut self, name: Cow<'de, str>) -> Result<(), E> {
        let (name, place) = match (name, self.first.get_mut(self.count)) {
            (Cow::Borrowed(name), Some(place)) => (name, place),
            (name, _) => {
                self.more.push(name);
                return Ok(());
            }
        };
        *place = name;
        let mark = mark(name);
        if self.marks & mark != 0 && self.first[..self.count].contains(&name) {
            return Err(E::custom("duplicate member"));
        }
        self.marks |= mark;
        self.count += 1;
        Ok(())
    }

    fn end<E: Error>(&mut self) -> Result<(), E> {
        if self.more.is_empty() {
            return Ok(());
        }
        let first = self.first.iter().take(self.count);
        self.more.extend(first.copied().map(Cow::Borrowed));
        self.more.sort_unstable();
        if self.more.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(E::custom("duplicate member"));
        }
        Ok(())
    }
}

/// A bit that few other names have.
fn mark(name: &str) -> u128 {
    let bytes = name.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
    let mixed =
        byte(0) * 5 + byte(bytes.len() / 2) * 19 + byte(bytes.len().wrapping_sub(1)) * 37 + bytes.len();
    1 << (mixed % 128)
}

/// A member's name, borrowed unless it is written with escapes.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

/// Calls `take` for each member, with its name.
pub(super) fn each_member<'de, A: MapAccess<'de>>(
    members: &mut A,
    mut take: impl FnMut(&str, &mut A) -> Result<(), A::Error>,
) -> Result<(), A::Error> {
    let mut names = Names::new();
    while let Some(name) = members.next_key_seed(Name)? {
        take(&name, members)?;
        names.add(name)?;
    }
    names.end()
}
