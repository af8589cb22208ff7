use std::mem::size_of;
use std::slice;

use serde::de::MapAccess;
use serde_json::Value;

#[cfg(test)]
use super::json::{Document, strict};
use super::json::{Found, Member, Members, Shape};
use super::organization::{CommaList, OrgRole, OrganizationClaims, OrganizationError};
use super::text::{Decoded, Text, Texts};

/// A claim as it was found.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum Claim<T> {
    #[default]
    Absent,
    Present(T),
    /// A number that is `null`.
    Null,
    /// There, but of the wrong JSON type.
    Odd,
}

impl<'a> Claim<&'a str> {
    pub(crate) fn text(self) -> Option<&'a str> {
        match self {
            Self::Present(text) => Some(text),
            Self::Absent | Self::Null | Self::Odd => None,
        }
    }
}

impl Claim<Text> {
    fn resolve(self, decoded: &Decoded) -> Claim<&str> {
        match self {
            Self::Absent => Claim::Absent,
            Self::Present(text) => Claim::Present(decoded.text(text)),
            Self::Null => Claim::Null,
            Self::Odd => Claim::Odd,
        }
    }
}

/// `aud`, by what it can be compared to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Audience<T> {
    /// Absent, null or empty.
    #[default]
    Missing,
    OneOf(T),
    /// Neither a string nor a list of strings.
    Odd,
}

/// One text, or a list of them.
#[derive(Debug, Clone)]
enum OneOrMore {
    One(Text),
    List(Vec<Text>),
}

impl OneOrMore {
    fn as_slice(&self) -> &[Text] {
        match self {
            Self::One(one) => slice::from_ref(one),
            Self::List(list) => list,
        }
    }
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

/// The claims that decisions are made of, both versions in one shape, and the texts that they are made of.
#[derive(Default)]
pub(crate) struct SessionClaims {
    decoded: Decoded,
    payload: Text,
    set: ClaimsSet,
}

/// The claims as places in what was decoded.
#[derive(Debug, Default)]
pub(super) struct ClaimsSet {
    sub: Claim<Text>,
    sid: Claim<Text>,
    iss: Claim<Text>,
    azp: Claim<Text>,
    aud: Audience<OneOrMore>,
    exp: Claim<f64>,
    nbf: Claim<f64>,
    iat: Claim<f64>,
    status: Option<SessionStatus>,
    factor_verification_age: Option<FactorVerificationAge>,
    actor: Option<Actor>,
    features: CommaList,
    plans: CommaList,
    organization: OrganizationClaims,
}

impl SessionClaims {
    pub(super) fn new(decoded: Decoded, payload: Text, set: ClaimsSet) -> Self {
        Self {
            decoded,
            payload,
            set,
        }
    }

    /// Those of a payload by itself; nothing if it is no object.
    #[cfg(test)]
    pub(crate) fn from_payload(json: &str) -> Option<Self> {
        let mut texts = Texts::of(json, 0);
        let mut set = ClaimsSet::default();
        let Ok(Document::Object) = strict(json, &mut texts, &mut set) else {
            return None;
        };
        let decoded = [json, &texts.unescaped()].concat();
        Some(Self::new(Decoded::new(decoded), Text::at(0, json.len()), set))
    }

    pub(super) fn decoded(&self) -> &Decoded {
        &self.decoded
    }

    /// A text of the token.
    pub(crate) fn text(&self, text: Text) -> &str {
        self.decoded.text(text)
    }

    /// The payload, JSON.
    pub(crate) fn payload(&self) -> &str {
        self.decoded.text(self.payload)
    }

    pub(crate) fn sub(&self) -> Claim<&str> {
        self.set.sub.resolve(&self.decoded)
    }

    pub(crate) fn sid(&self) -> Claim<&str> {
        self.set.sid.resolve(&self.decoded)
    }

    pub(crate) fn iss(&self) -> Claim<&str> {
        self.set.iss.resolve(&self.decoded)
    }

    pub(crate) fn azp(&self) -> Claim<&str> {
        self.set.azp.resolve(&self.decoded)
    }

