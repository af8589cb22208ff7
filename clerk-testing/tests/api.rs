//! The Backend API of an instance as bytes on the wire.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use clerk_testing::{Endpoint, Fault, LocalInstance};
use serde_json::{Value, json};

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn code(&self) -> String {
        self.json()["errors"][0]["code"].as_str().unwrap().to_owned()
    }
}

/// Sends a request by hand. `None` if the connection ends without an answer.
fn send(instance: &LocalInstance, method: &str, path: &str, key: Option<&str>, body: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(instance.url().strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let key = key
        .map(|key| format!("Authorization: {key}\r\n"))
        .unwrap_or_default();
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n{key}"
    );
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
    let mut answer = String::new();
    match stream.read_to_string(&mut answer) {
        Ok(0) => return None,
        Err(error) if error.kind() == ErrorKind::ConnectionReset => return None,
        other => other.unwrap(),
    };
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Some(Answer {
        status,
        head: head.to_ascii_lowercase(),
        body: body.to_owned(),
    })
}

fn ask(instance: &LocalInstance, method: &str, path: &str, body: &str) -> Answer {
    send(
        instance,
        method,
        path,
        Some(&format!("Bearer {}", instance.secret_key())),
        body,
    )
    .unwrap()
}

fn jwks(instance: &LocalInstance) -> Answer {
    ask(instance, "GET", "/v1/jwks", "")
}

fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[tokio::test]
async fn a_late_answer_is_one_of_its_time() {
    let instance = LocalInstance::start().await.unwrap();
    let before = instance.jwks();
    instance.fault(Endpoint::Jwks, Fault::Late(Duration::from_millis(500)));
    let answer = std::thread::scope(|scope| {
        let late = scope.spawn(|| jwks(&instance));
        while instance.requests_to(Endpoint::Jwks) == 0 {
            std::thread::yield_now();
        }
        std::thread::sleep(Duration::from_millis(50));
        instance.rotate_keys();
        late.join().unwrap()
    });
    assert_eq!(answer.json(), before);
    instance.clear_faults();
    assert_eq!(jwks(&instance).json(), instance.jwks());
}

#[tokio::test]
async fn keys_need_the_secret_key() {
    let instance = LocalInstance::start().await.unwrap();
    let answer = jwks(&instance);
    assert_eq!((answer.status, answer.json()), (200, instance.jwks()));
    assert!(answer.head.contains("content-type: application/json"));

    for (key, code) in [
        (None, "authentication_invalid"),
        (Some("Bearer sk_test_wrong"), "clerk_key_invalid"),
        (Some("Basic abc"), "authorization_header_format_invalid"),
    ] {
        let answer = send(&instance, "GET", "/v1/jwks", key, "").unwrap();
        assert_eq!((answer.status, answer.code().as_str()), (401, code));
        assert_eq!(answer.json()["clerk_trace_id"].as_str().unwrap().len(), 32);
    }
    let requests = instance.requests();
    let authorized: Vec<_> = requests.iter().map(|request| request.authorized).collect();
    assert_eq!(authorized, [true, false, false, false]);
    assert_eq!(
        (requests[0].method.as_str(), requests[0].path.as_str()),
        ("GET", "/v1/jwks")
    );
}

#[tokio::test]
async fn users_can_be_read_changed_and_deleted() {
    let instance = LocalInstance::start().await.unwrap();
    let path = format!("/v1/users/{}", instance.user("ada").user_id());
    let user = ask(&instance, "GET", &path, "").json();
    assert_eq!(
        (&user["username"], &user["first_name"]),
        (&json!("ada"), &json!("Ada"))
    );
    assert_eq!(user["email_addresses"][0]["email_address"], "ada@example.com");
    assert_eq!(user["email_addresses"][0]["id"], user["primary_email_address_id"]);

    instance.update_user(
        "ada",
        json!({ "id": "user_other", "public_metadata": { "plan": "pro" } }),
    );
    let changed = ask(&instance, "GET", &path, "").json();
    assert_eq!(
        (&changed["id"], &changed["public_metadata"]["plan"]),
        (&user["id"], &json!("pro"))
    );

    let session = instance.user("ada").session_id();
    instance.delete_user("ada");
    assert_eq!(ask(&instance, "GET", &path, "").status, 404);
    assert_eq!(
        ask(&instance, "POST", &format!("/v1/sessions/{session}/tokens"), "").status,
        404
    );
}

