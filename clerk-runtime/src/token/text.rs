//! Texts of a token, kept as places in what was decoded of it.

/// Where a text stands in what was [decoded](Decoded).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Text {
    start: u32,
    end: u32,
}

impl Text {
    /// A token has 16 KiB at most, and no text is kept twice, so that the numbers are small.
    pub(super) fn at(start: usize, length: usize) -> Self {
        Self {
            start: start as u32,
            end: (start + length) as u32,
        }
    }

    /// How many bytes it has.
    pub(super) fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// The decoded header and payload of a token, each followed by its texts with escapes, as they are without.
#[derive(Default)]
pub(super) struct Decoded(String);

impl Decoded {
    pub(super) fn new(decoded: String) -> Self {
        Self(decoded)
    }

    pub(super) fn text(&self, place: Text) -> &str {
        let found = self.0.get(place.start as usize..place.end as usize);
        found.unwrap_or_default()
    }

    /// How many bytes it takes.
    pub(super) fn capacity(&self) -> usize {
        self.0.capacity()
    }
}

/// Takes note of texts while a part of a token is read.
pub(super) struct Texts<'p> {
    part: &'p str,
    /// Where the part begins.
    start: usize,
    unescaped: String,
}

impl<'p> Texts<'p> {
    /// Of the part that begins there.
    pub(super) fn of(part: &'p str, start: usize) -> Self {
        Self {
            part,
            start,
            unescaped: String::new(),
        }
    }

    /// The place of a text that the reader of the part came across.
    pub(super) fn keep(&mut self, text: &str) -> Text {
        // What has no escapes the reader lends from the part itself, so that the address tells where it stands there.
        let offset = text.as_ptr().addr().wrapping_sub(self.part.as_ptr().addr());
        let rest = self.part.get(offset..);
        if rest.is_some_and(|rest| rest.starts_with(text)) {
            return Text::at(self.start + offset, text.len());
        }
        let place = Text::at(self.start + self.part.len() + self.unescaped.len(), text.len());
        self.unescaped.push_str(text);
        place
    }

    /// The texts that are not in the part as they are. They belong behind it.
    pub(super) fn unescaped(self) -> String {
        self.unescaped
    }
}
