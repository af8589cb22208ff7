//! Runs a case and notes what happened, in the vectors' words.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use clerk_runtime::clock::Clock;
use clerk_runtime::token::{AcceptsToken, TokenType};
use clerk_runtime::webhook::WebhookError;
use clerk_runtime::{Auth, AuthenticateError, Clerk, ClerkBuilder, Deviation, JwksPolicy, RequestState};
use serde_json::{Value, json};

use crate::case::{Case, Exchange, Request};
use crate::upstream::{Call, Upstream};
use crate::{has, webhooks};

/// What happened.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    /// An error is one that surfaces: of the configuration, or of the request.
    pub(crate) request: Option<Result<Observed, String>>,
    pub(crate) verify_token: Option<Verified>,
    pub(crate) webhook: Option<Result<Value, WebhookError>>,
    pub(crate) calls: Vec<Call>,
    /// Rules that the library says it was stricter by.
    pub(crate) named: BTreeSet<Deviation>,
}

/// A request's state and auth object.
#[derive(Debug, Clone)]
pub(crate) struct Observed {
    pub(crate) status: String,
    pub(crate) reason: Value,
    pub(crate) token_type: Value,
    pub(crate) is_authenticated: bool,
    pub(crate) fields: Value,
    pub(crate) headers: Vec<(String, String)>,
    /// The auth object that is left for each of the case's `narrowed` questions.
    pub(crate) narrowed: Vec<Value>,
    /// The answers to the case's questions of `has`.
    pub(crate) has: Vec<bool>,
}

#[derive(Debug, Clone)]
pub(crate) enum Verified {
    Claims(Value),
    Refused(String),
}

#[derive(Debug, Clone)]
pub(crate) struct FrozenClock(Arc<AtomicI64>);

impl FrozenClock {
    pub(crate) fn at(now_ms: i64) -> Self {
        Self(Arc::new(AtomicI64::new(now_ms)))
    }
}

impl Clock for FrozenClock {
    fn unix_millis(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.unix_millis()).unwrap_or(0))
    }
}

/// Runs the case with some rules relaxed.
pub(crate) async fn replay(case: &Case, relaxed: &BTreeSet<Deviation>) -> Outcome {
    if case.call == "verifyWebhook" {
        let request = case.exchange.request.as_ref().expect("a delivery");
        let webhook = webhooks::verify(case, request);
        return Outcome {
            request: None,
            verify_token: None,
            calls: Vec::new(),
            named: webhooks::named(&webhook).into_iter().collect(),
            webhook: Some(webhook),
        };
    }
    let upstream = Upstream::new(
        case.options["secretKey"].as_str().unwrap_or_default(),
        case.options["machineSecretKey"].as_str().unwrap_or_default(),
    );
    let clock = FrozenClock::at(0);
    let clerk = match configure(case, relaxed, &upstream, &clock).build() {
        Ok(clerk) => clerk,
        Err(error) => {
            let named = error.deviation().into_iter().collect();
            return Outcome {
                request: Some(Err(error.to_string())),
                verify_token: None,
                webhook: None,
                calls: Vec::new(),
                named,
            };
        }
    };
    for exchange in &case.before {
        upstream.load(&exchange.upstream);
        clock.0.store(exchange.now_ms, Ordering::SeqCst);
        if let Some(request) = &exchange.request {
            let _ = authenticate(case, &clerk, request).await;
        }
    }
    upstream.load(&case.exchange.upstream);
    clock.0.store(case.exchange.now_ms, Ordering::SeqCst);
    run(case, &case.exchange, &clerk, &upstream).await
}

/// Runs the case and then its request again, with so much room for tokens that were found good.
pub(crate) async fn replay_twice(case: &Case, verified_token_cache: usize) -> Option<[String; 2]> {
    case.exchange.request.as_ref()?;
    let upstream = Upstream::new(
        case.options["secretKey"].as_str().unwrap_or_default(),
        case.options["machineSecretKey"].as_str().unwrap_or_default(),
    );
    let clock = FrozenClock::at(0);
    // Without it hardly a case of production would be signed in.
    let relaxed = BTreeSet::from([Deviation::AuthorizedParties]);
    let builder = configure(case, &relaxed, &upstream, &clock);
    let clerk = builder.verified_token_cache(verified_token_cache).build().ok()?;
    for exchange in &case.before {
        upstream.load(&exchange.upstream);
        clock.0.store(exchange.now_ms, Ordering::SeqCst);
        run(case, exchange, &clerk, &upstream).await;
    }
    clock.0.store(case.exchange.now_ms, Ordering::SeqCst);
    let mut outcomes = [const { String::new() }; 2];
    for outcome in &mut outcomes {
        upstream.load(&case.exchange.upstream);
        *outcome = format!("{:?}", run(case, &case.exchange, &clerk, &upstream).await);
    }
    Some(outcomes)
}

