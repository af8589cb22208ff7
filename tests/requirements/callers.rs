//! Whoever makes a request: sessions, machines and those who are nobody, with real tokens of a local instance.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clerk_testing::{LocalInstance, TokenBuilder};
use http::Request;
use http::header::{AUTHORIZATION, COOKIE, HeaderName};
use http::request::Builder;
use serde_json::{Value, json};

use crate::claims;
use crate::dice::Dice;
use crate::tree::Token;
use crate::truth::Standing;

/// Seconds. Tokens of a minute would not last where the tests are slow.
const LASTING: i64 = 3600;

pub(crate) struct Caller {
    /// What is sent.
    credential: Option<(HeaderName, String)>,
    pub(crate) standing: Standing,
    /// For a test that fails.
    pub(crate) about: String,
}

impl Caller {
    pub(crate) fn request(&self, path: &str) -> Builder {
        let request = Request::get(path).header("host", "localhost:3000");
        match &self.credential {
            Some((name, value)) => request.header(name, value),
            None => request,
        }
    }

    fn new(token: &str, standing: Standing, about: impl Into<String>) -> Self {
        Self {
            credential: Some((AUTHORIZATION, format!("Bearer {token}"))),
            standing,
            about: about.into(),
        }
    }

    fn of_session(dice: &mut Dice, session: &TokenBuilder) -> Self {
        let token = session.token();
        let claims = payload(&token);
        let standing = Standing::of_session(&claims);
        if dice.once_in(5) {
            return Self {
                credential: Some((COOKIE, session.cookie())),
                standing,
                about: format!("cookie {claims}"),
            };
        }
        Self::new(&token, standing, format!("session {claims}"))
    }
}

/// So many of them, the same in every run but for keys, ids and times.
pub(crate) fn draw(instance: &LocalInstance, count: usize, seed: u64) -> Vec<Caller> {
    let mut dice = Dice::new(seed);
    let draw = |_| match dice.roll(12) {
        0 => nobody(&mut dice, instance),
        1 | 2 => regular_session(&mut dice, instance),
        3..9 => odd_session(&mut dice, instance),
        9 => api_key(&mut dice, instance),
        10 => m2m(&mut dice, instance),
        _ => oauth(&mut dice, instance),
    };
    (0..count).map(draw).collect()
}

