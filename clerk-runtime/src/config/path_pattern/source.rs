//! From a pattern to the regular expression that `path-to-regexp` makes of it.

use std::fmt::Write;

use super::javascript::translated;
use super::lexeme::{Lexeme, lexemes};
use super::{Key, Name, Problem};

/// Text that delimits parameters by default.
const DELIMITERS: [char; 3] = ['/', '#', '?'];
/// Characters that belong to the parameter after them.
const PREFIXES: [char; 2] = ['.', '/'];
const ANY_BUT_DELIMITERS: &str = "[^/#?]+?";

/// The regular expression of one pattern; its groups are added to `keys`.
pub(super) fn source(pattern: &str, keys: &mut Vec<Key>) -> Result<String, Problem> {
    let lexemes = lexemes(pattern)?;
    let mut source = Source {
        regex: "^".to_owned(),
        text: String::new(),
        after_key: false,
        last_text: None,
        keys,
    };
    let mut rest = lexemes.iter().peekable();
    while let Some(lexeme) = rest.next() {
        let (before, key) = match lexeme {
            Lexeme::Char(char) if matches!(rest.peek(), Some(Lexeme::Name(_) | Lexeme::Group(_))) => {
                (Some(*char), rest.next())
            }
            Lexeme::Name(_) | Lexeme::Group(_) => (None, Some(lexeme)),
            _ => (None, None),
        };
        if let Some(key) = key {
            let prefix = before.filter(|char| PREFIXES.contains(char));
            source.text.extend(before.filter(|_| prefix.is_none()));
            source.end_text();
            let (name, group) = match key {
                Lexeme::Name(name) => {
                    let group = rest.next_if(|next| matches!(next, Lexeme::Group(_)));
                    (Name::Text(name.clone()), group)
                }
                other => (Name::Index, Some(other)),
            };
            let prefix: String = prefix.into_iter().collect();
            let group = match group {
                Some(Lexeme::Group(regex)) => translated(regex)?,
                _ => source.default_regex(&prefix)?,
            };
            let modifier = modifier(&mut rest);
            source.key(name, &group, &prefix, "", modifier)?;
            continue;
        }
        match lexeme {
            Lexeme::Char(char) | Lexeme::Escaped(char) => source.text.push(*char),
            Lexeme::Open => {
                source.end_text();
                let prefix = text(&mut rest);
                let name = match rest.next_if(|next| matches!(next, Lexeme::Name(_))) {
                    Some(Lexeme::Name(name)) => Some(name.clone()),
                    _ => None,
                };
                let group = match rest.next_if(|next| matches!(next, Lexeme::Group(_))) {
                    Some(Lexeme::Group(regex)) => Some(translated(regex)?),
                    _ => None,
                };
                let suffix = text(&mut rest);
                if rest.next() != Some(&Lexeme::Close) {
                    return Err("a brace is not closed after text, a parameter and text".into());
                }
                let group = match (&name, group) {
                    (Some(_), None) => Some(source.default_regex(&prefix)?),
                    (_, group) => group,
                };
                let modifier = modifier(&mut rest);
                match group {
                    Some(group) => {
                        source.key(
                            name.map_or(Name::Index, Name::Text),
                            &group,
                            &prefix,
                            &suffix,
                            modifier,
                        )?;
                    }
                    None => source.optional_text(&format!("{prefix}{suffix}"), modifier),
                }
            }
            _ => {
                return Err("a `*`, `+`, `?` or `}` stands where nothing can be repeated or closed".into());
            }
        }
    }
    source.end_text();
    Ok(format!("{}[/#?]?$", source.regex))
}

type Lexemes<'a> = std::iter::Peekable<std::slice::Iter<'a, Lexeme>>;

fn modifier(rest: &mut Lexemes<'_>) -> Option<char> {
    match rest.next_if(|next| matches!(next, Lexeme::Modifier(_))) {
        Some(Lexeme::Modifier(modifier)) => Some(*modifier),
        _ => None,
    }
}

fn text(rest: &mut Lexemes<'_>) -> String {
    let mut text = String::new();
    while let Some(Lexeme::Char(char) | Lexeme::Escaped(char)) = rest.peek() {
        text.push(*char);
        rest.next();
    }
    text
}

/// A regular expression in the making.
struct Source<'k> {
    regex: String,
    /// Text that is not written yet.
    text: String,
    /// Whether the last part is a parameter.
    after_key: bool,
    /// The last part, if it is text.
    last_text: Option<String>,
    keys: &'k mut Vec<Key>,
}

impl Source<'_> {
    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.regex.push_str(&regex_lite::escape(&self.text));
            self.last_text = Some(std::mem::take(&mut self.text));
            self.after_key = false;
        }
    }

    /// What a parameter without a regular expression matches: up to the text that stands before it, or a delimiter.
    fn default_regex(&self, prefix: &str) -> Result<String, Problem> {
        let before = if prefix.is_empty() {
            self.last_text.as_deref().unwrap_or_default()
        } else {
            prefix
        };
        if self.after_key && prefix.is_empty() {
            return Err("two parameters need text between them".into());
        }
        let mut chars = before.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Ok(ANY_BUT_DELIMITERS.to_owned()),
            _ if before.contains(DELIMITERS) => Ok(ANY_BUT_DELIMITERS.to_owned()),
            (Some(one), None) => {
                let class = if "\\]^-[&~".contains(one) {
                    format!("\\{one}")
                } else {
                    one.to_string()
                };
                Ok(format!("[^/#?{class}]+?"))
            }
            _ => Err(Problem::unsupported(
                "a parameter after two or more characters without a slash needs a regular expression of its own",
            )),
        }
    }

    fn key(
        &mut self,
        name: Name,
        group: &str,
        prefix: &str,
        suffix: &str,
        modifier: Option<char>,
    ) -> Result<(), &'static str> {
        let is_repeated = matches!(modifier, Some('*' | '+'));
        self.keys.push(Key {
            name,
            is_repeated,
            separator: format!("{prefix}{suffix}"),
        });
        let (before, after) = (regex_lite::escape(prefix), regex_lite::escape(suffix));
        let modifier: String = modifier.into_iter().collect();
        let written = match (is_repeated, prefix.is_empty() && suffix.is_empty()) {
            (true, true) => return Err("a parameter can only be repeated with text before or after it"),
            (true, false) => {
                let optional = if modifier == "*" { "?" } else { "" };
                write!(
                    self.regex,
                    "(?:{before}((?:{group})(?:{after}{before}(?:{group}))*){after}){optional}"
                )
            }
            (false, true) => write!(self.regex, "({group}){modifier}"),
            (false, false) => write!(self.regex, "(?:{before}({group}){after}){modifier}"),
        };
        written.map_err(|_| "it is too long")?;
        self.after_key = true;
        self.last_text = None;
        Ok(())
    }

    fn optional_text(&mut self, text: &str, modifier: Option<char>) {
        let modifier: String = modifier.into_iter().collect();
        self.regex
            .push_str(&format!("(?:{}){modifier}", regex_lite::escape(text)));
        self.after_key = true;
        self.last_text = None;
    }
}
