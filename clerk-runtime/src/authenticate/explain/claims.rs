//! The claims of a token beside what the application is configured with.

use std::fmt;

use serde_json::{Map, Value};
use url::Url;

use crate::config::{self, ClaimRules, Issuers};
use crate::excerpt::{excerpt, excerpt_of_list};
use crate::token::{Audience, Claim, SessionClaims};

/// A claim of a token beside what the application is configured with. The token's signature may not have been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimExplanation {
    /// The name of the claim, such as `azp`.
    pub name: &'static str,
    /// The value, escaped and at most 128 bytes; `None` if the token does not have the claim.
    pub found: Option<String>,
    /// The values that the application accepts; `None` if it accepts any.
    pub expected: Option<String>,
    /// Names the difference of the two, such as "differs by a slash at the end"; `None` if they do not.
    pub difference: Option<String>,
}

/// The claims that this crate looks at.
#[derive(Debug, Clone, Default)]
pub(in crate::authenticate) struct ClaimFacts {
    pub(super) claims: Vec<ClaimExplanation>,
    /// The names of all other claims.
    pub(super) other_names: Vec<String>,
    /// Seconds since the token expired, or until it does if negative.
    pub(super) expired_for: Option<i64>,
    /// Seconds until `nbf`, if that is not yet.
    pub(super) nbf_in: Option<i64>,
    /// Seconds until `iat`, if that is not yet.
    pub(super) iat_in: Option<i64>,
    /// Set if `iss` is one that the application accepts, or any is.
    pub(super) is_own_issuer: bool,
    /// Set if `azp` is written as an origin that can be an authorized party.
    pub(super) is_origin: bool,
}

impl ClaimFacts {
    /// Reads the claims of a token, verified or not.
    pub(super) fn read(claims: &SessionClaims, rules: &ClaimRules, now_ms: i64) -> Self {
        let mut facts = Self::default();
        facts.issuer(claims, rules);
        facts.party(claims, rules);
        facts.audience(claims, rules);
        facts.times(claims, rules, now_ms);
        facts.plain("sub", text(claims.sub()));
        facts.plain("sid", text(claims.sid()));
        facts.plain("sts", claims.status().map(|status| excerpt(status.as_str())));
        facts.others(claims.payload());
        facts
    }

    /// Returns the claim of this name.
    pub(super) fn get(&self, name: &str) -> Option<&ClaimExplanation> {
        self.claims.iter().find(|claim| claim.name == name)
    }

    fn issuer(&mut self, claims: &SessionClaims, rules: &ClaimRules) {
        let expected = rules.issuers.as_ref().map(|issuers| match issuers {
            Issuers::Listed(list) | Issuers::Derived(list) => list.as_slice(),
        });
        let found = claims.iss().as_str();
        self.is_own_issuer =
            expected.is_none_or(|list| found.is_some_and(|iss| list.iter().any(|own| own == iss)));
        self.compared("iss", found, expected);
    }

    fn party(&mut self, claims: &SessionClaims, rules: &ClaimRules) {
        let found = claims.azp().as_str();
        self.is_origin = found.is_some_and(|azp| config::party(azp).is_ok());
        self.compared("azp", found, rules.authorized_parties.as_deref());
    }

    fn audience(&mut self, claims: &SessionClaims, rules: &ClaimRules) {
        let expected = rules.audience.as_deref();
        let (found, is_accepted) = match claims.aud() {
            Audience::OneOf(audience) => {
                let is_accepted =
                    expected.is_none_or(|list| audience.clone().any(|one| list.iter().any(|own| own == one)));
                (Some(excerpt_of_list(audience)), is_accepted)
            }
            Audience::Missing => (None, expected.is_none()),
            Audience::WrongType => (
                Some("neither text nor a list of texts".to_owned()),
                expected.is_none(),
            ),
        };
        let difference = match (is_accepted, &found) {
            (true, _) => None,
            (false, None) => Some("missing".to_owned()),
            (false, Some(_)) => Some("none of the accepted values".to_owned()),
        };
        self.claims.push(ClaimExplanation {
            name: "aud",
            found,
            expected: expected.map(list),
            difference,
        });
    }

