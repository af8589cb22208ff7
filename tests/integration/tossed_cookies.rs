//! Cookies that another site below the domain has set for the whole domain.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use clerk_runtime::clock::Clock;
use clerk_runtime::key::PublishableKey;
use clerk_runtime::token::TokenCarrier;
use clerk_runtime::{Auth, Clerk, ClerkLayer, Deviation, JwksPolicy, RequestState};
use clerk_testing::{Endpoint, Fault, LocalInstance, TokenBuilder};
use http::StatusCode;

use crate::visitor::Visitor;

async fn who(auth: Auth) -> String {
    auth.user_id().map_or("nobody".to_owned(), ToString::to_string)
}

fn app(clerk: &Clerk) -> Router {
    let signed_in = |user: clerk_runtime::UserId| async move { user.to_string() };
    Router::new()
        .route("/", get(who))
        .route("/api", get(signed_in))
        .layer(ClerkLayer::new(clerk.clone()))
        .with_state(clerk.clone())
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Own {
    Fresh,
    Expired,
    /// Without the cookie that renews it.
    ExpiredForGood,
    SignedOut,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Tossed {
    Nothing,
    Fresh,
    Expired,
    ClientUat,
    TwoSessions,
    TwoClientUats,
    SuffixedSession,
    SuffixedClientUat,
    Garbage,
}

use Own::{Expired, ExpiredForGood, Fresh, SignedOut};

struct Scene {
    instance: LocalInstance,
    visitor: Visitor,
    suffix: String,
}

impl Scene {
    async fn set(production: bool, suffixed_only: bool) -> Self {
        let mut builder = LocalInstance::builder();
        let mut origin = "http://localhost:3000";
        if production {
            builder = builder.production("app.localhost");
            origin = "http://app.localhost:3000";
        }
        if suffixed_only {
            builder = builder.suffixed_cookies_only();
        }
        let instance = builder.start().await.unwrap();
        let mut visitor = Visitor::new(app(&instance.clerk()), origin);
        visitor.navigate("/").await;
        let suffix = PublishableKey::parse(&instance.publishable_key())
            .unwrap()
            .cookie_suffix()
            .to_owned();
        // Signed in at Clerk, so that a handshake finds the session.
        let page = format!("{}?redirect_url={origin}/", instance.sign_in_url());
        visitor.navigate(&page).await;
        let page = visitor.trail.last().unwrap().1.clone();
        visitor.submit(&page, &[("identifier", "ada")]).await;
        assert_eq!(visitor.navigate("/").await, instance.user("ada").user_id());
        Self {
            instance,
            visitor,
            suffix,
        }
    }

    fn arrange(&mut self, own: Own, tossed: Tossed) {
        let eve = self.instance.user("eve");
        // The attacker's are newer than the browser's own.
        self.instance.advance(Duration::from_secs(match own {
            Fresh => 5,
            Expired | ExpiredForGood | SignedOut => 90,
        }));
        match own {
            Fresh | Expired => {}
            ExpiredForGood => self.visitor.set_cookie(&format!("__refresh_{}", self.suffix), ""),
            SignedOut => self.visitor.sign_out(&self.suffix),
        }
        let now = self.instance.clock().unix_millis() / 1000;
        let suffix = &self.suffix;
        let session = eve.token();
        self.visitor.tossed = match tossed {
            Tossed::Nothing => vec![],
            Tossed::Fresh => vec![format!("__session={session}"), format!("__client_uat={now}")],
            Tossed::Expired => {
                let expired = self.instance.user("eve").expired().token();
                vec![format!("__session={expired}"), "__client_uat=1".to_owned()]
            }
            Tossed::ClientUat => vec![format!("__client_uat={now}")],
            Tossed::TwoSessions => {
                let other = self.instance.user("mallory").token();
                vec![
                    format!("__session={session}"),
                    format!("__session={other}"),
                    format!("__client_uat={now}"),
                ]
            }
            Tossed::TwoClientUats => vec!["__client_uat=1".to_owned(), format!("__client_uat={now}")],
            Tossed::SuffixedSession => vec![format!("__session_{suffix}={session}")],
            Tossed::SuffixedClientUat => vec![format!("__client_uat_{suffix}={now}")],
            Tossed::Garbage => vec!["__session=garbage".to_owned(), format!("__client_uat={now}")],
        };
    }
}

/// What a document and an API call come to: the user, nobody, or a 401.
fn expected(own: Own, tossed: Tossed, production: bool) -> (&'static str, &'static str) {
    let is_suffixed = matches!(tossed, Tossed::SuffixedSession | Tossed::SuffixedClientUat);
    match own {
        SignedOut => ("nobody", "401"),
        // A value of the name that counts locks the browser out, but for the page that a handshake leads to.
        Fresh | Expired | ExpiredForGood if is_suffixed && production => ("ada", "401"),
        Fresh | Expired | ExpiredForGood if is_suffixed => ("nobody", "401"),
        // A server renews the session of a call as it does that of a document.
        Fresh | Expired => ("ada", "ada"),
        ExpiredForGood => ("ada", "401"),
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the outcomes are read by people, with --nocapture"
)]
async fn try_all(production: bool) {
    let mut tossed_first = false;
    for suffixed_only in [true, false] {
        for own in [Fresh, Expired, ExpiredForGood, SignedOut] {
            for tossed in [
                Tossed::Nothing,
                Tossed::Fresh,
                Tossed::Expired,
                Tossed::ClientUat,
                Tossed::TwoSessions,
                Tossed::TwoClientUats,
                Tossed::Garbage,
                Tossed::SuffixedSession,
                Tossed::SuffixedClientUat,
            ] {
                let mut scene = Scene::set(production, suffixed_only).await;
                tossed_first = !tossed_first;
                scene.visitor.tossed_first = tossed_first;
                scene.arrange(own, tossed);
                let ada = scene.instance.user("ada").user_id();
                let answer = scene.visitor.fetch("/api").await;
                let call = match answer.status {
                    StatusCode::OK if answer.body == ada => "ada",
                    StatusCode::OK => "another",
                    StatusCode::UNAUTHORIZED => "401",
                    _ => "?",
                };
                // Follows every redirect, and panics in a loop.
                let body = scene.visitor.navigate("/").await;
                let document = match body.as_str() {
                    "nobody" => "nobody",
                    body if body == ada => "ada",
                    _ => "another",
                };
                println!(
                    "{} own {own:?}, tossed {tossed:?}: document {document} after {} redirects, call {call}",
                    if suffixed_only { "suffixed" } else { "both" },
                    scene.visitor.trail.len() - 1,
                );
                let context = format!(
                    "{suffixed_only} {own:?} {tossed:?} {tossed_first} {:?}",
                    scene.visitor.trail
                );
                assert_eq!((document, call), expected(own, tossed, production), "{context}");
            }
        }
    }
}

#[tokio::test]
async fn no_cookie_of_another_site_takes_the_place_of_the_browser_s_own() {
    try_all(true).await;
}

#[tokio::test]
async fn nor_in_development() {
    try_all(false).await;
}

/// A production instance, and what its handles say to one `Cookie` header.
struct Desk {
    instance: LocalInstance,
    suffix: String,
}

impl Desk {
    async fn set() -> Self {
        let instance = LocalInstance::builder()
            .production("app.localhost")
            .start()
            .await
            .unwrap();
        let key = PublishableKey::parse(&instance.publishable_key()).unwrap();
        let suffix = key.cookie_suffix().to_owned();
        Self { instance, suffix }
    }

    fn user(&self, name: &str) -> TokenBuilder {
        self.instance.user(name)
    }

    fn own(&self, token: &str) -> String {
        let suffix = &self.suffix;
        format!("__session_{suffix}={token}; __client_uat_{suffix}=1")
    }

    async fn state(&self, clerk: &Clerk, cookie: &str) -> RequestState {
        let request = http::Request::get("/")
            .header("host", "app.localhost")
            .header("cookie", cookie);
        let (parts, ()) = request.body(()).unwrap().into_parts();
        clerk.authenticate(&parts).await.unwrap()
    }

    /// The `iat` of the session that signs in.
    async fn issued_at(&self, clerk: &Clerk, cookie: &str) -> i64 {
        let state = self.state(clerk, cookie).await;
        let auth = state.to_auth();
        let session = auth
            .session()
            .unwrap_or_else(|| panic!("{cookie}: {:?}", state.reason()));
        let claims: serde_json::Value = session.session_claims().unwrap();
        claims["iat"].as_i64().unwrap()
    }

    async fn who(&self, clerk: &Clerk, cookie: &str) -> String {
        let state = self.state(clerk, cookie).await;
        let auth = state.to_auth();
        auth.user_id().map_or_else(
            || {
                let reason = state.reason().map(ToString::to_string).unwrap_or_default();
                format!("{reason} {}", state.deviation().map_or("-", Deviation::id))
            },
            ToString::to_string,
        )
    }
}

#[tokio::test]
async fn plain_cookies_of_the_same_session_are_chosen_by_clerk_s_table() {
    let desk = Desk::set().await;
    let clerk = desk.instance.clerk();
    let ada = desk.user("ada");
    let old = ada.token();
    desk.instance.advance(Duration::from_secs(10));
    let new = ada.token();
    let forged = ada.clone().signed_by_other_key().token();
    let template = ada.clone().without_claim("sid").token();
    let own = desk.own(&old);
    let of_own = desk.issued_at(&clerk, &own).await;
    for (plain, expected) in [
        // Newer, and of the same session.
        (new, of_own + 10),
        (old, of_own),
        // Claims to be of the same session.
        (forged, of_own),
        (template, of_own),
        (desk.user("eve").token(), of_own),
        ("undefined".to_owned(), of_own),
        (String::new(), of_own),
    ] {
        let cookie = format!("{own}; __session={plain}; __client_uat=1");
        assert_eq!(desk.issued_at(&clerk, &cookie).await, expected, "{plain}");
    }
}

#[tokio::test]
async fn without_suffixed_cookies_of_its_own_a_browser_has_only_plain_ones() {
    let desk = Desk::set().await;
    let clerk = desk.instance.clerk();
    let (ada, eve) = (desk.user("ada"), desk.user("eve"));
    let suffix = &desk.suffix;
    let plain = format!("__session={}; __client_uat=1", ada.token());
    assert_eq!(desk.who(&clerk, &plain).await, ada.user_id());
    // A suffixed session that Clerk has not signed, and no suffixed `__client_uat`, are not its own.
    let forged = eve.clone().signed_by_other_key().token();
    let cookie = format!("{plain}; __session_{suffix}={forged}");
    assert_eq!(desk.who(&clerk, &cookie).await, ada.user_id());
    // One that Clerk has signed is, expired or not, and its `__client_uat` is missing.
    for own in [ada.token(), ada.clone().expired().token()] {
        let plain = format!("__session={}; __client_uat=1", eve.token());
        let cookie = format!("{plain}; __session_{suffix}={own}");
        assert_eq!(
            desk.who(&clerk, &cookie).await,
            "session-token-but-no-client-uat D35"
        );
    }
}

#[tokio::test]
async fn clerk_s_choice_can_be_had_back() {
    let desk = Desk::set().await;
    let (ada, eve) = (desk.user("ada"), desk.user("eve"));
    let own = desk.own(&ada.token());
    desk.instance.advance(Duration::from_secs(10));
    let cookie = format!("{own}; __session={}; __client_uat=1", eve.token());
    let strict = desk.instance.clerk();
    assert_eq!(desk.who(&strict, &cookie).await, ada.user_id());
    assert_eq!(
        desk.state(&strict, &cookie).await.deviation(),
        Some(Deviation::PlainCookies)
    );
    let builder = desk.instance.clerk_builder();
    let lenient = builder.accept_newer_plain_cookies().build().unwrap();
    assert_eq!(desk.who(&lenient, &cookie).await, eve.user_id());
    assert_eq!(desk.state(&lenient, &cookie).await.deviation(), None);
}

#[tokio::test]
async fn of_several_session_cookies_those_count_that_clerk_has_signed() {
    let desk = Desk::set().await;
    let clerk = desk.instance.clerk();
    let (ada, eve) = (desk.user("ada"), desk.user("eve"));
    let suffix = &desk.suffix;
    let old = ada.token();
    desk.instance.advance(Duration::from_secs(10));
    let new = ada.token();
    let forged = eve.clone().signed_by_other_key().token();
    let refused = "token-invalid D31";
    for (names, uat) in [
        (format!("__session_{suffix}"), format!("__client_uat_{suffix}=1")),
        ("__session".to_owned(), "__client_uat=1".to_owned()),
    ] {
        let cookies = |values: &[&str]| {
            let sessions: Vec<String> = values.iter().map(|value| format!("{names}={value}")).collect();
            format!("{}; {uat}", sessions.join("; "))
        };
        for (values, expected) in [
            (vec![&*old, &*new], &*ada.user_id()),
            (vec![&new, &old], &ada.user_id()),
            (vec![&new, &forged], &ada.user_id()),
            (vec![&forged, &new], &ada.user_id()),
            (vec!["undefined", &forged, &new, ""], &ada.user_id()),
            (vec![&new, &eve.token()], refused),
            (vec![&eve.token(), &new], refused),
            (vec![&forged, "undefined"], refused),
            (vec!["", &new], refused),
            (vec!["1", "2", "3", "4", &new], refused),
        ] {
            assert_eq!(
                desk.who(&clerk, &cookies(&values)).await,
                expected,
                "{names} {values:?}"
            );
        }
        let of_old = desk.issued_at(&clerk, &cookies(&[&old])).await;
        for both in [[&*old, &*new], [&*new, &*old]] {
            assert_eq!(desk.issued_at(&clerk, &cookies(&both)).await, of_old + 10);
        }
        let twice = format!("{}; {}", cookies(&[&new]), uat.replace("=1", "=2"));
        assert_eq!(desk.who(&clerk, &twice).await, refused);
        // Cookies that are not used have no say.
        let others = format!(
            "{}; __refresh_{suffix}=1; __refresh_{suffix}=2; __clerk_db_jwt=1; __clerk_db_jwt=2; __clerk_handshake=1; __clerk_handshake=2",
            cookies(&[&new])
        );
        assert_eq!(desk.who(&clerk, &others).await, ada.user_id());
    }
}

#[tokio::test]
async fn cookies_are_told_apart_by_keys_that_are_still_to_be_fetched() {
    let desk = Desk::set().await;
    let (ada, eve) = (desk.user("ada"), desk.user("eve"));
    let suffix = &desk.suffix;
    let forged = eve.clone().signed_by_other_key().token();
    let cookie = format!(
        "__session_{suffix}={forged}; __session_{suffix}={}; __client_uat_{suffix}=1",
        ada.token()
    );
    assert_eq!(desk.who(&desk.instance.clerk(), &cookie).await, ada.user_id());
    // Without keys nothing can be told: neither signed in nor signed out.
    desk.instance.fault(Endpoint::Jwks, Fault::Status(502));
    let state = desk.state(&desk.instance.clerk(), &cookie).await;
    assert!(state.retry_after().is_some(), "{state:?}");
    assert_eq!(state.token_carrier(), Some(TokenCarrier::Cookie));
    desk.instance
        .fault(Endpoint::Jwks, Fault::StatusWithRetryAfter(429, 70));
    let state = desk.state(&desk.instance.clerk(), &cookie).await;
    let wait = state.retry_after().unwrap();
    assert!((69..=70).contains(&wait.as_secs()), "{wait:?}");
}

#[tokio::test]
async fn more_suffixed_sessions_do_not_make_the_plain_one_count() {
    let desk = Desk::set().await;
    let clerk = desk.instance.clerk();
    let (ada, eve) = (desk.user("ada").token(), desk.user("eve").token());
    let suffix = &desk.suffix;
    let own = format!("__session_{suffix}={ada}");
    let theirs = format!("__session={eve}; __client_uat=1");
    let four: Vec<String> = (1..5)
        .map(|number| format!("__session_{suffix}={number}"))
        .collect();
    let four = four.join("; ");
    // Another site can delete a `__client_uat` that was set for the whole domain.
    for cookie in [
        format!("__session_{suffix}=; {own}; {theirs}"),
        format!("{four}; {own}; {theirs}"),
        format!("{own}; {four}; {theirs}"),
    ] {
        assert_eq!(desk.who(&clerk, &cookie).await, "token-invalid D31", "{cookie}");
    }
}

#[tokio::test]
async fn a_session_of_a_former_key_gives_its_place_to_nobody() {
    let desk = Desk::set().await;
    let suffix = &desk.suffix;
    let ada = desk.user("ada").token();
    desk.instance.rotate_keys();
    desk.instance.retire_old_keys();
    let eve = desk.user("eve").token();
    let clerk = desk.instance.clerk();
    clerk.ready().await.unwrap();
    for (cookie, expected) in [
        (
            format!("__session_{suffix}={ada}; __session_{suffix}={eve}; __client_uat_{suffix}=1"),
            "token-invalid D31",
        ),
        (
            format!("__session_{suffix}={ada}; __session={eve}; __client_uat=1"),
            "session-token-but-no-client-uat D35",
        ),
    ] {
        assert_eq!(desk.who(&clerk, &cookie).await, expected, "{cookie}");
    }
}

#[tokio::test]
async fn keys_that_come_too_late_choose_no_session() {
    let desk = Desk::set().await;
    let suffix = &desk.suffix;
    let (ada, eve) = (desk.user("ada").token(), desk.user("eve").token());
    let cookie = format!("__session_{suffix}={eve}; __session_{suffix}={ada}; __client_uat_{suffix}=1");
    for delay in [2500, 4300, 4600] {
        let builder = desk.instance.clerk_builder();
        let clerk = builder.jwks_policy(JwksPolicy::default()).build().unwrap();
        desk.instance
            .fault(Endpoint::Jwks, Fault::Delay(Duration::from_millis(delay)));
        let asked = std::time::Instant::now();
        let state = desk.state(&clerk, &cookie).await;
        assert!(state.retry_after().is_some(), "{delay} {state:?}");
        // One wait of two seconds, whatever the number of cookies.
        let waited = asked.elapsed();
        assert!(waited < Duration::from_millis(3900), "{waited:?}");
    }
}

#[tokio::test]
async fn a_handshake_cookie_of_another_site_locks_nobody_out() {
    // A token that does not verify is an error in development, as with Clerk's SDK: its keys may have been changed.
    for (production, tossed) in [
        (true, "__clerk_handshake_nonce=x"),
        (true, "__clerk_handshake=x"),
        (false, "__clerk_handshake_nonce=x"),
    ] {
        let mut scene = Scene::set(production, true).await;
        scene.visitor.tossed = vec![tossed.to_owned()];
        let ada = scene.instance.user("ada").user_id();
        let call = scene.visitor.fetch("/api").await;
        assert_eq!(call.body, ada, "{production} {tossed}");
        assert_eq!(scene.visitor.navigate("/").await, ada, "{production} {tossed}");
    }
}

#[tokio::test]
async fn two_plain_client_uats_lock_no_expired_session_out_in_development() {
    let mut scene = Scene::set(false, false).await;
    scene.arrange(Expired, Tossed::Nothing);
    scene.visitor.tossed = vec!["__client_uat=0".to_owned()];
    for tossed_first in [true, false] {
        scene.visitor.tossed_first = tossed_first;
        let ada = scene.instance.user("ada").user_id();
        assert_eq!(scene.visitor.fetch("/api").await.body, ada, "{tossed_first}");
    }
}
