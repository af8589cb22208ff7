//! K: what a handshake leaves, forged, replayed or brought by somebody else.

use std::time::Duration;

use clerk_runtime::{AuthenticateError, Clerk};
use clerk_testing::{Endpoint, Handover, LocalInstance, TokenBuilder};
use serde_json::json;

use crate::leakage::Scribe;
use crate::scene::{Answer, get, navigate, pages, request, send};

struct Scene {
    instance: LocalInstance,
    clerk: Clerk,
    is_production: bool,
}

impl Scene {
    async fn of(is_production: bool) -> Self {
        let builder = LocalInstance::builder();
        let builder = if is_production {
            builder.production("app.localhost")
        } else {
            builder
        };
        let instance = builder.start().await.unwrap();
        let clerk = instance.clerk();
        Self {
            instance,
            clerk,
            is_production,
        }
    }

    fn session(&self) -> String {
        format!(
            "__session={}; Path=/; SameSite=Lax",
            self.instance.user("ada").token()
        )
    }

    /// A handshake token of the instance's, with these cookies to be set.
    fn handshake(&self, directives: &[&str]) -> TokenBuilder {
        let eve = self.instance.user("eve");
        eve.claim("handshake", json!(directives)).expires_in(60)
    }

    /// A navigation that brings a handshake where this kind of instance takes it.
    async fn bring(&self, token: &str) -> Answer {
        if self.is_production {
            navigate(&pages(&self.clerk), "/", &format!("__clerk_handshake={token}")).await
        } else {
            let path = format!("/?__clerk_handshake={token}");
            navigate(&pages(&self.clerk), &path, "__clerk_db_jwt=dvb_1").await
        }
    }
}

/// What is signed in or set, if anything is. The counter of redirects is no secret and no session.
fn effects(answer: &Answer) -> Vec<String> {
    let cookies = answer.cookies().into_iter();
    let cookies = cookies.filter(|cookie| !cookie.starts_with("__clerk_redirect_count="));
    let users = answer.body.contains("user_").then(|| answer.body.clone());
    cookies.map(str::to_owned).chain(users).collect()
}

#[tokio::test]
async fn k1_forged_handshake() {
    for is_production in [true, false] {
        let scene = Scene::of(is_production).await;
        let session = scene.session();
        let handshake = || scene.handshake(&[&session]);
        let other = LocalInstance::start().await.unwrap();
        let foreign = other.user("eve").claim("handshake", json!([session])).token();
        for token in [
            handshake().signed_by_other_key().token(),
            scene.instance.user("ada").token(),
            handshake().header("cat", "cl_B7d4PD222AAA").token(),
            handshake().header("cat", "cl_B7d4PD333AAA").token(),
            handshake().header("typ", "at+jwt").token(),
            handshake().header("alg", "none").token(),
            foreign,
            "a.b.c".to_owned(),
            "%00".to_owned(),
        ] {
            let answer = scene.bring(&token).await;
            assert!(effects(&answer).is_empty(), "{is_production} {answer:?}");
        }
        let good = scene.bring(&handshake().token()).await;
        assert_eq!(good.cookies(), [&*session]);
    }
}

#[tokio::test]
async fn k2_handshake_login_csrf() {
    for handover in [Handover::Token, Handover::Nonce] {
        let builder = LocalInstance::builder()
            .production("app.localhost")
            .handover(handover);
        let instance = builder.start().await.unwrap();
        let scene = Scene {
            clerk: instance.clerk(),
            instance,
            is_production: true,
        };
        let token = scene.handshake(&[&scene.session()]).token();
        for query in [
            format!("__clerk_handshake={token}"),
            "__clerk_handshake_nonce=hn_1".to_owned(),
        ] {
            // Also for somebody who is signed in already: nothing is taken over.
            let own = scene.instance.user("bob").cookie();
            for cookie in ["a=b", &own] {
                let answer = navigate(&pages(&scene.clerk), &format!("/?{query}"), cookie).await;
                answer.assert_is(307);
                assert!(effects(&answer).is_empty(), "{answer:?}");
                let location = answer.header("location").unwrap();
                assert!(location.starts_with(&scene.instance.frontend_url()), "{location}");
                assert!(!location.contains("__clerk_handshake"), "{location}");
            }
        }
        assert_eq!(scene.instance.requests_to(Endpoint::HandshakePayload), 0);
        assert_eq!(
            scene.bring(&token).await.body,
            scene.instance.user("ada").user_id()
        );
    }
}

