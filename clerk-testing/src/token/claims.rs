use serde_json::{Map, Value, json};

use super::permissions::{is_custom, pack};
use crate::directory::{Session, Version};

/// When a token begins and ends, in seconds of Unix time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lifetime {
    pub(crate) issued_at: i64,
    pub(crate) expires_at: i64,
}

impl Lifetime {
    /// Clerk's default lifetime of session and template tokens, in seconds.
    pub(crate) const DEFAULT: i64 = 60;

    pub(crate) fn starting(now: i64, seconds: i64) -> Self {
        Self {
            issued_at: now,
            expires_at: now.saturating_add(seconds),
        }
    }

    /// Clerk lets a token begin ten seconds before it was issued, for servers whose clocks are behind.
    fn not_before(self) -> i64 {
        self.issued_at.saturating_sub(10)
    }
}

/// What every token of a session says, whoever asked for it.
pub(crate) fn common(session: &Session, issuer: &str, lifetime: Lifetime) -> Map<String, Value> {
    let mut claims = Map::new();
    if let Some(azp) = &session.azp {
        claims.insert("azp".into(), json!(azp));
    }
    claims.insert("exp".into(), json!(lifetime.expires_at));
    claims.insert("iat".into(), json!(lifetime.issued_at));
    claims.insert("iss".into(), json!(issuer));
    claims.insert("nbf".into(), json!(lifetime.not_before()));
    claims.insert("sub".into(), json!(session.user_id));
    claims
}

/// The claims of a session token. Custom claims never replace Clerk's own.
pub(crate) fn of_session(session: &Session, issuer: &str, lifetime: Lifetime) -> Map<String, Value> {
    let mut claims = common(session, issuer, lifetime);
    claims.insert("sid".into(), json!(session.id));
    claims.insert(
        "sts".into(),
        json!(if session.pending { "pending" } else { "active" }),
    );
    claims.insert(
        "fva".into(),
        json!([session.factor_ages.0, session.factor_ages.1]),
    );
    if let Some(actor) = &session.actor {
        claims.insert("act".into(), json!({ "sub": actor }));
    }
    if !session.plans.is_empty() {
        claims.insert("pla".into(), json!(session.plans.join(",")));
    }
    match session.version {
        Version::V1 => add_v1(&mut claims, session),
        Version::V2 => add_v2(&mut claims, session),
    }
    for (name, value) in &session.claims {
        claims.entry(name.clone()).or_insert_with(|| value.clone());
    }
    claims
}

fn add_v1(claims: &mut Map<String, Value>, session: &Session) {
    if !session.features.is_empty() {
        claims.insert("fea".into(), json!(session.features.join(",")));
    }
    if let Some(org) = &session.org {
        let permissions: Vec<_> = session
            .permissions
            .iter()
            .filter(|permission| is_custom(permission))
            .collect();
        claims.insert("org_id".into(), json!(org.id));
        claims.insert("org_slug".into(), json!(org.slug));
        claims.insert("org_role".into(), json!(session.role));
        claims.insert("org_permissions".into(), json!(permissions));
    }
}

fn add_v2(claims: &mut Map<String, Value>, session: &Session) {
    claims.insert("v".into(), json!(2));
    let permissions = if session.org.is_some() {
        &session.permissions[..]
    } else {
        &[]
    };
    let packed = pack(&session.features, permissions);
    if !packed.features.is_empty() {
        claims.insert("fea".into(), json!(packed.features.join(",")));
    }
    if let Some(org) = &session.org {
        let role = session.role.strip_prefix("org:").unwrap_or(&session.role);
        let mut o = Map::from_iter([
            ("id".to_owned(), json!(org.id)),
            ("slg".to_owned(), json!(org.slug)),
            ("rol".to_owned(), json!(role)),
        ]);
        if !packed.names.is_empty() {
            o.insert("per".into(), json!(packed.names.join(",")));
            o.insert("fpm".into(), json!(packed.masks.join(",")));
        }
        claims.insert("o".into(), Value::Object(o));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::ActiveOrganization;

    fn session(version: Version) -> Session {
        let mut session = Session::new("sess_1".into(), "user_1".into(), "ada".into());
        session.version = version;
        session.org = Some(ActiveOrganization {
            id: "org_1".into(),
            slug: "acme".into(),
        });
        session.role = "org:admin".into();
        session.permissions = vec!["org:invoices:read".into(), "org:sys_memberships:manage".into()];
        session
    }

    #[test]
    fn version_2_packs_the_organization() {
        let claims = of_session(&session(Version::V2), "https://iss", Lifetime::starting(1000, 60));
        assert_eq!(
            Value::Object(claims),
            json!({
                "v": 2, "sub": "user_1", "sid": "sess_1", "iss": "https://iss", "azp": "http://localhost:3000",
                "iat": 1000, "nbf": 990, "exp": 1060, "sts": "active", "fva": [0, -1], "fea": "o:invoices",
                "o": { "id": "org_1", "slg": "acme", "rol": "admin", "per": "read", "fpm": "1" },
            })
        );
    }

    #[test]
    fn version_1_spells_it_out() {
        let claims = of_session(&session(Version::V1), "https://iss", Lifetime::starting(1000, 60));
        assert_eq!(claims["org_id"], "org_1");
        assert_eq!(claims["org_role"], "org:admin");
        assert_eq!(claims["org_slug"], "acme");
        assert_eq!(claims["org_permissions"], json!(["org:invoices:read"]));
        assert!(!claims.contains_key("v") && !claims.contains_key("o"));
    }

    #[test]
    fn without_organization_there_is_no_trace_of_one() {
        for version in [Version::V1, Version::V2] {
            let mut session = session(version);
            session.org = None;
            let claims = of_session(&session, "https://iss", Lifetime::starting(1000, 60));
            assert!(!claims.contains_key("o") && !claims.keys().any(|name| name.starts_with("org_")));
        }
    }

    #[test]
    fn custom_claims_add_but_do_not_replace() {
        let mut session = session(Version::V2);
        session.claims = Map::from_iter([("tier".into(), json!("gold")), ("sub".into(), json!("user_2"))]);
        let claims = of_session(&session, "https://iss", Lifetime::starting(1000, 60));
        assert_eq!(claims["tier"], "gold");
        assert_eq!(claims["sub"], "user_1");
    }

    #[test]
    fn times_do_not_overflow() {
        let lifetime = Lifetime::starting(i64::MAX, i64::MAX);
        assert_eq!(lifetime.expires_at, i64::MAX);
        assert_eq!(Lifetime::starting(i64::MIN, i64::MIN).not_before(), i64::MIN);
    }
}
