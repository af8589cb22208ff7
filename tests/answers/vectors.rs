//! The conformance vectors, each asked twice, and through other doors than the one they were recorded at.

use std::path::Path;

use clerk_runtime::{Clerk, ClerkBuilder, JwksPolicy};
use serde_json::Value;

use crate::applications::{self, Application};
use crate::case::{self, Case, Exchange, Request};
use crate::clock::FixedClock;
use crate::door;
use crate::drafts::Draft;
use crate::recorded_upstream::Upstream;
use crate::recorder::Recorder;

pub(crate) const GROUPS: [&str; 3] = ["vectors", "vectors-http", "vectors-token"];
pub(crate) const FILES: [&str; 8] = [
    "jwt-verify",
    "claims",
    "jwks",
    "carriers",
    "cookie-flow",
    "has",
    "machine-tokens",
    "org-sync",
];

/// Reads the cases of one file.
pub(crate) fn read(file: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/vectors");
    case::read(&folder.join(format!("{file}.jsonl")))
}

/// Replays a file.
pub(crate) async fn record(recorder: &mut Recorder<'_>, file: &str) {
    for case in read(file) {
        replay(recorder, &case).await;
    }
}

struct Replay {
    clerk: Clerk,
    clock: FixedClock,
    upstream: Upstream,
    applications: Vec<Application>,
    accepts: door::Accepts,
}

async fn replay(recorder: &mut Recorder<'_>, case: &Case) {
    let upstream = Upstream::new(
        case.options["secretKey"].as_str().unwrap_or_default(),
        case.options["machineSecretKey"].as_str().unwrap_or_default(),
    );
    let clock = FixedClock::new(0);
    let builder = configured(case).clock(clock.clone()).transport(upstream.clone());
    let Ok(clerk) = builder.build() else {
        // The configuration is refused before there is any request.
        return;
    };
    let replay = Replay {
        applications: applications::few(&clerk),
        accepts: case
            .option("acceptsToken")
            .map_or(door::SESSION, door::parse_accepts),
        clerk,
        clock,
        upstream,
    };
    for exchange in case.before.iter().chain([&case.exchange]) {
        replay.ask(recorder, case, exchange).await;
    }
    if let Some(token) = &case.token {
        replay.load(&case.exchange);
        for time in ["first", "second"] {
            let types = case.list_option("headerType").unwrap_or_default();
            let types: Vec<&str> = types.iter().map(String::as_str).collect();
            let types = (!types.is_empty()).then_some(types);
            let answer = door::verify_token(&replay.clerk, token, types.as_deref()).await;
            recorder.record("vectors-token", &format!("{}, {time}\n{token}", case.id), answer);
        }
    }
}

impl Replay {
    fn load(&self, exchange: &Exchange) {
        self.upstream.load(&exchange.upstream);
        self.clock.set(exchange.now_ms);
    }

    async fn ask(&self, recorder: &mut Recorder<'_>, case: &Case, exchange: &Exchange) {
        let Some(request) = &exchange.request else {
            return;
        };
        let draft = draft(request);
        for time in ["first", "second"] {
            self.load(exchange);
            let answer = door::authenticate(&self.clerk, &draft.parts(), Some(self.accepts)).await;
            recorder.record("vectors", &format!("{}, {time}\n{draft}", case.id), answer);
        }
        for application in &self.applications {
            self.load(exchange);
            let answer = application.ask(&draft).await;
            let question = format!("{}, {} {}\n{draft}", case.id, application.group, application.name);
            recorder.record("vectors-http", &question, answer);
        }
    }
}

fn draft(request: &Request) -> Draft {
    Draft {
        method: request.method.parse().unwrap(),
        // Servers take fewer characters than URL parsers do; browsers encode the others.
        uri: request.url.parse().unwrap_or_else(|_| {
            let url = url::Url::parse(&request.url).unwrap();
            url.as_str().parse().unwrap()
        }),
        headers: request.header_map(),
    }
}

/// Configures a handle as a case has it, with a rule relaxed without which hardly a case of production would be signed in.
fn configured(case: &Case) -> ClerkBuilder {
    type Set = fn(ClerkBuilder, String) -> ClerkBuilder;
    const TEXTS: [(&str, Set); 9] = [
        ("secretKey", |builder, key| builder.secret_key(key)),
        ("publishableKey", |builder, key| builder.publishable_key(key)),
        ("machineSecretKey", |builder, key| builder.machine_secret_key(key)),
        ("proxyUrl", |builder, url| builder.proxy_url(url)),
        ("domain", |builder, domain| builder.domain(domain)),
        ("signInUrl", |builder, url| builder.sign_in_url(url)),
        ("jwtKey", |builder, key| builder.jwt_key(key)),
        ("apiUrl", |builder, url| builder.api_url(url)),
        ("apiVersion", |builder, version| builder.api_version(version)),
    ];
    let mut builder = Clerk::builder()
        .allowed_redirect_origins(case.redirect_origin())
        // A wait that depends on chance is none.
        .jwks_policy(policy(case))
        .satellite(case.options["isSatellite"] == true)
        .satellite_auto_sync(case.options["satelliteAutoSync"] == true);
    for (name, set) in TEXTS {
        let text = case.option(name).and_then(Value::as_str);
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            builder = set(builder, text.to_owned());
        }
    }
    let list = |name: &str| case.list_option(name).filter(|list| !list.is_empty());
    builder = match list("authorizedParties") {
        Some(parties) => builder.authorized_parties(parties),
        None => builder.any_authorized_party(),
    };
    if let Some(audience) = list("audience") {
        builder = builder.audience(audience);
    }
    if let Some(issuers) = list("issuer") {
        builder = builder.issuers(issuers.into_iter().filter(|issuer| !issuer.is_empty()));
    }
    // A fraction of a millisecond is dropped: the strict side.
    if let Some(skew) = case.option("clockSkewInMs").and_then(Value::as_f64) {
        builder = builder.clock_skew_in_ms(skew.floor() as i64);
    }
    let patterns = |name: &str| -> Option<Vec<String>> {
        let list = case.option("organizationSyncOptions")?[name].as_array()?;
        Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    };
    if let Some(patterns) = patterns("organizationPatterns") {
        builder = builder.organization_patterns(patterns);
    }
    if let Some(patterns) = patterns("personalAccountPatterns") {
        builder = builder.personal_account_patterns(patterns);
    }
    builder
}

fn policy(case: &Case) -> JwksPolicy {
    use std::time::Duration;
    let policy = JwksPolicy::default()
        .backoff(Duration::ZERO)
        .refresh_after(Duration::MAX);
    if case.options["skipJwksCache"] == true {
        return policy.fresh_for(Duration::ZERO).stale_for(Duration::ZERO);
    }
    policy
}
