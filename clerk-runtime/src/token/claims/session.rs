//! The claims of session tokens.

use serde::de::MapAccess;

use super::claim::{Audience, Claim, OneOrMore};
use super::organization::{self, OrgRole, OrganizationClaims, OrganizationError};
use super::permissions::CommaList;
use super::values::{Actor, FactorVerificationAge, SessionStatus};
#[cfg(test)]
use crate::token::json::{Document, parse_strict};
use crate::token::json::{JsonScalar, Member, ObjectVisitor, names};
use crate::token::span::{DecodedToken, Span, SpanRecorder};

/// The claims of a session token, of either version, with the decoded token that holds their strings.
#[derive(Default)]
pub(crate) struct SessionClaims {
    decoded: DecodedToken,
    payload: Span,
    set: ClaimsSet,
}

impl SessionClaims {
    /// Returns the set that a parser fills.
    pub(in crate::token) fn set_mut(&mut self) -> &mut ClaimsSet {
        &mut self.set
    }

    /// Sets the decoded token that the spans of the set refer to, and the span of the payload.
    pub(in crate::token) fn set_decoded(&mut self, decoded: DecodedToken, payload: Span) {
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

    pub(in crate::token) fn decoded(&self) -> &DecodedToken {
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

/// The claims, their strings as spans of the decoded token.
#[derive(Debug, Default)]
pub(in crate::token) struct ClaimsSet {
    sub: Claim<Span>,
    sid: Claim<Span>,
    iss: Claim<Span>,
    azp: Claim<Span>,
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

names! {
    /// The names of the claims that this crate uses.
    pub(in crate::token) enum ClaimName {
        Sub = "sub",
        Sid = "sid",
        Iss = "iss",
        Azp = "azp",
        Aud = "aud",
        Exp = "exp",
        Nbf = "nbf",
        Iat = "iat",
        Sts = "sts",
        Fva = "fva",
        Act = "act",
        Fea = "fea",
        Pla = "pla",
        V = "v",
        O = "o",
        OrgId = "org_id",
        OrgSlug = "org_slug",
        OrgRole = "org_role",
        OrgPermissions = "org_permissions",
    }
}

impl ObjectVisitor for ClaimsSet {
    type Name = ClaimName;

    fn visit_member<'de, A: MapAccess<'de>>(
        &mut self,
        name: ClaimName,
        member: Member<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        let organization = &mut self.organization;
        match name {
            ClaimName::Sub => self.sub = member.scalar(Claim::parse_string)?,
            ClaimName::Sid => self.sid = member.scalar(Claim::parse_string)?,
            ClaimName::Iss => self.iss = member.scalar(Claim::parse_string)?,
            ClaimName::Azp => self.azp = member.scalar(Claim::parse_string)?,
            ClaimName::Aud => self.aud = Audience::parse(member)?,
            ClaimName::Exp => self.exp = member.scalar(Claim::parse_number)?,
            ClaimName::Nbf => self.nbf = member.scalar(Claim::parse_number)?,
            ClaimName::Iat => self.iat = member.scalar(Claim::parse_number)?,
            ClaimName::Sts => self.status = member.scalar(SessionStatus::from_scalar)?,
            ClaimName::Fva => self.factor_verification_age = FactorVerificationAge::parse(member)?,
            ClaimName::Act => self.actor = Actor::from_claim(member.value()?),
            ClaimName::Fea => self.features = member.scalar(CommaList::from_scalar)?,
            ClaimName::Pla => self.plans = member.scalar(CommaList::from_scalar)?,
            ClaimName::V => organization.is_version_2 = member.scalar(is_version_2)?,
            ClaimName::O => organization.o = organization::OrgClaimV2::parse(member)?,
            ClaimName::OrgId => organization.id = member.scalar(organization::optional_string)?,
            ClaimName::OrgSlug => organization.slug = member.scalar(organization::optional_string)?,
            ClaimName::OrgRole => organization.role = member.scalar(organization::optional_string)?,
            ClaimName::OrgPermissions => organization.permissions = organization::string_list(member)?,
        }
        Ok(())
    }
}

fn is_version_2(scalar: JsonScalar, _: &SpanRecorder<'_>) -> bool {
    matches!(scalar, JsonScalar::Number(number) if number == 2.0)
}
