use std::net::IpAddr;

use http::Uri;

use crate::error_text::debug_as_display;

/// The address is not one on this machine.
///
/// It is told as far as it cannot be a user's name or password.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address on this machine: use one such as `http://127.0.0.1:3000/webhooks`")]
pub struct WebhookUrlError(String);

debug_as_display!(WebhookUrlError);

/// Checks that nothing leaves this machine: `http` to `localhost` or an address of the loopback interface.
pub(super) fn on_loopback(url: &str) -> Result<String, WebhookUrlError> {
    let is_on_loopback = |uri: &Uri| {
        let host = uri.host().unwrap_or_default();
        let address = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>();
        let has_user = uri
            .authority()
            .is_some_and(|authority| authority.as_str().contains('@'));
        let is_local =
            host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback());
        uri.scheme_str() == Some("http") && is_local && !has_user
    };
    match url.parse::<Uri>() {
        Ok(uri) if is_on_loopback(&uri) => Ok(url.to_owned()),
        _ => Err(WebhookUrlError(without_user(url))),
    }
}

/// The address without anything before its last `@`, also if it is none.
fn without_user(url: &str) -> String {
    match url.rsplit_once('@') {
        Some((_, rest)) => format!("…@{rest}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_sent_to() {
        for url in [
            "http://127.0.0.1:3000/webhooks",
            "http://127.0.0.2/",
            "http://localhost:1/a?b=c",
            "http://[::1]:3000/",
        ] {
            assert_eq!(on_loopback(url).as_deref(), Ok(url));
        }
        for url in [
            "",
            "/webhooks",
            "127.0.0.1:3000",
            "https://127.0.0.1/",
            "http://example.com/",
            "http://10.0.0.1/",
            "http://localhost.example/",
            "http://[::2]/",
        ] {
            assert_eq!(on_loopback(url), Err(WebhookUrlError(url.to_owned())), "{url}");
        }
    }

    #[test]
    fn errors_tell_no_user_and_no_password() {
        for (url, told) in [
            ("http://127.0.0.1@example.com/", "…@example.com/"),
            ("http://ada@127.0.0.1/", "…@127.0.0.1/"),
            ("http://ada:planted@127.0.0.1/a?b", "…@127.0.0.1/a?b"),
            ("http://ada:pl@nted@127.0.0.1/", "…@127.0.0.1/"),
            ("ada:planted://x@[::1", "…@[::1"),
            ("http://ada:planted@", "…@"),
        ] {
            let error = on_loopback(url).unwrap_err();
            assert_eq!(error, WebhookUrlError(told.to_owned()), "{url}");
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("planted") && !shown.contains("ada"), "{shown}");
        }
    }
}
