//! Patterns of paths in the syntax of `path-to-regexp` 6, which Clerk's SDKs take for organization sync.

use std::fmt::Write;

use regex_lite::Regex;

/// A list of patterns, any of which may match. An empty list matches every path.
#[derive(Debug, Clone)]
pub(crate) struct PathPatterns {
    regex: Regex,
    keys: Vec<Key>,
}

/// A capturing group.
#[derive(Debug, Clone)]
struct Key {
    name: Name,
    is_repeated: bool,
    separator: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Name {
    Text(String),
    /// A group without a name.
    Index,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Param {
    Text(String),
    /// Of a parameter that may be repeated, one or more.
    List(Vec<String>),
}

/// Why a pattern cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{pattern}`: {problem}")]
pub(crate) struct PatternError {
    pattern: String,
    problem: &'static str,
}

impl PathPatterns {
    pub(crate) fn parse(patterns: &[String]) -> Result<Self, PatternError> {
        let mut keys = Vec::new();
        let mut alternatives = Vec::new();
        for pattern in patterns {
            let error = |problem| PatternError {
                pattern: pattern.clone(),
                problem,
            };
            let source = source(pattern, &mut keys).map_err(error)?;
            // By itself, so that the one that does not compile is named.
            regex(&source).ok_or_else(|| {
                error("a regular expression in it cannot be read; look-around and back-references are not supported")
            })?;
            alternatives.push(source);
        }
        let regex = regex(&alternatives.join("|")).ok_or(PatternError {
            pattern: patterns.join(", "),
            problem: "the patterns are too long together",
        })?;
        Ok(Self { regex, keys })
    }

    /// The parameters in a path, or nothing if no pattern matches it. They are not percent-decoded.
    pub(crate) fn matches(&self, path: &str) -> Option<Params> {
        let captures = self.regex.captures(path)?;
        let mut params = Params(Vec::new());
        for (key, group) in self.keys.iter().zip(captures.iter().skip(1)) {
            let (Name::Text(name), Some(group)) = (&key.name, group) else {
                continue;
            };
            let text = group.as_str();
            let value = if !key.is_repeated {
                Param::Text(text.to_owned())
            } else if key.separator.is_empty() {
                Param::List(text.chars().map(String::from).collect())
            } else {
                Param::List(text.split(&key.separator).map(str::to_owned).collect())
            };
            params.0.retain(|(found, _)| found != name);
            params.0.push((name.clone(), value));
        }
        Some(params)
    }
}

/// The parameters of a path, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Params(Vec<(String, Param)>);

impl Params {
    pub(crate) fn get(&self, name: &str) -> Option<&Param> {
        self.0
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value)
    }
}

fn regex(source: &str) -> Option<Regex> {
    Regex::new(&format!("(?i)(?:{source})")).ok()
}

/// What a pattern is made of, character by character.
#[derive(Debug, Clone, PartialEq)]
enum Lexeme {
    Char(char),
    Escaped(char),
    Name(String),
    Group(String),
    Open,
    Close,
    Modifier(char),
}

fn lexemes(pattern: &str) -> Result<Vec<Lexeme>, &'static str> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&char) = chars.get(at) {
        at += 1;
        found.push(match char {
            '*' | '+' | '?' => Lexeme::Modifier(char),
            '{' => Lexeme::Open,
            '}' => Lexeme::Close,
            '\\' => {
                at += 1;
                Lexeme::Escaped(*chars.get(at - 1).ok_or("it ends with a backslash")?)
            }
            ':' => {
                let is_word = |char: &&char| char.is_ascii_alphanumeric() || **char == '_';
                let name: String = chars[at..].iter().take_while(is_word).collect();
                if name.is_empty() {
                    return Err("a colon has no parameter name after it");
                }
                at += name.len();
                Lexeme::Name(name)
            }
            '(' => Lexeme::Group(group(&chars, &mut at)?),
            other => Lexeme::Char(other),
        });
    }
    Ok(found)
}

/// The regular expression up to the parenthesis that closes it.
fn group(chars: &[char], at: &mut usize) -> Result<String, &'static str> {
    if chars.get(*at) == Some(&'?') {
        return Err("a group cannot start with `?`");
    }
    let mut regex = String::new();
    let mut depth = 1;
    while let Some(&char) = chars.get(*at) {
        *at += 1;
        match char {
            '\\' => {
                regex.push(char);
                regex.push(*chars.get(*at).ok_or("it ends with a backslash")?);
                *at += 1;
                continue;
            }
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return if regex.is_empty() {
                        Err("a group is empty")
                    } else {
                        Ok(regex)
                    };
                }
            }
            '(' => {
                depth += 1;
                if chars.get(*at) != Some(&'?') {
                    return Err("a group in a group has to be a non-capturing one");
                }
            }
            _ => {}
        }
        regex.push(char);
    }
    Err("a parenthesis is not closed")
}

