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

    pub(super) fn part(&self) -> &'p str {
        self.part
    }

    /// The place of a text that stands in the part as it is.
    pub(super) fn lent(&mut self, text: &'p str) -> Text {
        // The address tells where.
        let offset = text.as_ptr().addr().wrapping_sub(self.part.as_ptr().addr());
        if offset.saturating_add(text.len()) <= self.part.len() {
            Text::at(self.start + offset, text.len())
        } else {
            self.unescaped(text)
        }
    }

    /// The place of a text that is written with escapes, without them.
    pub(super) fn unescaped(&mut self, text: &str) -> Text {
        let place = Text::at(self.start + self.part.len() + self.unescaped.len(), text.len());
        self.unescaped.push_str(text);
        place
    }

    /// A text that was taken note of.
    pub(super) fn text(&self, place: Text) -> &str {
        let find = || {
            let start = (place.start as usize).checked_sub(self.start)?;
            match start.checked_sub(self.part.len()) {
                None => self.part.get(start..start + place.len()),
                Some(beyond) => self.unescaped.get(beyond..beyond + place.len()),
            }
        };
        find().unwrap_or_default()
    }

    /// The texts that are not in the part as they are. They belong behind it.
    pub(super) fn into_unescaped(self) -> String {
        self.unescaped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_texts_that_stand_elsewhere_are_copied() {
        let part = r#"["user_1","a\u002fb",""]"#;
        let mut texts = Texts::of(part, 7);
        let (lent, empty, elsewhere) = (&part[2..8], &part[part.len()..], "user_1");
        let places = [
            texts.lent(lent),
            texts.lent(empty),
            texts.unescaped("a/b"),
            texts.lent(elsewhere),
        ];
        assert_eq!(
            places.map(|place| texts.text(place)),
            ["user_1", "", "a/b", "user_1"]
        );
        let behind = texts.into_unescaped();
        assert_eq!(behind, "a/buser_1");
        let decoded = Decoded::new(["{      ", part, &behind].concat());
        assert_eq!(
            places.map(|place| decoded.text(place)),
            ["user_1", "", "a/b", "user_1"]
        );
    }
}
