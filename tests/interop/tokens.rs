//! Tokens of every kind, in the header and in cookies.

use clerk_testing::{Endpoint, Fault, LocalInstance, TokenBuilder};
use http::Request;
use http::request::{Builder, Parts};

use crate::judges::{ANY, API_KEY, Accepts, Judges, SESSION, SESSION_OR_OAUTH};

const ALL: [Accepts; 4] = [SESSION, ANY, API_KEY, SESSION_OR_OAUTH];

pub(crate) fn parts(request: Builder) -> Parts {
    request
        .header("host", "localhost:3000")
        .body(())
        .unwrap()
        .into_parts()
        .0
}

fn sessions(instance: &LocalInstance) -> Vec<TokenBuilder> {
    let ada = || instance.user("ada");
    let acme = || {
        ada()
            .org("acme")
            .role("org:admin")
            .features(["o:invoices", "u:themes"])
            .permissions(["org:invoices:read"])
    };
    vec![
        ada(),
        ada().v1(),
        acme(),
        acme().v1(),
        ada().plans(["u:pro"]),
        ada().pending(),
        ada().actor("user_other"),
        ada().fva(5, 20),
        ada().azp("https://elsewhere.example"),
        ada().without_claim("sid"),
        ada().without_claim("sub"),
        ada().claim("custom", 1),
        ada().expired(),
        ada().not_yet_valid(),
        ada().signed_by_other_key(),
        ada().header("cat", "cl_B7d4PD222AAA"),
        ada().header("typ", "at+jwt"),
        ada().header("kid", "ins_unknown"),
    ]
}

#[tokio::test]
async fn sessions_in_the_header_and_in_cookies() {
    let instance = LocalInstance::start().await.unwrap();
    let Some(mut judges) = Judges::of(instance, None) else {
        return;
    };
    let mut signed_in = 0;
    for token in sessions(&judges.instance) {
        let dest = |request: Builder, dest: &str| request.header("sec-fetch-dest", dest);
        for accepts in ALL {
            for fetch in ["document", "empty"] {
                let bearer = dest(Request::get("/page?a=1"), fetch).header("authorization", token.bearer());
                let verdict = judges.both(&parts(bearer), accepts).await;
                signed_in += usize::from(verdict.status == "signed-in");
                let cookie = dest(Request::get("/page"), fetch).header("cookie", token.cookie());
                judges.both(&parts(cookie), accepts).await;
            }
        }
    }
    assert!(signed_in > 20, "{signed_in}");
    println!("{} requests compared", judges.count);
}

#[tokio::test]
async fn machines() {
    let instance = LocalInstance::start().await.unwrap();
    instance.organization("acme").member("ada", "org:admin");
    let Some(mut judges) = Judges::of(instance, None) else {
        return;
    };
    let instance = &judges.instance;
    let machine = || instance.machine("worker");
    let tokens = [
        instance
            .api_key("ada")
            .name("deploy")
            .scopes(["a", "b"])
            .claims(serde_json::json!({"tier": 1}))
            .secret(),
        instance.api_key_of_org("acme").secret(),
        machine().scopes(["mch_other"]).m2m_token(),
        machine().claims(serde_json::json!({"job": "sync"})).m2m_jwt(),
        machine().expired().m2m_jwt(),
        instance
            .oauth_token("ada")
            .client_id("client_1")
            .scopes(["email", "profile"])
            .token(),
        instance
            .oauth_token("ada")
            .client_id("client_1")
            .scopes(["email"])
            .jwt(),
        instance.oauth_token("ada").expired().jwt(),
        "ak_unknown".into(),
        "mt_unknown".into(),
        "oat_unknown".into(),
    ];
    let mut signed_in = 0;
    for outage in [false, true] {
        if outage {
            judges.instance.fault(Endpoint::Any, Fault::Status(503));
        }
        for token in &tokens {
            // What Clerk has said about an unknown token is kept for a while (D39).
            let token = match outage && token.ends_with("unknown") {
                true => format!("{token}_too"),
                false => token.clone(),
            };
            for accepts in ALL {
                let bearer = Request::get("/").header("authorization", format!("Bearer {token}"));
                let verdict = judges.both(&parts(bearer), accepts).await;
                signed_in += usize::from(verdict.status == "signed-in");
            }
        }
    }
    assert!(signed_in > 8, "{signed_in}");
    println!("{} requests compared", judges.count);
}

#[tokio::test]
async fn rotated_keys() {
    let instance = LocalInstance::start().await.unwrap();
    let Some(mut judges) = Judges::of(instance, None) else {
        return;
    };
    let old = judges.instance.user("ada");
    let old_token = old.bearer();
    let bearer = |bearer: &str| parts(Request::get("/").header("authorization", bearer));
    assert_eq!(
        judges.both(&bearer(&old_token), SESSION).await.status,
        "signed-in"
    );
    judges.instance.rotate_keys();
    let new_token = judges.instance.user("ada").bearer();
    for token in [&new_token, &old_token] {
        assert_eq!(judges.both(&bearer(token), SESSION).await.status, "signed-in");
    }
    println!("{} requests compared", judges.count);
}