fn payload(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

/// Nobody, with everything that a session or a machine could have.
fn nobody(dice: &mut Dice, instance: &LocalInstance) -> Caller {
    let session = instance
        .user("ada")
        .org("acme")
        .role("org:admin")
        .permissions(["org:invoices:read", "org:invoices:write", "org:reports:read"])
        .features(["ou:invoices", "ou:reports", "ou:themes"])
        .plans(["ou:pro", "ou:free"]);
    let scopes = ["invoices:read", "invoices:list", "openid", "mch_ledger"];
    let key = instance.api_key("ada").scopes(scopes);
    let worker = instance.machine("worker").scopes(["mch_ledger"]);
    let (token, about) = match dice.roll(14) {
        0 => {
            return Caller {
                credential: None,
                standing: Standing::Nobody,
                about: "nothing".to_owned(),
            };
        }
        1 => ("nonsense".to_owned(), "nonsense"),
        2 => (session.expired().token(), "expired"),
        3 => (session.not_yet_valid().token(), "not yet valid"),
        4 => (session.signed_by_other_key().token(), "forged"),
        5 => (
            session.issuer("https://clerk.elsewhere.example").token(),
            "of another instance",
        ),
        6 => (
            session.header("cat", "cl_B7d4PD222AAA").token(),
            "of a JWT template",
        ),
        7 => (session.without_claim("sub").token(), "without a user"),
        8 => (session.claim("sub", "").token(), "of an empty user"),
        9 => (key.revoked().secret(), "revoked key"),
        10 => (key.expired().secret(), "expired key"),
        11 => ("ak_unknown".to_owned(), "unknown key"),
        12 => (worker.expired().m2m_jwt(), "expired machine"),
        _ => (
            instance.oauth_token("ada").scopes(scopes).revoked().token(),
            "revoked grant",
        ),
    };
    Caller::new(&token, Standing::Nobody, about)
}

/// What Clerk itself would put into a token.
fn regular_session(dice: &mut Dice, instance: &LocalInstance) -> Caller {
    let mut session = instance.user("ada").expires_in(LASTING).fva(
        dice.pick(&[0, 4, 9, 10, 14, 59, 60, 2000]),
        dice.pick(&[-1, -1, 0, 9, 10, 59, 61, 1440]),
    );
    if !dice.once_in(4) {
        session = session
            .org("acme")
            .role(dice.pick(&["org:admin", "org:member", "org:billing"]))
            .permissions(dice.some(&["org:invoices:read", "org:invoices:write", "org:reports:read"]));
    }
    session = session
        .features(dice.some(&["o:invoices", "u:invoices", "ou:reports", "u:themes", "o:themes"]))
        .plans(dice.some(&["o:pro", "u:pro", "u:free"]));
    if dice.once_in(3) {
        session = session.v1();
    }
    if dice.once_in(8) {
        session = session.pending();
    }
    Caller::of_session(dice, &session)
}

fn odd_session(dice: &mut Dice, instance: &LocalInstance) -> Caller {
    let mut session = instance.user("ada").expires_in(LASTING);
    for (name, value) in claims::draw(dice) {
        // A claim that is null and one that is absent are the same to everyone.
        session = if value.is_null() && dice.once_in(2) {
            session.without_claim(name)
        } else {
            session.claim(name, value)
        };
    }
    Caller::of_session(dice, &session)
}

fn scopes(dice: &mut Dice) -> Vec<String> {
    let mut scopes = dice.some(&["invoices:read", "invoices:list", "openid", "mch_ledger"]);
    if dice.once_in(4) {
        scopes.extend(dice.pick(&[["", "invoices"], ["INVOICES:READ", "invoices:*"]]));
    }
    scopes.into_iter().map(str::to_owned).collect()
}

/// What would be a session's, and is nothing to a machine.
fn session_claims() -> Value {
    json!({
        "org_id": "org_1", "org_role": "org:admin", "org_permissions": ["org:invoices:read"],
        "v": 2, "o": { "id": "org_1", "rol": "admin" }, "fea": "ou:invoices", "pla": "ou:pro", "fva": [0, 0],
    })
}

fn api_key(dice: &mut Dice, instance: &LocalInstance) -> Caller {
    let scopes = scopes(dice);
    let key = match dice.roll(2) {
        0 => instance.api_key("ada"),
        _ => instance.api_key_of_org("acme"),
    };
    let key = key.scopes(&scopes).claims(session_claims());
    let about = format!("API key {scopes:?}");
    Caller::new(&key.secret(), Standing::Machine(Token::ApiKey, scopes), about)
}

fn m2m(dice: &mut Dice, instance: &LocalInstance) -> Caller {
    let machine = instance.machine("worker");
    if dice.once_in(3) {
        let known = dice.some(&["mch_ledger", "mch_other"]);
        let machine = machine.scopes(&known).claims(session_claims());
        let (token, form) = match dice.roll(2) {
            0 => (machine.m2m_token(), "opaque"),
            _ => (machine.m2m_jwt(), "JWT"),
        };
        let scopes: Vec<String> = known.into_iter().map(str::to_owned).collect();
        let about = format!("{form} machine {scopes:?}");
        return Caller::new(&token, Standing::Machine(Token::M2m, scopes), about);
    }
    let mut claims = session_claims();
    match dice.roll(3) {
        0 => claims["scopes"] = json!(scopes(dice).join(" ")),
        1 => claims["aud"] = json!(scopes(dice)),
        _ => {
            claims["scopes"] = json!(scopes(dice).join(" "));
            claims["aud"] = json!(["invoices:read", "openid"]);
        }
    }
    let token = machine.claims(claims).m2m_jwt();
    let claims = payload(&token);
    let scopes = match &claims["scopes"] {
        Value::String(scopes) => scopes.split(' ').map(str::to_owned).collect(),
        _ => serde_json::from_value(claims["aud"].clone()).unwrap(),
    };
    Caller::new(
        &token,
        Standing::Machine(Token::M2m, scopes),
        format!("machine {claims}"),
    )
}

fn oauth(dice: &mut Dice, instance: &LocalInstance) -> Caller {
    let scopes = scopes(dice);
    let grant = instance.oauth_token("ada").scopes(&scopes);
    let (token, form) = match dice.roll(3) {
        0 => (grant.token(), "opaque"),
        _ => (grant.jwt(), "JWT"),
    };
    let about = format!("{form} grant {scopes:?}");
    Caller::new(&token, Standing::Machine(Token::Oauth, scopes), about)
}
