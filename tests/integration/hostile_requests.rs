//! Requests put together at random from pieces that mean something: no panic, and nobody is signed in by them unless the
//! one good token stands where a token belongs.

use clerk_runtime::AuthStatus;
use clerk_testing::LocalInstance;
use http::{HeaderValue, Request};

/// Marsaglia's xorshift: the same requests in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len())]
    }
}

#[tokio::test]
async fn nobody_is_signed_in_by_chance() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let good = instance.user("ada").expires_in(3600).token();
    let suffix = clerk_runtime::key::PublishableKey::parse(&instance.publishable_key())
        .unwrap()
        .cookie_suffix()
        .to_owned();
    let (header, rest) = good.split_once('.').unwrap();
    let (payload, signature) = rest.split_once('.').unwrap();
    let names = [
        "__session",
        "__client_uat",
        "__clerk_db_jwt",
        "__refresh",
        "__clerk_redirect_count",
        "__clerk_handshake",
    ];
    let mut pieces: Vec<String> = [
        good.as_str(),
        header,
        payload,
        signature,
        "Bearer",
        "bearer",
        "Basic",
        " ",
        " ",
        "\t",
        ".",
        ",",
        ";",
        "; ",
        "=",
        "%",
        "%00",
        "%zz",
        "0",
        "-1",
        "1767225600",
        "99999999999999999999",
        "NaN",
        "dvb_1",
        "null",
        "\u{ff}",
        "\"",
        "__session=",
        "__client_uat=1",
        "__clerk_db_jwt=dvb_1",
    ]
    .map(str::to_owned)
    .into();
    pieces.push(instance.user("ada").expired().token());
    pieces.push(instance.user("ada").signed_by_other_key().token());
    pieces.push(format!("Bearer {good}"));
    pieces.push(format!("__session={good}; __client_uat=1; __clerk_db_jwt=dvb_1"));
    for name in names {
        pieces.push(format!("{name}_{suffix}="));
        pieces.push(format!("{name}="));
    }
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut signed_in = [0, 0];
    for _ in 0..20_000 {
        let mut request = Request::new(());
        *request.method_mut() = dice
            .pick(&[http::Method::GET, http::Method::POST, http::Method::HEAD])
            .clone();
        *request.uri_mut() = dice
            .pick(&[
                "/",
                "/?__clerk_db_jwt=x",
                "/?__session=x&a=%",
                "//evil.test/x",
                "http://app.test:80/a?b=c",
            ])
            .parse()
            .unwrap();
        for name in [
            "authorization",
            "cookie",
            "host",
            "accept",
            "sec-fetch-dest",
            "x-clerk-auth-status",
        ] {
            for _ in 0..dice.roll(3) {
                let length = dice.roll(7);
                let value: String = (0..length).map(|_| dice.pick(&pieces).as_str()).collect();
                let bytes: Vec<u8> = value
                    .chars()
                    .map(|c| u8::try_from(u32::from(c)).unwrap())
                    .collect();
                request
                    .headers_mut()
                    .append(name, HeaderValue::from_bytes(&bytes).unwrap());
            }
        }
        let (parts, ()) = request.into_parts();
        // In development the result of a handshake that does not verify is an error.
        let Ok(state) = clerk.authenticate_request(&parts).await else {
            continue;
        };
        if state.status() == AuthStatus::SignedIn {
            assert_eq!(
                state.to_auth().user_id().unwrap(),
                instance.user("ada").user_id().as_str()
            );
            let of = |name: &str| {
                parts
                    .headers
                    .get_all(name)
                    .iter()
                    .map(|value| value.as_bytes())
                    .collect::<Vec<_>>()
            };
            let bearer = of("authorization");
            let by_header = bearer.len() == 1
                && std::str::from_utf8(bearer[0]).is_ok_and(|value| {
                    value
                        .trim()
                        .split_once(' ')
                        .is_some_and(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer") && token == good)
                });
            let by_cookie = of("cookie").iter().any(|cookies| {
                cookies
                    .windows(good.len())
                    .any(|window| window == good.as_bytes())
            });
            assert!(by_header || by_cookie, "{parts:?}");
            signed_in[usize::from(by_cookie && !by_header)] += 1;
        }
    }
    assert!(
        signed_in[0] > 0 && signed_in[1] > 0,
        "the dice never made a good request: {signed_in:?}"
    );
}