    fn times(&mut self, claims: &SessionClaims, rules: &ClaimRules, now_ms: i64) {
        let skew = rules.clock_skew_in_ms / 1000;
        let now = now_ms.div_euclid(1000);
        let [exp, nbf, iat] = [claims.exp(), claims.nbf(), claims.iat()].map(seconds);
        self.expired_for = exp.map(|exp| now.saturating_sub(exp));
        let late = |time: Option<i64>| {
            time.map(|time| time.saturating_sub(now))
                .filter(|wait| *wait > skew)
        };
        (self.nbf_in, self.iat_in) = (late(nbf), late(iat));
        let expected = |relation: &str| Some(format!("{relation} {now} (now), tolerance {skew} s"));
        let expiry = self.expired_for.filter(|passed| *passed >= skew);
        let early = |wait: Option<i64>| wait.map(|wait| format!("too early by {wait} s"));
        for (name, found, expected, difference) in [
            (
                "exp",
                exp,
                expected("after"),
                expiry.map(|passed| format!("too late by {passed} s")),
            ),
            ("nbf", nbf, expected("not after"), early(self.nbf_in)),
            ("iat", iat, expected("not after"), early(self.iat_in)),
        ] {
            let is_missing = name == "exp" && found.is_none();
            self.claims.push(ClaimExplanation {
                name,
                found: found.map(|time| match time.saturating_sub(now) {
                    ahead if ahead > 0 => format!("{time} (in {ahead} s)"),
                    ahead => format!("{time} ({} s ago)", ahead.unsigned_abs()),
                }),
                expected,
                difference: difference.or_else(|| is_missing.then(|| "missing, or not a number".to_owned())),
            });
        }
    }

    fn compared(&mut self, name: &'static str, found: Option<&str>, expected: Option<&[String]>) {
        let difference = expected.and_then(|list| match found {
            None => Some("missing".to_owned()),
            Some(found) if list.iter().any(|own| own == found) => None,
            Some(found) => Some(nearest_difference(found, list)),
        });
        self.claims.push(ClaimExplanation {
            name,
            found: found.map(excerpt),
            expected: expected.map(list),
            difference,
        });
    }

    fn plain(&mut self, name: &'static str, found: Option<String>) {
        self.claims.push(ClaimExplanation {
            name,
            found,
            expected: None,
            difference: None,
        });
    }

    /// Reads the claims that Clerk's SDK makes an auth object of, and the names of the rest.
    fn others(&mut self, payload: &str) {
        const CLERKS: [&str; 10] = [
            "v",
            "o",
            "org_id",
            "org_slug",
            "org_role",
            "org_permissions",
            "fva",
            "act",
            "pla",
            "fea",
        ];
        /// The most names that are listed.
        const MAX_NAMES: usize = 24;
        let Ok(members) = serde_json::from_str::<Map<String, Value>>(payload) else {
            return;
        };
        for name in CLERKS {
            if let Some(value) = members.get(name) {
                self.plain(name, Some(excerpt(&value.to_string())));
            }
        }
        let is_known = |name: &str| self.claims.iter().any(|claim| claim.name == name);
        let mut names: Vec<String> = members
            .keys()
            .filter(|name| !is_known(name))
            .map(|name| excerpt(name))
            .collect();
        if names.len() > MAX_NAMES {
            let left_out = names.len() - MAX_NAMES;
            names.truncate(MAX_NAMES);
            names.push(format!("{left_out} more"));
        }
        self.other_names = names;
    }
}

/// Tells how a text differs from the entry of a list that is nearest to it.
fn nearest_difference(found: &str, list: &[String]) -> String {
    let differences = list.iter().filter_map(|own| {
        let (rank, difference) = difference(found, own)?;
        Some((rank, format!("differs from {} by {difference}", excerpt(own))))
    });
    differences.min_by_key(|(rank, _)| *rank).map_or_else(
        || "none of the accepted values".to_owned(),
        |(_, difference)| difference,
    )
}

/// Tells how two texts differ if that is likely to be a slip; the smaller the number, the likelier.
fn difference(found: &str, own: &str) -> Option<(u8, &'static str)> {
    let without_slash = |text: &str| text.trim_end_matches('/').to_ascii_lowercase();
    if found.trim_end_matches('/') == own.trim_end_matches('/') {
        return Some((0, "a slash at the end"));
    }
    if without_slash(found) == without_slash(own) {
        return Some((1, "upper and lower case"));
    }
    if found.trim() == own.trim() {
        return Some((0, "white space"));
    }
    let (found_url, own_url) = (Url::parse(found).ok(), Url::parse(own).ok());
    let Some((found_url, own_url)) = found_url.zip(own_url) else {
        let is_scheme_missing =
            found.ends_with(&format!("://{own}")) || own.ends_with(&format!("://{found}"));
        return is_scheme_missing.then_some((2, "the scheme, which one of them does not have"));
    };
    let host = |url: &Url| {
        url.host_str()
            .unwrap_or_default()
            .trim_end_matches('.')
            .to_owned()
    };
    let (found_host, own_host) = (host(&found_url), host(&own_url));
    let same_host = found_host == own_host;
    let same_port = found_url.port() == own_url.port();
    let same_scheme = found_url.scheme() == own_url.scheme();
    let is_local = |host: &str| matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let without_www = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    match () {
        () if same_host && same_scheme && same_port => Some((3, "what follows the host")),
        () if same_host && same_port => Some((4, "the scheme")),
        () if same_host && same_scheme => Some((5, "the port")),
        () if same_host => Some((6, "scheme and port")),
        () if without_www(&found_host) == without_www(&own_host) => Some((7, "`www.`")),
        () if is_local(&found_host) && is_local(&own_host) => Some((8, "the name of the local host")),
        () if found_host.ends_with(&format!(".{own_host}")) => {
            Some((9, "a subdomain, which is a site of its own"))
        }
        () if own_host.ends_with(&format!(".{found_host}")) => {
            Some((9, "a subdomain, which is a site of its own"))
        }
        () => None,
    }
}

