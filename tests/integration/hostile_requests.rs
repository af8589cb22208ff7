//! Requests put together at random from pieces that mean something: no panic, nobody is signed in but by a credential that
//! is in the request, and nothing is sent to anybody but the configured Clerk.

use std::sync::{Arc, Mutex};

use clerk_client::Transport;
use clerk_client::transport::{BoxFuture, Request as Call, ReqwestTransport, Response, TransportError};
use clerk_runtime::key::PublishableKey;
use clerk_runtime::token::{AcceptsToken, TokenType};
use clerk_runtime::{AuthStatus, Clerk};
use clerk_testing::LocalInstance;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request};
use url::Url;

/// Marsaglia's xorshift: the same requests in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len())]
    }
}

/// Sends, and remembers to whom.
#[derive(Debug)]
struct Recorder {
    network: ReqwestTransport,
    origins: Arc<Mutex<Vec<String>>>,
}

impl Transport for Recorder {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Response, TransportError>> {
        let url = Url::parse(&call.url).unwrap();
        self.origins
            .lock()
            .unwrap()
            .push(url.origin().ascii_serialization());
        self.network.send(call)
    }
}

/// What a handshake of the instance leaves for a browser with this cookie.
async fn handshake(instance: &LocalInstance, cookie: &str) -> String {
    let browser = cookie
        .split("; ")
        .find_map(|pair| pair.strip_prefix("__clerk_db_jwt="))
        .unwrap();
    let call = Call {
        method: Method::GET,
        url: format!(
            "{}/v1/client/handshake?redirect_url=http%3A%2F%2Flocalhost%2F&__clerk_db_jwt={browser}",
            instance.url()
        ),
        headers: HeaderMap::new(),
        body: None,
        timeout: std::time::Duration::from_secs(5),
        max_response_bytes: 64 * 1024,
    };
    let response = ReqwestTransport::without_proxy()
        .unwrap()
        .send(call)
        .await
        .unwrap();
    let location = Url::parse(response.headers["location"].to_str().unwrap()).unwrap();
    let mut pairs = location.query_pairs();
    pairs
        .find(|(name, _)| name == "__clerk_handshake")
        .unwrap()
        .1
        .into_owned()
}

