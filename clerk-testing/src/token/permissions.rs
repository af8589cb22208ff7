//! How version 2 of the session token packs permissions: names once, features once, and one bit mask a feature.

/// What goes into `fea`, `o.per` and `o.fpm`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) features: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) masks: Vec<String>,
}

/// Packs `org:<feature>:<name>` permissions.
///
/// `features` are `scope:slug` entries that come first, in their order; a feature that only a permission names is added
/// as `o:<slug>`. Masks are aligned with the features that are in the organization's scope, as Clerk's JavaScript reads them.
pub(super) fn pack(features: &[String], permissions: &[String]) -> Packed {
    let permissions: Vec<_> = permissions
        .iter()
        .filter_map(|permission| split(permission))
        .collect();
    let mut features = features.to_vec();
    for (slug, _) in &permissions {
        if !features.iter().any(|feature| org_slug(feature) == Some(slug)) {
            features.push(format!("o:{slug}"));
        }
    }
    let mut names: Vec<String> = permissions.iter().map(|(_, name)| (*name).to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    let masks = features
        .iter()
        .filter_map(|feature| org_slug(feature))
        .map(|slug| {
            decimal(
                names
                    .iter()
                    .map(|name| permissions.contains(&(slug, name.as_str()))),
            )
        })
        .collect();
    Packed {
        features,
        names,
        masks,
    }
}

/// Whether Clerk ever puts this permission into a session token: custom ones only, `org:<feature>:<name>`.
pub(super) fn is_custom(permission: &str) -> bool {
    split(permission).is_some()
}

fn split(permission: &str) -> Option<(&str, &str)> {
    let (feature, name) = permission.strip_prefix("org:")?.split_once(':')?;
    let packable = |part: &str| !part.is_empty() && !part.contains([',', ' ']);
    (packable(feature) && packable(name) && !feature.starts_with("sys_")).then_some((feature, name))
}

fn org_slug(feature: &str) -> Option<&str> {
    let (scope, slug) = feature.split_once(':')?;
    matches!(scope, "o" | "ou" | "uo").then_some(slug)
}

/// The number whose bits, the least significant first, are given, in decimal digits. There may be hundreds of bits.
fn decimal(bits: impl DoubleEndedIterator<Item = bool>) -> String {
    let mut digits = vec![0_u8];
    for bit in bits.rev() {
        let mut carry = u8::from(bit);
        for digit in &mut digits {
            let doubled = *digit * 2 + carry;
            *digit = doubled % 10;
            carry = doubled / 10;
        }
        if carry > 0 {
            digits.push(carry);
        }
    }
    digits
        .iter()
        .rev()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the packed form the way Clerk's SDK does; written apart from the packing above.
    fn unpack(packed: &Packed) -> Vec<String> {
        let mut found = Vec::new();
        let slugs = packed.features.iter().filter_map(|feature| {
            let (scope, slug) = feature.split_once(':').unwrap();
            scope.contains('o').then_some(slug)
        });
        for (slug, mask) in slugs.zip(&packed.masks) {
            let mut number: Vec<u32> = mask.chars().map(|digit| digit.to_digit(10).unwrap()).collect();
            for name in &packed.names {
                let mut rest = 0;
                for digit in &mut number {
                    let value = rest * 10 + *digit;
                    (*digit, rest) = (value / 2, value % 2);
                }
                if rest == 1 {
                    found.push(format!("org:{slug}:{name}"));
                }
            }
            assert!(number.iter().all(|digit| *digit == 0), "bits beyond the names");
        }
        found.sort();
        found
    }

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    /// The reader above has to be right before it can judge the packing.
    #[test]
    fn the_reader_reads_what_clerks_sdk_reads() {
        let packed = |features: &[&str], names: &[&str], masks: &[&str]| Packed {
            features: strings(features),
            names: strings(names),
            masks: strings(masks),
        };
        let first = packed(
            &["o:invoices", "u:themes", "ou:reports", "o:audit"],
            &["view", "edit", "export"],
            &["5", "2", "0"],
        );
        assert_eq!(
            unpack(&first),
            ["org:invoices:export", "org:invoices:view", "org:reports:edit"]
        );
        let second = packed(
            &["u:themes", "o:invoices", "ou:reports"],
            &["view", "edit", "export"],
            &["5", "3"],
        );
        assert_eq!(
            unpack(&second),
            [
                "org:invoices:export",
                "org:invoices:view",
                "org:reports:edit",
                "org:reports:view"
            ]
        );
        let names: Vec<_> = (0..60).map(|number| format!("p{number}")).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        assert_eq!(
            unpack(&packed(&["o:vault"], &names, &["576460752303423492"])),
            ["org:vault:p2", "org:vault:p59"]
        );
    }

    #[test]
    fn the_example_of_clerks_documentation() {
        let packed = pack(
            &[],
            &strings(&["org:dashboard:read", "org:dashboard:manage", "org:teams:read"]),
        );
        assert_eq!(packed.features, ["o:dashboard", "o:teams"]);
        assert_eq!(packed.names, ["manage", "read"]);
        assert_eq!(packed.masks, ["3", "2"]);
    }

    #[test]
    fn features_of_the_user_alone_have_no_mask() {
        let features = strings(&["o:invoices", "u:themes", "ou:reports", "o:audit"]);
        let permissions = strings(&["org:invoices:export", "org:invoices:view", "org:reports:edit"]);
        let packed = pack(&features, &permissions);
        assert_eq!(packed.features, features);
        assert_eq!(packed.names, ["edit", "export", "view"]);
        assert_eq!(packed.masks, ["6", "1", "0"]);
        assert_eq!(unpack(&packed), permissions);
    }

    #[test]
    fn a_feature_that_is_only_the_users_is_added_for_the_organization() {
        let packed = pack(&strings(&["u:themes"]), &strings(&["org:themes:edit"]));
        assert_eq!(packed.features, ["u:themes", "o:themes"]);
        assert_eq!(unpack(&packed), ["org:themes:edit"]);
    }

    #[test]
    fn masks_are_exact_beyond_every_machine_integer() {
        let all: Vec<_> = (0..200).map(|number| format!("org:vault:p{number:03}")).collect();
        let chosen = [all[2].clone(), all[59].clone(), all[199].clone()];
        let mut permissions: Vec<_> = all.iter().map(|text| text.replace("vault", "other")).collect();
        permissions.extend(chosen.clone());
        let packed = pack(&strings(&["o:vault"]), &permissions);
        let unpacked = unpack(&packed);
        assert_eq!(
            unpacked
                .iter()
                .filter(|text| text.starts_with("org:vault:"))
                .count(),
            3
        );
        assert!(chosen.iter().all(|permission| unpacked.contains(permission)));
        assert_eq!(unpacked.len(), 203);
    }

    #[test]
    fn decimals() {
        let of = |number: u128| decimal((0..128).map(move |bit| number >> bit & 1 == 1));
        for number in [0, 1, 9, 10, 576_460_752_303_423_492, u128::MAX] {
            assert_eq!(of(number), number.to_string());
        }
    }

    #[test]
    fn system_and_malformed_permissions_never_reach_a_token() {
        let odd = [
            "org:sys_memberships:manage",
            "org:invoices",
            "invoices:read",
            "org::read",
            "org:a:",
            "org:a:b,c",
            "",
        ];
        let packed = pack(&[], &strings(&odd));
        assert_eq!(
            packed,
            Packed {
                features: vec![],
                names: vec![],
                masks: vec![]
            }
        );
        assert!(odd.iter().all(|permission| !is_custom(permission)));
    }
}
