use super::actor::Actor;
use super::audience::Audience;
use super::claim::Claim;
use super::claims_set::ClaimsSet;
use super::factor_verification_age::FactorVerificationAge;
#[cfg(test)]
use super::json::{Document, parse_strict};
use super::organization::{OrgRole, OrganizationError};
use super::session_status::SessionStatus;
#[cfg(test)]
use super::span::SpanRecorder;
use super::span::{DecodedToken, Span};

/// The claims of a session token, of either version, with the decoded token that holds their strings.
#[derive(Default)]
pub(crate) struct SessionClaims {
    decoded: DecodedToken,
    payload: Span,
    set: ClaimsSet,
}

impl SessionClaims {
    /// Returns the set that a parser fills.
    pub(super) fn set_mut(&mut self) -> &mut ClaimsSet {
        &mut self.set
    }

    /// Sets the decoded token that the spans of the set refer to, and the span of the payload.
    pub(super) fn set_decoded(&mut self, decoded: DecodedToken, payload: Span) {
        self.decoded = decoded;
        self.payload = payload;
    }

    /// Parses a payload without a token. Returns `None` unless it is an object.
    #[cfg(test)]
    pub(crate) fn from_payload(json: &str) -> Option<Self> {
        let mut spans = SpanRecorder::new(json, 0);
        let mut claims = Self::default();
        let Ok(Document::Object) = parse_strict(&mut spans, claims.set_mut()) else {
            return None;
        };
        let decoded = [json, &spans.into_unescaped()].concat();
        claims.set_decoded(DecodedToken::new(decoded), Span::new(0, json.len()));
        Some(claims)
    }

    pub(super) fn decoded(&self) -> &DecodedToken {
        &self.decoded
    }

    /// Returns the string at a span of this token.
    pub(crate) fn get(&self, span: Span) -> &str {
        self.decoded.get(span)
    }

    /// Returns the payload, JSON.
    pub(crate) fn payload(&self) -> &str {
        self.decoded.get(self.payload)
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

    /// Returns the claim `fea` if it is a string that is not empty.
    pub(crate) fn features(&self) -> Option<&str> {
        self.set.features.get(&self.decoded)
    }

    /// Returns the claim `pla` if it is a string that is not empty.
    pub(crate) fn plans(&self) -> Option<&str> {
        self.set.plans.get(&self.decoded)
    }

    /// Checks that the organization claims are consistent. Use no claim about an organization before.
    pub(crate) fn check_organization(&self) -> Result<(), OrganizationError> {
        self.set.organization.check(self.set.features, &self.decoded)
    }

    /// Returns the id of the active organization.
    pub(crate) fn org_id(&self) -> Option<&str> {
        self.set.organization.id().map(|id| self.decoded.get(id))
    }

    /// Returns the slug of the active organization.
    pub(crate) fn org_slug(&self) -> Option<&str> {
        self.set.organization.slug().map(|slug| self.decoded.get(slug))
    }

    /// Returns the role in the active organization.
    pub(crate) fn org_role(&self) -> Option<OrgRole<'_>> {
        self.set.organization.role(&self.decoded)
    }

    /// Builds the list of permissions in the active organization. A short token can encode a long list.
    pub(crate) fn org_permissions(&self) -> Option<Vec<String>> {
        self.set
            .organization
            .permissions(self.set.features, &self.decoded)
    }

    /// Returns the heap size in bytes, including the [permissions](Self::org_permissions) once they are built.
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
    fn strings_are_the_same_with_and_without_escapes() {
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
