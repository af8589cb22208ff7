//! The active organization, from claims of version 1 or version 2.

use std::mem::size_of;

use serde::de::MapAccess;

use super::comma_list::{CommaList, ItemLengths};
use super::json::{Document, JsonScalar, Member, ObjectVisitor, ValueKind, names};
use super::permission_mask::PermissionMask;
use super::span::{DecodedToken, Span, SpanRecorder};

/// The role in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrgRole<'a> {
    /// The complete key, such as `org:admin`.
    Key(&'a str),
    /// The key without its prefix `org:`.
    WithoutPrefix(&'a str),
}

/// The error of version 2 claims whose lists of features, permissions or masks are malformed.
///
/// Clerk's SDK cannot make an auth object of such a token, so the token does not authenticate a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OrganizationError;

/// The claims of a session token about its organization.
#[derive(Debug, Default)]
pub(super) struct OrganizationClaims {
    /// Whether the organization is in `o`. In version 1 it is in the other fields.
    pub(super) is_version_2: bool,
    pub(super) id: Option<Span>,
    pub(super) slug: Option<Span>,
    pub(super) role: Option<Span>,
    pub(super) permissions: Option<Vec<Span>>,
    pub(super) o: OrgClaimV2,
}

/// The claim `o` of version 2.
#[derive(Debug, Default)]
pub(super) enum OrgClaimV2 {
    /// Absent, `null` or `false`.
    #[default]
    Absent,
    Object(OrgObjectV2),
    NotAnObject,
}

/// The object in the claim `o`.
#[derive(Debug, Default)]
pub(super) struct OrgObjectV2 {
    id: Option<Span>,
    slug: Option<Span>,
    role: Option<Span>,
    permissions: CommaList,
    masks: CommaList,
}

names! {
    /// The names of the members of `o` that this crate uses.
    pub(super) enum OrgObjectName {
        Id = "id",
        Slg = "slg",
        Rol = "rol",
        Per = "per",
        Fpm = "fpm",
    }
}

impl ObjectVisitor for OrgObjectV2 {
    type Name = OrgObjectName;

    fn visit_member<'de, A: MapAccess<'de>>(
        &mut self,
        name: OrgObjectName,
        member: Member<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        match name {
            OrgObjectName::Id => self.id = member.scalar(optional_string)?,
            OrgObjectName::Slg => self.slug = member.scalar(optional_string)?,
            OrgObjectName::Rol => self.role = member.scalar(optional_string)?,
            OrgObjectName::Per => self.permissions = member.scalar(CommaList::from_scalar)?,
            OrgObjectName::Fpm => self.masks = member.scalar(CommaList::from_scalar)?,
        }
        Ok(())
    }
}

impl OrgClaimV2 {
    pub(super) fn parse<'de, A: MapAccess<'de>>(member: Member<'_, 'de, A>) -> Result<Self, A::Error> {
        let mut object = OrgObjectV2::default();
        Ok(match member.object(&mut object)? {
            Document::Null | Document::False => Self::Absent,
            Document::Object => Self::Object(object),
            Document::NotObject => Self::NotAnObject,
        })
    }
}

/// Returns the span of a string, or `None` for any other value.
pub(super) fn optional_string(scalar: JsonScalar, _: &SpanRecorder<'_>) -> Option<Span> {
    match scalar {
        JsonScalar::String(span) => Some(span),
        _ => None,
    }
}

/// Returns the strings of an array, or `None` if the value is not an array.
pub(super) fn string_list<'de, A: MapAccess<'de>>(
    member: Member<'_, 'de, A>,
) -> Result<Option<Vec<Span>>, A::Error> {
    let mut list = Vec::new();
    let kind = member.elements(|element| {
        if let JsonScalar::String(span) = element {
            list.push(span);
        }
    })?;
    Ok((kind == ValueKind::Array).then_some(list))
}

impl OrganizationClaims {
    /// Returns the object in the claim `o`, if there is one.
    fn v2_object(&self) -> Option<&OrgObjectV2> {
        match &self.o {
            OrgClaimV2::Object(object) => Some(object),
            OrgClaimV2::Absent | OrgClaimV2::NotAnObject => None,
        }
    }

    /// Returns the id of the active organization.
    pub(super) fn id(&self) -> Option<Span> {
        if self.is_version_2 {
            self.v2_object()?.id
        } else {
            self.id
        }
    }

    pub(super) fn slug(&self) -> Option<Span> {
        if self.is_version_2 {
            self.v2_object()?.slug
        } else {
            self.slug
        }
    }

    pub(super) fn role<'d>(&self, decoded: &'d DecodedToken) -> Option<OrgRole<'d>> {
        if self.is_version_2 {
            let role = decoded.get(self.v2_object()?.role?);
            (!role.is_empty()).then_some(OrgRole::WithoutPrefix(role))
        } else {
            self.role.map(|role| OrgRole::Key(decoded.get(role)))
        }
    }

    /// Checks the lists of the organization; `features` is the claim `fea`.
    pub(super) fn check(&self, features: CommaList, decoded: &DecodedToken) -> Result<(), OrganizationError> {
        if !self.is_version_2 || matches!(self.o, OrgClaimV2::Absent) {
            return Ok(());
        }
        for feature in features.items(decoded).ok_or(OrganizationError)? {
            feature.split_once(':').ok_or(OrganizationError)?;
        }
        match self.v2_object() {
            Some(object) if [object.permissions, object.masks].contains(&CommaList::WrongType) => {
                Err(OrganizationError)
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Builds the list of permissions; `features` is the claim `fea`.
    pub(super) fn permissions(&self, features: CommaList, decoded: &DecodedToken) -> Option<Vec<String>> {
        if !self.is_version_2 {
            let list = self.permissions.as_ref()?.iter();
            return Some(
                list.map(|permission| decoded.get(*permission).to_owned())
                    .collect(),
            );
        }
        let object = self.v2_object()?;
        let names = object.permissions.items(decoded)?;
        let masks = object.masks.items(decoded)?;
        let count = names.clone().count();
        let mut permissions = Vec::new();
        for (feature, mask) in organization_features(features.items(decoded)?).zip(masks) {
            let mask = PermissionMask::from_decimal(mask, count);
            for (index, name) in names.clone().enumerate() {
                if mask.is_set(index) {
                    permissions.push(["org:", feature, ":", name].concat());
                }
            }
        }
        Some(permissions)
    }

    /// Returns an upper bound for the heap size in bytes, including the list of permissions once it is built.
    pub(super) fn weight(&self, features: CommaList, decoded: &DecodedToken) -> usize {
        let kept = self.permissions.as_ref();
        let listed = kept.map_or(0, |list| list.capacity() * size_of::<Span>());
        let (count, longest) = if self.is_version_2 {
            let Some(object) = self.v2_object() else {
                return listed;
            };
            let [names, features] =
                [object.permissions, features].map(|list| ItemLengths::new(list, decoded));
            let masks = object.masks.items(decoded).into_iter().flatten();
            let granted = masks
                .take(features.count)
                .map(|mask| PermissionMask::from_decimal(mask, names.count).count_ones());
            let longest = "org:".len() + features.longest + ":".len() + names.longest;
            (granted.sum(), longest)
        } else {
            let lengths = kept.into_iter().flatten().map(|span| span.len());
            (kept.map_or(0, Vec::len), lengths.max().unwrap_or_default())
        };
        listed + count * (size_of::<String>() + longest)
    }
}

/// Returns the slugs of the features that belong to the organization, in order.
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
    fn features_without_scope_are_an_error() {
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
    fn lists_that_are_not_strings_are_an_error() {
        for (member, bad) in [("per", json!(["read"])), ("fpm", json!(1)), ("per", json!(true))] {
            let mut claims = json!({"v": 2, "fea": "o:a", "o": {"id": "org_1", "per": "read", "fpm": "1"}});
            assert_eq!(claims_of(&claims).check_organization(), Ok(()));
            claims["o"][member] = bad;
            let checked = claims_of(&claims).check_organization();
            assert_eq!(checked, Err(OrganizationError), "{claims}");
            // In version 1 they are ignored.
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
        let empty = claims_of(&json!({"v": 2, "o": {"rol": ""}}));
        assert_eq!(
            (empty.org_role(), empty.org_permissions()),
            (None, Some(Vec::new()))
        );
    }

    #[test]
    fn weight_counts_permissions_that_are_built_later() {
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
        let taken = 2 * (size_of::<String>() + "org:a:read".len() + size_of::<Span>());
        assert!(claims_of(&listed).weight() >= listed.to_string().len() + taken);
    }
}
