//! Tells the operator that browsers have two values of one cookie, which no handshake mends.

use std::sync::atomic::Ordering;

use super::cookies::ConflictingCookie;
use super::view::RequestView;
use crate::excerpt::excerpt;

/// Logs the name of the cookie and the domain that one of the values was probably set for, once for each handle.
pub(super) fn warn(view: &RequestView<'_>, cookie: ConflictingCookie) {
    if view
        .authenticator
        .has_warned_of_conflict
        .swap(true, Ordering::Relaxed)
    {
        return;
    }
    let is_suffixed = view
        .browser()
        .cookies
        .as_ref()
        .is_ok_and(|cookies| cookies.suffixed);
    let suffix = match is_suffixed {
        true => format!("_{}", view.config().publishable_key.cookie_suffix()),
        false => String::new(),
    };
    let host = view.page().clerk_url.host_str().unwrap_or_default();
    tracing::warn!(
        cookie = %format!("{}{suffix}", cookie.name()),
        domain = excerpt(parent_domain(host)),
        "a browser has two different values of a cookie after a handshake and is not signed in: another site below this domain has probably set one of them for the whole domain"
    );
}

/// Returns the domain that the sites beside this host have in common with it.
fn parent_domain(host: &str) -> &str {
    match host.trim_end_matches('.').split_once('.') {
        Some((_, parent)) if parent.contains('.') => parent,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_beside_a_host_share_its_parent() {
        for (host, expected) in [
            ("app.example.com", "example.com"),
            ("a.b.example.com.", "b.example.com"),
            ("example.com", "example.com"),
            ("localhost", "localhost"),
            ("", ""),
        ] {
            assert_eq!(parent_domain(host), expected, "{host}");
        }
    }
}