    pub(crate) fn aud(&self) -> Audience<impl Iterator<Item = &str> + Clone> {
        match &self.set.aud {
            Audience::Missing => Audience::Missing,
            Audience::OneOf(texts) => {
                Audience::OneOf(texts.as_slice().iter().map(|text| self.decoded.text(*text)))
            }
            Audience::Odd => Audience::Odd,
        }
    }

    pub(crate) fn exp(&self) -> Claim<f64> {
        self.set.exp
    }

    pub(crate) fn nbf(&self) -> Claim<f64> {
        self.set.nbf
    }

    pub(crate) fn iat(&self) -> Claim<f64> {
        self.set.iat
    }

    pub(crate) fn status(&self) -> Option<&SessionStatus> {
        self.set.status.as_ref()
    }

    pub(crate) fn factor_verification_age(&self) -> Option<FactorVerificationAge> {
        self.set.factor_verification_age
    }

    pub(crate) fn actor(&self) -> Option<&Actor> {
        self.set.actor.as_ref()
    }

    /// The claim `fea`, if it is text.
    pub(crate) fn features(&self) -> Option<&str> {
        self.set.features.text(&self.decoded)
    }

    /// The claim `pla`, if it is text.
    pub(crate) fn plans(&self) -> Option<&str> {
        self.set.plans.text(&self.decoded)
    }

    /// Whether an organization can be made of the claims about it. What they say of one is not to be believed before.
    pub(crate) fn check_organization(&self) -> Result<(), OrganizationError> {
        self.set.organization.check(self.set.features, &self.decoded)
    }

    /// The id of the active organization.
    pub(crate) fn org_id(&self) -> Option<&str> {
        self.set.organization.id().map(|id| self.decoded.text(id))
    }

    /// The slug of the active organization.
    pub(crate) fn org_slug(&self) -> Option<&str> {
        self.set.organization.slug().map(|slug| self.decoded.text(slug))
    }

    /// The role in the active organization.
    pub(crate) fn org_role(&self) -> Option<OrgRole<'_>> {
        self.set.organization.role(&self.decoded)
    }

    /// The permissions in the active organization, put together: a short token can spell out a long list.
    pub(crate) fn org_permissions(&self) -> Option<Vec<String>> {
        self.set
            .organization
            .permissions(self.set.features, &self.decoded)
    }

    /// How many bytes it takes apart from itself, and [permissions](Self::org_permissions) that are put together.
    pub(crate) fn weight(&self) -> usize {
        let aud = match &self.set.aud {
            Audience::OneOf(OneOrMore::List(list)) => list.capacity() * size_of::<Text>(),
            Audience::OneOf(OneOrMore::One(_)) | Audience::Missing | Audience::Odd => 0,
        };
        let actor = self.set.actor.as_ref().map_or(0, |actor| weight(&actor.0));
        let organization = self.set.organization.weight(self.set.features, &self.decoded);
        self.decoded.capacity() + aud + actor + organization
    }
}

/// How many bytes a tree takes apart from itself, more or less.
fn weight(tree: &Value) -> usize {
    /// Maps have room for so many members at least.
    const LEAST: usize = 11;
    match tree {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.capacity(),
        Value::Array(list) => list.capacity() * size_of::<Value>() + list.iter().map(weight).sum::<usize>(),
        Value::Object(members) => {
            let room = members.len().max(LEAST) * (size_of::<String>() + size_of::<Value>());
            let inner = members
                .iter()
                .map(|(name, value)| name.capacity() + weight(value));
            room + inner.sum::<usize>()
        }
    }
}

