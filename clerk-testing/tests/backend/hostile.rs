//! Requests that nobody would send who means well.

use clerk_testing::LocalInstance;
use serde_json::{Value, json};

use crate::wire::{get, ok, ok_with, send, start, text, told};

/// Calls that read, with the query without which they refuse everything.
const READS: &[&str] = &[
    "/v1/users?",
    "/v1/users/count?",
    "/v1/users/{user}?",
    "/v1/users/{user}/organization_memberships?",
    "/v1/users/{user}/organization_invitations?",
    "/v1/sessions?user_id={user}",
    "/v1/organizations?",
    "/v1/organizations/{org}/memberships?",
    "/v1/organizations/{org}/invitations?",
    "/v1/organization_memberships?",
    "/v1/organization_invitations?",
    "/v1/invitations?",
    "/v1/jwt_templates?",
    "/v1/machines?",
    "/api_keys?subject={user}",
    "/m2m_tokens?subject={machine}",
];

/// Calls that write, with a body that is good and the other members that it may have.
const WRITES: &[(&str, &str, &str)] = &[
    (
        "POST /v1/users",
        r#"{"skip_user_requirement":true}"#,
        "external_id first_name last_name locale email_address email_address_identification_status phone_number \
         phone_number_identification_status web3_wallet username password password_digest password_hasher \
         skip_password_checks skip_password_requirement totp_secret backup_codes public_metadata private_metadata \
         unsafe_metadata delete_self_enabled legal_accepted_at skip_legal_checks create_organization_enabled \
         create_organizations_limit created_at bypass_client_trust banned locked",
    ),
    ("POST /v1/users/ban", r#"{"user_ids":["{bob}"]}"#, ""),
    ("POST /v1/users/unban", r#"{"user_ids":["{bob}"]}"#, ""),
    (
        "PATCH /v1/users/{user}",
        "{}",
        "external_id first_name last_name locale primary_email_address_id notify_primary_email_address_changed \
         primary_phone_number_id primary_web3_wallet_id username profile_image_id password password_digest \
         password_hasher skip_password_checks sign_out_of_other_sessions totp_secret backup_codes delete_self_enabled \
         create_organization_enabled legal_accepted_at skip_legal_checks create_organizations_limit created_at \
         bypass_client_trust",
    ),
    (
        "PATCH /v1/users/{user}/metadata",
        "{}",
        "public_metadata private_metadata unsafe_metadata",
    ),
    (
        "PUT /v1/users/{user}/metadata",
        "{}",
        "public_metadata private_metadata unsafe_metadata",
    ),
    (
        "POST /v1/users/{user}/verify_password",
        r#"{"password":"correct horse"}"#,
        "",
    ),
    (
        "POST /v1/sessions",
        r#"{"user_id":"{user}"}"#,
        "active_organization_id",
    ),
    ("POST /v1/sessions/{session}/tokens", "{}", "expires_in_seconds"),
    (
        "POST /v1/organizations",
        r#"{"name":"Acme"}"#,
        "created_by private_metadata public_metadata slug max_allowed_memberships created_at role_set_key",
    ),
    (
        "PATCH /v1/organizations/{org}",
        "{}",
        "name slug max_allowed_memberships admin_delete_enabled created_at role_set_key",
    ),
    (
        "PATCH /v1/organizations/{org}/metadata",
        "{}",
        "public_metadata private_metadata",
    ),
    (
        "PUT /v1/organizations/{org}/metadata",
        "{}",
        "public_metadata private_metadata",
    ),
    (
        "POST /v1/organizations/{org}/memberships",
        r#"{"user_id":"{bob}","role":"org:member"}"#,
        "public_metadata private_metadata",
    ),
    (
        "PATCH /v1/organizations/{org}/memberships/{user}",
        r#"{"role":"org:admin"}"#,
        "",
    ),
    (
        "PATCH /v1/organizations/{org}/memberships/{user}/metadata",
        "{}",
        "public_metadata private_metadata",
    ),
    (
        "POST /v1/organizations/{org}/invitations",
        r#"{"email_address":"a@b.c","role":"org:member"}"#,
        "inviter_user_id public_metadata private_metadata redirect_url expires_in_days notify",
    ),
    (
        "POST /v1/organizations/{org}/invitations/bulk",
        r#"[{"email_address":"d@e.f","role":"org:member"}]"#,
        "inviter_user_id public_metadata private_metadata redirect_url expires_in_days notify",
    ),
    (
        "POST /v1/invitations",
        r#"{"email_address":"a@b.c","ignore_existing":true}"#,
        "public_metadata redirect_url notify expires_in_days template_slug",
    ),
    (
        "POST /v1/invitations/bulk",
        r#"[{"email_address":"d@e.f","ignore_existing":true}]"#,
        "public_metadata redirect_url notify expires_in_days template_slug",
    ),
    (
        "POST /v1/jwt_templates",
        r#"{"name":"one","claims":{}}"#,
        "lifetime allowed_clock_skew custom_signing_key signing_algorithm signing_key",
    ),
    (
        "POST /v1/machines",
        r#"{"name":"one"}"#,
        "scoped_machines default_token_ttl",
    ),
    ("PATCH /v1/machines/{machine}", "{}", "name default_token_ttl"),
    (
        "POST /v1/machines/{machine}/secret_key/rotate",
        r#"{"previous_token_ttl":0}"#,
        "",
    ),
    (
        "POST /v1/machines/{machine}/scopes",
        r#"{"to_machine_id":"{other}"}"#,
        "",
    ),
    (
        "POST /api_keys",
        r#"{"name":"one","subject":"{user}"}"#,
        "type description claims scopes created_by seconds_until_expiration",
    ),
    (
        "PATCH /api_keys/{key}",
        "{}",
        "claims scopes description subject seconds_until_expiration",
    ),
    ("POST /api_keys/{key}/revoke", "{}", "revocation_reason"),
    ("POST /api_keys/verify", r#"{"secret":"{secret}"}"#, ""),
    (
        "POST /m2m_tokens",
        "{}",
        "token_format seconds_until_expiration claims min_remaining_ttl_seconds",
    ),
    ("POST /m2m_tokens/verify", r#"{"token":"{m2m}"}"#, ""),
    (
        "POST /oauth_applications/access_tokens/verify",
        r#"{"access_token":"{oauth}"}"#,
        "",
    ),
];

/// An instance, what the names in paths and bodies stand for, and the key of its machine.
struct Scene {
    instance: LocalInstance,
    names: Vec<(&'static str, String)>,
}

impl Scene {
    async fn new() -> Self {
        let instance = start().await;
        let acme = instance.organization("acme").member("ada", "admin");
        let (user, bob) = (instance.user("ada").user_id(), instance.user("bob").user_id());
        let set = |call: &str, body: Value| ok(&instance, call, body);
        set(
            &format!("PATCH /users/{user}"),
            json!({ "password": "correct horse" }),
        );
        let session = text(&set("POST /sessions", json!({ "user_id": user }))["id"]);
        let machine = text(&set("POST /machines", json!({ "name": "scene" }))["id"]);
        let key = set("POST /api_keys", json!({ "name": "scene", "subject": user }));
        let m2m = ok_with(
            &instance,
            instance.machine_secret_key(),
            "POST /m2m_tokens",
            json!({}),
        );
        let names = vec![
            ("{user}", user),
            ("{bob}", bob),
            ("{org}", acme.id()),
            ("{session}", session),
            ("{machine}", machine),
            ("{other}", instance.machine("local").id()),
            ("{key}", text(&key["id"])),
            ("{secret}", text(&key["secret"])),
            ("{m2m}", text(&m2m["token"])),
            ("{oauth}", instance.oauth_token("ada").token()),
        ];
        Self { instance, names }
    }

    fn filled(&self, text: &str) -> String {
        let fill = |text: String, (name, value): &(&str, String)| text.replace(name, value);
        self.names.iter().fold(text.to_owned(), fill)
    }

    /// What is answered, which has to be a success or an error of whoever asked: code and parameter.
    fn ask(&self, method: &str, path: &str, body: &[u8]) -> Option<(String, String)> {
        let is_made_by_machines = (method, path) == ("POST", "/m2m_tokens");
        let key = if is_made_by_machines {
            self.instance.machine_secret_key()
        } else {
            self.instance.secret_key()
        };
        let answer = send(&self.instance, key, method, path, body);
        if answer.status < 300 {
            return None;
        }
        let (status, code, param) = told(&answer);
        assert!(
            (400..500).contains(&status) && status != 401,
            "{method} {path} {:?}: {status} {code}",
            String::from_utf8_lossy(body)
        );
        Some((code, param))
    }

    /// The server is there, and so is who was there before.
    fn assert_unharmed(&self) {
        let user = self.filled("{user}");
        assert_eq!(get(&self.instance, &format!("/users/{user}"))["id"], user);
    }
}

#[tokio::test]
async fn odd_queries_are_answered_and_break_nothing() {
    let scene = Scene::new().await;
    for path in READS {
        let path = scene.filled(path);
        assert_eq!(scene.ask("GET", &path, b""), None, "{path}");
        for query in [
            "limit=99999999999999999999",
            "offset=18446744073709551615",
            "limit=100&offset=18446744073709551615",
            "order_by=-",
            "order_by=",
            "starting_after=",
            "query=%00%FF",
            "user_id=-&user_id=%2B",
            "paginated=maybe",
            "created_at_before=99999999999999999999",
            "subject=",
            "status=",
            "&&=&=",
        ] {
            scene.ask("GET", &format!("{path}&{query}"), b"");
        }
    }
    scene.assert_unharmed();
}

#[tokio::test]
async fn bodies_that_are_none_are_answered_and_break_nothing() {
    let scene = Scene::new().await;
    let deep = format!("{}{}", r#"{"public_metadata":"#.repeat(100), "1") + &"}".repeat(100);
    for (call, _, _) in WRITES {
        let (method, path) = call.split_once(' ').unwrap();
        let path = scene.filled(path);
        for body in [
            "",
            "null",
            "[]",
            "[1]",
            "[{}]",
            "{}",
            r#"{"a":1}"#,
            r#"{"":""}"#,
            &deep,
        ] {
            scene.ask(method, &path, body.as_bytes());
        }
        for body in [
            &b"{"[..],
            b"7",
            b"\"x\"",
            "\u{feff}{}".as_bytes(),
            &[0xff, 0xfe, 0],
        ] {
            let (code, _) = scene.ask(method, &path, body).unwrap();
            assert_eq!(code, "request_body_invalid", "{call}");
        }
    }
    scene.assert_unharmed();
}

#[tokio::test]
async fn odd_values_of_every_member_are_answered_and_break_nothing() {
    let long = "x".repeat(10_000);
    let values = [
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
    ];
    let (mut members, mut answers, mut refused) = (0, 0, 0);
    for (call, body, more) in WRITES {
        // One of its own, since what is taken changes what is good afterwards.
        let scene = Scene::new().await;
        let (method, path) = call.split_once(' ').unwrap();
        let path = scene.filled(path);
        let body: Value = serde_json::from_str(&scene.filled(body)).unwrap();
        let good = scene.ask(method, &path, body.to_string().as_bytes());
        assert_eq!(good, None, "{call} {body}");
        let own = body.get(0).unwrap_or(&body).as_object().unwrap().keys();
        for member in own.map(String::as_str).chain(more.split_whitespace()) {
            members += 1;
            for value in &values {
                let mut body = body.clone();
                match &mut body {
                    Value::Array(list) => list[0][member] = value.clone(),
                    object => object[member] = value.clone(),
                }
                answers += 1;
                let Some((code, param)) = scene.ask(method, &path, body.to_string().as_bytes()) else {
                    continue;
                };
                // Otherwise the value was not so much as looked at.
                assert_ne!(code, "form_param_unknown", "{call} {member}");
                refused += usize::from(param == member);
            }
        }
        scene.assert_unharmed();
    }
    assert_eq!(answers, members * values.len());
    assert!(refused > answers / 2, "{refused} of {answers}");
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
