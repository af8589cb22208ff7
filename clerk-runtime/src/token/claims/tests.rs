//! Tests of all claims by way of [`SessionClaims`].

use std::mem::size_of;

use serde_json::{Value, json};

use super::claim::{Audience, Claim};
use super::organization::{OrgRole, OrganizationError};
use super::session::SessionClaims;
use crate::token::span::Span;

fn claims(json: &str) -> SessionClaims {
    SessionClaims::from_payload(json).unwrap_or_else(|| panic!("{json}"))
}

#[test]
fn strings_are_the_same_with_and_without_escapes() {
    for json in [
        r#"{"sub":"user_1","sid":"sé","iss":"a/b","azp":"","fea":"o:x","v":2,"o":{"id":"org_1","rol":"ad"}}"#,
        r#"{"sub":"user_\u0031","s\u0069d":"s\u00E9","iss":"a\/b","azp":"","fea":"o\u003ax","v":2,
            "o":{"id":"\u006frg_1","rol":"a\u0064"}}"#,
    ] {
        let claims = claims(json);
        assert_eq!(claims.sub(), Claim::Present("user_1"), "{json}");
        assert_eq!(claims.sid(), Claim::Present("s\u{e9}"), "{json}");
        assert_eq!(claims.iss(), Claim::Present("a/b"), "{json}");
        assert_eq!(claims.azp(), Claim::Present(""), "{json}");
        assert_eq!(claims.features(), Some("o:x"), "{json}");
        assert_eq!(claims.org_id(), Some("org_1"), "{json}");
        assert_eq!(claims.org_role(), Some(OrgRole::WithoutPrefix("ad")), "{json}");
        assert_eq!(claims.payload(), json);
    }
}

