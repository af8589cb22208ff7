//! Requests that nobody would send who means well.

use serde_json::{Value, json};

use crate::wire::{ok, send, start, told};

const CALLS: &[&str] = &[
    "GET /v1/users",
    "POST /v1/users",
    "GET /v1/users/count",
    "POST /v1/users/ban",
    "GET /v1/users/{user}",
    "PATCH /v1/users/{user}",
    "PATCH /v1/users/{user}/metadata",
    "PUT /v1/users/{user}/metadata",
    "POST /v1/users/{user}/verify_password",
    "GET /v1/users/{user}/organization_memberships",
    "POST /v1/sessions",
    "GET /v1/sessions",
    "GET /v1/organizations",
    "POST /v1/organizations",
    "PATCH /v1/organizations/{org}",
    "PATCH /v1/organizations/{org}/metadata",
    "PUT /v1/organizations/{org}/metadata",
    "GET /v1/organizations/{org}/memberships",
    "POST /v1/organizations/{org}/memberships",
    "PATCH /v1/organizations/{org}/memberships/{user}",
    "PATCH /v1/organizations/{org}/memberships/{user}/metadata",
    "GET /v1/organizations/{org}/invitations",
    "POST /v1/organizations/{org}/invitations",
    "POST /v1/organizations/{org}/invitations/bulk",
    "GET /v1/organization_memberships",
    "GET /v1/organization_invitations",
    "GET /v1/invitations",
    "POST /v1/invitations",
    "POST /v1/invitations/bulk",
    "GET /v1/jwt_templates",
    "POST /v1/jwt_templates",
    "GET /v1/machines",
    "POST /v1/machines",
    "GET /api_keys",
    "POST /api_keys",
    "POST /api_keys/verify",
    "GET /m2m_tokens",
    "POST /m2m_tokens",
    "POST /m2m_tokens/verify",
    "POST /oauth_applications/access_tokens/verify",
];

/// Members of all bodies, so that each of them meets each value.
const MEMBERS: &[&str] = &[
    "email_address",
    "phone_number",
    "web3_wallet",
    "username",
    "password",
    "created_at",
    "public_metadata",
    "user_ids",
    "user_id",
    "name",
    "slug",
    "role",
    "claims",
    "scopes",
    "lifetime",
    "expires_in_days",
    "max_allowed_memberships",
    "seconds_until_expiration",
    "scoped_machines",
    "secret",
    "token",
    "access_token",
    "subject",
    "email_address_identification_status",
    "create_organizations_limit",
    "default_token_ttl",
];

#[tokio::test]
async fn odd_bodies_and_queries_are_answered_and_break_nothing() {
    let instance = start().await;
    let acme = instance.organization("acme").member("ada", "admin");
    let user = instance.user("ada").user_id();
    let deep = format!("{}{}", r#"{"public_metadata":"#.repeat(100), "1") + &"}".repeat(100);
    let mut bodies: Vec<Vec<u8>> = [
        "",
        "{",
        "null",
        "[]",
        "[1]",
        "[{}]",
        "7",
        "\"x\"",
        "{}",
        "\u{feff}{}",
        r#"{"a":1}"#,
        r#"{"":""}"#,
        &deep,
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    bodies.push(vec![0xff, 0xfe, 0]);
    let long = "x".repeat(10_000);
    for member in MEMBERS {
        for value in [
            json!(null),
            json!(-1),
            json!(1e300),
            json!(i64::MAX),
            json!(u64::MAX),
            json!([null]),
            json!([[]]),
            json!({}),
            json!(""),
            json!("\u{0}\u{1f600}"),
            json!(long),
            json!([long]),
            json!("0000-00-00T99:99:99Z"),
            json!("9999-12-31T23:59:59Z"),
        ] {
            bodies.push(
                json!({ *member: value, "role": "org:member" })
                    .to_string()
                    .into_bytes(),
            );
        }
    }
    let queries = [
        "",
        "?limit=99999999999999999999",
        "?offset=18446744073709551615",
        "?limit=500&offset=18446744073709551615",
        "?order_by=-",
        "?order_by=",
        "?starting_after=",
        "?query=%00%FF",
        "?user_id=-&user_id=%2B",
        "?paginated=maybe",
        "?created_at_before=99999999999999999999",
        "?subject=",
        "?status=",
        "?&&=&=",
    ];
    let mut answers = 0;
    for call in CALLS {
        let (method, path) = call.split_once(' ').unwrap();
        let path = path.replace("{user}", &user).replace("{org}", &acme.id());
        let is_read = method == "GET";
        let requests: Vec<(String, &[u8])> = if is_read {
            queries
                .iter()
                .map(|query| (format!("{path}{query}"), &b""[..]))
                .collect()
        } else {
            bodies
                .iter()
                .map(|body| (path.clone(), body.as_slice()))
                .collect()
        };
        for (path, body) in requests {
            let answer = send(&instance, instance.secret_key(), method, &path, body);
            answers += 1;
            if answer.status >= 300 {
                let (status, code, _) = told(&answer);
                assert!(
                    (400..500).contains(&status),
                    "{call} {path} {:?}: {code}",
                    String::from_utf8_lossy(body)
                );
            }
        }
    }
    assert!(answers > 5_000, "{answers}");
    // The server is there, and so is who was there before.
    assert_eq!(
        ok(&instance, &format!("GET /users/{user}"), Value::Null)["id"],
        user
    );
}

#[tokio::test]
async fn paths_lead_nowhere_else() {
    let instance = start().await;
    let user = instance.user("ada").user_id();
    for path in [
        "/v1/users/..",
        "/v1/users/%2e%2e",
        "/v1/users/../users",
        &format!("/v1/users/{user}%2Fban"),
        &format!("/v1/users/{user}%00"),
        &format!("/v1/users/{user}/"),
        "/v1/users/",
        "/v1/users/%ff",
        "/v1/organizations/%ff/memberships/%ff",
        "/v1/api_keys/%ff",
        "/v2/users",
        "/users",
        "/jwks",
    ] {
        let answer = send(&instance, instance.secret_key(), "GET", path, b"");
        assert_eq!(told(&answer).1, "resource_not_found", "{path}");
    }
    for (method, path) in [
        ("PUT", "/v1/users"),
        ("DELETE", "/v1/users"),
        ("OPTIONS", "/v1/users"),
        ("POST", "/v1/jwks"),
    ] {
        let answer = send(&instance, instance.secret_key(), method, path, b"");
        assert_eq!(told(&answer).1, "resource_not_found", "{method} {path}");
    }
}
