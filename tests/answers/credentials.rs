//! Where a request carries what: the `Authorization` header, cookies in every spelling, Clerk's parameters.

use serde_json::json;

use crate::canned::{NONCES, REFRESHES, directives};
use crate::dice::Dice;
use crate::drafts::Draft;
use crate::instances::Instance;
use crate::tokens::{Tokens, handshake};
use crate::upstream::Fresh;

pub(crate) struct Credentials<'a> {
    pub(crate) instance: &'a Instance,
    pub(crate) tokens: &'a Tokens,
    suffix: String,
    handshakes: Vec<String>,
}

impl<'a> Credentials<'a> {
    pub(crate) fn new(instance: &'a Instance, tokens: &'a Tokens, fresh: &Fresh) -> Self {
        let now = tokens.now;
        let make =
            |name: &str, members| handshake(instance, now, tokens.key, &directives(name, fresh), members);
        let mut handshakes: Vec<String> = ["good", "good", "bad", "out", "odd", "none"]
            .iter()
            .map(|name| make(name, json!({})))
            .collect();
        handshakes.push(make("good", json!({"exp": now - 60})));
        handshakes.push(make("good", json!({"handshake": null})));
        handshakes.push(make("good", json!({"handshake": [1, 2]})));
        handshakes.push(make("good", json!({"iat": now + 300, "exp": now + 360})));
        handshakes.push(format!("{}x", make("good", json!({}))));
        handshakes.push("garbage".to_owned());
        Self {
            instance,
            tokens,
            suffix: instance.suffix(),
            handshakes,
        }
    }

    pub(crate) fn add(&self, dice: &mut Dice, draft: &mut Draft, is_plain: bool) {
        match dice.roll(20) {
            0 => {}
            1..10 => self.add_authorization(dice, draft, is_plain),
            10..19 => self.add_cookies(dice, draft, is_plain),
            _ => {
                self.add_authorization(dice, draft, is_plain);
                self.add_cookies(dice, draft, is_plain);
            }
        }
    }

    pub(crate) fn add_authorization(&self, dice: &mut Dice, draft: &mut Draft, is_plain: bool) {
        let token = match dice.roll(8) {
            0 => dice.pick(&self.tokens.machines),
            _ => self.tokens.pick(dice),
        };
        let other = self.tokens.pick(dice);
        let form = if is_plain { 0 } else { dice.roll(24) };
        let value = match form {
            1 => format!("bearer {token}"),
            2 => format!("BEARER {token}"),
            3 => format!("Bearer  {token}"),
            4 => format!("Bearer {token} "),
            5 => format!("Bearer {token} {other}"),
            6 => format!("Bearer\t{token}"),
            7 => token.to_owned(),
            8 => "Bearer".to_owned(),
            9 => "Bearer ".to_owned(),
            10 => "Basic YWRhOnNlY3JldA==".to_owned(),
            11 => format!("Token {token}"),
            12 => format!("Bearer {token},Bearer {other}"),
            13 => format!("Bearer {token}\u{e9}"),
            14 => String::new(),
            15 => format!("Bearer \"{token}\""),
            16 => format!("Bearer {}", token.replace('.', "%2E")),
            _ => format!("Bearer {token}"),
        };
        draft.put("authorization", &value);
        match form {
            17 => draft.append("authorization", &format!("Bearer {other}")),
            18 => draft.append("authorization", &value),
            19 => draft.append("authorization", ""),
            _ => {}
        }
    }

    /// Makes a machine the one that asks.
    pub(crate) fn add_machine(&self, dice: &mut Dice, draft: &mut Draft) {
        draft.headers.remove("cookie");
        draft.put(
            "authorization",
            &format!("Bearer {}", dice.pick(&self.tokens.machines)),
        );
    }

    /// Makes it a page of a browser whose session can be renewed, or could if Clerk were well.
    fn add_renewal(&self, dice: &mut Dice, draft: &mut Draft) {
        let (suffix, token) = (&self.suffix, &self.tokens.expired);
        let name = if dice.percent(40) {
            "good"
        } else {
            dice.word(&REFRESHES)
        };
        let mut pairs =
            format!("__refresh_{suffix}=rt_{name}; __clerk_db_jwt=dvb_1; __clerk_db_jwt_{suffix}=dvb_1");
        let uat = self.tokens.now - 200;
        for name in ["", "_"].iter().take(1 + dice.roll(2)) {
            let end = if name.is_empty() {
                String::new()
            } else {
                format!("_{suffix}")
            };
            pairs += &format!("; __session{end}={token}; __client_uat{end}={uat}");
        }
        draft.append("cookie", &pairs);
    }

    pub(crate) fn add_cookies(&self, dice: &mut Dice, draft: &mut Draft, is_plain: bool) {
        if is_plain && dice.once_in(12) {
            return self.add_renewal(dice, draft);
        }
        let pairs = self.cookies(dice, is_plain);
        if pairs.is_empty() {
            return;
        }
        let separator = if is_plain {
            "; "
        } else {
            dice.word(&["; ", "; ", ";", " ;\t", "; ; "])
        };
        if !is_plain && dice.once_in(10) && pairs.len() > 1 {
            for half in pairs.chunks(pairs.len().div_ceil(2)) {
                draft.append("cookie", &half.join(separator));
            }
        } else {
            draft.append("cookie", &pairs.join(separator));
        }
        if !is_plain && dice.once_in(60) {
            draft.append("cookie", &"x=1;".repeat(140));
        }
    }

