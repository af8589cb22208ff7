//! What is made of successes.

use crate::server::{Answer, client};

#[tokio::test]
async fn a_user_is_read_leniently_and_whatever_its_type_is_said_to_be() {
    let body = r#"{"id":"user_1","first_name":null,"email_addresses":null,"created_at":1767225600000.0,"made_up":1}"#;
    let answer = Answer::ok(body).header("content-type", "text/plain");
    let user = answer.get_user().await.unwrap();
    assert_eq!(
        (user.first_name, user.email_addresses.len(), user.created_at),
        (None, 0, Some(1_767_225_600_000))
    );
    assert_eq!(user.other["made_up"], 1);
}

#[tokio::test]
async fn a_success_without_what_was_asked_for_is_an_error() {
    for answer in [
        Answer::new("204 No Content", ""),
        Answer::ok(""),
        Answer::ok("<html>"),
        Answer::ok("{}"),
        Answer::ok("[]"),
        Answer::ok(r#"{"id":7}"#),
        Answer::ok(r#"{"id":"user_1"}{}"#),
        Answer::ok("[".repeat(100_000)),
    ] {
        let error = answer.get_user().await.unwrap_err();
        assert_eq!(error.code(), "response_invalid", "{error:?}");
        assert!(error.status().unwrap().is_success() && !error.is_transport());
    }
}

#[tokio::test]
async fn a_key_set_is_kept_as_it_came() {
    for (body, keys) in [
        (r#"{"keys":[null,{"kty":"made-up"},7]}"#, Some(3)),
        (r#"{"keys":[]}"#, Some(0)),
        (r#"{"keys":null}"#, Some(0)),
        (r#"{"keys":{}}"#, Some(0)),
        ("{}", Some(0)),
        ("[]", Some(0)),
        ("null", Some(0)),
        ("{", None),
        ("<html>", None),
        ("", None),
    ] {
        let answer = Answer::ok(body).header("content-type", "text/plain; charset=utf-8");
        let (url, _served) = answer.serve().await;
        let found = client(&url).jwks().get_jwks().await;
        assert_eq!(
            found.as_ref().ok().map(|set| set.keys.len()),
            keys,
            "{body}: {found:?}"
        );
        if let Err(error) = found {
            assert_eq!(error.code(), "response_invalid");
        }
    }
}