#[tokio::test]
async fn sessions_mint_tokens() {
    let instance = LocalInstance::start().await.unwrap();
    instance.clock().freeze();
    let ada = instance
        .user("ada")
        .org("acme")
        .role("admin")
        .claim("tier", "gold");
    let path = format!("/v1/sessions/{}/tokens", ada.session_id());

    let answer = ask(&instance, "POST", &path, "").json();
    assert_eq!(answer["object"], "token");
    let (fresh, own) = (answer["jwt"].as_str().unwrap(), ada.token());
    assert_eq!(part(fresh, 0), part(&own, 0));
    assert_eq!(part(fresh, 1), part(&own, 1));
    assert_eq!(part(fresh, 0)["cat"], "cl_B7d4PD111AAA");
    assert_eq!(part(fresh, 1)["tier"], "gold");

    let long = ask(&instance, "POST", &path, r#"{"expires_in_seconds":600}"#).json();
    let claims = part(long["jwt"].as_str().unwrap(), 1);
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        600
    );

    let refused = ask(&instance, "POST", &path, r#"{"expires_in_seconds":29}"#);
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (422, "form_param_value_invalid")
    );
    assert_eq!(
        refused.json()["errors"][0]["meta"]["param_name"],
        "expires_in_seconds"
    );
    assert_eq!(ask(&instance, "POST", &path, "{").status, 400);

    instance.end_session(ada.session_id());
    assert_eq!(ask(&instance, "POST", &path, "").code(), "resource_not_found");
}

#[tokio::test]
async fn templates_shape_tokens() {
    let instance = LocalInstance::start().await.unwrap();
    let template =
        json!({ "aud": "supabase", "mail": "{{user.primary_email_address}}", "sub": "user_other" });
    instance.jwt_template("supabase", template);
    let ada = instance.user("ada");
    let path = format!("/v1/sessions/{}/tokens", ada.session_id());

    let answer = ask(&instance, "POST", &format!("{path}/supabase"), "").json();
    let (header, claims) = (
        part(answer["jwt"].as_str().unwrap(), 0),
        part(answer["jwt"].as_str().unwrap(), 1),
    );
    assert_eq!(header["cat"], "cl_B7d4PD222AAA");
    assert_eq!(
        (&claims["aud"], &claims["mail"]),
        (&json!("supabase"), &json!("ada@example.com"))
    );
    assert_eq!(claims["sub"], ada.user_id());
    assert_eq!(claims.get("sid"), None);
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        60
    );

    let unknown = ask(&instance, "POST", &format!("{path}/unknown"), "");
    assert_eq!(
        (unknown.status, unknown.code().as_str()),
        (404, "resource_not_found")
    );
}

#[tokio::test]
async fn odd_requests_are_answered() {
    let instance = LocalInstance::start().await.unwrap();
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/v1/users/user_nobody"),
        ("GET", "/v1/users/%FF"),
        ("GET", "/v1/users/a%2Fb"),
        ("DELETE", "/v1/jwks"),
        ("GET", "/v1/sessions/sess_1/tokens"),
        ("POST", "/v1/sessions/sess_1/tokens"),
        ("POST", "/v1/sessions/%ff/tokens/%ff"),
        ("POST", "/v1/sessions//tokens/"),
        ("GET", "//v1//jwks"),
    ] {
        let answer = ask(&instance, method, path, "");
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (404, "resource_not_found"),
            "{method} {path}"
        );
    }
    assert_eq!(jwks(&instance).status, 200);
}

#[tokio::test]
async fn faults_strike_where_they_should() {
    let instance = LocalInstance::start().await.unwrap();
    instance.fault(Endpoint::Jwks, Fault::Status(503));
    assert_eq!(
        (jwks(&instance).status, jwks(&instance).code().as_str()),
        (503, "maintenance_mode")
    );
    let path = format!("/v1/users/{}", instance.user("ada").user_id());
    assert_eq!(ask(&instance, "GET", &path, "").status, 200);

    instance.fault(Endpoint::Jwks, Fault::StatusWithRetryAfter(429, 7));
    let answer = jwks(&instance);
    assert!(answer.status == 429 && answer.head.contains("retry-after: 7"));

    instance.fault(Endpoint::Jwks, Fault::Garbage);
    let answer = jwks(&instance);
    assert!(answer.status == 200 && answer.head.contains("text/html") && answer.body.starts_with('<'));

    instance.fault(Endpoint::Jwks, Fault::Truncated);
    let answer = jwks(&instance);
    assert!(answer.status == 200 && answer.head.contains("application/json"));
    assert!(instance.jwks().to_string().starts_with(&answer.body) && answer.body.len() > 100);
    assert!(serde_json::from_str::<Value>(&answer.body).is_err());

    instance.fault(Endpoint::Jwks, Fault::Empty);
    assert_eq!((jwks(&instance).status, jwks(&instance).body.as_str()), (200, ""));

    instance.fault(Endpoint::Jwks, Fault::Status(9));
    assert_eq!(jwks(&instance).status, 500);

    instance.fault(Endpoint::Jwks, Fault::Huge(100_000));
    let answer = jwks(&instance);
    assert_eq!((answer.status, answer.body.len()), (200, 100_000));
    assert_eq!(answer.body.trim_end(), instance.jwks().to_string());

    let elsewhere = "http://127.0.0.1:9/v1/jwks";
    instance.fault(Endpoint::Jwks, Fault::Redirect(elsewhere.into()));
    let answer = jwks(&instance);
    assert!(answer.status == 307 && answer.head.contains(&format!("location: {elsewhere}")));
    instance.fault(Endpoint::Jwks, Fault::Redirect("\n".into()));
    assert_eq!(jwks(&instance).status, 500);

    instance.clear_faults();
    instance.fault_times(Endpoint::Any, Fault::Delay(Duration::from_millis(80)), 1);
    let asked = Instant::now();
    assert_eq!(jwks(&instance).status, 200);
    assert!(asked.elapsed() >= Duration::from_millis(80));
    assert_eq!(jwks(&instance).status, 200);
    assert_eq!(instance.requests_to(Endpoint::Jwks), 13);
    assert_eq!(instance.requests_to(Endpoint::Any), 14);
}

