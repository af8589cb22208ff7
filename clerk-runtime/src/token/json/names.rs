//! The names of object members. Rejects objects with a duplicate name.
//!
//! Each known name has a bit of its own; only unknown names are compared.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

/// The number of unknown names that are compared one by one.
const MAX_INLINE_NAMES: usize = 8;

/// The unknown names of an object so far.
struct UnknownNames<'de> {
    /// The first names that are written without escapes.
    inline: [&'de str; MAX_INLINE_NAMES],
    inline_count: usize,
    /// All other names, sorted at the end of the object: comparing each with each would take quadratic time.
    spilled: Vec<Cow<'de, str>>,
}

impl<'de> UnknownNames<'de> {
    fn new() -> Self {
        Self {
            inline: [""; MAX_INLINE_NAMES],
            inline_count: 0,
            spilled: Vec::new(),
        }
    }

    fn add<E: Error>(&mut self, name: Cow<'de, str>) -> Result<(), E> {
        let (inline, free) = self.inline.split_at_mut(self.inline_count);
        let (name, slot) = match (name, free.first_mut()) {
            (Cow::Borrowed(name), Some(slot)) => (name, slot),
            (name, _) => {
                self.spilled.push(name);
                return Ok(());
            }
        };
        if inline.contains(&name) {
            return Err(duplicate_member());
        }
        *slot = name;
        self.inline_count += 1;
        Ok(())
    }

    fn finish<E: Error>(&mut self) -> Result<(), E> {
        if self.spilled.is_empty() {
            return Ok(());
        }
        let inline = self.inline.iter().take(self.inline_count);
        self.spilled.extend(inline.copied().map(Cow::Borrowed));
        self.spilled.sort_unstable();
        if self.spilled.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(duplicate_member());
        }
        Ok(())
    }
}

/// The known member names of a kind of object.
pub(in crate::token) trait Name: Copy {
    /// Returns the known name with this spelling.
    fn parse(text: &str) -> Option<Self>;

    /// A bit that no other name has.
    fn bit(self) -> u32;
}

/// Declares an enum of known names with their spellings.
macro_rules! names {
    ($(#[$docs:meta])* $visibility:vis enum $names:ident { $($name:ident = $text:literal,)* }) => {
        $(#[$docs])*
        #[derive(Debug, Clone, Copy)]
        // As wide as the word of `Key::Other` in the same place: a byte that is written and then read as part of a word has
        // to wait for the store.
        #[repr(usize)]
        $visibility enum $names {
            $($name,)*
        }

        impl $crate::token::json::Name for $names {
            fn parse(text: &str) -> Option<Self> {
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

/// The empty set of known names, for objects whose members are all treated alike.
#[derive(Debug, Clone, Copy)]
pub(super) enum NoName {}

impl Name for NoName {
    fn parse(_: &str) -> Option<Self> {
        None
    }

    fn bit(self) -> u32 {
        match self {}
    }
}

/// The name of a member.
pub(super) enum Key<'de, N> {
    Known(N),
    /// An unknown name, borrowed unless it is written with escapes.
    Other(Cow<'de, str>),
}

impl Key<'_, NoName> {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Known(name) => match *name {},
            Self::Other(text) => text,
        }
    }
}

/// Deserializes a name.
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
        Ok(N::parse(name).map_or(Key::Other(Cow::Borrowed(name)), Key::Known))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(N::parse(name).map_or_else(|| Key::Other(Cow::Owned(name.to_owned())), Key::Known))
    }
}

/// Calls `take` for each member with its name. Fails on a duplicate name, but only after `take` was called for both members.
pub(super) fn for_each_member<'de, N: Name, A: MapAccess<'de>>(
    members: &mut A,
    mut take: impl FnMut(&Key<'de, N>, &mut A) -> Result<(), A::Error>,
) -> Result<(), A::Error> {
    let mut known = 0;
    let mut unknown = UnknownNames::new();
    while let Some(key) = members.next_key_seed(KeySeed(PhantomData))? {
        take(&key, members)?;
        match key {
            Key::Known(name) if known & name.bit() != 0 => return Err(duplicate_member()),
            Key::Known(name) => known |= name.bit(),
            Key::Other(name) => unknown.add(name)?,
        }
    }
    unknown.finish()
}

fn duplicate_member<E: Error>() -> E {
    E::custom("a member comes twice")
}
