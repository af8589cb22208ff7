//! Tokens for one instance at one moment: good ones, and every kind of bad one.

use aws_lc_rs::hmac;
use serde_json::{Value, json};

use crate::canned::MACHINES;
use crate::dice::Dice;
use crate::instances::Instance;
use crate::keys::{Key, NEXT, OTHER, encode};

pub(crate) struct Tokens {
    pub(crate) good: Vec<String>,
    pub(crate) bad: Vec<String>,
    pub(crate) machines: Vec<String>,
    /// A token that was good a minute ago.
    pub(crate) expired: String,
    /// The second the tokens are of.
    pub(crate) now: i64,
    pub(crate) key: &'static Key,
}

/// The audience that one of the configurations asks for.
const AUDIENCE: &str = "https://api.example.com";

fn header(key: &Key) -> Value {
    json!({"alg": "RS256", "cat": "cl_B7d4PD111AAA", "kid": key.kid, "typ": "JWT"})
}

/// Gives the claims of a session that was signed in a moment ago.
fn claims(instance: &Instance, now: i64) -> Value {
    json!({
        "azp": instance.origin, "aud": AUDIENCE, "iss": instance.issuer, "sub": "user_ada", "sid": "sess_ada",
        "iat": now - 2, "nbf": now - 12, "exp": now + 58, "fva": [5, -1], "sts": "active", "v": 2,
    })
}

/// Puts members into an object, or takes those out that are null.
fn with(mut object: Value, members: Value) -> Value {
    let map = object.as_object_mut().unwrap();
    for (name, value) in members.as_object().unwrap() {
        match value {
            Value::Null => map.remove(name),
            value => map.insert(name.clone(), value.clone()),
        };
    }
    object
}

fn signed(key: &Key, header: &Value, claims: &Value) -> String {
    key.sign(header.to_string(), claims.to_string())
}

fn admin() -> Value {
    json!({
        "sub": "user_admin", "fea": "o:invoices,o:reports,u:export", "pla": "o:pro,u:free",
        "o": {"id": "org_acme", "slg": "acme", "rol": "admin", "per": "read,manage", "fpm": "3,1"},
    })
}

fn member() -> Value {
    json!({
        "sub": "user_member", "fea": "o:reports", "pla": "u:free",
        "o": {"id": "org_other", "slg": "other", "rol": "member", "per": "read", "fpm": "1"},
    })
}

impl Tokens {
    /// Signs with `key` what is to be good.
    pub(crate) fn new(instance: &Instance, now: i64, key: &'static Key) -> Self {
        Self {
            good: good(instance, now, key),
            bad: bad(instance, now, key),
            machines: machines(instance, now, key),
            expired: signed(key, &header(key), &claims(instance, now - 120)),
            now,
            key,
        }
    }

    /// Picks a token: mostly a good one.
    pub(crate) fn pick<'a>(&'a self, dice: &mut Dice) -> &'a str {
        match dice.roll(20) {
            0..14 => dice.pick::<String>(&self.good),
            14..18 => dice.pick::<String>(&self.bad),
            _ => dice.pick::<String>(&self.machines),
        }
    }
}

fn good(instance: &Instance, now: i64, key: &Key) -> Vec<String> {
    let base = claims(instance, now);
    let version_1 = json!({
        "v": null, "sts": null, "fva": null, "sub": "user_first", "org_id": "org_acme", "org_slug": "acme",
        "org_role": "org:admin", "org_permissions": ["org:invoices:read"],
    });
    let variants = [
        json!({}),
        json!({"sub": "user_bob", "sid": "sess_bob", "fva": [0, 0]}),
        admin(),
        member(),
        with(admin(), json!({"fva": [1, 2]})),
        with(admin(), json!({"fva": [100, 100]})),
        version_1,
        json!({"v": null, "sts": null, "sub": "user_first"}),
        json!({"sts": "pending", "sub": "user_pending"}),
        with(admin(), json!({"sts": "pending"})),
        json!({"act": {"sub": "user_agent", "type": "agent"}}),
        json!({"fva": null}),
        json!({"exp": now + 3, "sub": "user_soon"}),
        json!({"exp": now + 600, "iat": now - 100, "sub": "user_long"}),
        json!({"exp": now + 1_000_000, "sub": "user_forever", "metadata": {"a": [1, 2, {"b": null}]}}),
        json!({"aud": [AUDIENCE, "https://else.example.com"]}),
    ];
    let mut tokens: Vec<String> = variants
        .into_iter()
        .map(|variant| signed(key, &header(key), &with(base.clone(), variant)))
        .collect();
    tokens.push(signed(&NEXT, &header(&NEXT), &base));
    tokens.push(signed(&NEXT, &header(&NEXT), &with(base, admin())));
    tokens
}

