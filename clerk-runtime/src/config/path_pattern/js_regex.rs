//! The translation of JavaScript regular expressions (ECMA-262 §22.2.1 and §B.1.2, without the flags `u` and `v`) to those of
//! Rust.

use super::lexer::Problem;

const BACKWARD: Problem =
    Problem::unsupported("back-references and octal escapes are not supported in regular expressions");

const SURROGATE: Problem =
    Problem::unsupported("halves of surrogate pairs are not supported in regular expressions");

/// Translates an expression, with all literal characters escaped.
pub(super) fn translate(regex: &str) -> Result<String, Problem> {
    let mut reader = Reader {
        chars: regex.chars().collect(),
        at: 0,
    };
    let mut written = String::new();
    let mut open = 0;
    let mut can_repeat = false;
    while let Some(char) = reader.next() {
        can_repeat = match char {
            '(' => {
                if !(reader.skip('?') && reader.skip(':')) {
                    return Err(Problem::unsupported(
                        "look-around and named groups are not supported in regular expressions",
                    ));
                }
                open += 1;
                written.push_str("(?:");
                false
            }
            ')' if open == 0 => return Err("a parenthesis in a regular expression is not opened".into()),
            ')' => {
                open -= 1;
                written.push(')');
                true
            }
            '|' | '^' | '$' => {
                written.push(char);
                false
            }
            '.' => {
                written.push('.');
                true
            }
            '[' => {
                written.push_str(&class(&mut reader)?);
                true
            }
            '\\' => match reader.next() {
                Some(class @ ('d' | 'D' | 's' | 'S' | 'w' | 'W' | 'b' | 'B')) => {
                    written.extend(['\\', class]);
                    !matches!(class, 'b' | 'B')
                }
                escaped => {
                    literal(escaped_char(escaped, &mut reader)?, &mut written);
                    true
                }
            },
            _ => match quantifier(char, &mut reader) {
                Some(_) if !can_repeat => {
                    return Err("a regular expression repeats what cannot be repeated".into());
                }
                Some(quantifier) => {
                    written.push_str(&quantifier);
                    false
                }
                None => {
                    literal(char, &mut written);
                    true
                }
            },
        };
    }
    if open > 0 {
        return Err("a parenthesis in a regular expression is not closed".into());
    }
    Ok(written)
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek(0)?;
        self.at += 1;
        Some(char)
    }

    fn skip(&mut self, char: char) -> bool {
        let found = self.peek(0) == Some(char);
        self.at += usize::from(found);
        found
    }

    /// Reads a number of exactly this many hexadecimal digits.
    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let text: String = self.chars.get(self.at..self.at + digits)?.iter().collect();
        let number = u32::from_str_radix(&text, 16)
            .ok()
            .filter(|_| !text.starts_with('+'))?;
        self.at += digits;
        Some(number)
    }
}

/// Reads a quantifier, if the character starts one.
fn quantifier(first: char, reader: &mut Reader) -> Option<String> {
    let mut quantifier = match first {
        '*' | '+' | '?' => String::from(first),
        '{' => {
            let rest = &reader.chars[reader.at..];
            let length = rest.iter().position(|char| *char == '}')? + 1;
            let count: String = rest[..length].iter().collect();
            let (min, max) = count[..count.len() - 1]
                .split_once(',')
                .unwrap_or((&count[..count.len() - 1], ""));
            let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            if min.is_empty() || !is_number(min) || !is_number(max) {
                return None;
            }
            reader.at += length;
            format!("{{{count}")
        }
        _ => return None,
    };
    if reader.skip('?') {
        quantifier.push('?');
    }
    Some(quantifier)
}

/// A member of a character class: a character, or an escape such as `\d`.
#[derive(Clone, Copy)]
enum Member {
    Char(char),
    Class(char),
}

fn class(reader: &mut Reader) -> Result<String, Problem> {
    let is_negated = reader.skip('^');
    let mut members = String::new();
    while let Some(first) = member(reader)? {
        let is_range = reader.peek(0) == Some('-') && reader.peek(1).is_some_and(|char| char != ']');
        if !is_range {
            write(first, &mut members);
            continue;
        }
        reader.at += 1;
        let last = member(reader)?.ok_or("a bracket in a regular expression is not closed")?;
        match (first, last) {
            (Member::Char(first), Member::Char(last)) if first > last => {
                return Err("a range in a regular expression is out of order".into());
            }
            (Member::Char(_), Member::Char(_)) => {
                write(first, &mut members);
                members.push('-');
                write(last, &mut members);
            }
            // A hyphen next to a class escape is literal.
            _ => [first, Member::Char('-'), last]
                .into_iter()
                .for_each(|member| write(member, &mut members)),
        }
    }
    Ok(match (members.is_empty(), is_negated) {
        (true, true) => "[\\s\\S]".to_owned(),
        (true, false) => "[^\\s\\S]".to_owned(),
        (false, true) => format!("[^{members}]"),
        (false, false) => format!("[{members}]"),
    })
}

