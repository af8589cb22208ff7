use clerk_testing::{Handover, LocalInstance, StartError};

use crate::wire::{
    Answer, ask, cookie, directives_of, encoded, get, handshake_url, parameter, part, send, sign_in, strings,
    suffix,
};

const APP: &str = "http://app.localhost:3000/x?y=1";
const SHOP: &str = "http://shop.localhost:3001/x?__clerk_synced=false";

async fn production(handover: Handover) -> LocalInstance {
    let builder = LocalInstance::builder().production("app.localhost");
    let builder = builder.satellite("shop.localhost").handover(handover);
    builder.start().await.unwrap()
}

fn set_cookies(answer: &Answer) -> Vec<String> {
    answer
        .headers("set-cookie")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// Asks as the browser that a `__client` cookie makes it.
fn get_as(client: &str, url: &str) -> Answer {
    send("GET", url, &[("Cookie", &format!("a=b; __client={client}"))], "")
}

fn client_of(answer: &Answer) -> String {
    cookie(&set_cookies(answer), "__client").unwrap().to_owned()
}

#[tokio::test]
async fn keys_and_addresses_are_of_the_domain() {
    let instance = production(Handover::Token).await;
    assert!(instance.publishable_key().starts_with("pk_live_"));
    assert!(instance.secret_key().starts_with("sk_live_"));
    assert_eq!(instance.issuer(), "https://clerk.app.localhost");
    let port = instance.url().rsplit(':').next().unwrap().to_owned();
    assert_eq!(
        instance.frontend_url(),
        format!("http://clerk.app.localhost:{port}")
    );
    assert_eq!(
        instance.satellite_frontend_url("shop.localhost"),
        format!("http://clerk.shop.localhost:{port}")
    );
    assert!(
        instance
            .clerk()
            .verify_token(&instance.user("ada").token())
            .await
            .is_ok()
    );
    assert!(!instance.user("ada").cookie().contains("__clerk_db_jwt"));

    let refused = LocalInstance::builder().production("app.example").start().await;
    assert!(matches!(refused, Err(StartError::Domain(name)) if name == "app.example"));
    let refused = LocalInstance::builder().satellite("shop.localhost").start().await;
    assert!(matches!(refused, Err(StartError::Satellite(_))));
}

#[tokio::test]
async fn the_handshake_goes_by_a_cookie_of_the_domain() {
    let instance = production(Handover::Token).await;
    let signed_in = sign_in(&instance, "ada", "", APP);
    assert_eq!((signed_in.status, signed_in.location()), (303, APP));
    let client = client_of(&signed_in);
    let cookies = set_cookies(&signed_in);
    assert_ne!(cookie(&cookies, "__client_uat"), Some("0"));
    let uat = cookies
        .iter()
        .find(|cookie| cookie.starts_with("__client_uat="))
        .unwrap();
    assert!(uat.contains("; Domain=app.localhost;"));
    let own = cookies
        .iter()
        .find(|cookie| cookie.starts_with("__client="))
        .unwrap();
    assert!(own.contains("; HttpOnly") && !own.contains("Domain"));

    let answer = get_as(&client, &handshake_url(&instance.frontend_url(), APP, ""));
    assert_eq!((answer.status, answer.location()), (307, APP));
    assert_eq!(client_of(&answer), client);
    let cookies = set_cookies(&answer);
    let handover = cookies
        .iter()
        .find(|cookie| cookie.starts_with("__clerk_handshake="))
        .unwrap();
    assert!(handover.len() < 4096, "{}", handover.len());
    assert!(handover.contains("; Domain=app.localhost; Max-Age=30; SameSite=Lax; HttpOnly"));
    let directives = directives_of(cookie(&cookies, "__clerk_handshake").unwrap());
    let session = cookie(&directives, "__session").unwrap();
    assert_eq!(part(session, 1)["sub"], instance.user("ada").user_id());
    assert_eq!(part(session, 1)["azp"], "http://app.localhost:3000");
    assert_eq!(cookie(&directives, "__clerk_handshake"), Some(""));
    assert_eq!(cookie(&directives, "__clerk_db_jwt"), None);
    let suffix = suffix(&directives);
    assert!(cookie(&directives, &format!("__refresh_{suffix}")).is_some());

    let out = get_as(
        &client,
        &format!("{}?redirect_url={}", instance.sign_out_url(), encoded(APP)),
    );
    assert_eq!((out.status, out.location()), (303, APP));
    assert_eq!(cookie(&set_cookies(&out), "__client_uat"), Some("0"));
    let answer = get_as(&client, &handshake_url(&instance.frontend_url(), APP, ""));
    let directives = directives_of(cookie(&set_cookies(&answer), "__clerk_handshake").unwrap());
    assert_eq!(cookie(&directives, "__session"), Some(""));
}

#[tokio::test]
async fn a_browser_in_an_address_means_nothing() {
    let instance = production(Handover::Token).await;
    let client = client_of(&sign_in(&instance, "ada", "", APP));
    let more = format!("&__clerk_db_jwt={client}");
    let answer = get(&handshake_url(&instance.frontend_url(), APP, &more));
    let directives = directives_of(cookie(&set_cookies(&answer), "__clerk_handshake").unwrap());
    assert_eq!(cookie(&directives, "__client_uat"), Some("0"));
}

#[tokio::test]
async fn cookies_go_nowhere_but_to_the_domain() {
    let instance = production(Handover::Token).await;
    for url in [
        "http://localhost:3000/",
        "http://other.localhost/",
        "http://notapp.localhost/",
        SHOP,
    ] {
        let answer = get(&handshake_url(&instance.frontend_url(), url, ""));
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (422, "form_param_value_invalid"),
            "{url}"
        );
    }
    let below = "http://www.app.localhost:3000/";
    assert_eq!(
        get(&handshake_url(&instance.frontend_url(), below, "")).status,
        307
    );
}

