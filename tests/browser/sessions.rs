//! A development instance: sign-in, expiry, sign-out.

use std::time::Duration;

use clerk_testing::{Endpoint, LocalInstance};

use crate::application::{Served, forger};
use crate::browser::Browser;

struct Scene {
    instance: LocalInstance,
    app: Served,
    browser: Browser,
}

impl Scene {
    async fn set() -> Option<Self> {
        let browser = Browser::start().await?;
        let instance = LocalInstance::start().await.unwrap();
        let app = Served::at_any_port(&instance.clerk(), &instance.sign_out_url(), "localhost").await;
        Some(Self {
            instance,
            app,
            browser,
        })
    }

    fn url(&self, path: &str) -> String {
        self.app.url("localhost", path)
    }

    async fn sign_in(&self, username: &str) {
        self.browser.open(&self.url("/account")).await;
        self.browser.sign_in(username).await;
        self.browser.sees(&self.account_of(username)).await;
    }

    fn account_of(&self, username: &str) -> String {
        format!("account of {}", self.instance.user(username).user_id())
    }
}

#[tokio::test]
async fn sign_in_comes_back_to_the_page_that_was_asked_for() {
    let Some(scene) = Scene::set().await else { return };
    scene.browser.open(&scene.url("/")).await;
    scene.browser.sees("home of nobody").await;

    scene.browser.open(&scene.url("/account?tab=2")).await;
    assert!(
        scene
            .browser
            .url()
            .await
            .starts_with(&scene.instance.sign_in_url())
    );
    scene.browser.sign_in("ada").await;
    scene.browser.sees(&scene.account_of("ada")).await;
    assert_eq!(scene.browser.url().await, scene.url("/account?tab=2"));

    scene.browser.click("button").await;
    scene.browser.sees("changed by").await;
    assert_eq!(scene.app.changes(), 1);
    scene.browser.end().await;
}

#[tokio::test]
async fn a_session_that_expires_is_repaired_by_a_handshake() {
    let Some(scene) = Scene::set().await else { return };
    scene.sign_in("ada").await;
    let handshakes = || scene.instance.requests_to(Endpoint::Handshake);

    // With the refresh cookie there is not even a redirect.
    scene.instance.advance(Duration::from_secs(70));
    let before = handshakes();
    scene.browser.open(&scene.url("/account")).await;
    scene.browser.sees(&scene.account_of("ada")).await;
    assert_eq!(handshakes(), before);
    assert_eq!(scene.instance.requests_to(Endpoint::SessionRefresh), 1);

    scene.browser.delete_cookies("__refresh").await;
    scene.instance.advance(Duration::from_secs(70));
    scene.browser.open(&scene.url("/account?tab=3")).await;
    scene.browser.sees(&scene.account_of("ada")).await;
    assert_eq!(handshakes(), before + 1);
    assert_eq!(scene.browser.url().await, scene.url("/account?tab=3"));
    scene.browser.end().await;
}

#[tokio::test]
async fn signing_out_in_one_tab_signs_out_in_the_others() {
    let Some(scene) = Scene::set().await else { return };
    scene.sign_in("ada").await;
    scene.browser.new_tab().await;
    scene.browser.open(&scene.url("/account")).await;
    scene.browser.sees(&scene.account_of("ada")).await;
    scene.browser.click("#sign-out").await;
    scene.browser.sees("home of nobody").await;

    scene.browser.first_tab().await;
    scene.browser.open(&scene.url("/")).await;
    scene.browser.sees("home of nobody").await;
    scene.browser.open(&scene.url("/account")).await;
    scene.browser.sees("Sign in").await;
    scene.browser.end().await;
}

#[tokio::test]
async fn a_foreign_page_cannot_post_with_the_cookie() {
    let Some(scene) = Scene::set().await else { return };
    scene.sign_in("ada").await;
    let port = forger(&scene.url("/change")).await;
    scene
        .browser
        .open(&format!("http://evil.localhost:{port}/"))
        .await;
    // The browser keeps a `Lax` cookie to itself.
    scene.browser.sees(r#"{"error":"Not authenticated"}"#).await;
    assert_eq!(scene.app.changes(), 0);
    scene.browser.end().await;
}
