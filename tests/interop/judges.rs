//! Both sides, and what they say in one form.

use std::sync::Arc;

use clerk_runtime::token::{AcceptsToken, TokenType};
use clerk_runtime::{Auth, Clerk};
use clerk_testing::LocalInstance;
use http::HeaderMap;
use http::request::Parts;
use serde_json::{Map, Value, json};
use url::Url;

use crate::peer::Peer;

/// What was said about a request.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    pub(crate) status: String,
    pub(crate) reason: Value,
    token_type: Value,
    pub(crate) auth: Map<String, Value>,
    pub(crate) location: Option<Location>,
    /// Names and attributes; new tokens differ from one to the next.
    set_cookie: Vec<String>,
    others: Vec<(String, String)>,
    error: bool,
    /// The cookies as they are, to be kept by a browser.
    pub(crate) cookies: HeaderMap,
}

impl PartialEq for Verdict {
    fn eq(&self, other: &Self) -> bool {
        let said = |one: &Self| {
            let Self {
                status,
                reason,
                token_type,
                auth,
                location,
                set_cookie,
                others,
                error,
                cookies: _,
            } = one.clone();
            (
                status, reason, token_type, auth, location, set_cookie, others, error,
            )
        };
        said(self) == said(other)
    }
}

/// An address by its parts.
#[derive(Debug, Clone)]
pub(crate) struct Location {
    pub(crate) url: String,
    address: String,
    query: Vec<(String, String)>,
}

/// One instance, configured alike on both sides.
pub(crate) struct Judges {
    pub(crate) instance: Arc<LocalInstance>,
    clerk: Clerk,
    options: Value,
    peer: Peer,
    /// How many requests both have judged.
    pub(crate) count: usize,
}

