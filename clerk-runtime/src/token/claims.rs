use super::actor::Actor;
use super::audience::Audience;
use super::claim::Claim;
use super::claims_set::ClaimsSet;
use super::factor_verification_age::FactorVerificationAge;
#[cfg(test)]
use super::json::{Document, strict};
use super::organization::{OrgRole, OrganizationError};
use super::session_status::SessionStatus;
#[cfg(test)]
use super::text::Texts;
use super::text::{Decoded, Text};

/// The claims that decisions are made of, both versions in one shape, and the texts that they are made of.
#[derive(Default)]
pub(crate) struct SessionClaims {
    decoded: Decoded,
    payload: Text,
    set: ClaimsSet,
}

impl SessionClaims {
    /// Where a reader puts them.
    pub(super) fn set_mut(&mut self) -> &mut ClaimsSet {
        &mut self.set
    }

    /// Takes what they are places in.
    pub(super) fn keep(&mut self, decoded: Decoded, payload: Text) {
        self.decoded = decoded;
        self.payload = payload;
    }

    /// Those of a payload by itself; nothing if it is no object.
    #[cfg(test)]
    pub(crate) fn from_payload(json: &str) -> Option<Self> {
        let mut texts = Texts::of(json, 0);
        let mut claims = Self::default();
        let Ok(Document::Object) = strict(&mut texts, claims.set_mut()) else {
            return None;
        };
        let decoded = [json, &texts.into_unescaped()].concat();
        claims.keep(Decoded::new(decoded), Text::at(0, json.len()));
        Some(claims)
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
}