async fn run(case: &Case, exchange: &Exchange, clerk: &Clerk, upstream: &Upstream) -> Outcome {
    let mut named = BTreeSet::new();
    let mut request = None;
    if let Some(sent) = &exchange.request {
        request = Some(match authenticate(case, clerk, sent).await {
            Ok(state) => {
                named.extend(state.deviation());
                Ok(observe(case, &state))
            }
            Err(error) => {
                named.extend(error.deviation());
                Err(error.to_string())
            }
        });
    }
    let calls = (exchange.request.is_some()).then(|| upstream.calls());
    let mut verify_token = None;
    if let Some(token) = &case.token {
        let types = case.options.get("headerType").filter(|types| !types.is_null());
        let result = match types {
            Some(_) => {
                clerk
                    .verify_token_of_type(token, case.list_option("headerType").unwrap_or_default())
                    .await
            }
            None => clerk.verify_token(token).await,
        };
        verify_token = Some(match result {
            Ok(verified) => Verified::Claims(verified.claims().expect("claims are JSON")),
            Err(error) => {
                named.extend(error.deviation());
                Verified::Refused(error.reason().as_str().to_owned())
            }
        });
    }
    Outcome {
        request,
        verify_token,
        webhook: None,
        calls: calls.unwrap_or_else(|| upstream.calls()),
        named,
    }
}