#[test]
fn duplicate_claims_are_rejected() {
    let once = [
        r#""sub":"a""#,
        r#""sid":"a""#,
        r#""iss":"a""#,
        r#""azp":"a""#,
        r#""aud":["a"]"#,
        r#""exp":1"#,
        r#""nbf":1"#,
        r#""iat":1"#,
        r#""sts":"a""#,
        r#""fva":[1,2]"#,
        r#""act":{"sub":"a"}"#,
        r#""fea":"a""#,
        r#""pla":"a""#,
        r#""v":2"#,
        r#""o":{"id":"a"}"#,
        r#""org_id":"a""#,
        r#""org_slug":"a""#,
        r#""org_role":"a""#,
        r#""org_permissions":["a"]"#,
        r#""jti":"a""#,
        r#""":"a""#,
    ];
    let is_read = |members: &[&str]| {
        let json = format!("{{{}}}", members.join(","));
        SessionClaims::from_payload(&json).is_some()
    };
    assert!(is_read(&once));
    for again in once {
        let name = again.split('"').nth(1).unwrap();
        let escaped: String = name
            .chars()
            .map(|letter| format!("\\u{:04x}", u32::from(letter)))
            .collect();
        let escaped = format!(r#""{escaped}":null"#);
        for again in [again, &*format!(r#""{name}":null"#), &escaped] {
            assert!(!is_read(&[&once[..], &[again]].concat()), "{again}");
            let others: Vec<&str> = once
                .into_iter()
                .filter(|one| !one.starts_with(&format!(r#""{name}""#)))
                .collect();
            assert!(is_read(&[&others[..], &[again]].concat()), "{again}");
            assert!(!is_read(&[&[again][..], &once].concat()), "{again}");
        }
    }
    for twice in [
        r#""id":1,"id":1"#,
        r#""id":1,"\u0069d":1"#,
        r#""fpm":1,"fpm":1"#,
        r#""x":1,"x":1"#,
    ] {
        assert!(!is_read(&[&format!(r#""o":{{{twice}}}"#)]), "{twice}");
    }
}

#[test]
fn types_of_claims() {
    use Claim::{Absent, Null, Present, WrongType};
    for (json, number, text) in [
        ("null", Null, WrongType),
        ("0", Present(0.0), WrongType),
        ("-1.5", Present(-1.5), WrongType),
        (r#""0""#, WrongType, Present("0")),
        (r#""""#, WrongType, Present("")),
        ("false", WrongType, WrongType),
        ("[0]", WrongType, WrongType),
        (r#"{"0":"0"}"#, WrongType, WrongType),
    ] {
        let claims = format!(r#"{{"iat":{json},"sub":{json}}}"#);
        let claims = SessionClaims::from_payload(&claims).unwrap();
        assert_eq!((claims.iat(), claims.sub()), (number, text), "{json}");
    }
    let nothing = SessionClaims::from_payload("{}").unwrap();
    assert_eq!((nothing.iat(), nothing.sub()), (Absent, Absent));
}

#[test]
fn audiences() {
    for (json, expected) in [
        ("null", Audience::Missing),
        (r#""""#, Audience::Missing),
        ("[]", Audience::Missing),
        (r#"["",""]"#, Audience::Missing),
        (r#""a""#, Audience::OneOf(vec!["a"])),
        (r#"["a"]"#, Audience::OneOf(vec!["a"])),
        (r#"["","\u0061"]"#, Audience::OneOf(vec!["", "a"])),
        (r#"["b","a","b"]"#, Audience::OneOf(vec!["b", "a", "b"])),
        (r#"["a",null]"#, Audience::WrongType),
        ("[null]", Audience::WrongType),
        (r#"["a",["b"]]"#, Audience::WrongType),
        (r#"{"a":"b"}"#, Audience::WrongType),
        ("false", Audience::WrongType),
        ("0", Audience::WrongType),
    ] {
        let claims = claims(&format!(r#"{{"aud":{json}}}"#));
        let found = match claims.aud() {
            Audience::Missing => Audience::Missing,
            Audience::OneOf(spans) => Audience::OneOf(spans.collect()),
            Audience::WrongType => Audience::WrongType,
        };
        assert_eq!(found, expected, "{json}");
    }
    assert!(matches!(claims("{}").aud(), Audience::Missing));
}

#[test]
fn weight_counts_a_list() {
    let weight = |json: &str| claims(json).weight();
    let [one, list] = [r#"{"aud":"a,b,c,d,e"}"#, r#"{"aud":["a","b"]}"#].map(weight);
    assert!(list >= one - 2 + 2 * size_of::<Span>(), "{list} {one}");
}

#[test]
fn fva_is_an_array_of_two_numbers() {
    for (json, expected) in [
        ("[1,-1]", Some((1.0, -1.0))),
        ("[0.5,18446744073709551615]", Some((0.5, u64::MAX as f64))),
        ("[1]", None),
        ("[1,2,3]", None),
        (r#"[1,"2"]"#, None),
        ("[null,2]", None),
        ("[[1],2]", None),
        ("[[1,2]]", None),
        (r#"{"0":1,"1":2}"#, None),
        ("1", None),
        ("null", None),
    ] {
        let found = SessionClaims::from_payload(&format!(r#"{{"fva":{json}}}"#))
            .unwrap()
            .factor_verification_age();
        assert_eq!(found.map(|age| (age.first, age.second)), expected, "{json}");
    }
}

fn claims_of(claims: &Value) -> SessionClaims {
    SessionClaims::from_payload(&claims.to_string()).unwrap_or_else(|| panic!("{claims}"))
}

fn version_2_permissions(fea: &str, per: &str, fpm: &str) -> Vec<String> {
    let claims = json!({"v": 2, "fea": fea, "o": {"id": "org_1", "per": per, "fpm": fpm}});
    let claims = claims_of(&claims);
    assert_eq!(claims.check_organization(), Ok(()));
    claims.org_permissions().unwrap()
}

#[test]
fn masks_align_with_the_features_of_the_organization() {
    assert_eq!(
        version_2_permissions(
            "o:invoices,u:themes,ou:reports,o:audit",
            "view,edit,export",
            "5,2,0"
        ),
        ["org:invoices:view", "org:invoices:export", "org:reports:edit"]
    );
    assert_eq!(version_2_permissions("o:a,o:b", "x,y", " 12 ,1"), ["org:b:x"]);
    assert!(version_2_permissions("o:a", "x", "1x").is_empty());
}

#[test]
fn masks_are_read_beyond_any_machine_word() {
    let names: Vec<String> = (0..150).map(|index| format!("p{index}")).collect();
    assert_eq!(
        version_2_permissions("o:vault", &names.join(","), "576460752303423492"),
        ["org:vault:p2", "org:vault:p59"]
    );
    // 2^140 + 1
    assert_eq!(
        version_2_permissions(
            "o:vault",
            &names.join(","),
            "1393796574908163946345982392040522594123777"
        ),
        ["org:vault:p0", "org:vault:p140"]
    );
}

#[test]
fn features_without_scope_are_an_error() {
    let claims = |fea: Value, o: Value| json!({"v": 2, "fea": fea, "o": o});
    let acme = json!({"id": "org_1"});
    for bad in [json!("billing"), json!("o:a,"), json!(7), json!(["o:a"])] {
        let claims = claims(bad, acme.clone());
        let checked = claims_of(&claims).check_organization();
        assert_eq!(checked, Err(OrganizationError), "{claims}");
    }
    for nothing in [json!(""), json!(0), json!(false), Value::Null] {
        let claims = claims(nothing, acme.clone());
        assert_eq!(claims_of(&claims).check_organization(), Ok(()), "{claims}");
    }
    let without = claims_of(&claims(json!("billing"), Value::Null));
    assert_eq!(without.check_organization(), Ok(()));
    let ids = (without.org_id(), without.org_slug());
    assert_eq!(ids, (None, None));
    assert_eq!((without.org_role(), without.org_permissions()), (None, None));
}

#[test]
fn lists_that_are_not_strings_are_an_error() {
    for (member, bad) in [("per", json!(["read"])), ("fpm", json!(1)), ("per", json!(true))] {
        let mut claims = json!({"v": 2, "fea": "o:a", "o": {"id": "org_1", "per": "read", "fpm": "1"}});
        assert_eq!(claims_of(&claims).check_organization(), Ok(()));
        claims["o"][member] = bad;
        let checked = claims_of(&claims).check_organization();
        assert_eq!(checked, Err(OrganizationError), "{claims}");
        // In version 1 they are ignored.
        claims["v"] = json!(1);
        assert_eq!(claims_of(&claims).check_organization(), Ok(()), "{claims}");
    }
    let no_object = |fea: &str| claims_of(&json!({"v": 2, "fea": fea, "o": "org_1"}));
    assert_eq!(no_object("billing").check_organization(), Err(OrganizationError));
    assert_eq!(no_object("o:billing").check_organization(), Ok(()));
    assert_eq!(no_object("o:billing").org_permissions(), None);
}

#[test]
fn both_versions_in_one_shape() {
    let version_1 = claims_of(&json!({
        "org_id": "org_1", "org_slug": "acme", "org_role": "org:admin",
        "org_permissions": ["org:a:read", 7, "org:a:\u{e9}"], "o": {"id": "org_2"}
    }));
    let version_2 = claims_of(&json!({
        "v": 2, "fea": "o:a", "org_id": "org_2",
        "o": {"id": "org_1", "slg": "acme", "rol": "admin", "per": "read,\u{e9}", "fpm": "3"}
    }));
    for (claims, role) in [
        (&version_1, OrgRole::Key("org:admin")),
        (&version_2, OrgRole::WithoutPrefix("admin")),
    ] {
        assert_eq!(claims.org_id(), Some("org_1"));
        assert_eq!(claims.org_slug(), Some("acme"));
        assert_eq!(claims.org_role(), Some(role));
        let permissions = claims.org_permissions().unwrap();
        assert_eq!(permissions, ["org:a:read", "org:a:\u{e9}"]);
    }
    let empty = claims_of(&json!({"v": 2, "o": {"rol": ""}}));
    assert_eq!(
        (empty.org_role(), empty.org_permissions()),
        (None, Some(Vec::new()))
    );
}

#[test]
fn weight_counts_permissions_that_are_built_later() {
    let large = u128::MAX.to_string();
    let names: Vec<String> = (100..228).map(|number| format!("p{number}")).collect();
    let names = names.join(",");
    for (per, fpm, count) in [
        ("read,edit", "0,0,0", 0),
        ("read,edit", "1,2,9", 3),
        ("read,edit", "3,,x", 2),
        ("read,edit", "255,255,255,255", 6),
        (&*names, &*format!("{large},{large},1"), 257),
    ] {
        let claims = |fpm: &str| {
            claims_of(&json!({"v": 2, "fea": "o:abc,o:def,o:ghi", "o": {"per": per, "fpm": fpm}}))
        };
        let fixed = claims(&fpm.replace(|letter| letter != ',', "0")).weight();
        let grown = claims(fpm).weight() - fixed;
        let permissions = claims(fpm).org_permissions().unwrap();
        let taken: usize = permissions
            .iter()
            .map(|one| size_of::<String>() + one.len())
            .sum();
        assert_eq!(permissions.len(), count, "{fpm}");
        assert!(
            (taken..=taken + 2 * count).contains(&grown),
            "{fpm} {taken} {grown}"
        );
    }
    let listed = json!({"org_permissions": ["org:a:read", "org:a:edit"]});
    let taken = 2 * (size_of::<String>() + "org:a:read".len() + size_of::<Span>());
    assert!(claims_of(&listed).weight() >= listed.to_string().len() + taken);
}