impl Members for ClaimsSet {
    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        member: Member<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        match name {
            "sub" => self.sub = member.look(text)?,
            "sid" => self.sid = member.look(text)?,
            "iss" => self.iss = member.look(text)?,
            "azp" => self.azp = member.look(text)?,
            "aud" => self.aud = audience(member)?,
            "exp" => self.exp = member.look(number)?,
            "nbf" => self.nbf = member.look(number)?,
            "iat" => self.iat = member.look(number)?,
            "sts" => self.status = member.look(status)?,
            "fva" => self.factor_verification_age = factor_verification_age(member)?,
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

fn text(found: Found<'_>, texts: &mut Texts<'_>) -> Claim<Text> {
    match found {
        Found::Text(text) => Claim::Present(texts.keep(text)),
        _ => Claim::Odd,
    }
}

fn number(found: Found<'_>, _: &mut Texts<'_>) -> Claim<f64> {
    match found {
        Found::Null => Claim::Null,
        Found::Number(number) => Claim::Present(number),
        _ => Claim::Odd,
    }
}

fn status(found: Found<'_>, _: &mut Texts<'_>) -> Option<SessionStatus> {
    match found {
        Found::Text("active") => Some(SessionStatus::Active),
        Found::Text("pending") => Some(SessionStatus::Pending),
        Found::Text(status) => Some(SessionStatus::Other(status.into())),
        _ => None,
    }
}

fn audience<'de, A: MapAccess<'de>>(member: Member<'_, 'de, A>) -> Result<Audience<OneOrMore>, A::Error> {
    let (mut one, mut more) = (None, Vec::new());
    let (mut is_null, mut has_others, mut has_content) = (false, false, false);
    let shape = member.each(|found, texts| match found {
        Found::Text(text) => {
            has_content |= !text.is_empty();
            let text = texts.keep(text);
            match one {
                None => one = Some(text),
                Some(first) => {
                    if more.is_empty() {
                        more.push(first);
                    }
                    more.push(text);
                }
            }
        }
        Found::Null => is_null = true,
        Found::Bool(_) | Found::Number(_) | Found::Compound => has_others = true,
    })?;
    Ok(match (shape, one) {
        (Shape::Alone, _) if has_others => Audience::Odd,
        (Shape::List, _) if has_others || is_null => Audience::Odd,
        (_, Some(one)) if has_content && more.is_empty() => Audience::OneOf(OneOrMore::One(one)),
        (_, Some(_)) if has_content => Audience::OneOf(OneOrMore::List(more)),
        (_, _) => Audience::Missing,
    })
}

fn factor_verification_age<'de, A: MapAccess<'de>>(
    member: Member<'_, 'de, A>,
) -> Result<Option<FactorVerificationAge>, A::Error> {
    let (mut count, mut ages) = (0, [None; 2]);
    let shape = member.each(|found, _| {
        if let (Found::Number(age), Some(place)) = (found, ages.get_mut(count)) {
            *place = Some(age);
        }
        count += 1;
    })?;
    Ok(match (shape, count, ages) {
        (Shape::List, 2, [Some(first), Some(second)]) => Some(FactorVerificationAge { first, second }),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(json: &str) -> SessionClaims {
        SessionClaims::from_payload(json).unwrap_or_else(|| panic!("{json}"))
    }

    #[test]
    fn texts_are_the_same_with_and_without_escapes() {
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
            (r#"["a",null]"#, Audience::Odd),
            ("[null]", Audience::Odd),
            (r#"["a",["b"]]"#, Audience::Odd),
            (r#"{"a":"b"}"#, Audience::Odd),
            ("false", Audience::Odd),
            ("0", Audience::Odd),
        ] {
            let claims = claims(&format!(r#"{{"aud":{json}}}"#));
            let found = match claims.aud() {
                Audience::Missing => Audience::Missing,
                Audience::OneOf(texts) => Audience::OneOf(texts.collect()),
                Audience::Odd => Audience::Odd,
            };
            assert_eq!(found, expected, "{json}");
        }
        assert!(matches!(claims("{}").aud(), Audience::Missing));
    }

    #[test]
    fn ages_of_factors_are_two_numbers() {
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
            let found = claims(&format!(r#"{{"fva":{json}}}"#)).factor_verification_age();
            assert_eq!(found.map(|age| (age.first, age.second)), expected, "{json}");
        }
    }

    #[test]
    fn what_is_kept_of_an_actor_is_weighed() {
        let weight = |act: &str| claims(&format!(r#"{{"act":{act}}}"#)).weight();
        let longer = weight(r#"{"sub":"user_2","type":"agent"}"#);
        assert!(longer > weight(r#"{"sub":"user_2"}"#));
        assert!(weight(r#"{"sub":{}}"#) > 10 * weight("null"));
    }
}
