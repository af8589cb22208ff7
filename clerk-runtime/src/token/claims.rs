use std::sync::Arc;

use serde::de::MapAccess;
use serde_json::Value;

use super::json::{self, Found, Members};
use super::organization::{CommaList, Organization, OrganizationClaims, OrganizationError};

/// A claim as it was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Claim<T> {
    #[default]
    Absent,
    Present(T),
    /// A number that is `null`.
    Null,
    /// There, but of the wrong JSON type.
    Odd,
}

impl<T: AsRef<str>> Claim<T> {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Present(text) => Some(text.as_ref()),
            Self::Absent | Self::Null | Self::Odd => None,
        }
    }
}

/// `aud`, by what it can be compared to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Audience {
    /// Absent, null or empty.
    #[default]
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
#[derive(Debug, Clone, Default)]
pub(crate) struct SessionClaims {
    pub(crate) sub: Claim<Arc<str>>,
    pub(crate) sid: Claim<Arc<str>>,
    pub(crate) iss: Claim<Box<str>>,
    pub(crate) azp: Claim<Box<str>>,
    pub(crate) aud: Audience,
    pub(crate) exp: Claim<f64>,
    pub(crate) nbf: Claim<f64>,
    pub(crate) iat: Claim<f64>,
    pub(crate) status: Option<SessionStatus>,
    pub(crate) factor_verification_age: Option<FactorVerificationAge>,
    pub(crate) actor: Option<Actor>,
    features: CommaList,
    plans: CommaList,
    /// Only put together once the signature is known to be good: a short token can spell out a long list of permissions.
    organization: OrganizationClaims,
}

impl SessionClaims {
    /// The active organization.
    pub(crate) fn organization(&self) -> Result<Organization, OrganizationError> {
        self.organization.organization(&self.features)
    }

    /// The id of the active organization.
    pub(crate) fn organization_id(&self) -> Option<&str> {
        self.organization.id()
    }

    /// The claim `fea`, if it is text.
    pub(crate) fn features(&self) -> Option<&str> {
        self.features.as_str()
    }

    /// The claim `pla`, if it is text.
    pub(crate) fn plans(&self) -> Option<&str> {
        self.plans.as_str()
    }
}

impl Members for SessionClaims {
    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        member: json::Member<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "sub" => self.sub = member.look(text)?,
            "sid" => self.sid = member.look(text)?,
            "iss" => self.iss = member.look(text)?,
            "azp" => self.azp = member.look(text)?,
            "aud" => self.aud = audience(member.tree()?),
            "exp" => self.exp = member.look(number)?,
            "nbf" => self.nbf = member.look(number)?,
            "iat" => self.iat = member.look(number)?,
            "sts" => self.status = member.look(status)?,
            "fva" => self.factor_verification_age = factor_verification_age(&member.tree()?),
            "act" => self.actor = Some(member.tree()?).filter(|actor| !actor.is_null()).map(Actor),
            "fea" => self.features = member.look(CommaList::of)?,
            "pla" => self.plans = member.look(CommaList::of)?,
            _ => {
                if let Some(member) = self.organization.take(name, member)? {
                    member.skip()?;
                }
            }
        }
        Ok(())
    }
}

fn text<T: for<'a> From<&'a str>>(found: Found<'_>) -> Claim<T> {
    match found {
        Found::Text(text) => Claim::Present(text.into()),
        _ => Claim::Odd,
    }
}

fn number(found: Found<'_>) -> Claim<f64> {
    match found {
        Found::Null => Claim::Null,
        Found::Number(number) => Claim::Present(number),
        _ => Claim::Odd,
    }
}

fn status(found: Found<'_>) -> Option<SessionStatus> {
    match found {
        Found::Text("active") => Some(SessionStatus::Active),
        Found::Text("pending") => Some(SessionStatus::Pending),
        Found::Text(status) => Some(SessionStatus::Other(status.into())),
        _ => None,
    }
}

fn audience(value: Value) -> Audience {
    let list = match value {
        Value::Null => return Audience::Missing,
        Value::String(one) => vec![one],
        Value::Array(list) => {
            let strings: Option<Vec<String>> = list
                .into_iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect();
            match strings {
                Some(strings) => strings,
                None => return Audience::Odd,
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => return Audience::Odd,
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
