//! The addresses of the instance and the application.

use std::borrow::Cow;

use url::Url;

use super::error::{DOMAIN, PROXY_URL, SIGN_IN_URL, SIGN_UP_URL};
use super::origin::Origin;
use super::{ConfigError, values};
use crate::key::{InstanceType, PublishableKey};

/// The addresses of the instance and the application.
#[derive(Debug, Clone)]
pub(crate) struct Domains {
    /// The host that issues the tokens in cookies without a suffix. Follows from the publishable key and the satellite's
    /// domain; a proxy does not change it.
    pub(crate) issuing_host: String,
    pub(crate) frontend_api: FrontendApi,
    pub(crate) satellite: Option<Satellite>,
    pub(crate) sign_in_url: Option<String>,
    pub(crate) sign_up_url: Option<String>,
    /// The origins that a development instance may redirect a browser to.
    pub(crate) redirect_origins: Vec<Origin>,
    pub(crate) trusts_forwarded_headers: bool,
    /// Set if newer plain cookies count also beside suffixed ones of another session.
    pub(crate) accepts_newer_plain_cookies: bool,
}

/// An application on another domain than the one where users sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Satellite {
    /// Whether browsers without cookies are also redirected to the primary domain.
    pub(crate) auto_sync: bool,
}

/// The address of the Frontend API for browsers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FrontendApi {
    Host(String),
    /// The URL of a proxy.
    ProxyUrl(String),
    /// The path of a proxy on the application's own origin.
    ProxyPath(String),
}

/// The settings that [`Domains`] are made from.
#[derive(Debug, Default)]
pub(crate) struct DomainSettings {
    pub(crate) proxy_url: Option<String>,
    pub(crate) domain: Option<String>,
    pub(crate) is_satellite: bool,
    pub(crate) satellite_auto_sync: bool,
    pub(crate) sign_in_url: Option<String>,
    pub(crate) sign_up_url: Option<String>,
    pub(crate) redirect_origins: Vec<String>,
    pub(crate) trusts_forwarded_headers: bool,
    /// Set if newer plain cookies count also beside suffixed ones of another session.
    pub(crate) accepts_newer_plain_cookies: bool,
}

impl DomainSettings {
    /// Checks what the values look like, before they are parsed: parsers take a good deal of slips for paths.
    fn check_spelling(&self) -> Result<(), ConfigError> {
        if let Some(url) = &self.proxy_url {
            values::web_url(PROXY_URL, url, true, PROXY_URL_FIX)?;
        }
        if let Some(domain) = &self.domain {
            values::host(DOMAIN, domain, DOMAIN_FIX)?;
        }
        for (variable, url) in [(SIGN_IN_URL, &self.sign_in_url), (SIGN_UP_URL, &self.sign_up_url)] {
            if let Some(url) = url {
                values::web_url(variable, url, true, PAGE_FIX)?;
            }
        }
        values::list(
            "allowed_redirect_origins",
            &self.redirect_origins,
            values::redirect_origin,
        )
    }
}

