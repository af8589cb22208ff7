use aws_lc_rs::error::Unspecified;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::{Map, Value, json};

use crate::keys::SigningKey;

/// What kind of token the header member `cat` declares.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Category {
    Session,
    Template,
    M2m,
    /// OAuth access tokens have a `typ` of their own instead (RFC 9068 §2.1).
    Oauth,
}

impl Category {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Session => Some("cl_B7d4PD111AAA"),
            Self::Template => Some("cl_B7d4PD222AAA"),
            Self::M2m => Some("cl_B7d4PD333AAA"),
            Self::Oauth => None,
        }
    }

    fn typ(self) -> &'static str {
        match self {
            Self::Oauth => "at+jwt",
            Self::Session | Self::Template | Self::M2m => "JWT",
        }
    }
}

/// A JOSE header (RFC 7515 §4).
#[derive(Debug, Clone)]
pub(crate) struct Header(Map<String, Value>);

impl Header {
    pub(crate) fn new(category: Category, kid: &str) -> Self {
        let members = [
            ("alg", Some("RS256")),
            ("cat", category.code()),
            ("kid", Some(kid)),
            ("typ", Some(category.typ())),
        ];
        Self(
            members
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), json!(value?))))
                .collect(),
        )
    }

    /// Sets a member, or removes it if the value is null.
    pub(crate) fn set(&mut self, name: &str, value: &Value) {
        if value.is_null() {
            self.0.remove(name);
        } else {
            self.0.insert(name.to_owned(), value.clone());
        }
    }

    /// The compact serialization (RFC 7515 §7.1) of a token with this header, signed by `key` whatever the header says.
    pub(crate) fn sign(self, claims: Map<String, Value>, key: &SigningKey) -> Result<String, Unspecified> {
        let part = |json: Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", part(Value::Object(self.0)), part(Value::Object(claims)));
        let signature = key.sign(signed.as_bytes())?;
        Ok(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
    }
}
