//! Requests drawn at random from valid and spoilt pieces; the same ones in every run.

use clerk_testing::LocalInstance;
use http::Request;

use crate::judges::{ANY, API_KEY, Judges, SESSION, SESSION_OR_OAUTH};

/// Marsaglia's xorshift.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.roll(list.len())]
    }
}

async fn compare(production: bool) {
    let instance = match production {
        true => LocalInstance::builder()
            .production("app.localhost")
            .start()
            .await
            .unwrap(),
        false => LocalInstance::start().await.unwrap(),
    };
    instance.organization("acme").member("ada", "org:admin");
    let Some(mut judges) = Judges::of(instance, None) else {
        return;
    };
    let instance = &judges.instance;
    let ada = instance.user("ada");
    let acme = instance.user("ada").org("acme").role("org:admin");
    let expired = instance.user("ada").expired();
    let forged = instance.user("ada").signed_by_other_key();
    let half = |cookie: &str, keep: fn(usize) -> bool| {
        let pairs = cookie.split("; ").enumerate().filter(|(at, _)| keep(*at));
        pairs.map(|(_, pair)| pair).collect::<Vec<_>>().join("; ")
    };
    let cookies = [
        ada.cookie(),
        acme.cookie(),
        expired.cookie(),
        format!("{}; {}", expired.cookie(), expired.refresh_cookie()),
        forged.cookie(),
        half(&ada.cookie(), |at| at % 2 == 0),
        half(&ada.cookie(), |at| at % 2 == 1),
        half(&acme.cookie(), |at| at > 1),
        half(&expired.cookie(), |at| at > 0),
        "__client_uat=0".to_owned(),
        "__client_uat=5; __clerk_db_jwt=dvb_1".to_owned(),
        "__session=nonsense; __client_uat=5; __clerk_db_jwt=dvb_1".to_owned(),
        String::new(),
    ];
    let bearers = [
        String::new(),
        String::new(),
        String::new(),
        ada.bearer(),
        expired.bearer(),
        forged.bearer(),
        format!("Bearer {}", instance.api_key("ada").secret()),
        format!("Bearer {}", instance.oauth_token("ada").jwt()),
        "Bearer nonsense".to_owned(),
    ];
    let host = if production {
        "app.localhost:3000"
    } else {
        "localhost:3000"
    };
    let elsewhere = instance.frontend_url();
    let cookies: Vec<&str> = cookies.iter().map(String::as_str).collect();
    let bearers: Vec<&str> = bearers.iter().map(String::as_str).collect();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut statuses = std::collections::BTreeMap::new();
    for _ in 0..400 {
        let path = dice.pick(&["/", "/orgs/acme", "/orgs/other/x", "/me", "/a%20b"]);
        let query = dice.pick(&[
            "",
            "",
            "?a=1&b=x+y",
            "?__clerk_db_jwt=dvb_1",
            "?__clerk_synced=false",
            "?__dev_session=x&q=%2F",
            "?__clerk_db_jwt=",
        ]);
        let mut request = Request::builder()
            .method(dice.pick(&["GET", "GET", "GET", "POST", "HEAD"]))
            .uri(format!("{path}{query}"))
            .header("host", host);
        for (name, value) in [
            ("authorization", dice.pick(&bearers)),
            (
                "sec-fetch-dest",
                dice.pick(&["document", "document", "iframe", "empty", ""]),
            ),
            ("accept", dice.pick(&["text/html,*/*", "application/json", ""])),
            (
                "referer",
                dice.pick(&["", "", "https://elsewhere.example/", &elsewhere]),
            ),
            ("origin", dice.pick(&["", "https://elsewhere.example"])),
        ] {
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        let mut cookie = dice.pick(&cookies).to_owned();
        if dice.roll(4) == 0 {
            cookie += &format!("; __clerk_redirect_count={}", dice.roll(4));
        }
        if !cookie.is_empty() {
            request = request.header("cookie", cookie.trim_start_matches("; "));
        }
        let parts = request.body(()).unwrap().into_parts().0;
        let accepts = [SESSION, SESSION, ANY, API_KEY, SESSION_OR_OAUTH][dice.roll(5)];
        let verdict = judges.both(&parts, accepts).await;
        *statuses.entry(verdict.status).or_insert(0) += 1;
    }
    assert!(
        statuses.len() >= 3,
        "the dice never made some kind of request: {statuses:?}"
    );
    println!("{} requests compared: {statuses:?}", judges.count);
}

#[tokio::test]
async fn requests_drawn_at_random_in_development() {
    compare(false).await;
}

#[tokio::test]
async fn requests_drawn_at_random_in_production() {
    compare(true).await;
}
