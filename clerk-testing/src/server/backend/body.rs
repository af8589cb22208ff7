use std::fmt;
use std::ops::RangeInclusive;

use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::server::answer::ApiError;

/// The members of a body, each of a type that is checked when it is asked for. Null is as good as absent, unless said
/// otherwise.
pub(super) struct Body(Map<String, Value>);

/// Only the names: passwords and secrets are among the values.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Body {
    pub(super) fn read(bytes: &[u8], known: &[&str]) -> Result<Self, ApiError> {
        Self::of(Self::read_any(bytes)?.0, known)
    }

    /// A body whose members are of no interest but for those that are asked for.
    pub(super) fn read_any(bytes: &[u8]) -> Result<Self, ApiError> {
        if bytes.is_empty() {
            return Ok(Self(Map::new()));
        }
        let members = serde_json::from_slice(bytes).map_err(|_| unreadable("an object"))?;
        Ok(Self(members))
    }

    pub(super) fn read_list(bytes: &[u8], known: &[&str], most: usize) -> Result<Vec<Self>, ApiError> {
        let list: Vec<Map<String, Value>> =
            serde_json::from_slice(bytes).map_err(|_| unreadable("a list of objects"))?;
        if list.is_empty() || list.len() > most {
            let message = format!("the body has to be a list of 1 to {most}");
            return Err(ApiError::bad_request("request_body_invalid", message));
        }
        list.into_iter().map(|members| Self::of(members, known)).collect()
    }

    fn of(members: Map<String, Value>, known: &[&str]) -> Result<Self, ApiError> {
        match members.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => {
                let message = format!("{name} is not a parameter of this request");
                Err(ApiError::param("form_param_unknown", message, name))
            }
            None => Ok(Self(members)),
        }
    }

    /// A member as it came, also null.
    pub(super) fn given(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    fn some(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, ApiError> {
        typed(self.some(name), name, "a string", Value::as_str)
    }

    /// A text that has to be there and have something in it.
    pub(super) fn required(&self, name: &str) -> Result<&str, ApiError> {
        self.require(name)?;
        match self.text(name)?.filter(|text| !text.trim().is_empty()) {
            Some(text) => Ok(text),
            None => Err(missing(name)),
        }
    }

    /// Complains unless a member is there.
    pub(super) fn require(&self, name: &str) -> Result<&Value, ApiError> {
        self.some(name).ok_or_else(|| missing(name))
    }

    /// A text that may be cleared: absent, null or given.
    pub(super) fn nullable_text(&self, name: &str) -> Result<Option<Option<&str>>, ApiError> {
        Ok(match self.0.get(name) {
            None => None,
            Some(_) => Some(self.text(name)?.filter(|text| !text.is_empty())),
        })
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, ApiError> {
        typed(self.some(name), name, "a boolean", Value::as_bool)
    }

    pub(super) fn integer(&self, name: &str, range: RangeInclusive<i64>) -> Result<Option<i64>, ApiError> {
        let Some(number) = typed(self.some(name), name, "a number", |value| {
            value.is_number().then_some(value)
        })?
        else {
            return Ok(None);
        };
        match number.as_i64() {
            Some(number) if range.contains(&number) => Ok(Some(number)),
            _ => {
                let (least, most) = range.into_inner();
                Err(value_invalid(
                    name,
                    &format!("a whole number from {least} to {most}"),
                ))
            }
        }
    }

    /// Seconds from now until something ends.
    pub(super) fn seconds(&self, name: &str) -> Result<Option<i64>, ApiError> {
        self.integer(name, 1..=315_360_000)
    }

    pub(super) fn object(&self, name: &str) -> Result<Option<&Map<String, Value>>, ApiError> {
        typed(self.some(name), name, "an object", Value::as_object)
    }

    /// Metadata of something new.
    pub(super) fn metadata(&self, name: &str) -> Result<Value, ApiError> {
        Ok(Value::Object(self.object(name)?.cloned().unwrap_or_default()))
    }

    pub(super) fn texts(&self, name: &str) -> Result<Option<Vec<&str>>, ApiError> {
        typed(self.some(name), name, "a list of strings", |value| {
            value.as_array()?.iter().map(Value::as_str).collect()
        })
    }

    /// An instant (RFC 3339), in milliseconds of Unix time.
    pub(super) fn time(&self, name: &str) -> Result<Option<i64>, ApiError> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        match OffsetDateTime::parse(text, &Rfc3339) {
            Ok(time) => Ok(i64::try_from(time.unix_timestamp_nanos() / 1_000_000).ok()),
            Err(_) => {
                let message = format!("{name} has to be an instant such as 2026-01-31T12:00:00Z");
                Err(ApiError::param("form_param_format_invalid", message, name))
            }
        }
    }
}

fn typed<'a, T>(
    value: Option<&'a Value>,
    name: &str,
    what: &str,
    read: impl FnOnce(&'a Value) -> Option<T>,
) -> Result<Option<T>, ApiError> {
    let Some(value) = value else { return Ok(None) };
    read(value).map(Some).ok_or_else(|| {
        let message = format!("{name} has to be {what}");
        ApiError::param("form_param_type_invalid", message, name)
    })
}

fn unreadable(what: &str) -> ApiError {
    let message = format!("the body is not {what} in JSON");
    ApiError::bad_request("request_body_invalid", message)
}

fn missing(name: &str) -> ApiError {
    ApiError::param("form_param_missing", format!("{name} is missing"), name)
}

/// A value of the right type that is not one of those that can be.
pub(super) fn value_invalid(name: &str, wanted: &str) -> ApiError {
    ApiError::param(
        "form_param_value_invalid",
        format!("{name} has to be {wanted}"),
        name,
    )
}

/// Something else has this identifier.
pub(super) fn exists(name: &str) -> ApiError {
    let message = format!("that {} is taken, try another", name.replace('_', " "));
    ApiError::param("form_identifier_exists", message, name)
}

/// An e-mail address in lower case, as Clerk keeps it.
pub(super) fn email_address(text: &str, name: &str) -> Result<String, ApiError> {
    let is_good = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.contains('@')
            && domain.contains('.')
            && domain.split('.').all(|label| !label.is_empty())
            && !text
                .chars()
                .any(|letter| letter.is_whitespace() || letter.is_control())
    });
    if is_good {
        Ok(text.to_lowercase())
    } else {
        let message = format!("{name} must be a valid email address");
        Err(ApiError::param("form_param_format_invalid", message, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T>(outcome: Result<T, ApiError>) -> &'static str {
        outcome.map(|_| ()).unwrap_err().code
    }

    #[test]
    fn members_have_the_type_that_is_asked_for() {
        let known = ["text", "flag", "number", "object", "list", "null"];
        let bytes = br#"{"text":"x","flag":true,"number":7,"object":{"a":1},"list":["a"],"null":null}"#;
        let body = Body::read(bytes, &known).unwrap();
        assert_eq!(body.text("text").unwrap(), Some("x"));
        assert_eq!(body.required("text").unwrap(), "x");
        assert_eq!(body.flag("flag").unwrap(), Some(true));
        assert_eq!(body.integer("number", 1..=7).unwrap(), Some(7));
        assert_eq!(body.object("object").unwrap().unwrap().len(), 1);
        assert_eq!(body.texts("list").unwrap().unwrap(), ["a"]);
        assert_eq!(body.text("null").unwrap(), None);
        assert_eq!(body.nullable_text("null").unwrap(), Some(None));
        assert_eq!(body.nullable_text("absent").unwrap(), None);
        assert_eq!(code(body.text("flag")), "form_param_type_invalid");
        assert_eq!(code(body.flag("text")), "form_param_type_invalid");
        assert_eq!(code(body.object("list")), "form_param_type_invalid");
        assert_eq!(code(body.texts("object")), "form_param_type_invalid");
        assert_eq!(code(body.integer("text", 1..=7)), "form_param_type_invalid");
        assert_eq!(code(body.integer("number", 1..=6)), "form_param_value_invalid");
        assert_eq!(code(body.required("absent")), "form_param_missing");
        assert_eq!(code(body.required("null")), "form_param_missing");
    }

    #[test]
    fn bodies_are_objects_with_known_members() {
        assert!(Body::read(b"", &[]).is_ok());
        assert_eq!(code(Body::read(b"[]", &[])), "request_body_invalid");
        assert_eq!(code(Body::read(b"{", &[])), "request_body_invalid");
        let body = Body::read(br#"{"password":"planted"}"#, &["password"]).unwrap();
        assert_eq!(format!("{body:?}"), r#"{"password"}"#);
        let unknown = Body::read(br#"{"b":1}"#, &["a"]).unwrap_err();
        assert_eq!(
            (unknown.code, unknown.param.as_deref()),
            ("form_param_unknown", Some("b"))
        );
        assert_eq!(Body::read_list(br#"[{"a":1},{}]"#, &["a"], 2).unwrap().len(), 2);
        for list in [&br#"[{},{},{}]"#[..], b"[]", b"{}", b""] {
            assert_eq!(code(Body::read_list(list, &[], 2)), "request_body_invalid");
        }
    }

    #[test]
    fn instants_and_addresses_have_a_form() {
        let read = |text: &str| {
            let bytes = serde_json::json!({ "at": text }).to_string();
            Body::read(bytes.as_bytes(), &["at"]).unwrap().time("at")
        };
        assert_eq!(read("2026-01-01T00:00:00.5Z").unwrap(), Some(1_767_225_600_500));
        assert_eq!(
            read("2026-01-01T01:00:00+01:00").unwrap(),
            Some(1_767_225_600_000)
        );
        assert_eq!(code(read("yesterday")), "form_param_format_invalid");

        assert_eq!(email_address("Ada@Example.com", "e").unwrap(), "ada@example.com");
        for bad in ["", "ada", "@x.y", "a@b", "a@b..c", "a@b@c.d", "a b@c.d", "a@.d"] {
            assert_eq!(
                code(email_address(bad, "e")),
                "form_param_format_invalid",
                "{bad}"
            );
        }
    }
}
