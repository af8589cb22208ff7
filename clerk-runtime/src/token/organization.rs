//! The active organization, from the claims of version 1 and of version 2.

use serde_json::{Map, Value};

/// The organization claims of a session. Without an active organization every member is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Organization {
    pub(crate) id: Option<Box<str>>,
    pub(crate) slug: Option<Box<str>>,
    pub(crate) role: Option<Box<str>>,
    pub(crate) permissions: Option<Vec<String>>,
}

/// Version 2 claims of an active organization that do not say which features it has.
///
/// Clerk's SDK makes no auth object of such a token, so it signs nobody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OrganizationError;

impl Organization {
    pub(super) fn from_claims(claims: &Map<String, Value>) -> Result<Self, OrganizationError> {
        if is_version_2(claims) {
            version_2(claims)
        } else {
            Ok(version_1(claims))
        }
    }

    pub(super) fn id_from_claims(claims: &Map<String, Value>) -> Option<&str> {
        if is_version_2(claims) {
            claims.get("o")?.get("id")
        } else {
            claims.get("org_id")
        }?
        .as_str()
    }
}

fn is_version_2(claims: &Map<String, Value>) -> bool {
    claims.get("v").and_then(Value::as_f64) == Some(2.0)
}

fn version_1(claims: &Map<String, Value>) -> Organization {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(Into::into);
    Organization {
        id: text("org_id"),
        slug: text("org_slug"),
        role: text("org_role"),
        permissions: claims
            .get("org_permissions")
            .and_then(Value::as_array)
            .map(|list| {
                list.iter()
                    .filter_map(|item| item.as_str().map(str::to_owned))
                    .collect()
            }),
    }
}

fn version_2(claims: &Map<String, Value>) -> Result<Organization, OrganizationError> {
    let organization = match claims.get("o") {
        None | Some(Value::Null | Value::Bool(false)) => return Ok(Organization::default()),
        Some(organization) => organization,
    };
    let features = organization_features(claims.get("fea"))?;
    let Value::Object(organization) = organization else {
        return Ok(Organization::default());
    };
    let text = |name: &str| organization.get(name).and_then(Value::as_str);
    let names = comma_list(organization.get("per"))?;
    let masks = comma_list(organization.get("fpm"))?;
    Ok(Organization {
        id: text("id").map(Into::into),
        slug: text("slg").map(Into::into),
        role: text("rol")
            .filter(|role| !role.is_empty())
            .map(|role| format!("org:{role}").into()),
        permissions: Some(permissions(&features, &names, &masks)),
    })
}

/// The slugs of the features that belong to the organization, in order.
fn organization_features(value: Option<&Value>) -> Result<Vec<&str>, OrganizationError> {
    let mut features = Vec::new();
    for item in comma_list(value)? {
        let (scope, slug) = item.split_once(':').ok_or(OrganizationError)?;
        if matches!(scope, "o" | "ou" | "uo") {
            features.push(slug);
        }
    }
    Ok(features)
}

/// A comma-separated claim. What JavaScript calls falsy is empty; what is no text cannot be split.
fn comma_list(value: Option<&Value>) -> Result<Vec<&str>, OrganizationError> {
    match value {
        None | Some(Value::Null | Value::Bool(false)) => Ok(Vec::new()),
        Some(Value::String(text)) if text.is_empty() => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(text.split(',').map(str::trim).collect()),
        Some(Value::Number(number)) if number.as_f64() == Some(0.0) => Ok(Vec::new()),
        Some(_) => Err(OrganizationError),
    }
}

/// For each feature and each bit of its mask, `org:<feature>:<permission>`.
fn permissions(features: &[&str], names: &[&str], masks: &[&str]) -> Vec<String> {
    let mut permissions = Vec::new();
    for (feature, mask) in features.iter().zip(masks) {
        for (name, set) in names.iter().zip(low_bits(mask, names.len())) {
            if set {
                permissions.push(format!("org:{feature}:{name}"));
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
    use serde_json::json;

    fn version_2_permissions(fea: &str, per: &str, fpm: &str) -> Vec<String> {
        let claims = json!({"v": 2, "fea": fea, "o": {"id": "org_1", "per": per, "fpm": fpm}});
        Organization::from_claims(claims.as_object().unwrap())
            .unwrap()
            .permissions
            .unwrap()
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
        let organization = json!({"id": "org_1"});
        for bad in [json!("billing"), json!("o:a,"), json!(7), json!(["o:a"])] {
            let claims = claims(bad, organization.clone());
            assert_eq!(
                Organization::from_claims(claims.as_object().unwrap()),
                Err(OrganizationError)
            );
        }
        let without = claims(json!("billing"), Value::Null);
        assert_eq!(
            Organization::from_claims(without.as_object().unwrap()),
            Ok(Organization::default())
        );
    }
}