fn list(values: &[String]) -> String {
    excerpt_of_list(values.iter().map(String::as_str))
}

fn text(claim: Claim<&str>) -> Option<String> {
    match claim {
        Claim::Present(text) => Some(excerpt(text)),
        Claim::Absent => None,
        Claim::Null | Claim::WrongType => Some("not text".to_owned()),
    }
}

fn seconds(claim: Claim<f64>) -> Option<i64> {
    match claim {
        Claim::Present(seconds) => Some(seconds as i64),
        Claim::Absent | Claim::Null | Claim::WrongType => None,
    }
}

impl fmt::Display for ClaimExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = self.found.as_deref().unwrap_or("(none)");
        write!(f, "{} {found}", self.name)?;
        match (&self.expected, self.name) {
            (Some(expected), _) => write!(f, "; accepted: {expected}")?,
            (None, "iss" | "azp" | "aud") => f.write_str("; any is accepted")?,
            (None, _) => {}
        }
        match &self.difference {
            Some(difference) => write!(f, "; {difference}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_entry_is_named_with_its_difference() {
        let list = [
            "https://app.example.com".to_owned(),
            "http://localhost:3000".to_owned(),
        ];
        for (found, expected) in [
            (
                "https://app.example.com/",
                "https://app.example.com by a slash at the end",
            ),
            (
                "https://APP.example.com",
                "https://app.example.com by upper and lower case",
            ),
            ("http://app.example.com", "https://app.example.com by the scheme"),
            (
                "https://app.example.com:8443",
                "https://app.example.com by the port",
            ),
            (
                "app.example.com",
                "https://app.example.com by the scheme, which one of them does not have",
            ),
            ("https://www.app.example.com", "https://app.example.com by `www.`"),
            (
                "http://127.0.0.1:3000",
                "http://localhost:3000 by the name of the local host",
            ),
            ("http://localhost:5173", "http://localhost:3000 by the port"),
            (
                "https://a.app.example.com",
                "https://app.example.com by a subdomain, which is a site of its own",
            ),
        ] {
            let difference = nearest_difference(found, &list);
            assert_eq!(difference, format!("differs from {expected}"), "{found}");
        }
        assert_eq!(
            nearest_difference("https://other.test", &list),
            "none of the accepted values"
        );
    }

    #[test]
    fn claims_stand_beside_the_configured_values() {
        let claims = SessionClaims::from_payload(
            r#"{"iss":"https://clerk.test","azp":"https://a.test/","sub":"user_1","sid":"sess_1","exp":1000,
                "iat":940,"o":{"id":"org_1","rol":"admin"},"email":"a@b.test"}"#,
        )
        .unwrap();
        let rules = ClaimRules {
            authorized_parties: Some(vec!["https://a.test".to_owned()]),
            audience: Some(vec!["api".to_owned()]),
            issuers: None,
            clock_skew_in_ms: 5_000,
        };
        let facts = ClaimFacts::read(&claims, &rules, 1_061_000);
        let lines: Vec<String> = facts.claims.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "iss https://clerk.test; any is accepted",
                "azp https://a.test/; accepted: https://a.test; differs from https://a.test by a slash at the end",
                "aud (none); accepted: api; missing",
                "exp 1000 (61 s ago); accepted: after 1061 (now), tolerance 5 s; too late by 61 s",
                "nbf (none); accepted: not after 1061 (now), tolerance 5 s",
                "iat 940 (121 s ago); accepted: not after 1061 (now), tolerance 5 s",
                "sub user_1",
                "sid sess_1",
                "sts (none)",
                r#"o {"id":"org_1","rol":"admin"}"#,
            ]
        );
        assert_eq!(facts.other_names, ["email"]);
        assert_eq!(facts.expired_for, Some(61));
    }
}
