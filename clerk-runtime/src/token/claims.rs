use serde_json::{Map, Value};

use super::organization::{Organization, OrganizationError};

/// A claim as it was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Member<T> {
    Absent,
    Present(T),
    /// A number that is `null`.
    Null,
    /// There, but of the wrong JSON type.
    Odd,
}

impl Member<Box<str>> {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Present(text) => Some(text),
            Self::Absent | Self::Null | Self::Odd => None,
        }
    }
}

/// `aud`, by what it can be compared to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Audience {
    /// Absent, null or empty.
    Missing,
    OneOf(Vec<String>),
    /// Neither a string nor a list of strings.
    Odd,
}

/// The state of a session, claim `sts`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionStatus {
    /// The session is complete.
    Active,
    /// The user signed in but has tasks left, such as choosing an organization. Counts as signed out by default.
    Pending,
    /// A state made up after this was written.
    Other(Box<str>),
}

impl SessionStatus {
    /// Clerk's string for it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Other(status) => status,
        }
    }
}

/// Minutes since each factor was verified, claim `fva`; `-1` means that the factor is not there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FactorVerificationAge {
    /// Minutes since the first factor.
    pub first: f64,
    /// Minutes since the second factor.
    pub second: f64,
}

/// Who acts as the user, claim `act` (RFC 8693 §4.1).
#[derive(Debug, Clone, PartialEq)]
pub struct Actor(Value);

impl Actor {
    /// The id of the impersonator.
    pub fn sub(&self) -> Option<&str> {
        self.0.get("sub").and_then(Value::as_str)
    }

    /// The kind of actor, such as `agent`. Absent for people.
    pub fn actor_type(&self) -> Option<&str> {
        self.0.get("type").and_then(Value::as_str)
    }

    /// The claim as it stands in the token.
    pub fn as_value(&self) -> &Value {
        &self.0
    }
}

/// The claims that decisions are made of, both versions in one shape.
#[derive(Debug, Clone)]
pub(crate) struct SessionClaims {
    pub(crate) sub: Member<Box<str>>,
    pub(crate) sid: Member<Box<str>>,
    pub(crate) iss: Member<Box<str>>,
    pub(crate) azp: Member<Box<str>>,
    pub(crate) aud: Audience,
    pub(crate) exp: Member<f64>,
    pub(crate) nbf: Member<f64>,
    pub(crate) iat: Member<f64>,
    pub(crate) status: Option<SessionStatus>,
    pub(crate) factor_verification_age: Option<FactorVerificationAge>,
    pub(crate) actor: Option<Actor>,
    /// The members that no field above was made of. The organization is among them, and is only put together once the
    /// signature is known to be good: a short token can spell out a long list of permissions.
    others: Map<String, Value>,
}

impl SessionClaims {
    pub(super) fn from_object(mut object: Map<String, Value>) -> Self {
        Self {
            sub: text(object.remove("sub")),
            sid: text(object.remove("sid")),
            iss: text(object.remove("iss")),
            azp: text(object.remove("azp")),
            aud: audience(object.remove("aud")),
            exp: number(object.get("exp")),
            nbf: number(object.get("nbf")),
            iat: number(object.get("iat")),
            status: match text(object.remove("sts")) {
                Member::Present(status) => Some(match &*status {
                    "active" => SessionStatus::Active,
                    "pending" => SessionStatus::Pending,
                    _ => SessionStatus::Other(status),
                }),
                Member::Absent | Member::Null | Member::Odd => None,
            },
            factor_verification_age: object.get("fva").and_then(factor_verification_age),
            actor: object.remove("act").filter(|actor| !actor.is_null()).map(Actor),
            others: object,
        }
    }

    /// The active organization.
    pub(crate) fn organization(&self) -> Result<Organization, OrganizationError> {
        Organization::from_claims(&self.others)
    }

    /// A claim that is text, of those that have no field.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.others.get(name).and_then(Value::as_str)
    }

    /// The id of the active organization.
    pub(crate) fn organization_id(&self) -> Option<&str> {
        Organization::id_from_claims(&self.others)
    }
}

fn text(value: Option<Value>) -> Member<Box<str>> {
    match value {
        None => Member::Absent,
        Some(Value::String(text)) => Member::Present(text.into()),
        Some(_) => Member::Odd,
    }
}

fn number(value: Option<&Value>) -> Member<f64> {
    match value {
        None => Member::Absent,
        Some(Value::Null) => Member::Null,
        Some(value) => value.as_f64().map_or(Member::Odd, Member::Present),
    }
}

fn audience(value: Option<Value>) -> Audience {
    let list = match value {
        None | Some(Value::Null) => return Audience::Missing,
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(list)) => {
            let strings: Option<Vec<String>> = list
                .into_iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect();
            match strings {
                Some(strings) => strings,
                None => return Audience::Odd,
            }
        }
        Some(_) => return Audience::Odd,
    };
    if list.iter().all(String::is_empty) {
        Audience::Missing
    } else {
        Audience::OneOf(list)
    }
}

fn factor_verification_age(value: &Value) -> Option<FactorVerificationAge> {
    match value.as_array()?.as_slice() {
        [first, second] => Some(FactorVerificationAge {
            first: first.as_f64()?,
            second: second.as_f64()?,
        }),
        _ => None,
    }
}
