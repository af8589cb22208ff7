//! Paths in the tokens of macros, which no parser has taken apart.

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};

use crate::names::text;
use crate::place::Place;

/// A path among tokens.
pub(crate) struct TokenPath {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
    pub(crate) place: Place,
}

/// Finds the paths in what a macro of this name is called with, in groups too. Single names count if they look like a type, a
/// call or a macro. Code that is quoted belongs to another crate.
pub(crate) fn of_macro(name: &str, tokens: TokenStream) -> Vec<TokenPath> {
    let mut found = Vec::new();
    scan_macro(name, &tokens.into_iter().collect::<Vec<_>>(), false, &mut found);
    found
}

fn scan_macro(name: &str, tokens: &[TokenTree], in_pattern: bool, found: &mut Vec<TokenPath>) {
    if QUOTES.contains(&name) {
        return;
    }
    // The second argument of `matches!` is a pattern.
    let comma = tokens
        .iter()
        .position(|token| is_punct(token, ','))
        .unwrap_or(tokens.len());
    let (value, pattern) = tokens.split_at(if name.ends_with("matches") {
        comma
    } else {
        tokens.len()
    });
    scan(value, in_pattern, found);
    scan(pattern, true, found);
}

/// Macros whose tokens are the code of another crate.
const QUOTES: [&str; 4] = ["quote", "quote_spanned", "parse_quote", "parse_quote_spanned"];
/// Words that come before the name of a definition.
const DEFINES: [&str; 9] = [
    "struct", "enum", "union", "trait", "fn", "mod", "type", "const", "static",
];
/// Words of the language that a path never starts with.
const WORDS: [&str; 30] = [
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "extern", "fn", "for", "if", "impl",
    "in", "let", "loop", "match", "move", "mut", "pub", "ref", "return", "static", "struct", "trait", "type",
    "union", "use", "where", "while",
];

fn scan(tokens: &[TokenTree], in_pattern: bool, found: &mut Vec<TokenPath>) {
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                let is_visibility = at > 0 && is_word(&tokens[at - 1], &["pub"]);
                if !is_visibility {
                    scan_group(group, in_pattern, found);
                }
                at += 1;
            }
            TokenTree::Punct(punct) if punct.as_char() == '#' => at += attribute(&tokens[at..]),
            TokenTree::Ident(ident) if !is_word(&tokens[at], &WORDS) => {
                at = path(tokens, at, ident, in_pattern, found);
            }
            _ => at += 1,
        }
    }
}

fn scan_group(group: &Group, in_pattern: bool, found: &mut Vec<TokenPath>) {
    scan(&group.stream().into_iter().collect::<Vec<_>>(), in_pattern, found);
}

/// How many tokens an attribute has.
fn attribute(tokens: &[TokenTree]) -> usize {
    let bang = usize::from(tokens.get(1).is_some_and(|token| is_punct(token, '!')));
    match tokens.get(1 + bang) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => 2 + bang,
        _ => 1,
    }
}

/// Reads the path that starts at a place, and returns where it ends.
fn path(
    tokens: &[TokenTree],
    start: usize,
    first: &Ident,
    in_pattern: bool,
    found: &mut Vec<TokenPath>,
) -> usize {
    let mut path = vec![text(first)];
    let mut end = start + 1;
    while let (true, Some(TokenTree::Ident(ident))) = (colons(&tokens[end..]), tokens.get(end + 2)) {
        path.push(text(ident));
        end += 3;
    }
    if !is_start(&tokens[..start], first, path.len()) {
        return end;
    }
    let line = first.span().start().line;
    if colons(&tokens[end..]) {
        match tokens.get(end + 2) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                use_group(group, &path, found);
                return end + 3;
            }
            Some(token) if is_punct(token, '*') => return end + 3,
            _ => {}
        }
    }
    let group = |at: usize| match tokens.get(at) {
        Some(TokenTree::Group(group)) => Some(group),
        _ => None,
    };
    let arguments = group(end + 1).filter(|_| is_punct(&tokens[end], '!'));
    let Some(place) = place(&tokens[..start], &tokens[end..], &path, in_pattern) else {
        return end;
    };
    let name = path.last().cloned().unwrap_or_default();
    found.push(TokenPath { path, line, place });
    if let Some(arguments) = arguments {
        let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
        scan_macro(&name, &arguments, in_pattern, found);
        return end + 2;
    }
    end
}

