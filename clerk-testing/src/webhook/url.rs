use std::net::IpAddr;

use http::Uri;

/// The address is not one on this machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address on this machine: use one such as `http://127.0.0.1:3000/webhooks`")]
pub struct WebhookUrlError(String);

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
        _ => Err(WebhookUrlError(url.to_owned())),
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
            "http://127.0.0.1@example.com/",
            "http://ada@127.0.0.1/",
            "http://[::2]/",
        ] {
            assert_eq!(on_loopback(url), Err(WebhookUrlError(url.to_owned())), "{url}");
        }
    }
}
