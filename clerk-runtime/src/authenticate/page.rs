use http::header;
use url::Url;

use super::clerk_url;
use super::lazy::{Read, Source};
use super::referrer::Referrer;
use crate::config::OrganizationTarget;

/// The page that a browser asked for, and where it can be sent.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) clerk_url: Url,
    pub(super) referrer: Referrer,
    pub(super) organization: Option<OrganizationTarget>,
    pub(super) frontend_api: Option<Url>,
    pub(super) sign_in_url: Option<Url>,
}

impl Read<'_> for Box<Page> {
    fn read(source: &Source<'_>) -> Self {
        let Source { parts, config, .. } = source;
        let domains = &config.domains;
        let clerk_url = clerk_url::of(parts, domains.trusts_forwarded_headers);
        let origin = clerk_url::origin(&clerk_url);
        let referrer = parts.headers.get(header::REFERER);
        Self::new(Page {
            referrer: Referrer::of(
                referrer.and_then(|value| value.to_str().ok()),
                &clerk_url,
                &domains.frontend_api.address(&origin),
                config.publishable_key.instance_type(),
            ),
            organization: config.organization_sync.target(clerk_url.path()),
            frontend_api: domains.frontend_api.base(&origin),
            sign_in_url: domains
                .sign_in_url
                .as_deref()
                .and_then(|url| Url::parse(url).ok()),
            clerk_url,
        })
    }
}
