use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Declares a resource: an id, optional members, and all others.
macro_rules! resource {
    ($(#[$docs:meta])* $name:ident { $($(#[$member_docs:meta])* $member:ident: $type:ty,)* }) => {
        $(#[$docs])*
        #[derive(Clone, PartialEq, serde::Deserialize)]
        #[non_exhaustive]
        pub struct $name {
            /// The id.
            pub id: String,
            $(
                $(#[$member_docs])*
                #[serde(default, deserialize_with = "crate::webhook::data::resource::lenient")]
                pub $member: $type,
            )*
            /// Everything else that Clerk sent.
            #[serde(flatten)]
            pub other: serde_json::Map<String, serde_json::Value>,
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).field("id", &self.id).finish_non_exhaustive()
            }
        }
    };
}

/// Deserializes a member, or returns the default if it has another type, so that the other members are not lost. Clerk writes
/// whole numbers sometimes as integers and sometimes as floats.
pub(in crate::webhook) fn lenient<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + DeserializeOwned,
    D: Deserializer<'de>,
{
    let value = match Value::deserialize(deserializer)? {
        Value::Number(number) if number.is_f64() => whole(number.as_f64().unwrap_or_default()),
        value => value,
    };
    Ok(Option::<T>::deserialize(value).ok().flatten().unwrap_or_default())
}

fn whole(number: f64) -> Value {
    /// 2^53, below which a float represents every whole number.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number.abs() < EXACT {
        true => Value::from(number as i64),
        false => Value::Null,
    }
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "resources are public elsewhere")]
mod tests {
    use serde_json::{Map, Value, json};

    resource! {
        /// A sample.
        Sample {
            /// A text.
            name: Option<String>,
            /// A time.
            created_at: Option<i64>,
            /// A list.
            permissions: Vec<String>,
            /// A switch.
            locked: bool,
            /// An object.
            public_metadata: Map<String, Value>,
        }
    }

    fn read(value: Value) -> Option<Sample> {
        serde_json::from_value(value).ok()
    }

    fn whole() -> Value {
        json!({
            "id": "x_1", "name": "a", "created_at": 7, "permissions": ["p"], "locked": true,
            "public_metadata": { "plan": "pro" }, "from_the_future": [1],
        })
    }

    #[test]
    fn every_member_is_read_and_the_rest_is_kept() {
        let sample = read(whole()).unwrap();
        assert_eq!(sample.name.as_deref(), Some("a"));
        assert_eq!((sample.created_at, sample.locked), (Some(7), true));
        assert_eq!(sample.permissions, ["p"]);
        assert_eq!(sample.public_metadata["plan"], "pro");
        assert_eq!(Value::Object(sample.other), json!({ "from_the_future": [1] }));
    }

    #[test]
    fn only_the_id_has_to_be_there() {
        let names = ["name", "created_at", "permissions", "locked", "public_metadata"];
        for name in names {
            for odd in [
                Value::Null,
                json!({ "a": [1] }),
                json!("odd"),
                json!([[]]),
                json!(1e300),
            ] {
                let mut members = whole();
                members[name] = odd.clone();
                let sample = read(members).unwrap();
                let others_are_there = [
                    sample.name.is_some(),
                    sample.created_at.is_some(),
                    !sample.permissions.is_empty(),
                    sample.locked,
                    !sample.public_metadata.is_empty(),
                ];
                let there = others_are_there.iter().filter(|there| **there).count();
                assert!(there >= names.len() - 1, "{name}: {odd}");
            }
            let mut members = whole();
            members.as_object_mut().unwrap().remove(name);
            assert!(read(members).is_some(), "{name}");
        }
        assert_eq!(
            read(json!({ "id": "x_1" })).unwrap().permissions,
            Vec::<String>::new()
        );
        assert_eq!(read(json!({ "name": "a" })), None);
        assert_eq!(read(json!({ "id": null })), None);
    }

    #[test]
    fn times_may_be_floats() {
        for (number, expected) in [
            (json!(1_767_225_600_000.0), Some(1_767_225_600_000)),
            (json!(-1.0), Some(-1)),
            (json!(9_007_199_254_740_992.0), None),
            (json!(u64::MAX), None),
        ] {
            let sample = read(json!({ "id": "x_1", "created_at": number })).unwrap();
            assert_eq!(sample.created_at, expected, "{number}");
        }
    }

    #[test]
    fn nothing_but_the_id_is_shown() {
        let shown = format!("{:?}", read(whole()).unwrap());
        assert_eq!(shown, r#"Sample { id: "x_1", .. }"#);
    }
}
