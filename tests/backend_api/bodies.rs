//! Bodies that fit a schema, made by chance.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// What is done to a body that it need not be as its schema says.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spoiled {
    pub(crate) without_optional: bool,
    pub(crate) unknown_enums: bool,
    pub(crate) null_lists: bool,
    /// Members that no schema has.
    pub(crate) unknown_members: bool,
}

pub(crate) struct Bodies<'a> {
    pub(crate) schemas: &'a Map<String, Value>,
    pub(crate) random: Random,
    pub(crate) spoiled: Spoiled,
}

impl Bodies<'_> {
    pub(crate) fn schema(&mut self, name: &str) -> Value {
        let schemas = self.schemas;
        let schema = &schemas[name];
        match schema["kind"].as_str().unwrap() {
            "alias" => self.of(&schema["of"]),
            "union" => {
                let variants = schema["variants"].as_array().unwrap();
                let variant = &variants[self.random.below(variants.len())];
                self.of(variant)
            }
            _ => self.object(&schema["fields"]),
        }
    }

    fn object(&mut self, fields: &Value) -> Value {
        let mut members = Map::new();
        for (name, field) in fields.as_object().unwrap() {
            let is_required = field["required"] == true;
            // What is required and deprecated may be gone.
            let may_lack = !is_required || field["deprecated"] == true;
            if may_lack && (self.spoiled.without_optional || self.random.flip()) {
                continue;
            }
            let value = if field["nullable"] == true && self.random.below(3) == 0 {
                Value::Null
            } else if name == "total_count" {
                json!(self.random.below(9))
            } else {
                self.of(field)
            };
            members.insert(name.clone(), value);
        }
        if self.spoiled.unknown_members {
            members.insert("from_the_future".to_owned(), json!({"any": [1, null]}));
        }
        Value::Object(members)
    }

    pub(crate) fn of(&mut self, of: &Value) -> Value {
        if let Some(name) = of["ref"].as_str() {
            return self.schema(name);
        }
        if let Some(item) = of.get("array") {
            if self.spoiled.null_lists {
                return Value::Null;
            }
            let length = self.random.below(3);
            return (0..length).map(|_| self.of(item)).collect();
        }
        if let Some(value) = of.get("map") {
            let length = self.random.below(3);
            let pairs = (0..length).map(|at| (format!("key_{at}"), self.of(value)));
            return Value::Object(pairs.collect());
        }
        if let Some(values) = of["enum"].as_array() {
            if self.spoiled.unknown_enums && of["type"] == "string" {
                return json!("from_the_future");
            }
            return values[self.random.below(values.len())].clone();
        }
        match of["type"].as_str().unwrap() {
            "string" => json!(["", "text", "é\u{1f600}\"\\", "2026-05-12T00:00:00Z"][self.random.below(4)]),
            // Clerk declares times now as integers and now as numbers, and JavaScript makes no difference.
            "integer" | "number" if self.random.below(4) == 0 => json!(1_767_225_600_000_f64),
            "integer" | "number" => json!([0, 1, 1_767_225_600_000_i64, -5][self.random.below(4)]),
            "boolean" => json!(self.random.flip()),
            "any" => json!([null, 1, "text", {"a": [true]}])[self.random.below(4)].take(),
            other => panic!("a schema of {other}"),
        }
    }
}