/// Reads the next member of a class. Returns `None` at its end.
fn member(reader: &mut Reader) -> Result<Option<Member>, Problem> {
    Ok(
        match reader
            .next()
            .ok_or("a bracket in a regular expression is not closed")?
        {
            ']' => None,
            '\\' => Some(match reader.next() {
                Some(class @ ('d' | 'D' | 's' | 'S' | 'w' | 'W')) => Member::Class(class),
                Some('b') => Member::Char('\u{8}'),
                escaped => Member::Char(escaped_char(escaped, reader)?),
            }),
            char => Some(Member::Char(char)),
        },
    )
}

fn write(member: Member, to: &mut String) {
    match member {
        Member::Char(char) => literal(char, to),
        Member::Class(class) => to.extend(['\\', class]),
    }
}

/// Returns the character of an escape. Unknown escapes are the character itself.
fn escaped_char(escaped: Option<char>, reader: &mut Reader) -> Result<char, Problem> {
    Ok(
        match escaped.ok_or("a regular expression ends with a backslash")? {
            't' => '\t',
            'n' => '\n',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'r' => '\r',
            '0' if !reader.peek(0).is_some_and(|char| char.is_ascii_digit()) => '\0',
            '0'..='9' => return Err(BACKWARD),
            'x' => reader.hexadecimal(2).and_then(char::from_u32).unwrap_or('x'),
            'u' => match reader.hexadecimal(4) {
                Some(code) => char::from_u32(code).ok_or(SURROGATE)?,
                None => 'u',
            },
            'c' => match reader.peek(0).filter(char::is_ascii_alphabetic) {
                Some(letter) => {
                    reader.at += 1;
                    char::from(u8::try_from(letter).unwrap_or_default() & 31)
                }
                None => {
                    reader.at -= 1;
                    '\\'
                }
            },
            other => other,
        },
    )
}

fn literal(char: char, to: &mut String) {
    // `\<` and `\>` have a meaning in `regex_lite`.
    if char.is_ascii_punctuation() && !matches!(char, '<' | '>') {
        to.push('\\');
    }
    to.push(char);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javascript_syntax_is_translated() {
        for (regex, matched, other) in [
            ("[\\w-.]+", "a-.b", "a/b"),
            ("[a-]+", "a-", "b"),
            ("[[a-z]+", "[a", "A["),
            ("[a-z&&x]", "&", "-"),
            ("[^]+", "a]", ""),
            ("[]", "\u{0}", "a"),
            ("[\\b]", "\u{8}", "b"),
            ("x{,2}", "x{,2}", "x"),
            ("{x}", "{x}", "x"),
            ("x{2,3}?", "xx", "x"),
            ("]}", "]}", "]"),
            ("\\x61\\u0062\\x6", "abx6", "ab"),
            ("\\cA", "\u{1}", "cA"),
            ("\\c1", "\\c1", "c1"),
            ("\\p\\e\\<\\/", "pe</", "pe"),
            ("\\0", "\0", "0"),
            ("(?:a|b)+?c", "abc", "c"),
            ("\\bx", "x", "y"),
        ] {
            let regex = translate(regex).unwrap();
            let compiled = regex_lite::Regex::new(&format!("^(?:{regex})$")).unwrap();
            if regex != "[^\\s\\S]" {
                assert!(compiled.is_match(matched), "{regex} {matched}");
            }
            assert!(!compiled.is_match(other), "{regex} {other}");
        }
    }

    #[test]
    fn expressions_that_javascript_rejects_are_rejected() {
        for regex in [
            "a**", "*", "a|*", "^*", "(?:+)", "a{2}{3}", "{2}", "[", "[a", "[z-a]", "a)", "(?:a", "\\b+",
            "a?+",
        ] {
            assert!(
                translate(regex).is_err_and(|problem| !problem.is_unsupported),
                "{regex}"
            );
        }
        for regex in [
            "(?=a)", "(?!a)", "(?<=a)", "(?<n>a)", "(?i)", "\\1", "[\\1]", "\\07",
        ] {
            assert!(
                translate(regex).is_err_and(|problem| problem.is_unsupported),
                "{regex}"
            );
        }
    }
}
