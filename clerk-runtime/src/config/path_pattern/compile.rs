//! The compiler from a pattern to the regular expression that `path-to-regexp` generates.

use std::fmt::Write;

use super::js_regex::translate;
use super::lexer::{Problem, Token, tokenize};

/// The default delimiters of parameters.
const DELIMITERS: [char; 3] = ['/', '#', '?'];
/// The characters that become the prefix of the parameter after them.
const PREFIXES: [char; 2] = ['.', '/'];
const ANY_BUT_DELIMITERS: &str = "[^/#?]+?";

/// The parameter of a capturing group.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) name: Name,
    pub(super) is_repeated: bool,
    pub(super) separator: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    Text(String),
    /// A parameter without a name.
    Index,
}

/// Compiles one pattern to a regular expression, and adds its groups to `keys`.
pub(super) fn compile(pattern: &str, keys: &mut Vec<Key>) -> Result<String, Problem> {
    let tokens = tokenize(pattern)?;
    let mut compiler = Compiler {
        regex: "^".to_owned(),
        text: String::new(),
        after_key: false,
        last_text: None,
        keys,
    };
    let mut rest = tokens.iter().peekable();
    while let Some(token) = rest.next() {
        let (before, key) = match token {
            Token::Char(char) if matches!(rest.peek(), Some(Token::Name(_) | Token::Group(_))) => {
                (Some(*char), rest.next())
            }
            Token::Name(_) | Token::Group(_) => (None, Some(token)),
            _ => (None, None),
        };
        if let Some(key) = key {
            let prefix = before.filter(|char| PREFIXES.contains(char));
            compiler.text.extend(before.filter(|_| prefix.is_none()));
            compiler.flush_text();
            let (name, group) = match key {
                Token::Name(name) => {
                    let group = rest.next_if(|next| matches!(next, Token::Group(_)));
                    (Name::Text(name.clone()), group)
                }
                other => (Name::Index, Some(other)),
            };
            let prefix: String = prefix.into_iter().collect();
            let group = match group {
                Some(Token::Group(regex)) => translate(regex)?,
                _ => compiler.default_regex(&prefix)?,
            };
            let modifier = take_modifier(&mut rest);
            compiler.add_parameter(name, &group, &prefix, "", modifier)?;
            continue;
        }
        match token {
            Token::Char(char) | Token::Escaped(char) => compiler.text.push(*char),
            Token::Open => {
                compiler.flush_text();
                let prefix = take_text(&mut rest);
                let name = match rest.next_if(|next| matches!(next, Token::Name(_))) {
                    Some(Token::Name(name)) => Some(name.clone()),
                    _ => None,
                };
                let group = match rest.next_if(|next| matches!(next, Token::Group(_))) {
                    Some(Token::Group(regex)) => Some(translate(regex)?),
                    _ => None,
                };
                let suffix = take_text(&mut rest);
                if rest.next() != Some(&Token::Close) {
                    return Err("a brace is not closed after text, a parameter and text".into());
                }
                let group = match (&name, group) {
                    (Some(_), None) => Some(compiler.default_regex(&prefix)?),
                    (_, group) => group,
                };
                let modifier = take_modifier(&mut rest);
                match group {
                    Some(group) => {
                        compiler.add_parameter(
                            name.map_or(Name::Index, Name::Text),
                            &group,
                            &prefix,
                            &suffix,
                            modifier,
                        )?;
                    }
                    None => compiler.add_optional_text(&format!("{prefix}{suffix}"), modifier),
                }
            }
            _ => {
                return Err("a `*`, `+`, `?` or `}` stands where nothing can be repeated or closed".into());
            }
        }
    }
    compiler.flush_text();
    Ok(format!("{}[/#?]?$", compiler.regex))
}

type Tokens<'a> = std::iter::Peekable<std::slice::Iter<'a, Token>>;

fn take_modifier(rest: &mut Tokens<'_>) -> Option<char> {
    match rest.next_if(|next| matches!(next, Token::Modifier(_))) {
        Some(Token::Modifier(modifier)) => Some(*modifier),
        _ => None,
    }
}

fn take_text(rest: &mut Tokens<'_>) -> String {
    let mut text = String::new();
    while let Some(Token::Char(char) | Token::Escaped(char)) = rest.peek() {
        text.push(*char);
        rest.next();
    }
    text
}

/// The regular expression so far.
struct Compiler<'k> {
    regex: String,
    /// Literal text that is not written yet.
    text: String,
    /// Whether the last part was a parameter.
    after_key: bool,
    /// The last part, if it was literal text.
    last_text: Option<String>,
    keys: &'k mut Vec<Key>,
}

impl Compiler<'_> {
    fn flush_text(&mut self) {
        if !self.text.is_empty() {
            self.regex.push_str(&regex_lite::escape(&self.text));
            self.last_text = Some(std::mem::take(&mut self.text));
            self.after_key = false;
        }
    }

    /// Returns the regular expression of a parameter without one: it matches up to the preceding text, or to a delimiter.
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

    fn add_parameter(
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

    fn add_optional_text(&mut self, text: &str, modifier: Option<char>) {
        let modifier: String = modifier.into_iter().collect();
        self.regex
            .push_str(&format!("(?:{}){modifier}", regex_lite::escape(text)));
        self.after_key = true;
        self.last_text = None;
    }
}