/// Which tokens are accepted, for either side.
pub(crate) type Accepts = (AcceptsToken, &'static str);

pub(crate) const SESSION: Accepts = (AcceptsToken::SESSION, r#""session_token""#);
pub(crate) const ANY: Accepts = (AcceptsToken::ANY, r#""any""#);
pub(crate) const API_KEY: Accepts = (AcceptsToken::one(TokenType::ApiKey), r#""api_key""#);
pub(crate) const SESSION_OR_OAUTH: Accepts = (
    AcceptsToken::list(&[TokenType::SessionToken, TokenType::OauthToken]),
    r#"["session_token","oauth_token"]"#,
);

impl Judges {
    /// Of an instance whose time stands still, so that both sides have the same.
    pub(crate) fn of(instance: LocalInstance, satellite: Option<&str>) -> Option<Self> {
        Self::of_shared(Arc::new(instance), satellite)
    }

    /// The same instance for an application on another domain.
    pub(crate) fn as_satellite(&self, domain: &str) -> Self {
        Self::of_shared(Arc::clone(&self.instance), Some(domain)).expect("there is a Node already")
    }

    fn of_shared(instance: Arc<LocalInstance>, satellite: Option<&str>) -> Option<Self> {
        let peer = Peer::start()?;
        instance.clock().freeze();
        let builder = match satellite {
            Some(domain) => instance.satellite_clerk_builder(domain).satellite_auto_sync(true),
            None => instance.clerk_builder(),
        };
        let clerk = builder
            // The one choice of cookies that is Clerk's.
            .accept_newer_plain_cookies()
            .organization_patterns(["/orgs/:slug", "/orgs/:slug/(.*)"])
            .personal_account_patterns(["/me"])
            .build()
            .unwrap();
        let proxy = satellite.map_or_else(
            || instance.frontend_url(),
            |domain| instance.satellite_frontend_url(domain),
        );
        let options = json!({
            "publishableKey": instance.publishable_key(),
            "secretKey": instance.secret_key(),
            "machineSecretKey": instance.machine_secret_key(),
            "apiUrl": instance.url(),
            "proxyUrl": proxy,
            "signInUrl": instance.sign_in_url(),
            "isSatellite": satellite.is_some(),
            "domain": satellite.unwrap_or_default(),
            "satelliteAutoSync": satellite.is_some(),
            "organizationSyncOptions": {
                "organizationPatterns": ["/orgs/:slug", "/orgs/:slug/(.*)"],
                "personalAccountPatterns": ["/me"],
            },
        });
        Some(Self {
            instance,
            clerk,
            options,
            peer,
            count: 0,
        })
    }

    /// Asks both, who have to agree.
    pub(crate) async fn both(&mut self, parts: &Parts, accepts: Accepts) -> Verdict {
        let ours = self.ours(parts, accepts).await;
        let theirs = self.theirs(parts, accepts).await;
        assert_eq!(ours, theirs, "ours on the left, Clerk's on the right: {parts:?}");
        self.count += 1;
        ours
    }

    pub(crate) async fn ours(&self, parts: &Parts, (accepts, _): Accepts) -> Verdict {
        match self.clerk.authenticate(parts).accepts(accepts).await {
            Ok(state) => Verdict {
                status: state.status().as_str().to_owned(),
                reason: state
                    .reason()
                    .map_or(Value::Null, |reason| reason.as_str().into()),
                token_type: state.token_type().map(TokenType::as_str).into(),
                auth: match state.status() {
                    // Clerk's has no auth object there.
                    clerk_runtime::AuthStatus::Handshake => Map::new(),
                    _ => fields(&state.to_auth()),
                },
                ..from_headers(pairs(state.headers()))
            },
            Err(_) => error(),
        }
    }

    pub(crate) async fn theirs(&mut self, parts: &Parts, (_, accepts): Accepts) -> Verdict {
        let host = parts.headers["host"].to_str().unwrap();
        let question = json!({
            "options": self.options,
            "now_ms": clerk_runtime::clock::Clock::unix_millis(&self.instance.clock()),
            "acceptsToken": serde_json::from_str::<Value>(accepts).unwrap(),
            "request": {
                "method": parts.method.as_str(),
                "url": format!("http://{host}{}", parts.uri),
                "headers": pairs(&parts.headers),
            },
        });
        let answer = self.peer.ask(&question).await;
        if answer.get("error").is_some() {
            return error();
        }
        let headers = serde_json::from_value(answer["headers"].clone()).unwrap();
        Verdict {
            status: answer["status"].as_str().unwrap().to_owned(),
            reason: answer["reason"].clone(),
            token_type: answer["tokenType"].clone(),
            auth: answer["auth"].as_object().unwrap().clone(),
            ..from_headers(headers)
        }
    }
}

fn error() -> Verdict {
    Verdict {
        error: true,
        ..from_headers(Vec::new())
    }
}

fn pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| *name != "x-clerk-auth-message")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect()
}

fn from_headers(mut headers: Vec<(String, String)>) -> Verdict {
    let mut taken = |wanted: &str| -> Vec<(String, String)> {
        let (taken, kept) = std::mem::take(&mut headers)
            .into_iter()
            .partition(|(name, _)| name == wanted);
        headers = kept;
        taken
    };
    let location = taken("location")
        .pop()
        .map(|(_, location)| Location::of(&location));
    let set_cookie = taken("set-cookie");
    let mut cookies = HeaderMap::new();
    for (_, cookie) in &set_cookie {
        cookies.append("set-cookie", cookie.parse().unwrap());
    }
    let set_cookie = set_cookie.iter().map(|(_, cookie)| form(cookie)).collect();
    headers.sort();
    Verdict {
        status: String::new(),
        reason: Value::Null,
        token_type: Value::Null,
        auth: Map::new(),
        location,
        set_cookie,
        others: headers,
        error: false,
        cookies,
    }
}

/// A cookie without its value, where that is a new token each time.
fn form(cookie: &str) -> String {
    let (pair, attributes) = cookie.split_once("; ").unwrap_or((cookie, ""));
    let (name, value) = pair.split_once('=').unwrap();
    match name {
        // D13: ours has a path.
        "__clerk_redirect_count" => cookie.trim_end_matches("; Path=/").to_owned(),
        name if name.starts_with("__session") || name.starts_with("__refresh") => {
            format!(
                "{name}=[{}]; {attributes}",
                if value.is_empty() { "" } else { "token" }
            )
        }
        _ => cookie.to_owned(),
    }
}

impl PartialEq for Location {
    fn eq(&self, other: &Self) -> bool {
        (&self.address, &self.query) == (&other.address, &other.query)
    }
}

impl Location {
    fn of(location: &str) -> Self {
        let url = Url::parse(location).unwrap();
        let mut address = url.clone();
        address.set_query(None);
        Self {
            url: location.to_owned(),
            address: address.into(),
            query: url
                .query_pairs()
                .into_owned()
                .filter(|(name, _)| name != "__clerk_api_version")
                .collect(),
        }
    }
}

/// The members of the auth object that are there.
fn fields(auth: &Auth) -> Map<String, Value> {
    let mut fields = match auth {
        Auth::Machine(machine) => json!({
            "id": machine.id(),
            "subject": machine.subject(),
            "name": machine.name(),
            "scopes": machine.scopes(),
            "claims": machine.claims(),
            "userId": machine.user_id(),
            "orgId": machine.org_id(),
            "machineId": machine.machine_id(),
            "clientId": machine.client_id(),
        }),
        auth => json!({
            "userId": auth.user_id(),
            "sessionId": auth.session_id(),
            "sessionStatus": auth.session_status().map(|status| status.as_str()),
            "orgId": auth.org_id(),
            "orgRole": auth.org_role(),
            "orgSlug": auth.org_slug(),
            "orgPermissions": auth.org_permissions(),
            "factorVerificationAge": auth.factor_verification_age().map(|age| [age.first as i64, age.second as i64]),
            "actor": auth.actor().map(|actor| actor.as_value().clone()),
        }),
    };
    fields["tokenType"] = auth.token_type().map(TokenType::as_str).into();
    fields["isAuthenticated"] = auth.is_authenticated().into();
    let Value::Object(mut fields) = fields else {
        unreachable!()
    };
    fields.retain(|_, value| !value.is_null());
    fields
}