fn configure(
    case: &Case,
    relaxed: &BTreeSet<Deviation>,
    upstream: &Upstream,
    clock: &FrozenClock,
) -> ClerkBuilder {
    let mut builder = Clerk::builder().clock(clock.clone()).transport(upstream.clone());
    let text = |name: &str| {
        case.option(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    if let Some(key) = text("secretKey") {
        builder = builder.secret_key(key);
    }
    if let Some(key) = text("publishableKey") {
        builder = builder.publishable_key(key);
    }
    if let Some(key) = text("machineSecretKey") {
        builder = builder.machine_secret_key(key);
    }
    if let Some(url) = text("proxyUrl") {
        builder = builder.proxy_url(url);
    }
    if let Some(domain) = text("domain") {
        builder = builder.domain(domain);
    }
    if let Some(url) = text("signInUrl") {
        builder = builder.sign_in_url(url);
    }
    builder = builder
        .satellite(case.options["isSatellite"] == true)
        .satellite_auto_sync(case.options["satelliteAutoSync"] == true);
    let patterns = |name: &str| -> Option<Vec<String>> {
        let list = case.option("organizationSyncOptions")?[name].as_array()?;
        let text = |pattern: &Value| pattern.as_str().expect("a pattern is text").to_owned();
        Some(list.iter().map(text).collect())
    };
    if let Some(patterns) = patterns("organizationPatterns") {
        builder = builder.organization_patterns(patterns);
    }
    if let Some(patterns) = patterns("personalAccountPatterns") {
        builder = builder.personal_account_patterns(patterns);
    }
    if relaxed.contains(&Deviation::ForwardedHeaders) {
        builder = builder.trust_forwarded_headers();
    }
    if relaxed.contains(&Deviation::PlainCookies) {
        builder = builder.accept_newer_plain_cookies();
    }
    if relaxed.contains(&Deviation::RedirectOrigin) {
        builder = builder.allowed_redirect_origins(case.redirect_origin());
    }
    if let Some(key) = text("jwtKey") {
        builder = builder.jwt_key(key);
    }
    if let Some(url) = text("apiUrl") {
        builder = builder.api_url(url);
    }
    if let Some(version) = text("apiVersion") {
        builder = builder.api_version(version);
    }
    if let Some(parties) = case.list_option("authorizedParties") {
        builder = builder.authorized_parties(parties);
    }
    if let Some(audience) = case.list_option("audience") {
        builder = builder.audience(audience);
    }
    match case
        .list_option("issuer")
        .map(|issuers| issuers.into_iter().filter(|one| !one.is_empty()).collect())
    {
        Some(issuers) if !Vec::is_empty(&issuers) => builder = builder.issuers::<String>(issuers),
        _ if relaxed.contains(&Deviation::Issuer) => builder = builder.any_issuer(),
        _ => {}
    }
    let has_parties = case
        .list_option("authorizedParties")
        .is_some_and(|list| !list.is_empty());
    if relaxed.contains(&Deviation::AuthorizedParties) && !has_parties {
        builder = builder.any_authorized_party();
    }
    // What is not a number is left out, as Clerk's package does it.
    if let Some(skew) = case.option("clockSkewInMs").and_then(Value::as_f64) {
        // A fraction of a millisecond is dropped: the strict side.
        builder = builder.clock_skew_in_ms(skew.floor() as i64);
    }
    let mut policy = JwksPolicy::default();
    if relaxed.contains(&Deviation::KeySetRefresh) {
        policy = policy
            .refresh_after(Duration::MAX)
            .cool_down(Duration::ZERO)
            .backoff(Duration::ZERO);
    }
    if relaxed.contains(&Deviation::StaleKeys) {
        policy = policy.stale_for(Duration::ZERO);
    }
    if case.options["skipJwksCache"] == json!(true) {
        policy = policy.fresh_for(Duration::ZERO).stale_for(Duration::ZERO);
    }
    builder.jwks_policy(policy)
}

async fn authenticate(
    case: &Case,
    clerk: &Clerk,
    request: &Request,
) -> Result<RequestState, AuthenticateError> {
    let (mut parts, ()) = http::Request::new(()).into_parts();
    parts.method = request.method.parse().expect("a method");
    // Servers take fewer characters than URL parsers do; browsers encode the others.
    parts.uri = request.url.parse().unwrap_or_else(|_| {
        let url = url::Url::parse(&request.url).expect("a URL");
        url.as_str().parse().expect("an encoded URL")
    });
    parts.headers = request.header_map();
    let accepts = case.option("acceptsToken").map_or(AcceptsToken::SESSION, accepts);
    clerk.authenticate(&parts).accepts(accepts).await
}

/// `acceptsToken` as the vectors spell it.
fn accepts(value: &Value) -> AcceptsToken {
    let one = |value: &Value| match value.as_str() {
        Some("session_token") => TokenType::SessionToken,
        Some("api_key") => TokenType::ApiKey,
        Some("m2m_token") => TokenType::M2mToken,
        Some("oauth_token") => TokenType::OauthToken,
        _ => panic!("{value} is no type of token"),
    };
    match value {
        Value::Array(list) => AcceptsToken::list(&list.iter().map(one).collect::<Vec<_>>()),
        value if value == "any" => AcceptsToken::ANY,
        value => one(value).into(),
    }
}

fn observe(case: &Case, state: &RequestState) -> Observed {
    let pending_counts = case.options["treatPendingAsSignedOut"] == json!(false);
    let auth = if pending_counts {
        state.to_auth_with_pending()
    } else {
        state.to_auth()
    };
    let mut headers: Vec<(String, String)> = state
        .headers()
        .iter()
        .map(|(name, value)| {
            (
                name.as_str().to_owned(),
                value.as_bytes().iter().map(|byte| char::from(*byte)).collect(),
            )
        })
        .collect();
    headers.sort_by(|one, other| one.0.cmp(&other.0));
    Observed {
        status: state.status().as_str().to_owned(),
        reason: state
            .reason()
            .map_or(Value::Null, |reason| reason.as_str().into()),
        token_type: state.token_type().map(TokenType::as_str).into(),
        narrowed: narrowed(case, &auth),
        has: case.exchange.expected["has"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|question| has::answer(&auth, &question["query"]))
            .collect(),
        is_authenticated: auth.is_authenticated(),
        fields: fields(&auth),
        headers,
    }
}

/// The auth object for each `acceptsToken` that the case asks about.
fn narrowed(case: &Case, auth: &Auth) -> Vec<Value> {
    let questions = case.exchange.expected["narrowed"].as_array();
    let answer = |question: &Value| fields(&auth.accepting(accepts(&question["acceptsToken"])));
    questions.into_iter().flatten().map(answer).collect()
}

fn fields(auth: &Auth) -> Value {
    if let Auth::Machine(machine) = auth {
        return json!({
            "tokenType": auth.token_type().map(TokenType::as_str),
            "isAuthenticated": auth.is_authenticated(),
            "id": machine.id(),
            "subject": machine.subject(),
            "name": machine.name(),
            "scopes": machine.scopes(),
            "claims": machine.claims(),
            "userId": machine.user_id(),
            "orgId": machine.org_id(),
            "machineId": machine.machine_id(),
            "clientId": machine.client_id(),
        });
    }
    json!({
        "tokenType": auth.token_type().map(TokenType::as_str),
        "isAuthenticated": auth.is_authenticated(),
        "userId": auth.user_id(),
        "sessionId": auth.session_id(),
        "sessionStatus": auth.session_status().map(|status| status.as_str()),
        "orgId": auth.org_id(),
        "orgRole": auth.org_role(),
        "orgSlug": auth.org_slug(),
        "orgPermissions": auth.org_permissions(),
        "factorVerificationAge": auth.factor_verification_age().map(|age| [age.first, age.second]),
        "actor": auth.actor().map(|actor| actor.as_value().clone()),
        "sessionClaims": auth.session_claims::<Value>().expect("claims are JSON"),
    })
}
