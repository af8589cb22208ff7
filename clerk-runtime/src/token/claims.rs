use serde::de::MapAccess;

use super::actor::Actor;
use super::audience::{Audience, OneOrMore};
use super::comma_list::CommaList;
#[cfg(test)]
use super::json::{Document, strict};
use super::json::{Found, Member, Members, Shape};
use super::organization::{OrgRole, OrganizationClaims, OrganizationError};
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
        self.set.aud.resolve(&self.decoded)
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
        let actor = self.set.actor.as_ref().map_or(0, Actor::weight);
        let organization = self.set.organization.weight(self.set.features, &self.decoded);
        self.decoded.capacity() + self.set.aud.weight() + actor + organization
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
            "aud" => self.aud = Audience::read(member)?,
            "exp" => self.exp = member.look(number)?,
            "nbf" => self.nbf = member.look(number)?,
            "iat" => self.iat = member.look(number)?,
            "sts" => self.status = member.look(status)?,
            "fva" => self.factor_verification_age = factor_verification_age(member)?,
            "act" => self.actor = Actor::of(member.tree()?),
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
}
