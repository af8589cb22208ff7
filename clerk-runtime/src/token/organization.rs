//! The active organization, from the claims of version 1 and of version 2.

use std::sync::Arc;

use serde::de::MapAccess;
use serde_json::Value;

use super::json::{Document, Found, Member, Members};

/// The organization claims of a session. Without an active organization every member is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Organization {
    pub(crate) id: Option<Arc<str>>,
    pub(crate) slug: Option<Box<str>>,
    pub(crate) role: Option<Box<str>>,
    pub(crate) permissions: Option<Vec<String>>,
}

/// Version 2 claims of an active organization that do not say which features it has.
///
/// Clerk's SDK makes no auth object of such a token, so it signs nobody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OrganizationError;

/// What a session's claims say of its organization, before any of it is put together.
#[derive(Debug, Clone, Default)]
pub(super) struct OrganizationClaims {
    is_version_2: bool,
    id: Option<Arc<str>>,
    slug: Option<Box<str>>,
    role: Option<Box<str>>,
    permissions: Option<Vec<String>>,
    o: O,
}

/// The claim `o` of version 2.
#[derive(Debug, Clone, Default)]
enum O {
    /// Absent, or what stands for it.
    #[default]
    Nothing,
    Object(Box<Compact>),
    NoObject,
}

/// An organization as version 2 writes it.
#[derive(Debug, Clone, Default)]
struct Compact {
    id: Option<Arc<str>>,
    slug: Option<Box<str>>,
    role: Option<Box<str>>,
    permissions: CommaList,
    masks: CommaList,
}

/// A comma-separated claim. What JavaScript calls falsy is empty; what is no text cannot be split.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum CommaList {
    #[default]
    Empty,
    Text(Box<str>),
    Odd,
}

impl CommaList {
    pub(super) fn of(found: Found<'_>) -> Self {
        match found {
            Found::Null | Found::Bool(false) | Found::Number(0.0) | Found::Text("") => Self::Empty,
            Found::Text(text) => Self::Text(text.into()),
            Found::Bool(true) | Found::Number(_) | Found::Compound => Self::Odd,
        }
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Empty | Self::Odd => None,
        }
    }

    fn items(&self) -> Result<Vec<&str>, OrganizationError> {
        match self {
            Self::Empty => Ok(Vec::new()),
            Self::Text(text) => Ok(text.split(',').map(str::trim).collect()),
            Self::Odd => Err(OrganizationError),
        }
    }
}

/// Text, or nothing.
fn text<T: for<'a> From<&'a str>>(found: Found<'_>) -> Option<T> {
    match found {
        Found::Text(text) => Some(text.into()),
        _ => None,
    }
}

impl Members for Compact {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, member: Member<'_, A>) -> Result<(), A::Error> {
        match name {
            "id" => self.id = member.look(text)?,
            "slg" => self.slug = member.look(text)?,
            "rol" => self.role = member.look(text)?,
            "per" => self.permissions = member.look(CommaList::of)?,
            "fpm" => self.masks = member.look(CommaList::of)?,
            _ => member.skip()?,
        }
        Ok(())
    }
}

