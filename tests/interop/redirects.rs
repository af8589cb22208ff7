//! The addresses of the sign-in and sign-up pages.

use clerk_runtime::Clerk;
use clerk_runtime::token::SessionStatus;
use http::Request;
use serde_json::{Value, json};
use url::Url;

use crate::peer::Peer;

const DEVELOPMENT: &str = "pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA";
const PRODUCTION: &str = "pk_live_Y2xlcmsuZXhhbXBsZS5vcmck";

/// An address by its parts: the two sides encode a query in different ways.
fn parts(url: &str) -> (String, Vec<(String, String)>) {
    let url = Url::parse(url).unwrap();
    let mut address = url.clone();
    address.set_query(None);
    (address.into(), url.query_pairs().into_owned().collect())
}

#[tokio::test]
async fn the_pages_to_sign_in_and_up_are_the_same() {
    let Some(mut peer) = Peer::start() else { return };
    let mut count = 0;
    let urls = [
        None,
        Some("/sign-in"),
        Some("http://app.example:3000/enter"),
        Some("https://other.example/sign-in?theme=dark"),
    ];
    for key in [DEVELOPMENT, PRODUCTION] {
        for sign_in_url in urls {
            for sign_up_url in [None, Some("/join"), Some("https://other.example/join")] {
                for satellite in [false, true] {
                    let is_absolute = sign_in_url.is_none_or(|url| url.starts_with("http"));
                    let is_whole = sign_in_url.is_some() || key == PRODUCTION;
                    if satellite && !(is_absolute && is_whole) {
                        // Not a configuration that either side takes.
                        continue;
                    }
                    let mut builder = Clerk::builder()
                        .publishable_key(key)
                        .secret_key("sk_test_interop")
                        .any_authorized_party()
                        .satellite(satellite)
                        .domain("satellite.example");
                    if key == PRODUCTION {
                        builder = builder.secret_key("sk_live_interop");
                    }
                    if let Some(url) = sign_in_url {
                        builder = builder.sign_in_url(url);
                    }
                    if let Some(url) = sign_up_url {
                        builder = builder.sign_up_url(url);
                    }
                    let clerk = builder.build().unwrap();
                    for page in ["sign-in", "sign-up"] {
                        for back in [None, Some("/after?x=1"), Some("https://app.example/there")] {
                            for pending in [false, true] {
                                let request = Request::get("/page?a=1&b=x%20y")
                                    .header("host", "app.example:3000")
                                    .header("cookie", "__clerk_db_jwt=dvb_1");
                                let request = request.body(()).unwrap().into_parts().0;
                                let redirect = match page {
                                    "sign-in" => clerk.redirect_to_sign_in(&request),
                                    _ => clerk.redirect_to_sign_up(&request),
                                };
                                let status = pending.then_some(SessionStatus::Pending);
                                let redirect = redirect.session_status(status.as_ref());
                                let redirect = match back {
                                    Some(back) => redirect.return_back_url(back),
                                    None => redirect.without_return_back_url(),
                                };
                                let question = json!({ "redirect": {
                                    "page": page,
                                    "publishableKey": key,
                                    "signInUrl": sign_in_url,
                                    "signUpUrl": sign_up_url,
                                    "baseUrl": "http://app.example:3000/page?a=1&b=x%20y",
                                    "devBrowserToken": "dvb_1",
                                    "sessionStatus": pending.then_some("pending"),
                                    "isSatellite": satellite,
                                    "returnBackUrl": back,
                                }});
                                let theirs: Value = peer.ask(&question).await;
                                let theirs = theirs["url"]
                                    .as_str()
                                    .unwrap_or_else(|| panic!("{theirs}: {question}"));
                                assert_eq!(parts(&redirect.url().unwrap()), parts(theirs), "{question}");
                                count += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(count > 300, "{count}");
    println!("{count} addresses compared");
}
