//! Names of members, of which none may come twice.
//!
//! Those that matter are told apart by a bit each; only what is left has to be compared.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

/// How many names are compared one by one.
const FEW: usize = 8;

/// The names of an object's members so far that do not matter.
struct OtherNames<'de> {
    /// Those without escapes, as names are written.
    first: [&'de str; FEW],
    count: usize,
    /// All others, looked at in the end: comparing each with each would take the square of their number.
    more: Vec<Cow<'de, str>>,
}

impl<'de> OtherNames<'de> {
    fn new() -> Self {
        Self {
            first: [""; FEW],
            count: 0,
            more: Vec::new(),
        }
    }

    fn add<E: Error>(&mut self, name: Cow<'de, str>) -> Result<(), E> {
        let (first, rest) = self.first.split_at_mut(self.count);
        let (name, place) = match (name, rest.first_mut()) {
            (Cow::Borrowed(name), Some(place)) => (name, place),
            (name, _) => {
                self.more.push(name);
                return Ok(());
            }
        };
        if first.contains(&name) {
            return Err(duplicate());
        }
        *place = name;
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
            return Err(duplicate());
        }
        Ok(())
    }
}

/// The names that matter in an object: one of them each time.
pub(in crate::token) trait Name: Copy {
    /// The one that is spelled so.
    fn of(text: &str) -> Option<Self>;

    /// A bit that no other has.
    fn bit(self) -> u32;
}

/// Names, and how they are spelled.
macro_rules! names {
    ($(#[$docs:meta])* $visibility:vis enum $names:ident { $($name:ident = $text:literal,)* }) => {
        $(#[$docs])*
        #[derive(Debug, Clone, Copy)]
        // As wide as what stands for other names: what is written as a byte and read as a word has to wait for the memory.
        #[repr(usize)]
        $visibility enum $names {
            $($name,)*
        }

        impl $crate::token::json::Name for $names {
            fn of(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$name),)*
                    _ => None,
                }
            }

            fn bit(self) -> u32 {
                match self {
                    $(Self::$name => const { 1 << Self::$name as u32 },)*
                }
            }
        }
    };
}
pub(in crate::token) use names;

/// Of objects in which nothing matters.
#[derive(Debug, Clone, Copy)]
pub(super) enum NoName {}

impl Name for NoName {
    fn of(_: &str) -> Option<Self> {
        None
    }

    fn bit(self) -> u32 {
        match self {}
    }
}

/// The name of a member.
pub(super) enum Key<'de, N> {
    Known(N),
    /// Borrowed unless it is written with escapes.
    Other(Cow<'de, str>),
}

impl Key<'_, NoName> {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Known(name) => match *name {},
            Self::Other(text) => text,
        }
    }
}

/// Reads a name.
struct KeySeed<N>(PhantomData<N>);

impl<'de, N: Name> DeserializeSeed<'de> for KeySeed<N> {
    type Value = Key<'de, N>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, N: Name> Visitor<'de> for KeySeed<N> {
    type Value = Key<'de, N>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(N::of(name).map_or(Key::Other(Cow::Borrowed(name)), Key::Known))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(N::of(name).map_or_else(|| Key::Other(Cow::Owned(name.to_owned())), Key::Known))
    }
}

/// Calls `take` for each member, with its name. Fails if one comes twice, though it was called for both by then.
pub(super) fn each_member<'de, N: Name, A: MapAccess<'de>>(
    members: &mut A,
    mut take: impl FnMut(&Key<'de, N>, &mut A) -> Result<(), A::Error>,
) -> Result<(), A::Error> {
    let mut known = 0;
    let mut others = OtherNames::new();
    while let Some(key) = members.next_key_seed(KeySeed(PhantomData))? {
        take(&key, members)?;
        match key {
            Key::Known(name) if known & name.bit() != 0 => return Err(duplicate()),
            Key::Known(name) => known |= name.bit(),
            Key::Other(name) => others.add(name)?,
        }
    }
    others.end()
}

fn duplicate<E: Error>() -> E {
    E::custom("a member comes twice")
}
