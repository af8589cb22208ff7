//! Strings of a token, kept as ranges of the decoded token so that parsing copies only strings that are written with escapes.

/// A range of bytes in a [`DecodedToken`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Creates the span of `length` bytes from `start`. Both fit 32 bits: a token has at most 16 KiB, and no string of it is
    /// stored twice.
    pub(super) fn new(start: usize, length: usize) -> Self {
        Self {
            start: start as u32,
            end: (start + length) as u32,
        }
    }

    /// The length in bytes.
    pub(super) fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// The decoded header and payload of a token, each followed by its strings that had escapes, unescaped.
#[derive(Default)]
pub(super) struct DecodedToken(String);

impl DecodedToken {
    pub(super) fn new(decoded: String) -> Self {
        Self(decoded)
    }

    /// Returns the string at `span`.
    pub(super) fn get(&self, span: Span) -> &str {
        let found = self.0.get(span.start as usize..span.end as usize);
        found.unwrap_or_default()
    }

    /// The allocated size in bytes.
    pub(super) fn capacity(&self) -> usize {
        self.0.capacity()
    }
}

/// Records the spans of strings while a part of a token is parsed.
pub(super) struct SpanRecorder<'p> {
    part: &'p str,
    /// The offset of the part in the decoded token.
    start: usize,
    unescaped: String,
}

impl<'p> SpanRecorder<'p> {
    /// Creates a recorder for `part`, which begins at `start` in the decoded token.
    pub(super) fn new(part: &'p str, start: usize) -> Self {
        Self {
            part,
            start,
            unescaped: String::new(),
        }
    }

    /// The part that is parsed.
    pub(super) fn part(&self) -> &'p str {
        self.part
    }

    /// Returns the span of a string that the parser borrowed from the part.
    pub(super) fn borrowed(&mut self, text: &'p str) -> Span {
        // The address of a borrowed string gives its offset.
        let offset = text.as_ptr().addr().wrapping_sub(self.part.as_ptr().addr());
        if offset.saturating_add(text.len()) <= self.part.len() {
            Span::new(self.start + offset, text.len())
        } else {
            self.unescaped(text)
        }
    }

    /// Stores a string whose escapes the parser has replaced, and returns its span.
    pub(super) fn unescaped(&mut self, text: &str) -> Span {
        let span = Span::new(self.start + self.part.len() + self.unescaped.len(), text.len());
        self.unescaped.push_str(text);
        span
    }

    /// Returns the string at a span that was recorded here.
    pub(super) fn get(&self, span: Span) -> &str {
        let find = || {
            let start = (span.start as usize).checked_sub(self.start)?;
            match start.checked_sub(self.part.len()) {
                None => self.part.get(start..start + span.len()),
                Some(beyond) => self.unescaped.get(beyond..beyond + span.len()),
            }
        };
        find().unwrap_or_default()
    }

    /// Returns the unescaped strings. The decoded token has to contain them directly after the part.
    pub(super) fn into_unescaped(self) -> String {
        self.unescaped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_strings_outside_the_part_are_copied() {
        let part = r#"["user_1","a\u002fb",""]"#;
        let mut spans = SpanRecorder::new(part, 7);
        let (borrowed, empty, elsewhere) = (&part[2..8], &part[part.len()..], "user_1");
        let recorded = [
            spans.borrowed(borrowed),
            spans.borrowed(empty),
            spans.unescaped("a/b"),
            spans.borrowed(elsewhere),
        ];
        assert_eq!(
            recorded.map(|span| spans.get(span)),
            ["user_1", "", "a/b", "user_1"]
        );
        let unescaped = spans.into_unescaped();
        assert_eq!(unescaped, "a/buser_1");
        let decoded = DecodedToken::new(["{      ", part, &unescaped].concat());
        assert_eq!(
            recorded.map(|span| decoded.get(span)),
            ["user_1", "", "a/b", "user_1"]
        );
    }
}
