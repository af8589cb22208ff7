//! The block that an attribute stands in, which no tokens tell: it is read in the source.

use std::fs;

/// Blocks in which a handler is no free function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Block {
    Impl,
    /// Of a trait, or of an implementation of one.
    Trait,
}

impl Block {
    /// Returns the block that the attribute stands in. Nothing if the source is not at hand, as in an editor, or if the
    /// attribute begins its line, as it does outside of all blocks.
    pub(crate) fn of_attribute() -> Option<Self> {
        if !proc_macro::is_available() {
            return None;
        }
        let at = proc_macro::Span::call_site();
        if at.column() <= 1 {
            return None;
        }
        let source = fs::read_to_string(at.local_file()?).ok()?;
        Self::around(&source, at.line(), at.column())
    }

    /// Returns the block around a place, which is counted from one.
    pub(crate) fn around(source: &str, line: usize, column: usize) -> Option<Self> {
        let start: usize = source.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let rest = source.get(start..)?;
        let offset = rest.char_indices().nth(column - 1).map(|(offset, _)| offset)?;
        innermost(source.get(..start + offset)?)
    }
}

/// The keywords that begin an item with a block.
const KEYWORDS: [(&str, Option<Block>); 8] = [
    ("impl", Some(Block::Impl)),
    ("trait", Some(Block::Trait)),
    ("fn", None),
    ("mod", None),
    ("struct", None),
    ("enum", None),
    ("union", None),
    ("macro_rules", None),
];

/// Returns the last block that is not closed, if it is one of these.
fn innermost(source: &str) -> Option<Block> {
    let mut open: Vec<Option<Block>> = Vec::new();
    // What the item that is being read begins with.
    let mut item: Option<Option<Block>> = None;
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '{' => {
                open.push(item.take().flatten());
                1
            }
            '}' => {
                open.pop();
                item = None;
                1
            }
            ';' => {
                item = None;
                1
            }
            first if first.is_alphabetic() || first == '_' => {
                let text = raw_text(rest);
                if text > 0 {
                    text
                } else {
                    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                    let end = end.unwrap_or(rest.len());
                    let word = &rest[..end];
                    let keyword = KEYWORDS.into_iter().find(|(keyword, _)| *keyword == word);
                    item = item.or(keyword.map(|(_, block)| block));
                    // `impl Trait for Type`, and not `where F: for<'a> Fn(&'a u8)`.
                    let is_of_trait = word == "for" && !rest[end..].trim_start().starts_with('<');
                    if is_of_trait && item == Some(Some(Block::Impl)) {
                        item = Some(Some(Block::Trait));
                    }
                    end
                }
            }
            _ => skipped(rest).unwrap_or(first.len_utf8()),
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    open.pop().flatten()
}

/// Returns the length of a comment, a text or a character, in which braces mean nothing.
fn skipped(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(comment(rest));
    }
    if let Some(text) = rest.strip_prefix('"') {
        return Some(1 + quoted(text, '"'));
    }
    let character = rest.strip_prefix('\'')?;
    let mut characters = character.chars();
    match (characters.next(), characters.next()) {
        (Some('\\'), _) => Some(1 + quoted(character, '\'')),
        (Some(one), Some('\'')) => Some(2 + one.len_utf8()),
        // A lifetime.
        _ => None,
    }
}

/// Returns the length of a comment, which may have others in it.
fn comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(here) = rest.get(at..).filter(|here| !here.is_empty()) {
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth = depth.saturating_sub(1);
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// Returns the length up to the quote that ends a text.
fn quoted(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            character if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Returns the length of a raw text, such as `r#"{"#`; zero if there is none here.
fn raw_text(rest: &str) -> usize {
    let Some(prefix) = ["r", "br", "cr"]
        .into_iter()
        .find(|prefix| rest.starts_with(*prefix) && rest[prefix.len()..].starts_with(['#', '"']))
    else {
        return 0;
    };
    let hashes = rest[prefix.len()..].chars().take_while(|c| *c == '#').count();
    let start = prefix.len() + hashes;
    if !rest[start..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let text = &rest[start + 1..];
    text.find(&end)
        .map_or(rest.len(), |at| start + 1 + at + end.len())
}