/// Tells whether a path of so many segments starts behind these tokens: not a field, a lifetime, a fragment, the rest of
/// another path, or the name of a definition.
fn is_start(before: &[TokenTree], first: &Ident, segments: usize) -> bool {
    let is_joint =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
    match before {
        [.., colon, last] if is_punct(last, ':') => !(is_punct(colon, ':') && is_joint(colon)),
        [.., dot, last] if is_punct(last, '.') => is_punct(dot, '.'),
        [.., last] if is_punct(last, '.') || is_punct(last, '\'') => false,
        [.., last] if is_punct(last, '$') => first == "crate",
        [.., last] if is_word(last, &DEFINES) => segments > 1,
        _ => true,
    }
}

/// Tells where a path stands; nothing if it is a single name that may be anything.
fn place(before: &[TokenTree], after: &[TokenTree], path: &[String], in_pattern: bool) -> Option<Place> {
    let delimiter = |at: usize| match after.get(at) {
        Some(TokenTree::Group(group)) => Some(group.delimiter()),
        _ => None,
    };
    let is_macro = after.first().is_some_and(|token| is_punct(token, '!')) && delimiter(1).is_some();
    let called = delimiter(0) == Some(Delimiter::Parenthesis);
    let braced = delimiter(0) == Some(Delimiter::Brace);
    if let [name] = path {
        let labelled = after.first().is_some_and(|token| is_punct(token, ':')) && !colons(after);
        let telling = name.starts_with(char::is_uppercase) || called || is_macro;
        if labelled || !telling {
            return None;
        }
    }
    Some(if is_macro {
        Place::Macro
    } else if (called || braced) && (in_pattern || is_pattern(before.last(), &after[1..])) {
        Place::Pattern
    } else if braced && !names_block(before) {
        Place::Literal
    } else if called || (path.len() > 1 && !braced) {
        Place::Value
    } else {
        Place::Type
    })
}

/// Reads the braces of a `use` among tokens.
fn use_group(group: &Group, prefix: &[String], found: &mut Vec<TokenPath>) {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    for part in tokens.split(|token| is_punct(token, ',')) {
        let mut path = prefix.to_vec();
        let mut line = None;
        for token in part {
            match token {
                TokenTree::Ident(ident) if ident == "as" => break,
                TokenTree::Ident(ident) => {
                    line.get_or_insert(ident.span().start().line);
                    if ident != "self" {
                        path.push(text(ident));
                    }
                }
                TokenTree::Group(group) => {
                    use_group(group, &path, found);
                    line = None;
                    break;
                }
                _ => {}
            }
        }
        if let Some(line) = line {
            found.push(TokenPath {
                path,
                line,
                place: Place::Type,
            });
        }
    }
}

/// Tells by the tokens around a call or literal whether it is a pattern; `after` starts behind its group.
fn is_pattern(before: Option<&TokenTree>, after: &[TokenTree]) -> bool {
    let equals = |at: usize| after.get(at).is_some_and(|token| is_punct(token, '='));
    let arrow = equals(0) && after.get(1).is_some_and(|token| is_punct(token, '>'));
    let assigned = equals(0) && !equals(1);
    let labelled = after.first().is_some_and(|token| is_punct(token, ':'));
    let pipe = |at: usize| after.get(at).is_some_and(|token| is_punct(token, '|'));
    let or = pipe(0) && !pipe(1);
    let let_before = before.is_some_and(|token| is_word(token, &["let"]));
    let_before || arrow || assigned || labelled || or
}

/// Tells by the tokens before a name whether the braces after it are a block and not a literal's.
fn names_block(before: &[TokenTree]) -> bool {
    match before {
        // The arm of a `match`.
        [.., equals, last] if is_punct(equals, '=') && is_punct(last, '>') => false,
        [.., last] => is_word(last, &["impl", "for", "dyn", "where"]) || is_punct(last, '>'),
        [] => false,
    }
}

fn colons(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(first), TokenTree::Punct(second), ..]
        if first.as_char() == ':' && first.spacing() == Spacing::Joint && second.as_char() == ':')
}

fn is_word(token: &TokenTree, words: &[&str]) -> bool {
    matches!(token, TokenTree::Ident(ident) if words.iter().any(|word| ident == word))
}

fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}