fn bad(instance: &Instance, now: i64, key: &Key) -> Vec<String> {
    let base = claims(instance, now);
    let of_claims = [
        json!({"exp": now - 1}),
        json!({"exp": now - 4}),
        json!({"exp": now - 6}),
        json!({"exp": now - 60, "iat": now - 120, "nbf": now - 130}),
        json!({"exp": now - 100_000, "iat": now - 100_060, "nbf": now - 100_060}),
        json!({"nbf": now + 4}),
        json!({"nbf": now + 60}),
        json!({"iat": now + 4, "nbf": null}),
        json!({"iat": now + 60, "nbf": null, "exp": now + 120}),
        json!({"exp": null}),
        json!({"exp": "never"}),
        json!({"iat": null}),
        json!({"nbf": null}),
        json!({"sub": null}),
        json!({"sub": 7}),
        json!({"sid": null}),
        json!({"azp": null}),
        json!({"azp": "https://evil.example"}),
        json!({"iss": "https://clerk.evil.example"}),
        json!({"iss": null}),
        json!({"aud": null}),
        json!({"aud": ["https://else.example.com"]}),
        json!({"aud": 7}),
        with(admin(), json!({"fea": null})),
        json!({"o": {"id": "org_acme"}}),
        json!({"sub": "mch_worker"}),
        json!({"sub": "user ada\u{e9}"}),
        json!({"padding": "x".repeat(9000)}),
        json!({"padding": "x".repeat(17_000)}),
    ];
    let of_header = [
        json!({"kid": "ins_unknown"}),
        json!({"kid": null}),
        json!({"kid": "../evil"}),
        json!({"typ": null}),
        json!({"typ": "at+jwt"}),
        json!({"typ": "else"}),
        json!({"alg": "none"}),
        json!({"alg": "HS256"}),
        json!({"crit": ["exp"]}),
        json!({"cat": null}),
        json!({"cat": "cl_B7d4PD222AAA"}),
        json!({"cat": "cl_B7d4PD333AAA"}),
    ];
    let mut tokens: Vec<String> = of_claims
        .into_iter()
        .map(|claims| signed(key, &header(key), &with(base.clone(), claims)))
        .chain(
            of_header
                .into_iter()
                .map(|members| signed(key, &with(header(key), members), &base)),
        )
        .collect();
    tokens.extend(forged(&base, key));
    tokens
}

/// Makes tokens that were not signed by the instance.
fn forged(base: &Value, key: &Key) -> Vec<String> {
    let (header, claims) = (header(key).to_string(), base.to_string());
    let good = key.sign(&header, &claims);
    let parts: Vec<&str> = good.split('.').collect();
    let (head, payload, signature) = (parts[0], parts[1], parts[2]);
    let mallory = encode(with(base.clone(), json!({"sub": "user_mallory"})).to_string());
    let with_public_key = {
        let signed = format!(
            "{}.{payload}",
            encode(json!({"alg": "HS256", "typ": "JWT"}).to_string())
        );
        let key = hmac::Key::new(hmac::HMAC_SHA256, key.pem.as_bytes());
        format!("{signed}.{}", encode(hmac::sign(&key, signed.as_bytes())))
    };
    let twice = format!("{},\"sub\":\"user_mallory\"}}", claims.trim_end_matches('}'));
    vec![
        OTHER.sign(&header, &claims),
        NEXT.sign(&header, &claims),
        format!("{head}.{mallory}.{signature}"),
        format!("{head}.{payload}."),
        format!("{head}.{payload}"),
        format!("{good}x"),
        format!("{good}="),
        format!("{head}.{payload}.{}", &signature[..signature.len() - 4]),
        format!("{head}.{payload}.{signature}.{signature}"),
        format!("{}.{payload}.", encode(r#"{"alg":"none"}"#)),
        with_public_key,
        key.sign(&header, twice),
        key.sign(&header, "[]"),
        key.sign(&header, "{\"sub\":"),
        key.sign("{}", &claims),
        "..".to_owned(),
        "e30.e30.".to_owned(),
        "e30.e30.AAAA".to_owned(),
        "garbage".to_owned(),
        "%00".to_owned(),
        "undefined".to_owned(),
    ]
}

/// Makes the tokens of machines: JWTs, and opaque ones that say how they are answered.
fn machines(instance: &Instance, now: i64, key: &Key) -> Vec<String> {
    let times = json!({"iss": instance.issuer, "iat": now - 10, "nbf": now - 15, "exp": now + 60});
    let m2m_header = with(header(key), json!({"cat": "cl_B7d4PD333AAA"}));
    let m2m = with(
        times.clone(),
        json!({"sub": "mch_worker", "aud": ["mch_other"], "jti": "mt_1", "scopes": "invoices:read"}),
    );
    let oauth_header = with(header(key), json!({"cat": null, "typ": "at+jwt"}));
    let oauth = with(
        times,
        json!({"sub": "user_grantor", "client_id": "client_1", "scope": "openid invoices:read", "jti": "oat_1", "aud": AUDIENCE}),
    );
    let mut tokens = vec![
        signed(key, &m2m_header, &m2m),
        signed(key, &m2m_header, &with(m2m.clone(), json!({"exp": now - 60}))),
        signed(
            key,
            &m2m_header,
            &with(m2m.clone(), json!({"iss": "https://clerk.evil.example"})),
        ),
        signed(key, &header(key), &m2m),
        OTHER.sign(m2m_header.to_string(), m2m.to_string()),
        signed(key, &oauth_header, &oauth),
        signed(key, &oauth_header, &with(oauth.clone(), json!({"aud": null}))),
        signed(key, &oauth_header, &with(oauth.clone(), json!({"exp": now - 60}))),
        signed(key, &oauth_header, &with(oauth.clone(), json!({"sub": null}))),
        OTHER.sign(oauth_header.to_string(), oauth.to_string()),
    ];
    for prefix in ["ak", "mt", "oat"] {
        tokens.extend(MACHINES.iter().map(|name| format!("{prefix}_{name}")));
        // Most of what is presented is good.
        for name in ["user", "scoped", "user", "scoped", "user", "scoped"] {
            tokens.push(format!("{prefix}_{name}"));
        }
    }
    tokens
}

/// Makes a handshake's token out of what it hands over.
pub(crate) fn handshake(
    instance: &Instance,
    now: i64,
    key: &Key,
    directives: &Value,
    members: Value,
) -> String {
    let claims = json!({"iss": instance.issuer, "iat": now - 1, "exp": now + 30, "handshake": directives});
    let header = json!({"alg": "RS256", "kid": key.kid, "typ": "JWT"});
    signed(key, &header, &with(claims, members))
}
