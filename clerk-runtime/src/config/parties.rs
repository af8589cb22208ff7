//! Authorized parties: the origins that browsers send, and that `azp` therefore can have.

use url::Url;

use super::ValueKind;
use super::origin::Origin;
use super::values::fix_of;

/// Checks that a text is an origin as browsers write it (Fetch Standard, "serializing an origin"), and not one that any page
/// may have.
///
/// Applications without a browser's origin have schemes of their own, such as `chrome-extension`, `capacitor` or `tauri`.
pub(crate) fn party(text: &str) -> Result<(), (ValueKind, String)> {
    let fault = |found| {
        Err((
            found,
            fix_of(found).unwrap_or_else(|| fix_of_party(found)).to_owned(),
        ))
    };
    let scheme = text.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let is_opaque = matches!(
        scheme.as_str(),
        "file" | "data" | "blob" | "about" | "javascript" | "filesystem" | "view-source"
    );
    if is_opaque {
        return fault(ValueKind::OpaqueOrigin);
    }
    if let Some(found) = spoilt(text) {
        return fault(found);
    }
    let Some((_, rest)) = text.split_once("://") else {
        return fault(ValueKind::NoScheme);
    };
    if let Some(web) = super::web_scheme(&scheme) {
        return web_origin(text, &scheme, web, rest);
    }
    if rest.is_empty() || scheme.is_empty() {
        return fault(ValueKind::Malformed);
    }
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    // Only the hosts of web pages are written in lower case (URL Standard, "opaque host").
    let origin = format!("{scheme}://{host}");
    match path {
        _ if host.contains('@') => fault(ValueKind::Credentials),
        "/" => Err((ValueKind::TrailingSlash, write(&origin))),
        "" if origin != text => Err((ValueKind::UpperCase, write(&origin))),
        "" => Ok(()),
        _ => Err((ValueKind::Path, write(&origin))),
    }
}

/// Checks an origin of a web page, or of a WebSocket, whose own page has another scheme.
fn web_origin(text: &str, scheme: &str, web: &str, rest: &str) -> Result<(), (ValueKind, String)> {
    let malformed = || {
        (
            ValueKind::Malformed,
            fix_of_party(ValueKind::Malformed).to_owned(),
        )
    };
    // A slash more would be dropped.
    if rest.starts_with(['/', '\\', '?', '#']) {
        return Err(malformed());
    }
    let url = Url::parse(&format!("{web}://{rest}")).map_err(|_| malformed())?;
    let origin = Origin::of(&url).ok_or_else(malformed)?.to_string();
    if text == origin {
        return Ok(());
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let found = if scheme != web {
        ValueKind::OtherScheme
    } else if !url.username().is_empty() || url.password().is_some() {
        ValueKind::Credentials
    } else if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        ValueKind::Path
    } else if text.ends_with('/') {
        ValueKind::TrailingSlash
    } else if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        ValueKind::UpperCase
    } else if host.ends_with('.') || name.ends_with('.') && !port.is_empty() {
        ValueKind::TrailingDot
    } else if url.port().is_none() && !port.is_empty() && !host.ends_with(']') {
        ValueKind::DefaultPort
    } else {
        ValueKind::OtherSpelling
    };
    Err((found, write(&origin)))
}

/// The kind of what is no origin at all.
fn spoilt(text: &str) -> Option<ValueKind> {
    if let Some(found) = ValueKind::of_spelling(text) {
        return Some(found);
    }
    if text.contains(char::is_whitespace) {
        return Some(ValueKind::WhiteSpace);
    }
    if text.contains('*') {
        return Some(ValueKind::Wildcard);
    }
    if text.contains([',', ';']) {
        return Some(ValueKind::Several);
    }
    // Sandboxed pages and local files send it.
    if text == "null" {
        return Some(ValueKind::OpaqueOrigin);
    }
    // A key or a token in the wrong variable.
    ValueKind::of_key(text).filter(|found| !matches!(found, ValueKind::Url | ValueKind::FilePath))
}

