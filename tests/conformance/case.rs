//! A case as it stands in a file.

use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) about: String,
    pub(crate) call: String,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
    pub(crate) options: Value,
    pub(crate) token: Option<String>,
    #[serde(default)]
    pub(crate) before: Vec<Exchange>,
    #[serde(flatten)]
    pub(crate) exchange: Exchange,
}

/// One request or one token to verify, at its own moment.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Exchange {
    pub(crate) now_ms: i64,
    pub(crate) request: Option<Request>,
    #[serde(default)]
    pub(crate) upstream: Vec<Value>,
    pub(crate) expected: Value,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<String>,
    pub(crate) body_base64: Option<String>,
}

/// Reads a file of cases, one a line.
pub(crate) fn read(file: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let parse =
        |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(parse)
        .collect()
}

impl Case {
    pub(crate) fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|found| found == tag)
    }

    /// The requests before this one, each as a case of its own.
    pub(crate) fn earlier(&self) -> impl Iterator<Item = Self> {
        self.before.iter().enumerate().map(|(at, exchange)| Self {
            id: format!("{}, request {}", self.id, at + 1),
            token: None,
            before: self.before[..at].to_vec(),
            exchange: exchange.clone(),
            ..self.clone()
        })
    }

    /// An option that is set.
    pub(crate) fn option(&self, name: &str) -> Option<&Value> {
        self.options.get(name).filter(|value| !value.is_null())
    }

    /// An option that is a text or a list of texts.
    pub(crate) fn list_option(&self, name: &str) -> Option<Vec<String>> {
        match self.option(name)? {
            Value::String(one) => Some(vec![one.clone()]),
            Value::Array(list) => list.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
            _ => None,
        }
    }

    /// The paths that belong to organizations and to personal accounts.
    pub(crate) fn organization_patterns(&self) -> Vec<&str> {
        let options = self.option("organizationSyncOptions");
        ["organizationPatterns", "personalAccountPatterns"]
            .iter()
            .filter_map(|name| options?[name].as_array())
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    pub(crate) fn has_forwarded_headers(&self) -> bool {
        let request = self.exchange.request.as_ref();
        let names = request.into_iter().flat_map(|request| &request.headers);
        names
            .into_iter()
            .any(|(name, _)| name.to_ascii_lowercase().starts_with("x-forwarded-"))
    }

    /// Where a satellite wants the browser back, in the request's query.
    pub(crate) fn redirect_url(&self) -> Option<String> {
        let url = url::Url::parse(&self.exchange.request.as_ref()?.url).ok()?;
        let mut pairs = url.query_pairs();
        pairs
            .find(|(name, _)| name == "__clerk_redirect_url")
            .map(|(_, value)| value.into_owned())
    }

    /// The same as an origin, if it has one.
    pub(crate) fn redirect_origin(&self) -> Option<String> {
        let origin = url::Url::parse(&self.redirect_url()?).ok()?.origin();
        origin.is_tuple().then(|| origin.ascii_serialization())
    }

    /// Every `Set-Cookie` directive that Clerk hands over: in handshake tokens, and in answers of the Backend API.
    pub(crate) fn directives(&self) -> Vec<String> {
        let request = self.exchange.request.iter();
        let tokens: Vec<String> = request.flat_map(Request::tokens_of_browser).collect();
        let claims = tokens.iter().filter_map(|token| {
            let (_, payload) = decoded(token)?;
            Some(serde_json::from_slice::<Value>(&payload).ok()?["handshake"].take())
        });
        let answers = self.exchange.upstream.iter().flat_map(|answer| {
            let body = &answer["body"];
            [body["directives"].clone(), body["cookies"].clone()]
        });
        claims
            .chain(answers)
            .filter_map(|list| list.as_array().cloned())
            .flatten()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    }

    /// The session tokens in what Clerk hands over.
    pub(crate) fn handed_over(&self) -> Vec<String> {
        let words = self.directives().into_iter().flat_map(|directive| {
            directive
                .split(['=', ';', ' '])
                .map(str::to_owned)
                .collect::<Vec<_>>()
        });
        words.filter(|word| word.split('.').count() == 3).collect()
    }

    /// Every token that the case presents, wherever.
    pub(crate) fn tokens(&self) -> Vec<String> {
        let exchanges = self.before.iter().chain([&self.exchange]);
        let requests = exchanges.filter_map(|exchange| exchange.request.as_ref());
        let words = requests
            .flat_map(|request| &request.headers)
            .flat_map(|(_, value)| {
                value
                    .split([' ', ';', ',', '\t'])
                    .map(|word| match word.split_once('=') {
                        Some((name, value)) if name.starts_with("__") => value.to_owned(),
                        _ => word.to_owned(),
                    })
            });
        let of_browser = self.exchange.request.iter().flat_map(Request::tokens_of_browser);
        words
            .chain(of_browser)
            .chain(self.token.clone())
            .chain(self.handed_over())
            .filter(|word| word.split('.').count() >= 3)
            .collect()
    }
}

impl Request {
    /// The headers as a server delivers them.
    pub(crate) fn header_map(&self) -> http::HeaderMap {
        let mut headers = http::HeaderMap::new();
        for (name, value) in &self.headers {
            let bytes: Vec<u8> = value
                .chars()
                .map(|c| u8::try_from(u32::from(c)).expect("below U+0100"))
                .collect();
            let name: http::HeaderName = name.to_ascii_lowercase().parse().expect("a header name");
            let value = http::HeaderValue::from_bytes(&bytes);
            headers.append(name, value.expect("a value that a server delivers"));
        }
        headers
    }

    /// The pairs of the cookies, names and values without the spaces around them.
    pub(crate) fn cookies(&self) -> Vec<(String, String)> {
        self.header("cookie")
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect()
    }

    /// Everything in the URL and the cookies that may be a token, by name.
    fn named_tokens(&self) -> impl Iterator<Item = (String, String)> {
        let url = url::Url::parse(&self.url).expect("a URL");
        let parameters: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let cookies = self.cookies().into_iter().map(|(name, value)| {
            let value = percent_encoding::percent_decode_str(&value).decode_utf8_lossy();
            (name, value.into_owned())
        });
        let pairs = parameters.into_iter().chain(cookies);
        pairs.filter(|(_, value)| value.split('.').count() == 3)
    }

    pub(crate) fn tokens_of_browser(&self) -> Vec<String> {
        self.named_tokens().map(|(_, token)| token).collect()
    }

    pub(crate) fn handshake_tokens(&self) -> Vec<String> {
        let handshakes = self
            .named_tokens()
            .filter(|(name, _)| name == "__clerk_handshake");
        handshakes.map(|(_, token)| token).collect()
    }

    pub(crate) fn header<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Header and payload of a token as bytes, read as leniently as anybody would.
pub(crate) fn decoded(token: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut parts = token
        .split('.')
        .map(|part| BASE64_URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')));
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}