    fn cookies(&self, dice: &mut Dice, is_plain: bool) -> Vec<String> {
        let suffix = &self.suffix;
        let token = if is_plain && dice.percent(75) {
            dice.pick(&self.tokens.good)
        } else {
            self.tokens.pick(dice)
        };
        let other = self.tokens.pick(dice).to_owned();
        let uat = self.uat(dice, is_plain);
        let mut pairs = Vec::new();
        let plain = |token: &str| [format!("__session={token}"), format!("__client_uat={uat}")];
        let suffixed = |token: &str| {
            [
                format!("__session_{suffix}={token}"),
                format!("__client_uat_{suffix}={uat}"),
            ]
        };
        match dice.roll(if is_plain { 6 } else { 14 }) {
            0 | 1 => pairs.extend(plain(token)),
            2 | 3 => pairs.extend(suffixed(token)),
            4 | 5 => pairs.extend(plain(token).into_iter().chain(suffixed(token))),
            6 => pairs.extend(plain(&other).into_iter().chain(suffixed(token))),
            7 => pairs.push(format!("__session={token}")),
            8 => pairs.push(format!("__client_uat={uat}")),
            9 => pairs.extend(plain(token).into_iter().chain([format!("__session={other}")])),
            10 => pairs.extend(plain(token).into_iter().chain([format!("__session={token}")])),
            11 => pairs.extend([
                format!("__session_aaaaaaaa={token}"),
                format!("__client_uat_aaaaaaaa={uat}"),
            ]),
            12 => pairs.extend(
                plain(token)
                    .into_iter()
                    .chain([format!("__client_uat_{suffix}=0")]),
            ),
            _ => {}
        }
        let has_browser = if self.instance.is_development() { 95 } else { 5 };
        if dice.percent(has_browser) {
            pairs.push("__clerk_db_jwt=dvb_1".to_owned());
            if dice.once_in(2) {
                pairs.push(format!("__clerk_db_jwt_{suffix}=dvb_1"));
            }
        }
        self.add_rare(dice, is_plain, &mut pairs);
        if dice.once_in(3) {
            let at = dice.roll(pairs.len() + 1);
            pairs.insert(
                at,
                dice.word(&["theme=dark", "__other=1", "a=\"b\"", "novalue", "=x"])
                    .to_owned(),
            );
        }
        pairs
    }

    fn add_rare(&self, dice: &mut Dice, is_plain: bool, pairs: &mut Vec<String>) {
        let suffix = &self.suffix;
        let rare = |often: usize| if is_plain { often } else { often / 3 };
        if dice.once_in(rare(12)) {
            let name = if dice.percent(50) {
                "good"
            } else {
                dice.word(&REFRESHES)
            };
            pairs.push(format!("__refresh_{suffix}=rt_{name}"));
        }
        if dice.once_in(rare(24)) {
            pairs.push(format!(
                "__clerk_redirect_count={}",
                dice.pick(&["0", "1", "2", "3", "4", "-1", "x", "1e9"])
            ));
        }
        if dice.once_in(rare(36)) {
            pairs.push(format!("__clerk_handshake={}", dice.pick(&self.handshakes)));
        }
        if dice.once_in(rare(36)) {
            pairs.push(format!("__clerk_handshake_nonce=nonce_{}", self.nonce(dice)));
        }
    }

    /// Picks when the client says that something changed last.
    fn uat(&self, dice: &mut Dice, is_plain: bool) -> String {
        let now = self.tokens.now;
        match dice.roll(if is_plain { 12 } else { 24 }) {
            0 => "0".to_owned(),
            1 => (now - 1).to_string(),
            2..18 => (now - 10).to_string(),
            18 => (now + 100).to_string(),
            19 => String::new(),
            20 => "soon".to_owned(),
            21 => format!(" {now}abc"),
            22 => "-1".to_owned(),
            _ => "0x1F".to_owned(),
        }
    }

    fn nonce<'b>(&self, dice: &mut Dice) -> &'b str {
        if dice.percent(40) {
            "good"
        } else {
            dice.word(&NONCES)
        }
    }

    /// Draws parameters of Clerk's.
    pub(crate) fn parameters(&self, dice: &mut Dice) -> Vec<String> {
        let mut drawn = Vec::new();
        for _ in 0..=dice.roll(2) {
            drawn.push(match dice.roll(9) {
                0 => "__clerk_db_jwt=dvb_2".to_owned(),
                1 => "__clerk_db_jwt=".to_owned(),
                2 | 3 => format!("__clerk_handshake={}", dice.pick(&self.handshakes)),
                4 | 5 => format!("__clerk_handshake_nonce=nonce_{}", self.nonce(dice)),
                6 => format!("__clerk_synced={}", dice.pick(&["false", "true", "1"])),
                7 => {
                    let urls = [
                        "https%3A%2F%2Fshop.example.test%2Fcart",
                        "https%3A%2F%2Fevil.example%2F",
                        "nowhere",
                    ];
                    format!("__clerk_redirect_url={}", dice.pick(&urls))
                }
                _ => "__clerk_help=1&a=b+c&a=%C3%A9".to_owned(),
            });
        }
        drawn
    }
}