#[tokio::test]
async fn a_replaced_session_is_handed_over_at_once() {
    let instance = production(Handover::Nonce).await;
    instance.organization("acme").member("ada", "org:admin");
    let client = client_of(&sign_in(&instance, "ada", "", APP));
    let origin = instance.frontend_url();
    let sent = format!("__client={client}");
    let headers = [("Origin", origin.as_str()), ("Cookie", sent.as_str())];
    let body = format!("organization_id=acme&redirect_url={}", encoded(APP));
    let answer = send("POST", &instance.organization_url(), &headers, &body);
    assert_eq!((answer.status, answer.location()), (303, APP));
    let cookies = set_cookies(&answer);
    let nonce = cookie(&cookies, "__clerk_handshake_nonce").unwrap();
    let payload = ask(
        &instance,
        "GET",
        &format!("/v1/clients/handshake_payload?nonce={nonce}"),
        "",
    );
    let directives = strings(&payload.json()["directives"]);
    assert_eq!(
        part(cookie(&directives, "__session").unwrap(), 1)["o"]["slg"],
        "acme"
    );
}

#[tokio::test]
async fn a_token_too_long_for_a_cookie_becomes_a_nonce() {
    let instance = production(Handover::Token).await;
    let permissions: Vec<_> = (0..60)
        .map(|number| format!("org:invoices:action_{number}"))
        .collect();
    instance
        .organization("acme")
        .role("org:admin", permissions)
        .member("ada", "org:admin");
    let client = client_of(&sign_in(&instance, "ada", "", APP));
    let url = handshake_url(&instance.frontend_url(), APP, "&organization_id=acme");
    let cookies = set_cookies(&get_as(&client, &url));
    assert_eq!(cookie(&cookies, "__clerk_handshake"), None);
    assert!(cookie(&cookies, "__clerk_handshake_nonce").is_some());
}

#[tokio::test]
async fn a_satellite_asks_the_primary_domain() {
    let instance = production(Handover::Token).await;
    let client = client_of(&sign_in(&instance, "ada", "", APP));
    let satellite = instance.satellite_frontend_url("shop.localhost");

    let asked = get(&handshake_url(&satellite, SHOP, ""));
    assert_eq!(asked.status, 307);
    assert!(asked.location().starts_with(&format!(
        "{}/v1/client/sync?redirect_url=",
        instance.frontend_url()
    )));
    assert!(set_cookies(&asked).is_empty());

    let told = get_as(&client, asked.location());
    assert_eq!(told.status, 307);
    assert!(
        told.location()
            .starts_with(&format!("{satellite}/v1/client/handshake?"))
    );

    let back = get(told.location());
    assert_eq!(
        (back.status, back.location()),
        (307, "http://shop.localhost:3001/x?__clerk_synced=true")
    );
    let cookies = set_cookies(&back);
    let handover = cookies
        .iter()
        .find(|cookie| cookie.starts_with("__clerk_handshake="))
        .unwrap();
    assert!(handover.contains("; Domain=shop.localhost;"));
    let directives = directives_of(cookie(&cookies, "__clerk_handshake").unwrap());
    let claims = part(cookie(&directives, "__session").unwrap(), 1);
    assert_eq!(claims["sub"], instance.user("ada").user_id());
    assert_eq!(claims["azp"], "http://shop.localhost:3001");
    let uat = directives
        .iter()
        .find(|cookie| cookie.starts_with("__client_uat="))
        .unwrap();
    assert!(uat.contains("; Domain=shop.localhost;"));

    // The code was for once; asking with it again begins from the start.
    let again = get(told.location());
    assert!(
        again
            .location()
            .starts_with(&format!("{}/v1/client/sync?", instance.frontend_url()))
    );
    assert!(parameter(told.location(), "__clerk_sync_code").is_some());
}

#[tokio::test]
async fn browsers_are_told_to_satellites_only() {
    let instance = production(Handover::Token).await;
    let client = client_of(&sign_in(&instance, "ada", "", APP));
    for url in [
        "http://other.localhost/",
        APP,
        "http://clerk.shop.localhost:1/v1/client/handshake",
    ] {
        let sync = format!(
            "{}/v1/client/sync?redirect_url={}",
            instance.frontend_url(),
            encoded(url)
        );
        assert_eq!(get_as(&client, &sync).code(), "form_param_value_invalid", "{url}");
    }
}
