//! Draws what happens to a request between two looks.

use http::Method;

use crate::credentials::Credentials;
use crate::dice::Dice;
use crate::drafts::Draft;
use crate::scripts::{Step, Wants};

/// The group whose sequences change, between two looks, what the check for foreign sites reads. It stands alone because
/// these requests may be answered otherwise when that check is made at another place.
pub(crate) const METHOD_OVERRIDE: &str = "method-override";
pub(crate) const SEQUENCE: &str = "sequence";
/// How many seconds may go by within a request: enough for some tokens to expire.
const WAIT: i64 = 3;

/// Draws a sequence and the group it belongs to. Time passes in it only where `may_wait` says so.
pub(crate) fn draw(
    dice: &mut Dice,
    credentials: &Credentials<'_>,
    draft: &mut Draft,
    mut may_wait: bool,
) -> (&'static str, Vec<Step>) {
    let group = if dice.once_in(3) {
        METHOD_OVERRIDE
    } else {
        SEQUENCE
    };
    let mut steps = Vec::new();
    if group == METHOD_OVERRIDE && dice.percent(70) {
        come_from_elsewhere(dice, credentials, draft);
    }
    if dice.percent(75) {
        steps.push(layer(dice));
    } else {
        steps.push(look(dice));
    }
    for _ in 0..=dice.roll(3) {
        for _ in 0..dice.roll(3) {
            steps.push(match group {
                METHOD_OVERRIDE if dice.percent(70) => of_site(dice, credentials),
                _ => of_credentials(dice, credentials),
            });
        }
        if dice.once_in(8) {
            steps.push(layer(dice));
        }
        if may_wait && dice.once_in(12) {
            steps.push(Step::Wait(WAIT));
            may_wait = false;
        }
        steps.push(look(dice));
        if dice.once_in(2) {
            steps.push(Step::GetAuth);
        }
    }
    steps.push(Step::GetAuth);
    (group, steps)
}

/// Makes it a request that a foreign site sends with the browser's cookies.
fn come_from_elsewhere(dice: &mut Dice, credentials: &Credentials<'_>, draft: &mut Draft) {
    draft.headers.remove("authorization");
    draft.headers.remove("cookie");
    credentials.add_cookies(dice, draft, true);
    draft.method = dice
        .pick(&[Method::GET, Method::GET, Method::GET, Method::POST, Method::HEAD])
        .clone();
    draft.put(
        "sec-fetch-site",
        dice.word(&["cross-site", "cross-site", "same-site", "same-origin", "none"]),
    );
    if dice.percent(70) {
        let own = credentials.instance.origin;
        draft.put(
            "origin",
            dice.word(&["https://evil.example", "https://evil.example", own]),
        );
    }
}

fn layer(dice: &mut Dice) -> Step {
    match dice.roll(12) {
        0..8 => Step::Layer(false),
        8..11 => Step::Layer(true),
        _ => Step::OtherLayer,
    }
}

fn look(dice: &mut Dice) -> Step {
    match dice.roll(28) {
        0..8 => Step::Guard(Wants::Session),
        8..13 => Step::Guard(Wants::Any),
        13 => Step::Guard(Wants::ApiKey),
        14 | 15 => Step::Guard(Wants::List),
        16 | 17 => Step::Guard(Wants::Page),
        18..22 => Step::Auth,
        22 | 23 => Step::Session,
        24 | 25 => Step::OptionalSession,
        _ => Step::User,
    }
}

/// Draws a change of what says who makes the request, or of what says nothing.
fn of_credentials(dice: &mut Dice, credentials: &Credentials<'_>) -> Step {
    let mut drawn = Draft {
        method: Method::GET,
        uri: "/".parse().unwrap(),
        headers: http::HeaderMap::new(),
    };
    let is_plain = dice.percent(80);
    let mut value = |dice: &mut Dice, name: &'static str| {
        match name {
            "authorization" => credentials.add_authorization(dice, &mut drawn, is_plain),
            _ => credentials.add_cookies(dice, &mut drawn, is_plain),
        }
        let values = drawn
            .headers
            .get(name)
            .map(|value| value.as_bytes().iter().copied().map(char::from).collect());
        values.unwrap_or_default()
    };
    match dice.roll(12) {
        0..3 => Step::Set("authorization", value(dice, "authorization")),
        3 => Step::Append("authorization", value(dice, "authorization")),
        4 | 5 => Step::Remove("authorization"),
        6 | 7 => Step::Set("cookie", value(dice, "cookie")),
        8 => Step::Append("cookie", value(dice, "cookie")),
        9 => Step::Remove("cookie"),
        10 => Step::Set("accept", "text/html".to_owned()),
        _ => Step::Set("sec-fetch-dest", dice.word(&["document", "empty"]).to_owned()),
    }
}

/// Draws a change of what the check for foreign sites reads.
fn of_site(dice: &mut Dice, credentials: &Credentials<'_>) -> Step {
    let own = credentials.instance.origin;
    match dice.roll(16) {
        0..5 => Step::Method(Method::POST),
        5 => Step::Method(Method::DELETE),
        6 | 7 => Step::Method(Method::GET),
        8 => Step::Set(
            "origin",
            dice.word(&["https://evil.example", "null", own]).to_owned(),
        ),
        9 => Step::Remove("origin"),
        10 | 11 => {
            let sites = ["cross-site", "same-site", "same-origin", "none", "elsewhere"];
            Step::Set("sec-fetch-site", dice.word(&sites).to_owned())
        }
        12 => Step::Remove("sec-fetch-site"),
        13 => Step::Set("upgrade", "websocket".to_owned()),
        14 => Step::Remove("upgrade"),
        _ => Step::Set(
            "host",
            dice.word(&["evil.example", credentials.instance.host()])
                .to_owned(),
        ),
    }
}
