//! What an error answer says, read so that one odd member costs nothing but itself.

use std::time::Duration;

use http::HeaderMap;
use serde_json::Value;

use crate::Error;
use crate::api_error::{ApiError, RawBody};
use crate::transport::Response;

/// Reads an answer that is no success. The body counts as JSON by its bytes, whatever its type is said to be.
pub(crate) fn error_of(response: &Response) -> Error {
    let body: Option<Value> = serde_json::from_slice(&response.body).ok();
    let member = |name: &str| body.as_ref().and_then(|body| body.get(name));
    let errors = member("errors").and_then(Value::as_array).into_iter().flatten();
    let in_body = member("clerk_trace_id").and_then(Value::as_str);
    let trace_id = in_body
        .into_iter()
        .chain(text_header(&response.headers, "clerk-trace-id"))
        .chain(text_header(&response.headers, "cf-ray"))
        .find(|id| !id.is_empty());
    Error::Api {
        status: response.status,
        errors: errors.filter_map(ApiError::from_value).collect(),
        trace_id: trace_id.map(str::to_owned),
        retry_after: retry_after(&response.headers),
        body_is_json: body.is_some(),
        raw_body: RawBody::new(&response.body),
    }
}

/// Whole seconds (RFC 9110 §10.2.3). A date is ignored: Clerk sends none, and the clocks may differ.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = text_header(headers, "retry-after")?;
    if !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    value.parse().ok().map(Duration::from_secs)
}

fn text_header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderName, HeaderValue, StatusCode};

    use super::*;
    use crate::api_error::MAX_RAW_BODY;

    fn answer(headers: &[(&'static str, &'static str)], body: impl Into<Bytes>) -> Error {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        error_of(&Response {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            headers: headers.collect(),
            body: body.into(),
        })
    }

    #[test]
    fn an_odd_member_costs_nothing_but_itself() {
        for (body, codes, code) in [
            (r#"{"errors":[{"code":"a","message":null}]}"#, vec!["a"], "a"),
            (r#"{"errors":[{"code":"a","meta":[1]}]}"#, vec!["a"], "a"),
            (
                r#"{"errors":[{"code":"a","long_message":{}},7,null,[]]}"#,
                vec!["a"],
                "a",
            ),
            (r#"{"errors":[{"message":"m"},{"code":"b"}]}"#, vec!["", "b"], "b"),
            (r#"{"errors":[{"code":7}]}"#, vec![""], "unexpected_response"),
            (r#"{"errors":[]}"#, vec![], "unexpected_response"),
            (r#"{"errors":null}"#, vec![], "unexpected_response"),
            (r#"{"errors":{"code":"a"}}"#, vec![], "unexpected_response"),
            ("[]", vec![], "unexpected_response"),
            ("null", vec![], "unexpected_response"),
        ] {
            let error = answer(&[], body);
            let found: Vec<_> = error.errors().iter().map(|error| error.code.as_str()).collect();
            assert_eq!((found, error.code()), (codes, code), "{body}");
            assert!(error.body_is_json(), "{body}");
            assert_eq!(error.raw_body(), Some(body));
        }
        for body in ["", "<html>", "{", "{}{}"] {
            assert!(!answer(&[], body).body_is_json(), "{body}");
        }
    }

    #[test]
    fn the_trace_id_is_the_first_that_says_something() {
        let both = [("clerk-trace-id", "header"), ("cf-ray", "ray")];
        for (headers, body, expected) in [
            (&both[..], r#"{"clerk_trace_id":"body"}"#, Some("body")),
            (&both, r#"{"clerk_trace_id":""}"#, Some("header")),
            (&both, r#"{"clerk_trace_id":7}"#, Some("header")),
            (&both[1..], "<html>", Some("ray")),
            (&[("clerk-trace-id", ""), ("cf-ray", "ray")], "", Some("ray")),
            (&[], "{}", None),
        ] {
            assert_eq!(answer(headers, body).trace_id(), expected, "{headers:?} {body}");
        }
    }

    #[test]
    fn only_whole_seconds_are_a_time_to_wait() {
        for (value, seconds) in [
            ("7", Some(7)),
            (" 7 ", Some(7)),
            ("0", Some(0)),
            ("+7", None),
            ("-7", None),
            ("1.5", None),
            ("", None),
            ("soon", None),
            ("99999999999999999999", None),
            ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ] {
            let error = answer(&[("retry-after", value)], "{}");
            assert_eq!(error.retry_after(), seconds.map(Duration::from_secs), "{value}");
        }
    }

    #[test]
    fn a_raw_body_is_cut_and_never_printed() {
        let error = answer(&[], format!("sk_test_planted{}", "é".repeat(5000)));
        let text = error.raw_body().unwrap();
        assert!(text.starts_with("sk_test_planted") && text.len() <= MAX_RAW_BODY + 2);
        assert!(!format!("{error} {error:?}").contains("planted"), "{error:?}");
        assert!(answer(&[], vec![0xff, b'x']).raw_body().unwrap().ends_with('x'));
    }
}