#[tokio::test]
async fn connections_can_be_dropped_or_left_hanging() {
    let instance = LocalInstance::start().await.unwrap();
    let key = format!("Bearer {}", instance.secret_key());
    instance.fault_times(Endpoint::Jwks, Fault::Drop, 1);
    assert!(send(&instance, "GET", "/v1/jwks", Some(&key), "").is_none());
    assert_eq!(jwks(&instance).status, 200);

    instance.fault(Endpoint::Jwks, Fault::Hang);
    let mut stream = TcpStream::connect(instance.url().strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    write!(
        stream,
        "GET /v1/jwks HTTP/1.1\r\nHost: x\r\nAuthorization: {key}\r\n\r\n"
    )
    .unwrap();
    let error = stream.read(&mut [0]).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        "{error}"
    );

    // Stopping does not wait for it.
    let address = instance.url().strip_prefix("http://").unwrap().to_owned();
    drop(instance);
    assert!(matches!(stream.read(&mut [0]), Ok(0) | Err(_)));
    assert_eq!(
        TcpStream::connect(address).unwrap_err().kind(),
        ErrorKind::ConnectionRefused
    );
}

#[test]
fn an_instance_outlives_the_runtime_that_started_it() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let instance = runtime.block_on(LocalInstance::start()).unwrap();
    drop(runtime);
    assert_eq!(jwks(&instance).status, 200);
}

#[tokio::test]
async fn rotation_changes_the_signer_and_keeps_the_old_key() {
    let instance = LocalInstance::start().await.unwrap();
    let before = instance.user("ada").token();
    instance.rotate_keys();
    let after = instance.user("ada").token();
    assert_ne!(part(&before, 0)["kid"], part(&after, 0)["kid"]);
    let kids = |keys: Value| {
        keys["keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| key["kid"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        kids(jwks(&instance).json()),
        [part(&after, 0)["kid"].clone(), part(&before, 0)["kid"].clone()]
    );
    instance.retire_old_keys();
    assert_eq!(kids(jwks(&instance).json()), [part(&after, 0)["kid"].clone()]);
}

#[tokio::test]
async fn bad_tokens_are_bad_in_one_way() {
    let instance = LocalInstance::start().await.unwrap();
    instance.clock().freeze();
    let ada = instance.user("ada").session("one");
    let good = ada.token();
    let claims = |token: &str| part(token, 1);
    let expired = claims(&ada.clone().expired().token());
    assert_eq!(
        expired["exp"].as_i64().unwrap(),
        claims(&good)["iat"].as_i64().unwrap() - 60
    );
    let early = claims(&ada.clone().not_yet_valid().token());
    assert_eq!(
        early["nbf"].as_i64().unwrap(),
        claims(&good)["iat"].as_i64().unwrap() + 60
    );
    let forged = ada.clone().signed_by_other_key().token();
    assert_eq!(
        forged.rsplit_once('.').unwrap().0,
        good.rsplit_once('.').unwrap().0
    );
    assert_ne!(forged, good);
    assert_eq!(
        claims(&ada.clone().issuer("https://other").token())["iss"],
        "https://other"
    );
    assert_eq!(claims(&ada.clone().without_claim("azp").token()).get("azp"), None);
    assert_eq!(claims(&ada.clone().claim("sub", 7).token())["sub"], 7);
    assert_eq!(
        part(
            &ada.clone()
                .header("typ", "at+jwt")
                .header("kid", Value::Null)
                .token(),
            0
        )["typ"],
        "at+jwt"
    );
    assert_eq!(
        claims(&ada.clone().expires_in(3600).token())["exp"],
        claims(&good)["exp"].as_i64().unwrap() + 3540
    );
}
