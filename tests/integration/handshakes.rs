//! What a handshake leaves, good and forged (rows K1 to K5).

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use clerk_runtime::{Auth, ClerkLayer};
use clerk_testing::{Endpoint, Fault, LocalInstance};
use http::{Request, StatusCode};
use serde_json::json;

use crate::call::{Answer, call};

async fn who(auth: Auth) -> String {
    auth.user_id().map_or("nobody".to_owned(), ToString::to_string)
}

struct Scene {
    instance: LocalInstance,
    app: Router,
    host: &'static str,
}

impl Scene {
    async fn set(production: bool) -> Self {
        let (instance, host) = if production {
            let builder = LocalInstance::builder().production("app.localhost");
            (builder.start().await.unwrap(), "app.localhost")
        } else {
            (LocalInstance::start().await.unwrap(), "localhost:3000")
        };
        let clerk = instance.clerk();
        let app = Router::new()
            .route("/", get(who))
            .layer(ClerkLayer::new(clerk.clone()))
            .with_state(clerk);
        Self { instance, app, host }
    }

    /// A handshake token of the instance's, with these directives.
    fn handshake(&self, directives: &[String]) -> clerk_testing::TokenBuilder {
        self.instance
            .user("ada")
            .claim("handshake", json!(directives))
            .expires_in(60)
    }

    fn session(&self) -> String {
        format!(
            "__session={}; Path=/; SameSite=Lax",
            self.instance.user("ada").token()
        )
    }

    /// A navigation with a handshake, by cookie in production and by query in development.
    async fn bring(&self, token: &str) -> Answer {
        if self.host == "app.localhost" {
            self.ask("/?a=1", &format!("__clerk_handshake={token}")).await
        } else {
            self.ask(
                &format!("/?a=1&__clerk_handshake={token}"),
                "__clerk_db_jwt=dvb_1",
            )
            .await
        }
    }

    async fn ask(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path)
            .header("host", self.host)
            .header("sec-fetch-dest", "document")
            .header("cookie", cookie)
            .body(Body::empty());
        call(&self.app, request.unwrap()).await
    }
}