/// Everything of a request, for a look whether a credential is in it.
fn text(parts: &Parts) -> String {
    let headers = parts
        .headers
        .values()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    headers
        .chain([parts.uri.to_string()])
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whole headers that would sign mallory in if something were left unchecked.
fn forgeries(instance: &LocalInstance) -> Vec<String> {
    let mallory = || instance.user("mallory").expires_in(3600);
    let good = mallory().token();
    let parts: Vec<&str> = good.split('.').collect();
    let other = instance.user("ada").token();
    let foreign = other.rsplit('.').next().unwrap();
    let sessions = [
        mallory().signed_by_other_key(),
        instance.user("mallory").expired(),
        instance.user("mallory").not_yet_valid(),
        mallory().issuer("https://clerk.evil.test"),
        mallory().header("cat", "cl_B7d4PD222AAA"),
        mallory().header("cat", "cl_B7d4PD333AAA"),
        mallory().header("crit", "exp"),
    ];
    let tokens = sessions.iter().map(|session| session.token()).chain([
        format!("{}.{}.{foreign}", parts[0], parts[1]),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{}.{}", parts[0], parts[1]),
        // `{"alg":"none"}`
        format!("eyJhbGciOiJub25lIn0.{}.", parts[1]),
        format!("{good}x"),
        "ak_mallory".to_owned(),
        "mt_mallory".to_owned(),
        "oat_mallory".to_owned(),
    ]);
    let handshake = mallory()
        .claim("handshake", serde_json::json!([format!("__session={good}")]))
        .signed_by_other_key()
        .token();
    let mut forgeries: Vec<String> = sessions.iter().map(|session| session.cookie()).collect();
    for token in tokens {
        forgeries.push(format!("Bearer {token}"));
        forgeries.push(format!("__session={token}; __client_uat=1; __clerk_db_jwt=dvb_1"));
    }
    forgeries.push(format!("__clerk_handshake={handshake}"));
    forgeries.push(format!(
        "__session={good}; __client_uat=99999999999; __clerk_db_jwt=dvb_1"
    ));
    forgeries
}

/// The instance, what signs its users in, and what looks like it.
struct Pieces {
    /// Each of these signs somebody in where it belongs, and nothing else does.
    credentials: Vec<String>,
    /// Whole headers that sign nobody in.
    forgeries: Vec<String>,
    others: Vec<String>,
}

impl Pieces {
    async fn of(instance: &LocalInstance) -> Self {
        let ada = instance.user("ada").expires_in(3600);
        let expired = instance.user("ada").expired();
        let good = ada.token();
        let suffix = PublishableKey::parse(&instance.publishable_key()).unwrap();
        let suffix = suffix.cookie_suffix().to_owned();
        let refresh = expired.refresh_cookie();
        let (_, refresh_token) = refresh.split_once('=').unwrap();
        let mut credentials = vec![
            good.clone(),
            refresh_token.to_owned(),
            instance.api_key("ada").secret(),
            instance.machine("worker").m2m_token(),
            instance.machine("worker").m2m_jwt(),
            instance.oauth_token("ada").token(),
            instance.oauth_token("ada").jwt(),
        ];
        let mut others: Vec<String> = [
            "Bearer",
            "bearer",
            "Basic",
            " ",
            " ",
            "\t",
            ".",
            ",",
            ";",
            "; ",
            "=",
            "%",
            "%00",
            "%zz",
            "0",
            "-1",
            "1767225600",
            "99999999999999999999",
            "NaN",
            "null",
            "\u{ff}",
            "\"",
            "ak_",
            "mt_",
            "oat_x",
            "http://",
            "evil.test",
            "@",
            "/",
            "&",
            "?",
            "__clerk_synced=false",
            "__clerk_redirect_url=https://evil.test/",
            "https://evil.test/__clerk",
            "true",
            "document",
            "iframe",
            "text/html",
            "cross-site",
        ]
        .map(str::to_owned)
        .into();
        others.extend(good.split('.').map(str::to_owned));
        others.push(expired.token());
        others.push(instance.user("ada").signed_by_other_key().token());
        others.push(expired.cookie());
        others.push(format!("{}; {refresh}", expired.cookie()));
        if instance.publishable_key().starts_with("pk_test_") {
            let cookie = ada.cookie();
            let handshake = handshake(instance, &cookie).await;
            others.push(format!("__clerk_handshake={handshake}"));
            credentials.push(handshake);
        }
        for name in [
            "__session",
            "__client_uat",
            "__clerk_db_jwt",
            "__refresh",
            "__clerk_redirect_count",
            "__clerk_handshake",
            "__clerk_handshake_nonce",
        ] {
            others.push(format!("{name}_{suffix}="));
            others.push(format!("{name}="));
        }
        others.push(format!("__session={good}; __client_uat=1; __clerk_db_jwt=dvb_1"));
        for credential in &credentials {
            others.push(format!("Bearer {credential}"));
        }
        Self {
            credentials,
            forgeries: forgeries(instance),
            others,
        }
    }

    fn pick(&self, dice: &mut Dice) -> &str {
        match dice.roll(4) {
            0 => dice.pick::<String>(&self.credentials).as_str(),
            _ => dice.pick::<String>(&self.others).as_str(),
        }
    }

    fn value(&self, dice: &mut Dice, longest: usize) -> String {
        let length = dice.roll(longest);
        (0..length).map(|_| self.pick(dice)).collect()
    }

    fn request(&self, dice: &mut Dice) -> Parts {
        let mut request = Request::new(());
        *request.method_mut() = dice
            .pick(&[Method::GET, Method::GET, Method::POST, Method::HEAD])
            .clone();
        let start = dice.pick(&[
            "/",
            "/orgs/acme",
            "//evil.test/x",
            "http://app.test:80/a",
            "/a/../b",
        ]);
        let query: String = self
            .value(dice, 4)
            .chars()
            .filter(|c| c.is_ascii_graphic() && !"#\"<>\\^`{|}".contains(*c))
            .collect();
        *request.uri_mut() = format!("{start}?{query}").parse().unwrap();
        for name in [
            "authorization",
            "cookie",
            "host",
            "accept",
            "origin",
            "referer",
            "sec-fetch-dest",
            "sec-fetch-site",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-clerk-auth-status",
        ] {
            let headers = if name == "cookie" || name == "authorization" {
                3
            } else {
                2
            };
            for _ in 0..dice.roll(headers) {
                // What is to be looked at has to stand alone.
                let value = match (name, dice.roll(4)) {
                    ("cookie" | "authorization", 0) => dice.pick::<String>(&self.forgeries).clone(),
                    ("authorization", 1) => format!("Bearer {}", dice.pick::<String>(&self.credentials)),
                    _ => self.value(dice, 6),
                };
                let bytes: Vec<u8> = value
                    .chars()
                    .map(|c| u8::try_from(u32::from(c)).unwrap())
                    .collect();
                request
                    .headers_mut()
                    .append(name, HeaderValue::from_bytes(&bytes).unwrap());
            }
        }
        // Most requests are of browsers.
        if dice.roll(2) == 0 {
            request
                .headers_mut()
                .insert("sec-fetch-dest", HeaderValue::from_static("document"));
        }
        request.into_parts().0
    }
}

fn clerks(instance: &LocalInstance, origins: &Arc<Mutex<Vec<String>>>) -> Vec<Clerk> {
    let builder = || {
        instance
            .clerk_builder()
            .organization_patterns(["/orgs/:slug"])
            .transport(Recorder {
                network: ReqwestTransport::without_proxy().unwrap(),
                origins: Arc::clone(origins),
            })
    };
    vec![
        builder().build().unwrap(),
        builder().trust_forwarded_headers().build().unwrap(),
        builder()
            .satellite(true)
            .domain("shop.localhost")
            .satellite_auto_sync(true)
            .build()
            .unwrap(),
    ]
}

#[tokio::test]
#[allow(clippy::print_stdout, reason = "the counts are what this test is run for")]
async fn nobody_is_signed_in_by_chance_and_nobody_else_is_asked() {
    let development = LocalInstance::start().await.unwrap();
    let production = LocalInstance::builder()
        .production("app.localhost")
        .start()
        .await
        .unwrap();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut signed_in = std::collections::BTreeMap::new();
    let mut outcomes = std::collections::BTreeMap::new();
    for instance in [&development, &production] {
        let origins = Arc::default();
        let clerks = clerks(instance, &origins);
        let pieces = Pieces::of(instance).await;
        let users = [instance.user("ada").user_id(), instance.machine("worker").id()];
        for _ in 0..10_000 {
            let parts = pieces.request(&mut dice);
            let accepts = *dice.pick(&[
                AcceptsToken::SESSION,
                AcceptsToken::ANY,
                AcceptsToken::one(TokenType::ApiKey),
                AcceptsToken::list(&[TokenType::SessionToken, TokenType::OauthToken]),
            ]);
            // A forged handshake is an error in development.
            let Ok(state) = dice.pick(&clerks).authenticate(&parts).accepts(accepts).await else {
                *outcomes.entry("error").or_insert(0) += 1;
                continue;
            };
            *outcomes.entry(state.status().as_str()).or_insert(0) += 1;
            if state.status() != AuthStatus::SignedIn {
                assert!(!state.to_auth_with_pending().is_authenticated(), "{parts:?}");
                continue;
            }
            let text = text(&parts);
            let credential = pieces
                .credentials
                .iter()
                .position(|credential| text.contains(credential.as_str()));
            let credential = credential.unwrap_or_else(|| panic!("signed in by nothing: {parts:?}"));
            let auth = state.to_auth();
            let subject = match &auth {
                clerk_runtime::Auth::Machine(machine) => machine.subject().to_owned(),
                other => other.user_id().unwrap().to_string(),
            };
            assert!(users.contains(&subject), "{subject}");
            *signed_in
                .entry((state.token_type().unwrap().as_str(), credential))
                .or_insert(0) += 1;
        }
        let mut origins = origins.lock().unwrap().clone();
        origins.sort();
        origins.dedup();
        assert_eq!(origins, [instance.url()]);
    }
    println!("{} random requests: {outcomes:?}", outcomes.values().sum::<i32>());
    let types: std::collections::BTreeSet<&str> =
        signed_in.keys().map(|(token_type, _)| *token_type).collect();
    assert_eq!(
        types.len(),
        4,
        "the dice never made a good request of some type: {signed_in:?}"
    );
}
