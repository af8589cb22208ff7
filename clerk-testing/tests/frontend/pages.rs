use clerk_testing::LocalInstance;

use crate::wire::{cookie, directives_of, encoded, get, handshake_url, parameter, part, send, sign_in};

const APP: &str = "http://localhost:3000/back";

fn browser_of(instance: &LocalInstance, username: &str) -> String {
    let location = sign_in(instance, username, "", APP).location().to_owned();
    parameter(&location, "__clerk_db_jwt").unwrap().to_owned()
}

/// The claims of the session that a browser has, if it has one.
fn session_of(instance: &LocalInstance, browser: &str) -> Option<serde_json::Value> {
    let more = format!("&__clerk_db_jwt={browser}");
    let location = get(&handshake_url(&instance.frontend_url(), APP, &more))
        .location()
        .to_owned();
    let directives = directives_of(parameter(&location, "__clerk_handshake").unwrap());
    let session = cookie(&directives, "__session").unwrap().to_owned();
    (!session.is_empty()).then(|| part(&session, 1))
}

#[tokio::test]
async fn the_page_offers_everybody_and_escapes() {
    let instance = LocalInstance::start().await.unwrap();
    let _ = instance.user("ada").user_id();
    let _ = instance.user("<b>\"'&").user_id();
    let url = format!("{}?redirect_url={}", instance.sign_in_url(), encoded(APP));
    let page = get(&url);
    assert_eq!(page.status, 200);
    assert_eq!(page.headers("content-type"), ["text/html; charset=utf-8"]);
    assert!(page.headers("content-security-policy")[0].contains("default-src 'none'"));
    assert!(
        page.body
            .contains("<button name=\"identifier\" value=\"ada\">ada</button>")
    );
    assert!(page.body.contains("value=\"&lt;b&gt;&quot;&#39;&amp;\""));
    assert!(!page.body.contains("<b>"));
    assert!(page.body.contains("<label for=\"identifier\">"));
    assert!(page.body.contains("a local Clerk for development and tests"));
    assert!(
        page.body
            .contains(&format!("name=\"redirect_url\" value=\"{APP}\""))
    );
    for path in [
        instance.sign_up_url(),
        format!("{}/create", instance.sign_in_url()),
    ] {
        assert_eq!(get(&path).status, 200);
    }
    let bad = get(&format!(
        "{}?redirect_url=https%3A%2F%2Fevil.example",
        instance.sign_in_url()
    ));
    assert_eq!(bad.status, 422);
    assert!(bad.body.contains("not on this machine"));
}

#[tokio::test]
async fn signing_in_out_and_as_somebody_else() {
    let instance = LocalInstance::start().await.unwrap();
    let browser = browser_of(&instance, "ada");
    let first = session_of(&instance, &browser).unwrap();
    assert_eq!(first["sub"], instance.user("ada").user_id());

    let page = get(&format!("{}?__clerk_db_jwt={browser}", instance.sign_in_url()));
    assert!(page.body.contains("Signed in as <strong>ada</strong>"));
    assert!(page.body.contains("value=\"ada\" aria-current=\"true\""));

    assert_eq!(sign_in(&instance, " bob ", &browser, APP).status, 303);
    assert_eq!(
        session_of(&instance, &browser).unwrap()["sub"],
        instance.user("bob").user_id()
    );
    let tokens = format!("/v1/sessions/{}/tokens", first["sid"].as_str().unwrap());
    assert_eq!(crate::wire::ask(&instance, "POST", &tokens, "").status, 404);

    let answer = get(&format!(
        "{}?__clerk_db_jwt={browser}&redirect_url={}",
        instance.sign_out_url(),
        encoded(APP)
    ));
    assert_eq!(answer.status, 303);
    assert_eq!(answer.location(), format!("{APP}?__clerk_db_jwt={browser}"));
    assert_eq!(session_of(&instance, &browser), None);

    // With nowhere to go back to, the page itself says who is signed in.
    let location = sign_in(&instance, "ada", &browser, "").location().to_owned();
    assert_eq!(location, format!("/sign-in?__clerk_db_jwt={browser}"));
    assert!(
        get(&format!("{}{location}", instance.frontend_url()))
            .body
            .contains("<strong>ada</strong>")
    );
}

#[tokio::test]
async fn forms_of_other_sites_and_odd_names_are_refused() {
    let instance = LocalInstance::start().await.unwrap();
    let browser = browser_of(&instance, "ada");
    let body = format!("identifier=mallory&__clerk_db_jwt={browser}");
    for origin in ["https://evil.example", "http://localhost:1", "null", ""] {
        for url in [instance.sign_in_url(), instance.organization_url()] {
            assert_eq!(
                send("POST", &url, &[("Origin", origin)], &body).status,
                403,
                "{origin}"
            );
        }
    }
    for name in ["", "%20", "a%00b", &"x".repeat(65)] {
        let body = format!("identifier={name}&__clerk_db_jwt={browser}");
        assert_eq!(
            send("POST", &instance.sign_in_url(), &[], &body).status,
            422,
            "{name}"
        );
    }
    let elsewhere = "identifier=bob&redirect_url=https%3A%2F%2Fevil.example";
    assert_eq!(send("POST", &instance.sign_in_url(), &[], elsewhere).status, 422);
    assert_eq!(
        session_of(&instance, &browser).unwrap()["sub"],
        instance.user("ada").user_id()
    );
}

#[tokio::test]
async fn organizations_are_chosen_on_a_page() {
    let instance = LocalInstance::start().await.unwrap();
    let acme = instance.organization("acme").member("ada", "org:admin").id();
    let globex = instance.organization("globex").member("bob", "org:member").id();
    let signed_out = get(&format!(
        "{}?redirect_url={}",
        instance.organization_url(),
        encoded(APP)
    ));
    assert_eq!(signed_out.status, 303);
    assert!(signed_out.location().starts_with("/sign-in?redirect_url="));

    let browser = browser_of(&instance, "ada");
    let page = get(&format!(
        "{}?__clerk_db_jwt={browser}&redirect_url={}",
        instance.organization_url(),
        encoded(APP)
    ));
    assert!(
        page.body
            .contains("value=\"\" aria-current=\"true\">Personal account</button>")
    );
    assert!(page.body.contains(&format!("value=\"{acme}\">acme</button>")));
    assert!(!page.body.contains("globex"));

    let choose = |target: &str| {
        let url = encoded(APP);
        let body = format!("organization_id={target}&__clerk_db_jwt={browser}&redirect_url={url}");
        let origin = instance.frontend_url();
        send(
            "POST",
            &instance.organization_url(),
            &[("Origin", &origin)],
            &body,
        )
    };
    let chosen = choose(&acme);
    assert_eq!(chosen.status, 303);
    assert_eq!(chosen.location(), format!("{APP}?__clerk_db_jwt={browser}"));
    assert_eq!(session_of(&instance, &browser).unwrap()["o"]["slg"], "acme");
    assert_eq!(choose(&globex).status, 403);
    assert_eq!(choose("").status, 303);
    assert_eq!(session_of(&instance, &browser).unwrap().get("o"), None);
    let body = format!("__clerk_db_jwt={browser}");
    assert_eq!(send("POST", &instance.organization_url(), &[], &body).status, 422);
}
