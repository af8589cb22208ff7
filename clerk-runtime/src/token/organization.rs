//! The active organization, from the claims of version 1 and of version 2.

use std::mem::size_of;

use serde::de::MapAccess;

use super::bits::low_bits;
use super::comma_list::{CommaList, Lengths};
use super::json::{Document, Found, Member, Members, Shape, names};
use super::text::{Decoded, Text, Texts};

/// The role in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrgRole<'a> {
    /// As it is, such as `org:admin`.
    Key(&'a str),
    /// Without `org:`, which belongs to it.
    WithoutPrefix(&'a str),
}

/// Version 2 claims of an active organization that do not say which features it has.
///
/// Clerk's SDK makes no auth object of such a token, so it signs nobody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OrganizationError;

/// What a session's claims say of its organization.
#[derive(Debug, Default)]
pub(super) struct OrganizationClaims {
    /// Then the organization is in `o`, and in the others otherwise.
    pub(super) is_version_2: bool,
    pub(super) id: Option<Text>,
    pub(super) slug: Option<Text>,
    pub(super) role: Option<Text>,
    pub(super) permissions: Option<Vec<Text>>,
    pub(super) o: O,
}

/// The claim `o` of version 2.
#[derive(Debug, Default)]
pub(super) enum O {
    /// Absent, or what stands for it.
    #[default]
    Nothing,
    Object(Compact),
    NoObject,
}

/// An organization as version 2 writes it.
#[derive(Debug, Default)]
pub(super) struct Compact {
    id: Option<Text>,
    slug: Option<Text>,
    role: Option<Text>,
    permissions: CommaList,
    masks: CommaList,
}

names! {
    /// The members of `o` that matter.
    pub(super) enum CompactName {
        Id = "id",
        Slg = "slg",
        Rol = "rol",
        Per = "per",
        Fpm = "fpm",
    }
}

impl Members for Compact {
    type Name = CompactName;

    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        name: CompactName,
        member: Member<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        match name {
            CompactName::Id => self.id = member.look(text)?,
            CompactName::Slg => self.slug = member.look(text)?,
            CompactName::Rol => self.role = member.look(text)?,
            CompactName::Per => self.permissions = member.look(CommaList::of)?,
            CompactName::Fpm => self.masks = member.look(CommaList::of)?,
        }
        Ok(())
    }
}

impl O {
    pub(super) fn read<'de, A: MapAccess<'de>>(member: Member<'_, 'de, A>) -> Result<Self, A::Error> {
        let mut compact = Compact::default();
        Ok(match member.object(&mut compact)? {
            Document::Null | Document::False => Self::Nothing,
            Document::Object => Self::Object(compact),
            Document::Other => Self::NoObject,
        })
    }
}

/// Text, or nothing.
pub(super) fn text(found: Found, _: &Texts<'_>) -> Option<Text> {
    match found {
        Found::Text(text) => Some(text),
        _ => None,
    }
}

/// The texts of a list; nothing if it is none.
pub(super) fn list<'de, A: MapAccess<'de>>(
    member: Member<'_, 'de, A>,
) -> Result<Option<Vec<Text>>, A::Error> {
    let mut list = Vec::new();
    let shape = member.each(|found| {
        if let Found::Text(text) = found {
            list.push(text);
        }
    })?;
    Ok((shape == Shape::List).then_some(list))
}

impl OrganizationClaims {
    /// The organization as version 2 writes it; nothing in a token of version 2 without one.
    fn compact(&self) -> Option<&Compact> {
        match &self.o {
            O::Object(compact) => Some(compact),
            O::Nothing | O::NoObject => None,
        }
    }

    /// The id of the active organization.
    pub(super) fn id(&self) -> Option<Text> {
        if self.is_version_2 {
            self.compact()?.id
        } else {
            self.id
        }
    }

    pub(super) fn slug(&self) -> Option<Text> {
        if self.is_version_2 {
            self.compact()?.slug
        } else {
            self.slug
        }
    }

