//! Path patterns in the syntax of `path-to-regexp` 6, which Clerk's SDKs use for organization sync.

mod compile;
mod js_regex;
mod lexer;

use regex_lite::Regex;

use self::compile::{Key, Name, compile};
use self::lexer::Problem;

/// A list of patterns, which matches a path if any of them does. An empty list matches every path.
#[derive(Debug, Clone)]
pub(crate) struct PathPatterns {
    regex: Regex,
    keys: Vec<Key>,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Param {
    Text(String),
    /// The values of a repeated parameter, one or more.
    List(Vec<String>),
}

/// The error of a pattern that cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{pattern}`: {}", problem.text)]
pub(crate) struct PatternError {
    pattern: String,
    problem: Problem,
}

impl PatternError {
    /// Returns whether Clerk's SDK supports the pattern.
    pub(crate) fn is_unsupported(&self) -> bool {
        self.problem.is_unsupported
    }
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
            let regex_source = compile(pattern, &mut keys).map_err(error)?;
            // Each pattern is compiled alone first, so that the error can name it.
            regex(&regex_source).ok_or_else(|| error("a regular expression in it cannot be read".into()))?;
            alternatives.push(regex_source);
        }
        let regex = regex(&alternatives.join("|")).ok_or(PatternError {
            pattern: patterns.join(", "),
            problem: Problem::unsupported("the patterns are too long together"),
        })?;
        Ok(Self { regex, keys })
    }

    /// Returns the parameters of a path, or `None` if no pattern matches. They are not percent-decoded.
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

/// The parameters of a path by name.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn match_path(pattern: &str, path: &str) -> String {
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
            ("/orgs/:slug([\\w-.]+)", "/orgs/a-.b", "slug=a-.b"),
            ("orgs/:slug", "/orgs/acme", "no"),
            ("", "/", ""),
        ] {
            assert_eq!(match_path(pattern, path), expected, "{pattern} {path}");
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
    fn malformed_patterns_are_errors() {
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
            "/:slug(a**)",
            "/:slug((?!new).*)",
            "/{:a:b}",
            "/(.*)+x:",
            "/\\",
            "/a(\\",
        ] {
            assert!(PathPatterns::parse(&[pattern.to_owned()]).is_err(), "{pattern}");
        }
    }
}
