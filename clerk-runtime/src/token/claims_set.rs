use serde::de::MapAccess;

use super::actor::Actor;
use super::audience::{Audience, OneOrMore};
use super::claim::Claim;
use super::comma_list::CommaList;
use super::factor_verification_age::FactorVerificationAge;
use super::json::{Found, Member, Members, names};
use super::organization::{self, OrganizationClaims};
use super::session_status::SessionStatus;
use super::text::{Text, Texts};

/// The claims as places in what was decoded.
#[derive(Debug, Default)]
pub(super) struct ClaimsSet {
    pub(super) sub: Claim<Text>,
    pub(super) sid: Claim<Text>,
    pub(super) iss: Claim<Text>,
    pub(super) azp: Claim<Text>,
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
    /// The claims that matter.
    pub(super) enum Name {
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

impl Members for ClaimsSet {
    type Name = Name;

    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        name: Name,
        member: Member<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        let organization = &mut self.organization;
        match name {
            Name::Sub => self.sub = member.look(Claim::text_of)?,
            Name::Sid => self.sid = member.look(Claim::text_of)?,
            Name::Iss => self.iss = member.look(Claim::text_of)?,
            Name::Azp => self.azp = member.look(Claim::text_of)?,
            Name::Aud => self.aud = Audience::read(member)?,
            Name::Exp => self.exp = member.look(Claim::number_of)?,
            Name::Nbf => self.nbf = member.look(Claim::number_of)?,
            Name::Iat => self.iat = member.look(Claim::number_of)?,
            Name::Sts => self.status = member.look(SessionStatus::of)?,
            Name::Fva => self.factor_verification_age = FactorVerificationAge::read(member)?,
            Name::Act => self.actor = Actor::of(member.tree()?),
            Name::Fea => self.features = member.look(CommaList::of)?,
            Name::Pla => self.plans = member.look(CommaList::of)?,
            Name::V => organization.is_version_2 = member.look(is_two)?,
            Name::O => organization.o = organization::O::read(member)?,
            Name::OrgId => organization.id = member.look(organization::text)?,
            Name::OrgSlug => organization.slug = member.look(organization::text)?,
            Name::OrgRole => organization.role = member.look(organization::text)?,
            Name::OrgPermissions => organization.permissions = organization::list(member)?,
        }
        Ok(())
    }
}

fn is_two(found: Found, _: &Texts<'_>) -> bool {
    matches!(found, Found::Number(number) if number == 2.0)
}

#[cfg(test)]
mod tests {
    use crate::token::SessionClaims;

    #[test]
    fn no_claim_comes_twice() {
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