impl OrganizationClaims {
    /// Takes a claim if it is about the organization.
    pub(super) fn take<'de, 'm, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        member: Member<'m, A>,
    ) -> Result<Option<Member<'m, A>>, A::Error> {
        match name {
            "v" => {
                self.is_version_2 =
                    member.look(|found| matches!(found, Found::Number(number) if number == 2.0))?;
            }
            "org_id" => self.id = member.look(text)?,
            "org_slug" => self.slug = member.look(text)?,
            "org_role" => self.role = member.look(text)?,
            "org_permissions" => {
                self.permissions = match member.tree()? {
                    Value::Array(list) => Some(
                        list.iter()
                            .filter_map(|item| item.as_str().map(str::to_owned))
                            .collect(),
                    ),
                    _ => None,
                };
            }
            "o" => {
                self.o = match member.object()? {
                    Document::Null | Document::False => O::Nothing,
                    Document::Object(compact) => O::Object(Box::new(compact)),
                    Document::Other => O::NoObject,
                };
            }
            _ => return Ok(Some(member)),
        }
        Ok(None)
    }

    /// The id of the active organization.
    pub(super) fn id(&self) -> Option<&str> {
        match (&self.o, self.is_version_2) {
            (O::Object(compact), true) => compact.id.as_deref(),
            (_, true) => None,
            (_, false) => self.id.as_deref(),
        }
    }

    /// Puts the organization together; `features` is the claim `fea`.
    pub(super) fn organization(&self, features: &CommaList) -> Result<Organization, OrganizationError> {
        if !self.is_version_2 {
            return Ok(Organization {
                id: self.id.clone(),
                slug: self.slug.clone(),
                role: self.role.clone(),
                permissions: self.permissions.clone(),
            });
        }
        let compact = match &self.o {
            O::Nothing => return Ok(Organization::default()),
            O::Object(compact) => Some(compact),
            O::NoObject => None,
        };
        let features = organization_features(features)?;
        let Some(compact) = compact else {
            return Ok(Organization::default());
        };
        let role = compact.role.as_deref().filter(|role| !role.is_empty());
        Ok(Organization {
            id: compact.id.clone(),
            slug: compact.slug.clone(),
            role: role.map(|role| ["org:", role].concat().into()),
            permissions: Some(permissions(
                &features,
                &compact.permissions.items()?,
                &compact.masks.items()?,
            )),
        })
    }
}

/// The slugs of the features that belong to the organization, in order.
fn organization_features(claim: &CommaList) -> Result<Vec<&str>, OrganizationError> {
    let mut features = Vec::new();
    for item in claim.items()? {
        let (scope, slug) = item.split_once(':').ok_or(OrganizationError)?;
        if matches!(scope, "o" | "ou" | "uo") {
            features.push(slug);
        }
    }
    Ok(features)
}

/// For each feature and each bit of its mask, `org:<feature>:<permission>`.
fn permissions(features: &[&str], names: &[&str], masks: &[&str]) -> Vec<String> {
    let mut permissions = Vec::new();
    for (feature, mask) in features.iter().zip(masks) {
        for (name, set) in names.iter().zip(low_bits(mask, names.len())) {
            if set {
                permissions.push(["org:", feature, ":", name].concat());
            }
        }
    }
    permissions
}

/// The lowest `count` bits of a decimal number of any length, least significant first; all clear unless it is digits only.
fn low_bits(decimal: &str, count: usize) -> Vec<bool> {
    let mut bits = vec![false; count];
    if decimal.is_empty() || !decimal.bytes().all(|byte| byte.is_ascii_digit()) {
        return bits;
    }
    // Long division by 2^32: a claim fits in 16 KiB, so a few hundred limbs at most.
    let mut limbs: Vec<u64> = decimal
        .as_bytes()
        .rchunks(18)
        .rev()
        .map(|digits| {
            digits
                .iter()
                .fold(0, |limb, digit| limb * 10 + u64::from(digit - b'0'))
        })
        .collect();
    for block in bits.chunks_mut(32) {
        let mut remainder = 0;
        for limb in &mut limbs {
            let value = u128::from(remainder) * 1_000_000_000_000_000_000 + u128::from(*limb);
            *limb = (value >> 32) as u64;
            remainder = (value & u128::from(u32::MAX)) as u64;
        }
        for (index, bit) in block.iter_mut().enumerate() {
            *bit = remainder >> index & 1 == 1;
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::SessionClaims;
    use crate::token::json::strict;
    use serde_json::json;

    fn organization(claims: &Value) -> Result<Organization, OrganizationError> {
        match strict::<SessionClaims>(claims.to_string().as_bytes()) {
            Ok(Document::Object(claims)) => claims.organization(),
            _ => panic!("{claims}"),
        }
    }

    fn version_2_permissions(fea: &str, per: &str, fpm: &str) -> Vec<String> {
        let claims = json!({"v": 2, "fea": fea, "o": {"id": "org_1", "per": per, "fpm": fpm}});
        organization(&claims).unwrap().permissions.unwrap()
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
            assert_eq!(organization(&claims), Err(OrganizationError), "{claims}");
        }
        let without = claims(json!("billing"), Value::Null);
        assert_eq!(organization(&without), Ok(Organization::default()));
    }
}
