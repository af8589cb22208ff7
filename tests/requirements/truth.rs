//! Who has what, read from the raw claims of a token, and what a handler has to answer. Nothing here is the runtime's.

use serde_json::Value;

use crate::tree::{Arguments, Kind, Leaf, Token};

/// Whoever makes a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Standing {
    /// Not signed in, whatever was sent.
    Nobody,
    Session(Box<Session>),
    Machine(Token, Vec<String>),
}

/// What a session has.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Session {
    role: Option<String>,
    permissions: Vec<String>,
    features: Vec<Scoped>,
    plans: Vec<Scoped>,
    ages: Option<[f64; 2]>,
}

/// A feature or plan, and whose it is.
#[derive(Debug, Clone, PartialEq)]
struct Scoped {
    of_organization: bool,
    of_user: bool,
    slug: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// 401.
    NotSignedIn,
    /// 403 that verifying again does not mend.
    Denied,
    /// 403 that verifying again does mend.
    VerifyAgain,
    /// 403 that more scopes do mend.
    MoreScopes,
    /// 200.
    Allowed,
}

impl Standing {
    /// What the payload of a good session token says.
    pub(crate) fn of_session(claims: &Value) -> Self {
        let is_version_2 = claims["v"].as_f64() == Some(2.0);
        let has_organization = !matches!(claims["o"], Value::Null | Value::Bool(false));
        if claims["sts"] == "pending" || !has_good_ids(claims, is_version_2) {
            return Self::Nobody;
        }
        let mut session = Session {
            features: scoped(&claims["fea"]).unwrap_or_default(),
            plans: scoped(&claims["pla"]).unwrap_or_default(),
            ages: ages(&claims["fva"]),
            ..Session::default()
        };
        if !is_version_2 && is_present(&claims["org_id"]) {
            session.role = text(&claims["org_role"]);
            session.permissions = texts(&claims["org_permissions"]);
        }
        if is_version_2 && has_organization {
            // Clerk's SDK makes no auth object of a list that it cannot split.
            let Some(features) = scoped(&claims["fea"]) else {
                return Self::Nobody;
            };
            let organization = &claims["o"];
            let (Some(names), Some(masks)) = (words(&organization["per"]), words(&organization["fpm"]))
            else {
                return Self::Nobody;
            };
            if is_present(&organization["id"]) {
                session.role = text(&organization["rol"]).map(|role| format!("org:{role}"));
                session.permissions = permissions(&features, &names, &masks);
            }
        }
        Self::Session(Box::new(session))
    }

    /// What a handler answers.
    pub(crate) fn verdict(&self, arguments: &Arguments) -> Verdict {
        let accepted = arguments.accepted.tokens();
        let tree = arguments.tree();
        match self {
            Self::Nobody => Verdict::NotSignedIn,
            Self::Session(_) if !accepted.contains(&Token::Session) => Verdict::NotSignedIn,
            Self::Machine(token, _) if !accepted.contains(token) => Verdict::NotSignedIn,
            _ if tree.holds(&|leaf| self.has(leaf)) => Verdict::Allowed,
            Self::Session(_) if tree.holds(&|leaf| leaf.is_reverification() || self.has(leaf)) => {
                Verdict::VerifyAgain
            }
            Self::Machine(..) if tree.holds(&|leaf| leaf.is_scope() || self.has(leaf)) => Verdict::MoreScopes,
            Self::Session(_) | Self::Machine(..) => Verdict::Denied,
        }
    }

    pub(crate) fn has(&self, leaf: Leaf) -> bool {
        match (self, leaf) {
            (Self::Machine(_, scopes), Leaf::Key(Kind::Scope, scope)) => {
                scopes.iter().any(|own| own == scope)
            }
            (Self::Session(session), leaf) => session.has(leaf),
            (Self::Nobody | Self::Machine(..), _) => false,
        }
    }
}

impl Session {
    fn has(&self, leaf: Leaf) -> bool {
        match leaf {
            Leaf::Key(Kind::Role, role) => self
                .role
                .as_ref()
                .is_some_and(|own| prefixed(own) == prefixed(role)),
            Leaf::Key(Kind::Permission, permission) => self.permissions.contains(&prefixed(permission)),
            Leaf::Key(Kind::Feature, feature) => is_among(&self.features, feature),
            Leaf::Key(Kind::Plan, plan) => is_among(&self.plans, plan),
            Leaf::Key(Kind::Scope, _) => false,
            Leaf::Preset("strict_mfa") => self.is_verified("multi_factor", 10.0),
            Leaf::Preset("strict") => self.is_verified("second_factor", 10.0),
            Leaf::Preset("moderate") => self.is_verified("second_factor", 60.0),
            Leaf::Preset("lax") => self.is_verified("second_factor", 1440.0),
            Leaf::Preset(_) => false,
            Leaf::Custom(level, minutes) => self.is_verified(level, minutes.parse().unwrap()),
        }
    }

    fn is_verified(&self, level: &str, minutes: f64) -> bool {
        let Some([first, second]) = self.ages else {
            return false;
        };
        // Whoever has no second factor is asked for the first one instead.
        let (first_counts, second_counts) = match (level, second == -1.0) {
            ("first_factor", _) | ("second_factor" | "multi_factor", true) => (true, false),
            ("second_factor", false) => (false, true),
            ("multi_factor", false) => (true, true),
            _ => return false,
        };
        let is_recent = |age: f64| age != -1.0 && age < minutes;
        (!first_counts || is_recent(first)) && (!second_counts || is_recent(second))
    }
}