impl Domains {
    pub(crate) fn new(
        settings: DomainSettings,
        key: &PublishableKey,
        has_development_secret: bool,
        authorized_parties: Option<&[String]>,
    ) -> Result<Self, ConfigError> {
        let malformed = |variable, fix| ConfigError::Malformed { variable, fix };
        settings.check_spelling()?;
        if let Some(domain) = &settings.domain
            && Url::parse(&format!("https://clerk.{domain}")).is_err()
        {
            return Err(malformed(DOMAIN, DOMAIN_FIX));
        }
        if settings.is_satellite {
            if settings.sign_in_url.is_none() && has_development_secret {
                return Err(ConfigError::Missing {
                    variable: SIGN_IN_URL,
                    fix: "a satellite of a development instance sends its users there",
                });
            }
            if settings.proxy_url.is_none() && settings.domain.is_none() {
                return Err(ConfigError::Missing {
                    variable: DOMAIN,
                    fix: "a satellite needs its own domain, or CLERK_PROXY_URL",
                });
            }
            if settings
                .sign_in_url
                .as_deref()
                .is_some_and(|url| Url::parse(url).is_err())
            {
                return Err(malformed(
                    SIGN_IN_URL,
                    "a satellite's has to be absolute, such as `https://example.com/sign-in`",
                ));
            }
        }
        // A relative URL has to be valid on any origin.
        let base = Url::parse("https://base.invalid").ok();
        for (variable, url) in [
            (SIGN_IN_URL, &settings.sign_in_url),
            (SIGN_UP_URL, &settings.sign_up_url),
        ] {
            if let Some(url) = url {
                let parsed = Url::options().base_url(base.as_ref()).parse(url);
                if !parsed.is_ok_and(|url| is_web(&url)) {
                    return Err(malformed(variable, PAGE_FIX));
                }
            }
        }
        let production_satellite = settings
            .domain
            .as_deref()
            .filter(|_| settings.is_satellite && key.instance_type() == InstanceType::Production);
        let issuing_host = production_satellite.map_or_else(
            || key.frontend_api().to_owned(),
            |domain| format!("clerk.{domain}"),
        );
        let frontend_api = match settings.proxy_url {
            None => FrontendApi::Host(issuing_host.clone()),
            Some(path) if path.starts_with('/') => FrontendApi::ProxyPath(path),
            Some(url) => FrontendApi::ProxyUrl(url),
        };
        if frontend_api.base("https://base.invalid").is_none() {
            return Err(malformed(PROXY_URL, PROXY_URL_FIX));
        }
        let origins = settings
            .redirect_origins
            .iter()
            .chain(authorized_parties.into_iter().flatten());
        Ok(Self {
            issuing_host,
            frontend_api,
            satellite: settings.is_satellite.then_some(Satellite {
                auto_sync: settings.satellite_auto_sync,
            }),
            redirect_origins: origins.filter_map(|origin| Origin::parse(origin)).collect(),
            sign_in_url: settings.sign_in_url,
            sign_up_url: settings.sign_up_url,
            trusts_forwarded_headers: settings.trusts_forwarded_headers,
            accepts_newer_plain_cookies: settings.accepts_newer_plain_cookies,
        })
    }

    /// Returns the issuers that follow from the publishable key and the domains.
    pub(crate) fn issuers(&self, key: &PublishableKey) -> Vec<String> {
        let mut issuers = vec![
            format!("https://{}", key.frontend_api()),
            format!("https://{}", self.issuing_host),
        ];
        if let FrontendApi::ProxyUrl(url) = &self.frontend_api {
            issuers.push(url.trim_end_matches('/').to_owned());
        }
        issuers.dedup();
        issuers
    }
}

impl FrontendApi {
    /// Returns the host, or the URL of the proxy, for a request to `origin`.
    pub(crate) fn address(&self, origin: &str) -> Cow<'_, str> {
        match self {
            Self::Host(host) => host.into(),
            Self::ProxyUrl(url) => url.into(),
            Self::ProxyPath(path) => format!("{origin}{path}").into(),
        }
    }

    /// Returns the base URL of the Frontend API, unless it depends on the request.
    #[cfg(feature = "network")]
    pub(crate) fn fixed_base(&self) -> Option<Url> {
        match self {
            Self::Host(_) | Self::ProxyUrl(_) => self.base(""),
            Self::ProxyPath(_) => None,
        }
    }

    /// Returns the base URL of the Frontend API for a request to `origin`.
    pub(crate) fn base(&self, origin: &str) -> Option<Url> {
        let address = self.address(origin);
        let with_scheme = match self {
            Self::Host(host) => format!("https://{host}"),
            Self::ProxyUrl(_) | Self::ProxyPath(_) => address.into_owned(),
        };
        let url = Url::parse(&format!("{}/", with_scheme.trim_end_matches('/'))).ok()?;
        is_web(&url).then_some(url)
    }
}

const PROXY_URL_FIX: &str = "write a URL such as `https://example.com/__clerk`, or a path such as `/__clerk`";
const DOMAIN_FIX: &str = "write a host such as `satellite.example`";
const PAGE_FIX: &str = "write a path such as `/sign-in`, or a URL with `https`";

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}
