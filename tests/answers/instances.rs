//! The instances and configurations that requests are sent to.

use clerk_runtime::key::PublishableKey;
use clerk_runtime::{Clerk, ClerkBuilder, JwksPolicy};
use std::time::Duration;

use crate::clock::FixedClock;
use crate::keys;
use crate::upstream::Upstream;

pub(crate) const DEVELOPMENT: &str = "pk_test_YnJhdmUtb3R0ZXItMjcuY2xlcmsuYWNjb3VudHMuZGV2JA";
pub(crate) const PRODUCTION: &str = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";

/// A configuration, and what tokens and requests have to say to suit it.
pub(crate) struct Instance {
    pub(crate) name: &'static str,
    pub(crate) key: &'static str,
    pub(crate) issuer: &'static str,
    /// Where the application is.
    pub(crate) origin: &'static str,
    pub(crate) keys: Keys,
    /// How many requests are drawn at each moment. Most of them are asked more than once.
    pub(crate) drawn: usize,
    configure: fn(ClerkBuilder) -> ClerkBuilder,
}

/// Where a handle has its keys from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keys {
    Pem,
    Fetched,
    /// A fetch that failed is tried again at once, so that no wait depends on chance.
    FetchedAtOnce,
}

impl Instance {
    pub(crate) fn host(&self) -> &'static str {
        self.origin.split_once("://").unwrap().1
    }

    pub(crate) fn is_development(&self) -> bool {
        self.key.starts_with("pk_test_")
    }

    pub(crate) fn suffix(&self) -> String {
        PublishableKey::parse(self.key)
            .unwrap()
            .cookie_suffix()
            .to_owned()
    }

    /// Makes a handle that has asked for nothing yet.
    pub(crate) fn clerk(&self, clock: &FixedClock, upstream: &Upstream) -> Clerk {
        let builder = Clerk::builder()
            .publishable_key(self.key)
            .clock(clock.clone())
            .transport(upstream.clone());
        (self.configure)(builder).build().unwrap()
    }
}

const DEVELOPMENT_ISSUER: &str = "https://brave-otter-27.clerk.accounts.dev";
const PRODUCTION_ISSUER: &str = "https://clerk.example.com";

pub(crate) const INSTANCES: [Instance; 11] = [
    Instance {
        name: "development",
        key: DEVELOPMENT,
        issuer: DEVELOPMENT_ISSUER,
        origin: "http://localhost:3000",
        keys: Keys::Fetched,
        drawn: 300,
        configure: |builder| builder.secret_key("sk_test_answers"),
    },
    Instance {
        name: "development-pem",
        key: DEVELOPMENT,
        issuer: DEVELOPMENT_ISSUER,
        origin: "http://localhost:3000",
        keys: Keys::Pem,
        drawn: 220,
        configure: |builder| {
            builder
                .secret_key("sk_test_answers")
                .jwt_key(&*keys::MAIN.pem)
                .trust_forwarded_headers()
                .organization_patterns(["/orgs/:slug", "/orgs/:slug/(.*)"])
                .personal_account_patterns(["/me", "/me/(.*)"])
                .allowed_redirect_origins(["https://shop.example.test"])
                .authorized_parties(["http://localhost:3000", "http://localhost:5173"])
        },
    },
    Instance {
        name: "development-satellite",
        key: DEVELOPMENT,
        issuer: DEVELOPMENT_ISSUER,
        origin: "https://shop.example.test",
        keys: Keys::FetchedAtOnce,
        drawn: 200,
        configure: |builder| {
            builder
                .secret_key("sk_test_answers")
                .satellite(true)
                .satellite_auto_sync(true)
                .domain("shop.example.test")
                .sign_in_url("https://app.example.com/sign-in")
                .jwks_policy(JwksPolicy::default().backoff(Duration::ZERO))
        },
    },
    Instance {
        name: "production",
        key: PRODUCTION,
        issuer: PRODUCTION_ISSUER,
        origin: "https://app.example.com",
        keys: Keys::Fetched,
        drawn: 300,
        configure: |builder| {
            builder
                .secret_key("sk_live_answers")
                .authorized_parties(["https://app.example.com"])
        },
    },
    Instance {
        name: "production-without-cache",
        key: PRODUCTION,
        issuer: PRODUCTION_ISSUER,
        origin: "https://app.example.com",
        keys: Keys::FetchedAtOnce,
        drawn: 200,
        configure: |builder| {
            builder
                .secret_key("sk_live_answers")
                .machine_secret_key("ak_machine")
                .any_authorized_party()
                .audience(["https://api.example.com"])
                .verified_token_cache(0)
                .jwks_policy(JwksPolicy::default().backoff(Duration::ZERO))
        },
    },
    Instance {
        name: "production-small-cache",
        key: PRODUCTION,
        issuer: PRODUCTION_ISSUER,
        origin: "https://app.example.com",
        keys: Keys::Fetched,
        drawn: 200,
        configure: |builder| {
            builder
                .secret_key("sk_live_answers")
                .any_authorized_party()
                .any_issuer()
                .clock_skew_in_ms(0)
                .verified_token_cache(64 << 10)
                .sign_in_url("/sign-in")
                .sign_up_url("https://accounts.example.com/up")
        },
    },
    Instance {
        name: "production-satellite",
        key: PRODUCTION,
        issuer: "https://clerk.shop.example.test",
        origin: "https://shop.example.test",
        keys: Keys::Fetched,
        drawn: 200,
        configure: |builder| {
            builder
                .secret_key("sk_live_answers")
                .authorized_parties(["https://shop.example.test", "https://app.example.com"])
                .satellite(true)
                .domain("shop.example.test")
                .sign_in_url("https://app.example.com/sign-in")
        },
    },
    Instance {
        name: "production-organizations",
        key: PRODUCTION,
        issuer: PRODUCTION_ISSUER,
        origin: "https://app.example.com",
        keys: Keys::Fetched,
        drawn: 240,
        configure: |builder| {
            builder
                .secret_key("sk_live_answers")
                .authorized_parties(["https://app.example.com"])
                .proxy_url("/__clerk")
                .oauth_resource("https://api.example.com/v2")
                .organization_patterns(["/orgs/:slug", "/orgs/:slug/(.*)"])
                .personal_account_patterns(["/me", "/me/(.*)"])
        },
    },
    Instance {
        name: "production-proxy",
        key: PRODUCTION,
        issuer: "https://app.example.com/__clerk",
        origin: "https://app.example.com",
        keys: Keys::Pem,
        drawn: 200,
        configure: |builder| {
            builder
                .secret_key("sk_live_answers")
                .jwt_key(&*keys::MAIN.pem)
                .authorized_parties(["https://app.example.com"])
                .proxy_url("https://app.example.com/__clerk")
                .trust_forwarded_headers()
        },
    },
    Instance {
        name: "without-secret-key",
        key: DEVELOPMENT,
        issuer: DEVELOPMENT_ISSUER,
        origin: "http://localhost:3000",
        keys: Keys::Pem,
        drawn: 100,
        configure: |builder| builder.without_secret_key().jwt_key(&*keys::MAIN.pem),
    },
    Instance {
        name: "machines-alone",
        key: PRODUCTION,
        issuer: PRODUCTION_ISSUER,
        origin: "https://app.example.com",
        keys: Keys::Pem,
        drawn: 60,
        configure: |builder| {
            builder
                .machine_secret_key("ak_machine")
                .jwt_key(&*keys::MAIN.pem)
                .any_authorized_party()
        },
    },
];
