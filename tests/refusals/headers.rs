//! Checks the headers of a refusal, in development and in production.

use clerk_runtime::{Clerk, ClerkLayer};
use clerk_testing::LocalInstance;
use http::HeaderMap;
use tower::ServiceExt;

use crate::scene::{app, tell, tell_of};

fn told(headers: &HeaderMap) -> [Option<&str>; 3] {
    [
        "x-clerk-auth-status",
        "x-clerk-auth-reason",
        "x-clerk-auth-message",
    ]
    .map(|name| headers.get(name).map(|value| value.to_str().unwrap()))
}

#[tokio::test]
async fn guard_of_a_development_instance_tells_the_reason() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance
        .clerk_builder()
        .authorized_parties(["https://secret-project.example.com"])
        .audience(["internal-audience"])
        .build()
        .unwrap();
    let party = instance
        .user("ada")
        .azp("https://other.test")
        .claim("aud", "internal-audience")
        .bearer();
    let answer = tell(&clerk, "/me", &[("authorization", &party)]).await;
    assert_eq!(
        told(&answer.headers),
        [
            Some("signed-out"),
            Some("token-invalid-authorized-parties"),
            Some("the token was made for a site that is not an authorized party (`azp`)"),
        ]
    );
    let everything = format!("{:?}{}", answer.headers, answer.body);
    assert!(
        !everything.contains("secret-project") && !everything.contains("internal-audience"),
        "{everything}"
    );

    let clerk = instance.clerk();
    let bearer = instance.user("ada").bearer();
    let answer = tell(&clerk, "/org", &[("authorization", &bearer)]).await;
    let [status, reason, message] = told(&answer.headers);
    assert_eq!((status, reason), (Some("signed-in"), Some("missing")));
    assert!(
        message.unwrap().contains("a parameter of the handler needs more"),
        "{message:?}"
    );
    let cookie = instance.user("ada").cookie();
    let headers = [("cookie", &*cookie), ("origin", "https://evil.test")];
    let answer = tell_of(&clerk, "POST", "/me", &headers).await;
    assert_eq!(told(&answer.headers)[1], Some("cross-site"));
}

#[tokio::test]
async fn one_line_switches_the_reason_off() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk_builder().debug_headers(false).build().unwrap();
    let answer = tell(&clerk, "/me", &[("authorization", "Bearer undefined")]).await;
    assert_eq!(told(&answer.headers), [None; 3]);
}

#[tokio::test]
async fn layer_and_guard_tell_the_reason_once() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let app = app(&clerk).layer(ClerkLayer::new(clerk.clone()));
    let request = http::Request::get("http://app.test/me/7")
        .header("authorization", "Bearer undefined")
        .body(axum::body::Body::empty())
        .unwrap();
    let answer = app.oneshot(request).await.unwrap();
    for name in [
        "x-clerk-auth-status",
        "x-clerk-auth-reason",
        "x-clerk-auth-message",
    ] {
        assert_eq!(
            answer.headers().get_all(name).iter().count(),
            1,
            "{name}: {answer:?}"
        );
    }
    assert_eq!(
        answer.headers()["x-clerk-auth-message"],
        "`undefined` was sent in place of a token"
    );
}

#[tokio::test]
async fn production_answers_strangers_with_a_constant() {
    let instance = LocalInstance::builder()
        .production("app.localhost")
        .start()
        .await
        .unwrap();
    let handles: [Clerk; 2] = [
        instance.clerk(),
        instance.clerk_builder().debug_headers(true).build().unwrap(),
    ];
    for clerk in handles {
        let mut answers = Vec::new();
        for header in [
            "Bearer undefined",
            "Bearer a.b.c",
            "Bearer [object Promise]",
            "Bearer sk_live_x",
        ] {
            let answer = tell(&clerk, "/me", &[("authorization", header)]).await;
            answers.push((answer.status, answer.headers, answer.body));
        }
        answers.push({
            let bearer = instance.user("ada").signed_by_other_key().bearer();
            let answer = tell(&clerk, "/me", &[("authorization", &bearer)]).await;
            (answer.status, answer.headers, answer.body)
        });
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
        assert_eq!(told(&answers[0].1), [None; 3]);
    }
}
