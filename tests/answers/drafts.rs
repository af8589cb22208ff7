//! Requests put together by chance from pieces that mean something.

use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

use crate::answer::headers;
use crate::credentials::Credentials;
use crate::dice::Dice;

/// A request before it is sent. There is no body: no door but that of webhooks looks at one.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
}

impl Draft {
    pub(crate) fn parts(&self) -> Parts {
        let mut parts = Request::new(()).into_parts().0;
        parts.method = self.method.clone();
        parts.uri = self.uri.clone();
        parts.headers = self.headers.clone();
        parts
    }

    pub(crate) fn put(&mut self, name: &'static str, value: &str) {
        self.headers
            .insert(HeaderName::from_static(name), header_value(value));
    }

    pub(crate) fn append(&mut self, name: &'static str, value: &str) {
        self.headers
            .append(HeaderName::from_static(name), header_value(value));
    }
}

impl std::fmt::Display for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}\n{}", self.method, self.uri, headers(&self.headers))
    }
}

/// Takes a character below U+0100 for one byte.
pub(crate) fn header_value(text: &str) -> HeaderValue {
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    HeaderValue::from_bytes(&bytes).unwrap()
}

const DOCUMENT: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// Draws a request.
pub(crate) fn draw(dice: &mut Dice, credentials: &Credentials<'_>) -> Draft {
    // One that would work but for a detail tells more than one in which nothing fits.
    let is_plain = dice.percent(78);
    let mut draft = Draft {
        method: method(dice, is_plain),
        uri: uri(dice, credentials, is_plain),
        headers: HeaderMap::new(),
    };
    add_host(dice, credentials, &mut draft, is_plain);
    add_origin(dice, credentials, &mut draft, is_plain);
    credentials.add(dice, &mut draft, is_plain);
    if !is_plain {
        add_forwarded(dice, &mut draft);
    }
    draft
}

fn method(dice: &mut Dice, is_plain: bool) -> Method {
    let methods = [
        "GET", "GET", "GET", "POST", "GET", "HEAD", "PUT", "OPTIONS", "DELETE", "PATCH", "BREW", "get",
    ];
    let among = if is_plain { &methods[..5] } else { &methods[..] };
    dice.pick(among).parse().unwrap()
}

fn uri(dice: &mut Dice, credentials: &Credentials<'_>, is_plain: bool) -> Uri {
    const PLAIN: [&str; 5] = [
        "/",
        "/dashboard",
        "/orgs/acme",
        "/orgs/other/invoices",
        "/me/settings",
    ];
    const ODD: [&str; 8] = [
        "//evil.example/x",
        "/a/../b",
        "/orgs/%61cme",
        "/orgs/ac%20me",
        "/very/deep//path/",
        "/me",
        "/api/items;x=1",
        "/orgs/",
    ];
    let path = match dice.roll(if is_plain { 10 } else { 4 }) {
        0 => dice.pick(&ODD),
        _ => dice.pick(&PLAIN),
    };
    let mut query: Vec<String> = Vec::new();
    if dice.once_in(6) {
        query.push("page=2".to_owned());
    }
    let of_clerk = if is_plain { 8 } else { 2 };
    if dice.once_in(of_clerk) {
        query.extend(credentials.parameters(dice));
    }
    let base = match dice.roll(if is_plain { 40 } else { 8 }) {
        0 => credentials.instance.origin,
        1 => "http://other.example:8080",
        _ => "",
    };
    let separator = if query.is_empty() { "" } else { "?" };
    format!("{base}{path}{separator}{}", query.join("&"))
        .parse()
        .unwrap()
}

fn add_host(dice: &mut Dice, credentials: &Credentials<'_>, draft: &mut Draft, is_plain: bool) {
    let own = credentials.instance.host();
    if is_plain {
        return draft.put("host", own);
    }
    match dice.roll(12) {
        0 => {}
        1 => draft.put("host", "evil.example"),
        2 => draft.put("host", &own.to_ascii_uppercase()),
        3 => draft.put("host", "user@evil.example"),
        4 => draft.put("host", "app.example.com:443"),
        5 => {
            draft.put("host", own);
            draft.append("host", "evil.example");
        }
        6 => draft.put("host", ""),
        7 => draft.put("host", "h\u{f6}st"),
        _ => draft.put("host", own),
    }
}

/// Adds what browsers say of where a request comes from and what it is for.
fn add_origin(dice: &mut Dice, credentials: &Credentials<'_>, draft: &mut Draft, is_plain: bool) {
    let own = credentials.instance.origin;
    let fetch = |draft: &mut Draft, site: &str, mode: &str, dest: &str| {
        draft.put("sec-fetch-site", site);
        draft.put("sec-fetch-mode", mode);
        draft.put("sec-fetch-dest", dest);
    };
    match dice.roll(if is_plain { 12 } else { 18 }) {
        0 => {}
        1 | 2 => {
            fetch(draft, "none", "navigate", "document");
            draft.put("accept", DOCUMENT);
        }
        3 => {
            fetch(draft, "same-origin", "navigate", "document");
            draft.put("accept", DOCUMENT);
            draft.put("referer", &format!("{own}/before"));
        }
        4 => {
            fetch(draft, "same-origin", "cors", "empty");
            draft.put("origin", own);
            draft.put("accept", "application/json");
        }
        5 => {
            fetch(draft, "cross-site", "navigate", "document");
            draft.put("accept", DOCUMENT);
            draft.put("referer", "https://evil.example/page");
            if draft.method == Method::POST {
                draft.put("origin", "https://evil.example");
            }
        }
        6 => draft.put("accept", DOCUMENT),
        7 => draft.put("accept", "*/*"),
        8 => draft.put("origin", own),
        9 => {
            fetch(draft, "cross-site", "cors", "empty");
            draft.put("origin", "https://evil.example");
        }
        10 => {
            fetch(draft, "same-site", "cors", "empty");
            draft.put("origin", "https://sub.example.com");
        }
        11 => {
            fetch(draft, "cross-site", "websocket", "websocket");
            draft.put("origin", "https://evil.example");
            draft.put("upgrade", "websocket");
            draft.put("connection", "upgrade");
        }
        12 => {
            draft.put("upgrade", "websocket");
            draft.put("origin", own);
        }
        13 => {
            fetch(draft, "none", "navigate", "iframe");
            draft.put("accept", "text/html");
        }
        14 => {
            draft.put("referer", &format!("{}/sign-in", credentials.instance.issuer));
            fetch(draft, "cross-site", "navigate", "document");
        }
        15 => {
            draft.put("origin", "null");
            draft.append("origin", own);
        }
        16 => draft.put("origin", "https://app.example.com"),
        _ => {
            draft.put("origin", "\u{ff}");
            draft.put("sec-fetch-site", "elsewhere");
        }
    }
}

fn add_forwarded(dice: &mut Dice, draft: &mut Draft) {
    match dice.roll(10) {
        0 => draft.put("x-forwarded-host", "app.example.com"),
        1 => draft.put("x-forwarded-proto", "https"),
        2 => {
            draft.put("x-forwarded-host", "evil.example, app.example.com");
            draft.put("x-forwarded-proto", "https,http");
        }
        3 => draft.put("x-forwarded-host", "evil.example/path?"),
        4 => draft.put("x-forwarded-proto", "javascript"),
        5 => draft.put("x-clerk-auth-status", "signed-in"),
        _ => {}
    }
}