/// One `org:`, however many there are.
fn prefixed(key: &str) -> String {
    format!("org:{}", key.trim_start_matches("org:"))
}

fn is_among(list: &[Scoped], asked: &str) -> bool {
    list.iter().any(|own| match asked.split_once(':') {
        None => own.slug == asked && (own.of_organization || own.of_user),
        Some(("o" | "org" | "organization", slug)) => own.slug == slug && own.of_organization,
        Some(("u" | "user", slug)) => own.slug == slug && own.of_user,
        Some(_) => false,
    })
}

/// Clerk's ids are short words; what is none is nobody's.
fn has_good_ids(claims: &Value, is_version_2: bool) -> bool {
    let organization = if is_version_2 {
        &claims["o"]["id"]
    } else {
        &claims["org_id"]
    };
    [&claims["sub"], &claims["sid"], organization]
        .into_iter()
        .all(|id| {
            let is_good = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == '-';
            id.as_str()
                .is_none_or(|id| (1..=256).contains(&id.len()) && id.chars().all(is_good))
        })
}

fn is_present(value: &Value) -> bool {
    text(value).is_some()
}

/// Text that is not empty.
fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(text).collect()
}

/// Nothing if it is neither text nor what counts as none.
fn words(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null | Value::Bool(false) => Some(Vec::new()),
        Value::String(text) if text.is_empty() => Some(Vec::new()),
        Value::String(text) => Some(text.split(',').map(|word| word.trim().to_owned()).collect()),
        _ => None,
    }
}

/// Nothing if any of them says not whose it is.
fn scoped(value: &Value) -> Option<Vec<Scoped>> {
    let read = |word: String| {
        let (scope, slug) = word.split_once(':')?;
        Some(Scoped {
            of_organization: ["o", "ou", "uo"].contains(&scope),
            of_user: ["u", "ou", "uo"].contains(&scope),
            slug: slug.to_owned(),
        })
    };
    words(value)?.into_iter().map(read).collect()
}

/// Minutes; -1 for a factor that is not there.
fn ages(value: &Value) -> Option<[f64; 2]> {
    let ages: Vec<f64> = value
        .as_array()?
        .iter()
        .map(Value::as_f64)
        .collect::<Option<_>>()?;
    let ages: [f64; 2] = ages.try_into().ok()?;
    let is_age = |age: &f64| *age >= 0.0 || *age == -1.0;
    ages.iter().all(is_age).then_some(ages)
}

/// The masks are those of the organization's features, in order; the lowest bit is that of the first name.
fn permissions(features: &[Scoped], names: &[String], masks: &[String]) -> Vec<String> {
    let slugs = features
        .iter()
        .filter(|feature| feature.of_organization)
        .map(|feature| &feature.slug);
    let mut found = Vec::new();
    for (slug, mask) in slugs.zip(masks) {
        if mask.is_empty() || mask.contains(|char: char| !char.is_ascii_digit()) {
            continue;
        }
        let mut rest = mask.clone();
        for name in names {
            let (half, is_odd) = halved(&rest);
            if is_odd {
                found.push(format!("org:{slug}:{name}"));
            }
            rest = half;
        }
    }
    found
}

/// Half of a number in decimal digits, and whether it was odd. On paper, since there may be hundreds of digits.
fn halved(digits: &str) -> (String, bool) {
    let mut carry = 0;
    let mut half = String::new();
    for digit in digits.chars().filter_map(|char| char.to_digit(10)) {
        let value = carry * 10 + digit;
        half.extend(char::from_digit(value / 2, 10));
        carry = value % 2;
    }
    (half, carry == 1)
}

#[test]
fn the_examples_of_clerks_sdk() {
    let list = |text: &str| scoped(&text.into()).unwrap();
    let comma = |text: &str| words(&text.into()).unwrap();
    for (fea, per, fpm, expected) in [
        (
            "o:invoices,u:themes,ou:reports,o:audit",
            "view,edit,export",
            "5,2,0",
            "org:invoices:view org:invoices:export org:reports:edit",
        ),
        (
            "u:themes,o:invoices,ou:reports",
            "view,edit,export",
            "5,3",
            "org:invoices:view org:invoices:export org:reports:view org:reports:edit",
        ),
        ("o:a,o:b", "x,y", " 12 ,1", "org:b:x"),
        ("o:a", "x", "1x", ""),
        ("o:a", "x,y", "18446744073709551618", "org:a:y"),
    ] {
        let found = permissions(&list(fea), &comma(per), &comma(fpm));
        assert_eq!(found.join(" "), expected);
    }
    for (ages, expected) in [
        ([5.0, 20.0], [false, false, true, true, true]),
        ([5.0, -1.0], [true; 5]),
        ([-1.0, 5.0], [false, true, true, true, false]),
        ([10.0, 10.0], [false, false, true, true, false]),
        ([9.0, 9.0], [true; 5]),
        ([61.0, 59.0], [false, false, true, true, false]),
        ([-1.0, -1.0], [false; 5]),
    ] {
        let session = Session {
            ages: Some(ages),
            ..Session::default()
        };
        let presets = ["strict_mfa", "strict", "moderate", "lax"].map(Leaf::Preset);
        let asked = presets.into_iter().chain([Leaf::Custom("first_factor", "10")]);
        assert_eq!(
            asked.map(|leaf| session.has(leaf)).collect::<Vec<_>>(),
            expected,
            "{ages:?}"
        );
    }
}
