//! The active organization, from claims of version 1 or version 2.

use std::mem::size_of;

use serde::de::MapAccess;

use super::permissions::{CommaList, ItemLengths, PermissionMask};
use crate::token::json::{Document, JsonScalar, Member, ObjectVisitor, ValueKind, names};
use crate::token::span::{DecodedToken, Span, SpanRecorder};

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
