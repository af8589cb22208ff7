//! Where a navigation came from: a foreign site may have signed the browser in or out, Clerk's own pages have not.

use url::Url;

use crate::config::Origin;
use crate::key::InstanceType;

/// What the `Referer` tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Referrer {
    /// None, an unreadable one, or the application itself.
    SameOrigin,
    /// The instance's Frontend API or account portal.
    Clerk,
    CrossOrigin,
}

impl Referrer {
    pub(super) fn classify(
        referrer: Option<&str>,
        clerk_url: &Url,
        frontend_api: &str,
        instance_type: InstanceType,
    ) -> Self {
        let Some(referrer) = referrer.and_then(|referrer| Url::parse(referrer).ok()) else {
            return Self::SameOrigin;
        };
        let Some(origin) = Origin::of(&referrer) else {
            return Self::CrossOrigin;
        };
        if Origin::of(clerk_url).as_ref() == Some(&origin) {
            return Self::SameOrigin;
        }
        let host = referrer.host_str().unwrap_or_default().trim_end_matches('.');
        let is_clerk = is_frontend_api(&origin, frontend_api)
            || (instance_type == InstanceType::Development
                && (is_legacy_account_portal(host) || is_account_portal(host)))
            || account_portal(frontend_api)
                .and_then(|portal| Origin::parse(&portal))
                .is_some_and(|portal| portal == origin);
        if is_clerk { Self::Clerk } else { Self::CrossOrigin }
    }
}

/// The origin of the account portal that belongs to a host of the Frontend API.
pub(super) fn account_portal(frontend_api: &str) -> Option<String> {
    if frontend_api.is_empty() || frontend_api.contains("://") {
        return None;
    }
    let staged = frontend_api.replacen("clerk.accountsstage.", "accountsstage.", 1);
    let portal = match (staged.find("clerk.accounts."), staged.find("clerk.")) {
        (Some(accounts), Some(clerk)) if accounts <= clerk => {
            staged.replacen("clerk.accounts.", "accounts.", 1)
        }
        (_, Some(_)) => staged.replacen("clerk.", "accounts.", 1),
        (_, None) => staged,
    };
    Some(format!("https://{portal}"))
}

fn is_frontend_api(origin: &Origin, frontend_api: &str) -> bool {
    if frontend_api.starts_with("http://") || frontend_api.starts_with("https://") {
        let url = Url::parse(frontend_api);
        url.is_ok_and(|url| url.host_str().is_some_and(|host| origin.is_host(host)))
    } else {
        origin.is_host(frontend_api)
    }
}

fn is_legacy_account_portal(host: &str) -> bool {
    host.starts_with("accounts.")
        && [".lcl.dev", ".lclstage.dev", ".lclclerk.com"]
            .iter()
            .any(|suffix| host.ends_with(suffix))
}

fn is_account_portal(host: &str) -> bool {
    [".accounts.dev", ".accountsstage.dev", ".accounts.lclclerk.com"]
        .iter()
        .any(|suffix| {
            host.strip_suffix(suffix)
                .is_some_and(|instance| !instance.ends_with(".clerk"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_portals_by_host() {
        for (frontend_api, expected) in [
            (
                "happy-otter-42.clerk.accounts.dev",
                Some("https://happy-otter-42.accounts.dev"),
            ),
            ("clerk.example.org", Some("https://accounts.example.org")),
            ("x.clerk.accountsstage.dev", Some("https://x.accountsstage.dev")),
            ("https://app.test/__clerk", None),
            ("", None),
        ] {
            assert_eq!(
                account_portal(frontend_api).as_deref(),
                expected,
                "{frontend_api}"
            );
        }
    }

    #[test]
    fn clerks_own_pages_are_known() {
        use InstanceType::{Development, Production};
        let url = Url::parse("https://app.test/page").unwrap();
        for (referrer, instance_type, expected) in [
            (None, Production, Referrer::SameOrigin),
            (Some("not a url"), Production, Referrer::SameOrigin),
            (Some("https://app.test/other"), Production, Referrer::SameOrigin),
            (Some("https://app.test:8443/"), Production, Referrer::CrossOrigin),
            (Some("https://elsewhere.test/"), Production, Referrer::CrossOrigin),
            (Some("https://clerk.app.test:1/"), Production, Referrer::Clerk),
            (
                Some("https://accounts.app.test/sign-in"),
                Production,
                Referrer::Clerk,
            ),
            (
                Some("http://accounts.app.test/"),
                Production,
                Referrer::CrossOrigin,
            ),
            (Some("https://a.accounts.dev/"), Production, Referrer::CrossOrigin),
            (Some("https://a.accounts.dev/"), Development, Referrer::Clerk),
            (
                Some("https://a.clerk.accounts.dev/"),
                Development,
                Referrer::CrossOrigin,
            ),
            (Some("https://accounts.a.lcl.dev/"), Development, Referrer::Clerk),
        ] {
            assert_eq!(
                Referrer::classify(referrer, &url, "clerk.app.test", instance_type),
                expected,
                "{referrer:?} {instance_type:?}"
            );
        }
    }
}