#[tokio::test]
async fn k3_handshake_replay() {
    for is_production in [true, false] {
        let scene = Scene::of(is_production).await;
        let session = scene.session();
        let token = scene.handshake(&[&session]).token();
        assert_eq!(scene.bring(&token).await.cookies(), [&*session]);
        scene.instance.advance(Duration::from_secs(66));
        let late = scene.bring(&token).await;
        assert!(effects(&late).is_empty(), "{late:?}");
        for end in [json!(1), json!("4102444800"), json!([1])] {
            let token = scene.handshake(&[&session]).claim("exp", end).token();
            let answer = scene.bring(&token).await;
            assert!(effects(&answer).is_empty(), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn k4_directive_injection() {
    for is_production in [true, false] {
        let scene = Scene::of(is_production).await;
        let session = scene.session();
        let token = scene.handshake(&[
            "evil=1; Domain=example.test",
            "__sessionEVIL=1; Path=/",
            "__Host-evil=1; Path=/; Secure",
            "__client_uat=5, evil=1; Path=/",
            "__client_uat=5; Path=/; Evil=1; Domain=a b",
            "=1",
            "",
            &session,
        ]);
        let answer = scene.bring(&token.token()).await;
        assert_eq!(answer.cookies(), ["__client_uat=5; Path=/", &*session]);
        for split in [
            "__client_uat=5\r\nSet-Cookie: evil=1",
            "__client_uat=5\nevil: 1",
            "__client_uat=5\0",
            "__client_uat=5; Path=/\r\n\r\n<script>",
        ] {
            let answer = scene.bring(&scene.handshake(&[&session, split]).token()).await;
            assert!(effects(&answer).is_empty(), "{split:?} {answer:?}");
            assert!(answer.header("evil").is_none());
        }
    }
}

#[tokio::test]
async fn k5_open_redirect_in_development() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .allowed_redirect_origins(["https://satellite.example"])
        .build()
        .unwrap();
    for url in [
        "https://evil.test",
        "//evil.test",
        "https:evil.test",
        "https://satellite.example.evil.test",
        "https://satellite.example@evil.test",
        "https://satellite.example:444",
        "http://satellite.example",
        "https://evil.test/https://satellite.example",
        "https://evil.test\\@satellite.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " https://evil.test",
    ] {
        let query = url::form_urlencoded::byte_serialize(url.as_bytes()).collect::<String>();
        let path = format!("/?__clerk_redirect_url={query}");
        let answer = navigate(&pages(&clerk), &path, "__clerk_db_jwt=dvb_1").await;
        assert_eq!(answer.header("location"), None, "{url}");
    }
    let path = "/?__clerk_redirect_url=https%3A%2F%2Fsatellite.example%2Fx";
    let answer = navigate(&pages(&clerk), path, "__clerk_db_jwt=dvb_1").await;
    let location = answer.header("location").unwrap();
    assert!(location.starts_with("https://satellite.example/x?"), "{location}");
}

#[tokio::test]
async fn k6_loop_guard_bypass() {
    let instance = LocalInstance::start().await.unwrap();
    let app = pages(&instance.clerk());
    for count in [
        "3",
        "4",
        "-1",
        "1e9",
        "Infinity",
        "x",
        "3.5",
        "99999999999999999999",
    ] {
        let answer = navigate(&app, "/", &format!("__clerk_redirect_count={count}")).await;
        assert_eq!(
            (answer.status.as_u16(), &*answer.body),
            (200, "nobody"),
            "{count}"
        );
        assert_eq!(answer.header("location"), None);
    }
    for count in ["0", "1", "2"] {
        let answer = navigate(&app, "/", &format!("__clerk_redirect_count={count}")).await;
        answer.assert_is(307);
        let next = count.parse::<u32>().unwrap() + 1;
        let expected = format!("__clerk_redirect_count={next}; SameSite=Lax; HttpOnly; Max-Age=2; Path=/");
        assert_eq!(answer.cookies(), [expected]);
    }
}

#[tokio::test]
async fn k7_handshake_response() {
    let instance = LocalInstance::start().await.unwrap();
    let app = pages(&instance.clerk());
    let answer = navigate(&app, "/me", "a=b").await;
    assert_eq!((answer.status.as_u16(), &*answer.body), (307, ""));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let host = ("host", "localhost:3000");
    for (method, headers) in [
        ("POST", &[host, ("sec-fetch-dest", "document")][..]),
        ("PUT", &[host, ("sec-fetch-dest", "document")]),
        ("GET", &[host, ("sec-fetch-dest", "empty")]),
        ("GET", &[host, ("accept", "application/json")]),
        ("GET", &[host]),
        ("HEAD", &[host, ("sec-fetch-dest", "empty")]),
    ] {
        let answer = send(&app, request(method, "/me", headers)).await;
        answer.assert_is(401);
        assert_eq!(answer.header("location"), None, "{method} {headers:?}");
        assert!(answer.cookies().is_empty());
    }
    let html = get(&app, "/me", &[host, ("accept", "text/html")]).await;
    html.assert_is(307);
    // A development instance that is handed a forged token says so to nobody but the log.
    let (parts, ()) = http::Request::get("/?__clerk_handshake=a.b.c")
        .body(())
        .unwrap()
        .into_parts();
    let error = instance.clerk().authenticate(&parts).await;
    assert!(matches!(error, Err(AuthenticateError::Handshake(_))));
    let answer = navigate(&app, "/me?__clerk_handshake=a.b.c", "__clerk_db_jwt=dvb_1").await;
    assert_eq!(answer.body, r#"{"error":"Authentication is misconfigured"}"#);
}

/// The log tells where to look, which is another place on a satellite.
#[tokio::test]
async fn a_loop_is_logged_with_its_likely_cause() {
    let scribe = Scribe::default();
    // While there is only one, an event that another thread meets first is switched off for all threads.
    let _another = tracing::Dispatch::new(Scribe::default());
    let _logging = tracing::subscriber::set_default(scribe.clone());
    let builder = LocalInstance::builder()
        .production("app.localhost")
        .satellite("shop.localhost");
    let instance = builder.start().await.unwrap();
    let satellite = instance.satellite_clerk_builder("shop.localhost");
    let satellite = satellite.satellite_auto_sync(true).build().unwrap();
    for (clerk, cookie, hints, others) in [
        (
            instance.clerk(),
            "__client_uat=1; __clerk_redirect_count=3",
            ["secret key", "one of its domains"],
            "preview",
        ),
        (
            satellite,
            "__clerk_redirect_count=3",
            ["satellite domain", "preview deployments"],
            "secret key",
        ),
    ] {
        let before = scribe.text().len();
        navigate(&pages(&clerk), "/me", cookie).await.assert_is(401);
        let text = scribe.text()[before..].to_owned();
        let warning = text.lines().find(|line| line.contains("in circles")).unwrap();
        assert!(hints.iter().all(|hint| warning.contains(hint)), "{warning}");
        assert!(!warning.contains(others), "{warning}");
    }
}