    pub(super) fn role<'d>(&self, decoded: &'d Decoded) -> Option<OrgRole<'d>> {
        if self.is_version_2 {
            let role = decoded.text(self.compact()?.role?);
            (!role.is_empty()).then_some(OrgRole::WithoutPrefix(role))
        } else {
            self.role.map(|role| OrgRole::Key(decoded.text(role)))
        }
    }

    /// Whether an organization can be made of the claims; `features` is the claim `fea`.
    pub(super) fn check(&self, features: CommaList, decoded: &Decoded) -> Result<(), OrganizationError> {
        if !self.is_version_2 || matches!(self.o, O::Nothing) {
            return Ok(());
        }
        for feature in features.items(decoded).ok_or(OrganizationError)? {
            feature.split_once(':').ok_or(OrganizationError)?;
        }
        match self.compact() {
            Some(compact) if [compact.permissions, compact.masks].contains(&CommaList::Odd) => {
                Err(OrganizationError)
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The permissions, put together.
    pub(super) fn permissions(&self, features: CommaList, decoded: &Decoded) -> Option<Vec<String>> {
        if !self.is_version_2 {
            let list = self.permissions.as_ref()?.iter();
            return Some(
                list.map(|permission| decoded.text(*permission).to_owned())
                    .collect(),
            );
        }
        let compact = self.compact()?;
        let names = compact.permissions.items(decoded)?;
        let masks = compact.masks.items(decoded)?;
        let count = names.clone().count();
        let mut permissions = Vec::new();
        for (feature, mask) in organization_features(features.items(decoded)?).zip(masks) {
            let bits = low_bits(mask, count);
            for (index, name) in names.clone().enumerate() {
                if bits.is_set(index) {
                    permissions.push(["org:", feature, ":", name].concat());
                }
            }
        }
        Some(permissions)
    }

    /// How many bytes all of it takes at most, with permissions that are put together.
    pub(super) fn weight(&self, features: CommaList, decoded: &Decoded) -> usize {
        let kept = self.permissions.as_ref();
        let listed = kept.map_or(0, |list| list.capacity() * size_of::<Text>());
        let (count, longest) = if self.is_version_2 {
            let Some(compact) = self.compact() else {
                return listed;
            };
            let [names, features] = [compact.permissions, features].map(|list| Lengths::of(list, decoded));
            let masks = compact.masks.items(decoded).into_iter().flatten();
            let granted = masks
                .take(features.count)
                .map(|mask| low_bits(mask, names.count).count());
            let longest = "org:".len() + features.longest + ":".len() + names.longest;
            (granted.sum(), longest)
        } else {
            let lengths = kept.into_iter().flatten().map(|text| text.len());
            (kept.map_or(0, Vec::len), lengths.max().unwrap_or_default())
        };
        listed + count * (size_of::<String>() + longest)
    }
}

/// The slugs of the features that belong to the organization, in order.
fn organization_features<'a>(features: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    features
        .filter_map(|feature| feature.split_once(':'))
        .filter(|(scope, _)| matches!(*scope, "o" | "ou" | "uo"))
        .map(|(_, slug)| slug)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::SessionClaims;
    use serde_json::{Value, json};

    fn claims_of(claims: &Value) -> SessionClaims {
        SessionClaims::from_payload(&claims.to_string()).unwrap_or_else(|| panic!("{claims}"))
    }

    fn version_2_permissions(fea: &str, per: &str, fpm: &str) -> Vec<String> {
        let claims = json!({"v": 2, "fea": fea, "o": {"id": "org_1", "per": per, "fpm": fpm}});
        let claims = claims_of(&claims);
        assert_eq!(claims.check_organization(), Ok(()));
        claims.org_permissions().unwrap()
    }

    #[test]
    fn masks_align_with_the_features_of_the_organization() {
        assert_eq!(
            version_2_permissions(
                "o:invoices,u:themes,ou:reports,o:audit",
                "view,edit,export",
                "5,2,0"
            ),
            ["org:invoices:view", "org:invoices:export", "org:reports:edit"]
        );
        assert_eq!(version_2_permissions("o:a,o:b", "x,y", " 12 ,1"), ["org:b:x"]);
        assert!(version_2_permissions("o:a", "x", "1x").is_empty());
    }

    #[test]
    fn masks_are_read_beyond_any_machine_word() {
        let names: Vec<String> = (0..150).map(|index| format!("p{index}")).collect();
        assert_eq!(
            version_2_permissions("o:vault", &names.join(","), "576460752303423492"),
            ["org:vault:p2", "org:vault:p59"]
        );
        // 2^140 + 1
        assert_eq!(
            version_2_permissions(
                "o:vault",
                &names.join(","),
                "1393796574908163946345982392040522594123777"
            ),
            ["org:vault:p0", "org:vault:p140"]
        );
    }

    #[test]
    fn features_without_scope_leave_no_organization() {
        let claims = |fea: Value, o: Value| json!({"v": 2, "fea": fea, "o": o});
        let acme = json!({"id": "org_1"});
        for bad in [json!("billing"), json!("o:a,"), json!(7), json!(["o:a"])] {
            let claims = claims(bad, acme.clone());
            let checked = claims_of(&claims).check_organization();
            assert_eq!(checked, Err(OrganizationError), "{claims}");
        }
        for nothing in [json!(""), json!(0), json!(false), Value::Null] {
            let claims = claims(nothing, acme.clone());
            assert_eq!(claims_of(&claims).check_organization(), Ok(()), "{claims}");
        }
        let without = claims_of(&claims(json!("billing"), Value::Null));
        assert_eq!(without.check_organization(), Ok(()));
        let ids = (without.org_id(), without.org_slug());
        assert_eq!(ids, (None, None));
        assert_eq!((without.org_role(), without.org_permissions()), (None, None));
    }

    #[test]
    fn lists_that_are_no_text_leave_no_organization() {
        for (member, bad) in [("per", json!(["read"])), ("fpm", json!(1)), ("per", json!(true))] {
            let mut claims = json!({"v": 2, "fea": "o:a", "o": {"id": "org_1", "per": "read", "fpm": "1"}});
            assert_eq!(claims_of(&claims).check_organization(), Ok(()));
            claims["o"][member] = bad;
            let checked = claims_of(&claims).check_organization();
            assert_eq!(checked, Err(OrganizationError), "{claims}");
            // In version 1 they are nobody's business.
            claims["v"] = json!(1);
            assert_eq!(claims_of(&claims).check_organization(), Ok(()), "{claims}");
        }
        let no_object = |fea: &str| claims_of(&json!({"v": 2, "fea": fea, "o": "org_1"}));
        assert_eq!(no_object("billing").check_organization(), Err(OrganizationError));
        assert_eq!(no_object("o:billing").check_organization(), Ok(()));
        assert_eq!(no_object("o:billing").org_permissions(), None);
    }

    #[test]
    fn both_versions_in_one_shape() {
        let version_1 = claims_of(&json!({
            "org_id": "org_1", "org_slug": "acme", "org_role": "org:admin",
            "org_permissions": ["org:a:read", 7, "org:a:\u{e9}"], "o": {"id": "org_2"}
        }));
        let version_2 = claims_of(&json!({
            "v": 2, "fea": "o:a", "org_id": "org_2",
            "o": {"id": "org_1", "slg": "acme", "rol": "admin", "per": "read,\u{e9}", "fpm": "3"}
        }));
        for (claims, role) in [
            (&version_1, OrgRole::Key("org:admin")),
            (&version_2, OrgRole::WithoutPrefix("admin")),
        ] {
            assert_eq!(claims.org_id(), Some("org_1"));
            assert_eq!(claims.org_slug(), Some("acme"));
            assert_eq!(claims.org_role(), Some(role));
            let permissions = claims.org_permissions().unwrap();
            assert_eq!(permissions, ["org:a:read", "org:a:\u{e9}"]);
        }
        let nobody = claims_of(&json!({"v": 2, "o": {"rol": ""}}));
        assert_eq!(
            (nobody.org_role(), nobody.org_permissions()),
            (None, Some(Vec::new()))
        );
    }

    #[test]
    fn permissions_weigh_what_they_will_take() {
        let large = u128::MAX.to_string();
        let names: Vec<String> = (100..228).map(|number| format!("p{number}")).collect();
        let names = names.join(",");
        for (per, fpm, count) in [
            ("read,edit", "0,0,0", 0),
            ("read,edit", "1,2,9", 3),
            ("read,edit", "3,,x", 2),
            ("read,edit", "255,255,255,255", 6),
            (&*names, &*format!("{large},{large},1"), 257),
        ] {
            let claims = |fpm: &str| {
                claims_of(&json!({"v": 2, "fea": "o:abc,o:def,o:ghi", "o": {"per": per, "fpm": fpm}}))
            };
            let fixed = claims(&fpm.replace(|letter| letter != ',', "0")).weight();
            let grown = claims(fpm).weight() - fixed;
            let permissions = claims(fpm).org_permissions().unwrap();
            let taken: usize = permissions
                .iter()
                .map(|one| size_of::<String>() + one.len())
                .sum();
            assert_eq!(permissions.len(), count, "{fpm}");
            assert!(
                (taken..=taken + 2 * count).contains(&grown),
                "{fpm} {taken} {grown}"
            );
        }
        let listed = json!({"org_permissions": ["org:a:read", "org:a:edit"]});
        let taken = 2 * (size_of::<String>() + "org:a:read".len() + size_of::<Text>());
        assert!(claims_of(&listed).weight() >= listed.to_string().len() + taken);
    }
}
