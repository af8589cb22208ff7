use serde::de::MapAccess;

use super::actor::Actor;
use super::audience::{Audience, OneOrMore};
use super::claim::Claim;
use super::comma_list::CommaList;
use super::factor_verification_age::FactorVerificationAge;
use super::json::{JsonScalar, Member, ObjectVisitor, names};
use super::organization::{self, OrganizationClaims};
use super::session_status::SessionStatus;
use super::span::{Span, SpanRecorder};

/// The claims, their strings as spans of the decoded token.
#[derive(Debug, Default)]
pub(super) struct ClaimsSet {
    pub(super) sub: Claim<Span>,
    pub(super) sid: Claim<Span>,
    pub(super) iss: Claim<Span>,
    pub(super) azp: Claim<Span>,
    pub(super) aud: Audience<OneOrMore>,
    pub(super) exp: Claim<f64>,
    pub(super) nbf: Claim<f64>,
    pub(super) iat: Claim<f64>,
    pub(super) status: Option<SessionStatus>,
    pub(super) factor_verification_age: Option<FactorVerificationAge>,
    pub(super) actor: Option<Actor>,
    pub(super) features: CommaList,
    pub(super) plans: CommaList,
    pub(super) organization: OrganizationClaims,
}

names! {
    /// The names of the claims that this crate uses.
    pub(super) enum ClaimName {
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

#[cfg(test)]
mod tests {
    use crate::token::SessionClaims;

    #[test]
    fn duplicate_claims_are_rejected() {
        let once = [
            r#""sub":"a""#,
            r#""sid":"a""#,
            r#""iss":"a""#,
            r#""azp":"a""#,
            r#""aud":["a"]"#,
            r#""exp":1"#,
            r#""nbf":1"#,
            r#""iat":1"#,
            r#""sts":"a""#,
            r#""fva":[1,2]"#,
            r#""act":{"sub":"a"}"#,
            r#""fea":"a""#,
            r#""pla":"a""#,
            r#""v":2"#,
            r#""o":{"id":"a"}"#,
            r#""org_id":"a""#,
            r#""org_slug":"a""#,
            r#""org_role":"a""#,
            r#""org_permissions":["a"]"#,
            r#""jti":"a""#,
            r#""":"a""#,
        ];
        let is_read = |members: &[&str]| {
            let json = format!("{{{}}}", members.join(","));
            SessionClaims::from_payload(&json).is_some()
        };
        assert!(is_read(&once));
        for again in once {
            let name = again.split('"').nth(1).unwrap();
            let escaped: String = name
                .chars()
                .map(|letter| format!("\\u{:04x}", u32::from(letter)))
                .collect();
            let escaped = format!(r#""{escaped}":null"#);
            for again in [again, &*format!(r#""{name}":null"#), &escaped] {
                assert!(!is_read(&[&once[..], &[again]].concat()), "{again}");
                let others: Vec<&str> = once
                    .into_iter()
                    .filter(|one| !one.starts_with(&format!(r#""{name}""#)))
                    .collect();
                assert!(is_read(&[&others[..], &[again]].concat()), "{again}");
                assert!(!is_read(&[&[again][..], &once].concat()), "{again}");
            }
        }
        for twice in [
            r#""id":1,"id":1"#,
            r#""id":1,"\u0069d":1"#,
            r#""fpm":1,"fpm":1"#,
            r#""x":1,"x":1"#,
        ] {
            assert!(!is_read(&[&format!(r#""o":{{{twice}}}"#)]), "{twice}");
        }
    }
}
