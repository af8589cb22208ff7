//! A production instance: hand-over by cookie, satellites, loops, and siblings of the application's own domain.

use clerk_runtime::Clerk;
use clerk_testing::{Endpoint, LocalInstance};

use crate::application::{Served, forger};
use crate::browser::Browser;

async fn instance() -> LocalInstance {
    let builder = LocalInstance::builder()
        .production("app.localhost")
        .satellite("shop.localhost");
    builder.start().await.unwrap()
}

async fn signed_in(browser: &Browser, app: &Served, instance: &LocalInstance) -> String {
    browser.open(&app.url("app.localhost", "/account")).await;
    browser.sign_in("ada").await;
    let account = format!("account of {}", instance.user("ada").user_id());
    browser.sees(&account).await;
    account
}

#[tokio::test]
async fn a_satellite_learns_of_the_session() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let instance = instance().await;
    let app = Served::at_any_port(&instance.clerk(), &instance.sign_out_url(), "app.localhost").await;
    let satellite = instance
        .satellite_clerk_builder("shop.localhost")
        .satellite_auto_sync(true)
        .build()
        .unwrap();
    let shop = Served::at_any_port(&satellite, &instance.sign_out_url(), "shop.localhost").await;
    let account = signed_in(&browser, &app, &instance).await;

    browser.open(&shop.url("shop.localhost", "/account")).await;
    browser.sees(&account).await;
    assert!(
        browser
            .url()
            .await
            .starts_with(&shop.url("shop.localhost", "/account"))
    );
    let names: Vec<String> = browser
        .cookies()
        .await
        .iter()
        .map(|cookie| cookie.name().to_owned())
        .collect();
    assert!(names.contains(&"__session".to_owned()), "{names:?}");
    browser.end().await;
}

#[tokio::test]
async fn redirects_that_lead_nowhere_end() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let instance = instance().await;
    let app = Served::at_any_port(&instance.clerk(), &instance.sign_out_url(), "app.localhost").await;
    signed_in(&browser, &app, &instance).await;

    // An application with the keys of somebody else's instance believes no handshake.
    let other = LocalInstance::builder()
        .production("app.localhost")
        .start()
        .await
        .unwrap();
    let mistaken: Clerk = instance.clerk_builder().jwt_key(other.jwt_key()).build().unwrap();
    let mistaken = Served::at_any_port(&mistaken, &instance.sign_out_url(), "app.localhost").await;
    browser.delete_cookies("__session").await;
    // The sign-in was redirected too, a moment ago.
    browser.delete_cookies("__clerk_redirect_count").await;
    let before = instance.requests_to(Endpoint::Handshake);
    browser.open(&mistaken.url("app.localhost", "/")).await;
    browser.sees("home of nobody").await;
    assert_eq!(instance.requests_to(Endpoint::Handshake), before + 3);
    browser.end().await;
}

#[tokio::test]
async fn a_sibling_of_the_domain_cannot_post_with_the_cookie() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let instance = instance().await;
    let app = Served::at_any_port(&instance.clerk(), &instance.sign_out_url(), "app.localhost").await;
    signed_in(&browser, &app, &instance).await;
    let port = forger(&app.url("app.localhost", "/change")).await;
    browser.open(&format!("http://blog.app.localhost:{port}/")).await;
    // It is the same site to the browser, which sends the cookie along.
    browser.sees(r#"{"error":"Not authorized"}"#).await;
    assert_eq!(app.changes(), 0);
    browser.end().await;
}
