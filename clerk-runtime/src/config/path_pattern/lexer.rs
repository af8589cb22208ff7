//! The tokens of a pattern.

/// The problem of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) text: &'static str,
    /// Whether Clerk's SDK supports the pattern.
    pub(super) is_unsupported: bool,
}

impl Problem {
    pub(super) const fn unsupported(text: &'static str) -> Self {
        Self {
            text,
            is_unsupported: true,
        }
    }
}

impl From<&'static str> for Problem {
    fn from(text: &'static str) -> Self {
        Self {
            text,
            is_unsupported: false,
        }
    }
}

/// A token of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Char(char),
    Escaped(char),
    Name(String),
    Group(String),
    Open,
    Close,
    Modifier(char),
}

/// Splits a pattern into tokens.
pub(super) fn tokenize(pattern: &str) -> Result<Vec<Token>, Problem> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&char) = chars.get(at) {
        at += 1;
        found.push(match char {
            '*' | '+' | '?' => Token::Modifier(char),
            '{' => Token::Open,
            '}' => Token::Close,
            '\\' => {
                at += 1;
                // Clerk's SDK reads `undefined` there.
                let escaped = chars.get(at - 1);
                Token::Escaped(*escaped.ok_or(Problem::unsupported("it ends with a backslash"))?)
            }
            ':' => {
                let is_word = |char: &&char| char.is_ascii_alphanumeric() || **char == '_';
                let name: String = chars[at..].iter().take_while(is_word).collect();
                if name.is_empty() {
                    return Err("a colon has no parameter name after it".into());
                }
                at += name.len();
                Token::Name(name)
            }
            '(' => Token::Group(group(&chars, &mut at)?),
            other => Token::Char(other),
        });
    }
    Ok(found)
}

/// Returns the regular expression up to the closing parenthesis.
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
