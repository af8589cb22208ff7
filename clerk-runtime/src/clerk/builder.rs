use std::fmt;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::{DomainSettings, JwksPolicy};

/// Configures a [`Clerk`](crate::Clerk). Made by [`Clerk::builder`](crate::Clerk::builder) or [`from_env`](Self::from_env); `Debug` shows no value.
///
/// A later call of a method replaces an earlier one. Everything is checked by [`build`](Self::build), which refuses settings
/// that contradict each other: [`authorized_parties`](Self::authorized_parties) and
/// [`any_authorized_party`](Self::any_authorized_party), [`issuers`](Self::issuers) and [`any_issuer`](Self::any_issuer),
/// [`secret_key`](Self::secret_key) and [`without_secret_key`](Self::without_secret_key).
#[derive(Default)]
#[must_use]
pub struct ClerkBuilder {
    pub(super) publishable_key: Option<String>,
    pub(super) secret_key: Option<String>,
    pub(super) jwt_key: Option<String>,
    pub(super) api_url: Option<String>,
    pub(super) api_version: Option<String>,
    pub(super) authorized_parties: Option<Vec<String>>,
    pub(super) any_authorized_party: bool,
    pub(super) any_authorized_party_by_default: bool,
    pub(super) audience: Option<Vec<String>>,
    pub(super) issuers: Option<Vec<String>>,
    pub(super) any_issuer: bool,
    pub(super) clock_skew_in_ms: Option<i64>,
    pub(super) clock: Option<Arc<dyn Clock>>,
    pub(super) jwks_policy: JwksPolicy,
    pub(super) verified_token_cache: Option<usize>,
    pub(super) network: NetworkSettings,
    pub(super) without_secret_key: bool,
    pub(super) machine_secret_key: Option<String>,
    pub(super) domains: DomainSettings,
    pub(super) organization_patterns: Option<Vec<String>>,
    pub(super) personal_account_patterns: Option<Vec<String>>,
    pub(super) oauth_resource: Option<String>,
    pub(super) debug_headers: Option<bool>,
}

/// Settings of the calls to the Backend API.
#[cfg(feature = "network")]
#[derive(Default)]
pub(super) struct NetworkSettings {
    pub(super) template_token_cache: Option<usize>,
    pub(super) transport: Option<Box<dyn clerk_client::Transport>>,
}

/// Stands in for the settings in builds without the feature `network`.
#[cfg(not(feature = "network"))]
#[derive(Default)]
pub(super) struct NetworkSettings;

impl ClerkBuilder {
    /// The publishable key, `pk_test_…` or `pk_live_…`. Required.
    pub fn publishable_key(mut self, key: impl Into<String>) -> Self {
        self.publishable_key = Some(key.into());
        self
    }

    /// The secret key, `sk_test_…` or `sk_live_…`. Required, unless only [machines](Self::machine_secret_key) are served or
    /// the application [does without](Self::without_secret_key).
    pub fn secret_key(mut self, key: impl Into<String>) -> Self {
        self.secret_key = Some(key.into());
        self
    }

    /// Does without a secret key: tokens are verified with the [JWT key](Self::jwt_key) alone.
    ///
    /// Whatever asks Clerk then fails: new tokens, the refresh of sessions, handshakes by nonce, API keys.
    pub fn without_secret_key(mut self) -> Self {
        self.without_secret_key = true;
        self
    }

    /// The secret key of a machine, `ak_…`. Machine-to-machine tokens are then verified with it in place of the secret key,
    /// which an application that serves only machines need not have.
    pub fn machine_secret_key(mut self, key: impl Into<String>) -> Self {
        self.machine_secret_key = Some(key.into());
        self
    }

    /// The instance's public key in PEM, in any spelling of [`JwtKey`](crate::key::JwtKey). Tokens are then verified without network.
    pub fn jwt_key(mut self, pem: impl Into<String>) -> Self {
        self.jwt_key = Some(pem.into());
        self
    }

    /// The address of the Backend API, `https://api.clerk.com` by default. Plain `http` is for loopback only.
    pub fn api_url(mut self, url: impl Into<String>) -> Self {
        self.api_url = Some(url.into());
        self
    }