fn write(origin: &str) -> String {
    format!("no `azp` can equal it; write `{origin}`")
}

fn fix_of_party(found: ValueKind) -> &'static str {
    match found {
        ValueKind::Several | ValueKind::WhiteSpace => {
            "no `azp` can equal it; separate origins by commas in the variable, and list them one by one in code"
        }
        ValueKind::Wildcard => "no `azp` can equal it; list each origin, such as `https://app.example.com`",
        ValueKind::OpaqueOrigin => {
            "any sandboxed page or local file has it; list the origins of your frontends, such as `https://app.example.com`"
        }
        ValueKind::NoScheme => {
            "no `azp` can equal it; write the origin with its scheme, such as `https://app.example.com`"
        }
        _ => "no `azp` can equal it; write an origin, such as `https://app.example.com`",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_as_browsers_and_webviews_write_them_are_accepted() {
        for text in [
            "https://app.example.com",
            "http://localhost:3000",
            "https://app.example.com:8443",
            "http://[::1]:3000",
            "http://127.0.0.1:3000",
            "https://xn--bcher-kva.example",
            "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
            "moz-extension://6d5f6f36-6b1c-4d0c-9d6e-0a1b2c3d4e5f",
            "capacitor://localhost",
            "ionic://localhost",
            "tauri://localhost",
            "app://obsidian.md",
        ] {
            assert_eq!(party(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn texts_that_no_azp_can_equal_are_refused_with_their_kind() {
        use ValueKind::*;
        for (text, found) in [
            ("", Empty),
            ("https://app.example.com/", TrailingSlash),
            ("tauri://localhost/", TrailingSlash),
            ("https://app.example.com/app", Path),
            ("https://app.example.com?a", Path),
            ("capacitor://localhost/a", Path),
            ("https://App.example.com", UpperCase),
            ("HTTPS://app.example.com", UpperCase),
            ("Tauri://localhost", UpperCase),
            ("app.example.com", NoScheme),
            ("localhost:3000", NoScheme),
            ("//app.example.com", NoScheme),
            ("*", Wildcard),
            ("https://*.example.com", Wildcard),
            ("[\"https://app.example.com\"]", JsonList),
            ("[\"https://app.example.com\"", JsonList),
            ("\"https://app.example.com\"", Quoted),
            ("https://app.example.com'", Quoted),
            ("${ORIGIN}", Variable),
            ("CLERK_AUTHORIZED_PARTIES=https://app.example.com", Named),
            ("https://app.example.com:443", DefaultPort),
            ("http://app.example.com:80", DefaultPort),
            ("https://app.example.com.", TrailingDot),
            ("https://app.example.com.:8443", TrailingDot),
            ("https://a.example,https://b.example", Several),
            ("https://a.example https://b.example", WhiteSpace),
            ("https://b\u{fc}cher.example", OtherSpelling),
            ("https://127.1", OtherSpelling),
            ("https://user@app.example.com", Credentials),
            ("wss://app.example.com", OtherScheme),
            ("https://", Malformed),
            ("https:///app.example.com", Malformed),
            ("null", OpaqueOrigin),
            ("file://", OpaqueOrigin),
            ("file:///index.html", OpaqueOrigin),
            ("data:text/html,a", OpaqueOrigin),
            ("blob:https://app.example.com/1", OpaqueOrigin),
            ("about:blank", OpaqueOrigin),
            (
                "sk_live_planted",
                SecretKey(Some(crate::key::InstanceType::Production)),
            ),
        ] {
            let (kind, fix) = party(text).unwrap_err();
            assert_eq!(kind, found, "{text}");
            assert!(!fix.contains("planted"), "{fix}");
        }
        let (_, fix) = party("HTTPS://App.example.com:443/").unwrap_err();
        assert_eq!(fix, "no `azp` can equal it; write `https://app.example.com`");
    }
}