fn cookies(answer: &Answer) -> Vec<String> {
    let values = answer.headers.get_all("set-cookie").iter();
    values.map(|value| value.to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_good_one_signs_in_and_sets_its_cookies() {
    for production in [true, false] {
        let scene = Scene::set(production).await;
        let directives = [scene.session(), "__client_uat=5; Path=/".to_owned()];
        let answer = scene.bring(&scene.handshake(&directives).token()).await;
        assert_eq!(cookies(&answer), directives);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        if production {
            assert_eq!(answer.body, scene.instance.user("ada").user_id());
        } else {
            assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
            assert_eq!(answer.header("location"), Some("http://localhost:3000/?a=1"));
        }
    }
}

#[tokio::test]
async fn a_forged_one_sets_nothing() {
    for production in [true, false] {
        let scene = Scene::set(production).await;
        let directives = [scene.session()];
        for (name, token) in [
            (
                "another key",
                scene.handshake(&directives).signed_by_other_key().token(),
            ),
            ("a session", scene.instance.user("ada").token()),
            (
                "a template's",
                scene
                    .handshake(&directives)
                    .header("cat", "cl_B7d4PD222AAA")
                    .token(),
            ),
            (
                "a machine's",
                scene
                    .handshake(&directives)
                    .header("cat", "cl_B7d4PD333AAA")
                    .token(),
            ),
            (
                "an OAuth token",
                scene.handshake(&directives).header("typ", "at+jwt").token(),
            ),
            ("expired", scene.handshake(&directives).expired().token()),
            ("nonsense", "a.b.c".to_owned()),
        ] {
            let answer = scene.bring(&token).await;
            let sessions = cookies(&answer)
                .into_iter()
                .filter(|cookie| cookie.starts_with("__session"));
            assert_eq!(sessions.count(), 0, "{name}: {answer:?}");
            assert!(!answer.body.contains("user_"), "{name}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn a_forged_one_that_says_nothing_signs_nobody_out() {
    let scene = Scene::set(true).await;
    let ada = scene.instance.user("ada");
    let token = scene.handshake(&[]).token();
    let parts: Vec<&str> = token.split('.').collect();
    for forged in [
        // `null` for a payload, `null` for a header, both under a signature of something else.
        format!("{}.bnVsbA.{}", parts[0], parts[2]),
        format!("bnVsbA.{}.{}", parts[1], parts[2]),
    ] {
        let answer = scene
            .ask("/", &format!("{}; __clerk_handshake={forged}", ada.cookie()))
            .await;
        assert_eq!(answer.body, ada.user_id(), "{answer:?}");
    }
}

#[tokio::test]
async fn in_production_a_link_cannot_bring_one() {
    let scene = Scene::set(true).await;
    let token = scene.handshake(&[scene.session()]).token();
    for query in [
        format!("__clerk_handshake={token}"),
        "__clerk_handshake_nonce=hn_1".to_owned(),
    ] {
        let answer = scene.ask(&format!("/?{query}&a=1"), "a=b").await;
        assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
        let location = answer.header("location").unwrap();
        assert!(location.starts_with(&scene.instance.frontend_url()), "{location}");
        assert!(!location.contains("__clerk_handshake"), "{location}");
        assert_eq!(cookies(&answer).len(), 1, "{answer:?}");
    }
}

#[tokio::test]
async fn only_clerks_own_cookies_get_out() {
    let scene = Scene::set(true).await;
    let session = scene.session();
    let directives = [
        "evil=1; Domain=example.test".to_owned(),
        "__sessionEVIL=1".to_owned(),
        session.clone(),
        "__client_uat=5; Path=/; Evil=1".to_owned(),
    ];
    let answer = scene.bring(&scene.handshake(&directives).token()).await;
    assert_eq!(
        cookies(&answer),
        [session.clone(), "__client_uat=5; Path=/".to_owned()]
    );
    assert_eq!(answer.body, scene.instance.user("ada").user_id());

    let split = [scene.session(), "__client_uat=5\r\nSet-Cookie: evil=1".to_owned()];
    let answer = scene.bring(&scene.handshake(&split).token()).await;
    assert!(cookies(&answer).is_empty(), "{answer:?}");
    assert_eq!(answer.body, "nobody");
}

#[tokio::test]
async fn a_session_of_another_class_is_not_handed_on() {
    let scene = Scene::set(true).await;
    let template = scene
        .instance
        .user("ada")
        .header("cat", "cl_B7d4PD222AAA")
        .token();
    let answer = scene
        .bring(&scene.handshake(&[format!("__session={template}")]).token())
        .await;
    assert!(cookies(&answer).is_empty(), "{answer:?}");
    assert_eq!(answer.body, "nobody");
}

/// The clock's tolerance in development is no way around the class, and the browser's own session no substitute.
#[tokio::test]
async fn an_old_session_of_another_class_is_not_handed_on_in_development() {
    let scene = Scene::set(false).await;
    let template = scene
        .instance
        .user("bob")
        .header("cat", "cl_B7d4PD222AAA")
        .expired()
        .token();
    let handshake = scene.handshake(&[format!("__session={template}")]).token();
    let own = scene.instance.user("ada").cookie();
    let answer = scene.ask(&format!("/?__clerk_handshake={handshake}"), &own).await;
    assert!(cookies(&answer).is_empty(), "{answer:?}");
    assert_eq!(answer.body, "nobody");
}

#[tokio::test]
async fn in_development_a_browser_is_sent_to_known_origins_only() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .allowed_redirect_origins(["https://satellite.example"])
        .build()
        .unwrap();
    let app: Router = Router::new()
        .route("/", get(who))
        .layer(ClerkLayer::new(clerk.clone()))
        .with_state(clerk);
    let scene = Scene {
        instance,
        app,
        host: "localhost:3000",
    };
    let cookie = "__clerk_db_jwt=dvb_1";
    let answer = scene
        .ask(
            "/?__clerk_redirect_url=https%3A%2F%2Fsatellite.example%2Fx",
            cookie,
        )
        .await;
    let expected = "https://satellite.example/x?__clerk_db_jwt=dvb_1&__clerk_synced=true";
    assert_eq!(answer.header("location"), Some(expected));
    for evil in [
        "https%3A%2F%2Fevil.test",
        "https%3A%2F%2Fsatellite.example.evil.test",
        "javascript%3Aalert(1)",
        "%2F%2Fevil.test",
    ] {
        let answer = scene.ask(&format!("/?__clerk_redirect_url={evil}"), cookie).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::OK, None),
            "{evil}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_expires_while_a_handshakes_key_is_fetched_is_over() {
    let scene = Scene::set(true).await;
    scene.instance.clock().freeze();
    let ada = scene.instance.user("ada").expires_in(2);
    let cookie = ada.cookie();
    assert_eq!(scene.ask("/", &cookie).await.body, ada.user_id());

    let unknown = scene.handshake(&[]).header("kid", "ins_unknown").token();
    scene
        .instance
        .fault(Endpoint::Jwks, Fault::Delay(Duration::from_millis(400)));
    let cookie = format!("{cookie}; __clerk_handshake={unknown}");
    let later = async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        // Longer than the session and the tolerance of five seconds, shorter than what a fetch may take.
        scene.instance.advance(Duration::from_secs(9));
    };
    let (answer, ()) = tokio::join!(scene.ask("/", &cookie), later);
    assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT, "{answer:?}");
    let location = answer.header("location").unwrap();
    assert!(location.contains("session-token-expired"), "{location}");
}