    /// The path version of the Backend API, `v1` by default.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Some(version.into());
        self
    }

    /// The origins that tokens may be made for: the exact values of the claim `azp`, such as `https://app.example.com`.
    ///
    /// A token without `azp` is then refused. An empty list is the same as none. What no `azp` can equal is refused, such as a
    /// slash at the end; so is what any page may have, such as `null`.
    pub fn authorized_parties<P: Into<String>>(mut self, parties: impl IntoIterator<Item = P>) -> Self {
        self.authorized_parties = Some(parties.into_iter().map(Into::into).collect());
        self
    }

    /// Takes tokens made for any site, also by a production instance.
    ///
    /// The risk: whoever controls another subdomain of your domain can plant a session cookie made for that subdomain.
    pub fn any_authorized_party(mut self) -> Self {
        self.any_authorized_party = true;
        self
    }

    /// Takes tokens made for any site as long as no parties are listed. For the builders of `clerk-testing`.
    #[doc(hidden)]
    pub fn any_authorized_party_by_default(mut self) -> Self {
        self.any_authorized_party_by_default = true;
        self
    }

    /// The audiences that tokens may be made for: one of them has to be in the claim `aud`. Empty texts are dropped.
    pub fn audience<A: Into<String>>(mut self, audience: impl IntoIterator<Item = A>) -> Self {
        self.audience = Some(audience.into_iter().map(Into::into).collect());
        self
    }

    /// The exact values that `iss` may have, in place of the one that follows from the publishable key.
    pub fn issuers<I: Into<String>>(mut self, issuers: impl IntoIterator<Item = I>) -> Self {
        self.issuers = Some(issuers.into_iter().map(Into::into).collect());
        self
    }

    /// Takes tokens whatever their issuer, as Clerk's own SDK does. The signature still has to be the instance's.
    pub fn any_issuer(mut self) -> Self {
        self.any_issuer = true;
        self
    }

    /// Sets the difference that the clocks of Clerk and this machine may have, in milliseconds: from -300,000 to 300,000 (five
    /// minutes), 5000 by default. A negative number makes tokens expire earlier. A number from 1 to 300, by which seconds may be
    /// meant, is warned of here, and refused in `CLERK_CLOCK_SKEW_IN_MS`.
    pub fn clock_skew_in_ms(mut self, skew: i64) -> Self {
        self.clock_skew_in_ms = Some(skew);
        self
    }

    /// Where the Frontend API is, if it is reached through a proxy: a URL, or a path of the application itself such as
    /// `/__clerk`. Its tokens may then name it as their issuer.
    pub fn proxy_url(mut self, url: impl Into<String>) -> Self {
        self.domains.proxy_url = Some(url.into());
        self
    }

    /// The domain of a satellite application, such as `satellite.example`.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domains.domain = Some(domain.into());
        self
    }

    /// Whether this application is a satellite: on another domain than the one that its users sign in at. It then needs a
    /// [domain](Self::domain) or a [proxy](Self::proxy_url), and in development a [sign-in URL](Self::sign_in_url).
    pub fn satellite(mut self, is_satellite: bool) -> Self {
        self.domains.is_satellite = is_satellite;
        self
    }

    /// Whether a satellite asks the primary domain about browsers that have no cookies at all. Off by default: it costs
    /// every first visit two redirects.
    pub fn satellite_auto_sync(mut self, auto_sync: bool) -> Self {
        self.domains.satellite_auto_sync = auto_sync;
        self
    }

    /// Where users sign in, an absolute URL or a path. By default the instance's account portal.
    pub fn sign_in_url(mut self, url: impl Into<String>) -> Self {
        self.domains.sign_in_url = Some(url.into());
        self
    }

    /// Where users sign up, an absolute URL or a path. By default below the sign-in URL, or the account portal's.
    pub fn sign_up_url(mut self, url: impl Into<String>) -> Self {
        self.domains.sign_up_url = Some(url.into());
        self
    }

    /// The origins, besides the authorized parties, that a development instance may send a browser back to when one of its
    /// satellites asks.
    pub fn allowed_redirect_origins<O: Into<String>>(mut self, origins: impl IntoIterator<Item = O>) -> Self {
        self.domains.redirect_origins = origins.into_iter().map(Into::into).collect();
        self
    }

    /// Believes `X-Forwarded-Host` and `X-Forwarded-Proto`.
    ///
    /// The risk: unless a proxy in front of the application sets or removes them, every client can choose the host that
    /// browsers are sent back to.
    pub fn trust_forwarded_headers(mut self) -> Self {
        self.domains.trusts_forwarded_headers = true;
        self
    }

    /// Takes plain cookies that are newer than the suffixed ones, also if they are of another session, as Clerk's SDK does
    /// ([deviation D35](crate::Deviation)).
    ///
    /// For applications that went back to a version of ClerkJS that writes plain cookies only, whose browsers still have
    /// suffixed ones. The risk: any site below the application's domain can sign a visitor in as another user, by a plain
    /// cookie for the whole domain.
    pub fn accept_newer_plain_cookies(mut self) -> Self {
        self.domains.accepts_newer_plain_cookies = true;
        self
    }

    /// Paths that belong to an organization, such as `/orgs/:slug/(.*)` or `/organizations/:id`, in the syntax of
    /// `path-to-regexp` 6. A browser whose session has another active organization is sent to a handshake that switches it
    /// (Clerk docs: `organizationSyncOptions`).
    pub fn organization_patterns<P: Into<String>>(mut self, patterns: impl IntoIterator<Item = P>) -> Self {
        self.organization_patterns = Some(patterns.into_iter().map(Into::into).collect());
        self
    }

    /// Paths that belong to the personal account, such as `/me/(.*)`. They switch to no active organization.
    /// An empty list is every path, as with Clerk's SDK.
    pub fn personal_account_patterns<P: Into<String>>(
        mut self,
        patterns: impl IntoIterator<Item = P>,
    ) -> Self {
        self.personal_account_patterns = Some(patterns.into_iter().map(Into::into).collect());
        self
    }

    /// What OAuth clients call this application (RFC 9728 §2), such as `https://api.example.com`. By default the origin
    /// that each request was made to.
    #[cfg(feature = "axum")]
    pub fn oauth_resource(mut self, resource: impl Into<String>) -> Self {
        self.oauth_resource = Some(resource.into());
        self
    }

    /// Makes [`ClerkLayer`](crate::ClerkLayer) add `x-clerk-auth-status`, `x-clerk-auth-reason` and `x-clerk-auth-message` to
    /// responses, as Clerk's own middleware does, or leave them out. By default it adds them for development instances only:
    /// they tell strangers why a token was refused. They never have text that came from Clerk.
    #[cfg(feature = "axum")]
    pub fn debug_headers(mut self, are_added: bool) -> Self {
        self.debug_headers = Some(are_added);
        self
    }

    /// Another source of time, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// When keys are fetched and how long they are trusted.
    pub fn jwks_policy(mut self, policy: JwksPolicy) -> Self {
        self.jwks_policy = policy;
        self
    }

    /// Sets the memory for session tokens that were verified, in bytes: 8 MiB by default, 1 GiB at most; 0 keeps none.
    ///
    /// A token takes about 3 KiB. Its signature is then not checked again; its times are, with every request, and it is
    /// good only as long as the instance has the key that it was signed with.
    pub fn verified_token_cache(mut self, bytes: usize) -> Self {
        self.verified_token_cache = Some(bytes);
        self
    }

    /// How many bytes the tokens of [`get_token`](crate::auth::GetToken) that Clerk made may take in memory, 8 MiB unless
    /// this is called, 1 GiB at most; 0 keeps none, and makes one call of the Backend API for each.
    #[cfg(feature = "network")]
    pub fn template_token_cache(mut self, bytes: usize) -> Self {
        self.network.template_token_cache = Some(bytes);
        self
    }

    /// Another way to the Backend API, for tests.
    #[cfg(feature = "network")]
    pub fn transport(mut self, transport: impl clerk_client::Transport) -> Self {
        self.network.transport = Some(Box::new(transport));
        self
    }
}

impl fmt::Debug for ClerkBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClerkBuilder").finish_non_exhaustive()
    }
}