/// Text that delimits parameters by default.
const DELIMITERS: [char; 3] = ['/', '#', '?'];
/// Characters that belong to the parameter after them.
const PREFIXES: [char; 2] = ['.', '/'];
const ANY_BUT_DELIMITERS: &str = "[^/#?]+?";

/// The regular expression of one pattern; its groups are added to `keys`.
fn source(pattern: &str, keys: &mut Vec<Key>) -> Result<String, &'static str> {
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
                Some(Lexeme::Group(regex)) => regex.clone(),
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
                    Some(Lexeme::Group(regex)) => Some(regex.clone()),
                    _ => None,
                };
                let suffix = text(&mut rest);
                if rest.next() != Some(&Lexeme::Close) {
                    return Err("a brace is not closed after text, a parameter and text");
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
            _ => return Err("a `*`, `+`, `?` or `}` stands where nothing can be repeated or closed"),
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
    fn default_regex(&self, prefix: &str) -> Result<String, &'static str> {
        let before = if prefix.is_empty() {
            self.last_text.as_deref().unwrap_or_default()
        } else {
            prefix
        };
        if self.after_key && prefix.is_empty() {
            return Err("two parameters need text between them");
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
            _ => Err(
                "a parameter after two or more characters without a slash needs a regular expression of its own",
            ),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(pattern: &str, path: &str) -> String {
        let patterns = PathPatterns::parse(&[pattern.to_owned()]).unwrap();
        let Some(params) = patterns.matches(path) else {
            return "no".into();
        };
        let list = params.0.iter().map(|(name, value)| match value {
            Param::Text(text) => format!("{name}={text}"),
            Param::List(list) => format!("{name}={}", list.join("|")),
        });
        list.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn patterns_match_as_path_to_regexp_does() {
        for (pattern, path, expected) in [
            ("/me", "/me", ""),
            ("/me", "/ME/", ""),
            ("/me", "/me/x", "no"),
            ("/me/(.*)", "/me/x/y", ""),
            ("/me/(.*)", "/me/", ""),
            ("/orgs/:slug", "/orgs/acme", "slug=acme"),
            ("/orgs/:slug", "/orgs/ac%20me/", "slug=ac%20me"),
            ("/orgs/:slug", "/orgs/", "no"),
            ("/orgs/:slug?", "/orgs", ""),
            ("/orgs/:slug*", "/orgs/a/b", "slug=a|b"),
            ("/orgs/:slug+", "/orgs", "no"),
            ("/orgs{/:slug}?", "/orgs/acme", "slug=acme"),
            ("/orgs/:slug(\\d+)", "/orgs/12", "slug=12"),
            ("/orgs/:slug(\\d+)", "/orgs/acme", "no"),
            ("/orgs/:slug/:id", "/orgs/a/b", "slug=a id=b"),
            ("/:any-:slug", "/x-y-z", "any=x-y slug=z"),
            ("/:slug-team", "/acme-team", "slug=acme"),
            ("/:slug.json", "/acme.json", "slug=acme"),
            ("/v1.0/:slug", "/v1x0/acme", "no"),
            ("/@:slug", "/@acme", "slug=acme"),
            ("/a\\:b", "/a:b", ""),
            ("orgs/:slug", "/orgs/acme", "no"),
            ("", "/", ""),
        ] {
            assert_eq!(matched(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn alternatives_share_names() {
        let patterns = ["/a/:slug", "/b/:id/:slug"].map(str::to_owned);
        let patterns = PathPatterns::parse(&patterns).unwrap();
        let params = patterns.matches("/b/1/acme").unwrap();
        assert_eq!(params.get("slug"), Some(&Param::Text("acme".into())));
        assert_eq!(params.get("id"), Some(&Param::Text("1".into())));
        assert_eq!(patterns.matches("/a/acme").unwrap().get("id"), None);
        assert!(patterns.matches("/c/acme").is_none());
        assert!(PathPatterns::parse(&[]).unwrap().matches("/anything").is_some());
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        for pattern in [
            "/orgs/:",
            "/orgs/(:slug",
            "/orgs/:slug(",
            "/orgs/*",
            "/:any:slug",
            "/me/(?x)",
            "/()",
            "/{a",
            "/a}",
            "/(a(b))",
            "/([)",
            "/{:a:b}",
            "/(.*)+x:",
            "/\\",
            "/a(\\",
        ] {
            assert!(PathPatterns::parse(&[pattern.to_owned()]).is_err(), "{pattern}");
        }
    }
}
