//! The text of models and enums.

use std::error::Error;

use crate::names::{field, pascal, spoken};
use crate::plan::{Model, Plan};
use crate::rules;
use crate::source::Source;
use crate::table::{Member, Type};
use crate::words;

pub(crate) fn model(plan: &Plan<'_>, model: &Model) -> Result<String, Box<dyn Error>> {
    let mut source = Source::default();
    for path in ["serde_json::Map", "serde_json::Value"] {
        source.uses(path);
    }
    source.uses("crate::model::{Fields, Model, Part, models}");
    let mut members: Vec<&Member> = model.members.iter().collect();
    members.sort_by_key(|member| member.name != "id");
    let fields = members
        .iter()
        .map(|member| Ok((*member, read_as(plan, model, member)?)))
        .collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    source.docs([about(model), String::new(), advice(&fields)]);
    source.line("#[derive(Clone)]\n#[non_exhaustive]");
    source.line(format!("pub struct {} {{", model.name));
    for (member, read) in &fields {
        source.docs([words::member(member)]);
        source.line(format!("pub {}: {},", field(&member.name), read.of));
    }
    source.docs(["Everything else that Clerk sent."]);
    source.line("pub other: Map<String, Value>,\n}\n");

    let secrets: Vec<String> = members
        .iter()
        .filter(|member| {
            model
                .schemas
                .iter()
                .any(|schema| rules::is_secret(schema, &member.name))
        })
        .map(|member| format!("{:?}", member.name))
        .collect();
    source.line(format!("impl Model for {} {{", model.name));
    source.line(format!("const NAME: &'static str = {:?};", model.name));
    source.line(format!(
        "const SECRETS: &'static [&'static str] = &[{}];\n",
        secrets.join(", ")
    ));
    source.line("fn read(fields: &mut Fields) -> Self {\nSelf {");
    for (member, read) in &fields {
        source.line(format!("{}: {},", field(&member.name), read.by));
    }
    source.line("other: fields.other(),\n}\n}\n");
    source.line("fn parts(&self) -> Vec<(&'static str, &dyn Part)> {\nvec![");
    for member in &members {
        source.line(format!("({:?}, &self.{}),", member.name, field(&member.name)));
    }
    source.line("]\n}\n");
    source.line("fn other(&self) -> &Map<String, Value> {\n&self.other\n}\n}\n");
    source.line(format!("models!({});", model.name));
    for (_, read) in fields {
        for name in read.uses {
            if name != model.name {
                source.uses(format!("crate::resources::{name}"));
            }
        }
    }
    Ok(source.finish())
}

/// What becomes of a member that is missing, null, or of another type.
fn advice(fields: &[(&Member, ReadAs)]) -> String {
    let is_essential = |read: &ReadAs| {
        ["fields.essential(", "fields.integer(", "fields.object("]
            .iter()
            .any(|reader| read.by.starts_with(reader))
    };
    let essential: Vec<String> = fields
        .iter()
        .filter(|(_, read)| is_essential(read))
        .map(|(member, _)| format!("`{}`", member.name))
        .collect();
    let missing = "What is missing or null is `None`, `false` or empty";
    match &essential[..] {
        [] => format!("{missing}. A member of another type is an error."),
        [one] => {
            format!("{missing}. An answer without {one}, or with a member of another type, is an error.")
        }
        [first @ .., last] => format!(
            "{missing}. An answer without {} or {last}, or with a member of another type, is an error.",
            first.join(", ")
        ),
    }
}

fn about(model: &Model) -> String {
    let name = spoken(&model.name);
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'A']) && !name.starts_with("user") {
        "An"
    } else {
        "A"
    };
    match model.name.as_str() {
        "DeletedObject" => "What is left of what was deleted.".to_owned(),
        "UserReference" => "Whose second factor was removed.".to_owned(),
        "TotalCount" => "How many there are.".to_owned(),
        "SessionRefresh" => {
            "What an expired session token was exchanged for: cookies or a token, as asked.".to_owned()
        }
        "OauthAccessToken" => "An OAuth access token as its verification shows it.".to_owned(),
        "Verification" => "A verification, of whatever kind: what a kind does not have is `None`.".to_owned(),
        "LinkedIdentification" => "Another identification that proves this one.".to_owned(),
        "User" => "A user with everything that Clerk knows of them. `Serialize` gives back all of it, \
                   [`private_metadata`](Self::private_metadata) included: choose what a frontend gets."
            .to_owned(),
        _ => format!("{article} {name}."),
    }
}

/// The field of a member, and what reads it.
struct ReadAs {
    of: String,
    by: String,
    uses: Vec<String>,
}

fn read_as(plan: &Plan<'_>, model: &Model, member: &Member) -> Result<ReadAs, Box<dyn Error>> {
    let name = &member.name;
    let is_required = member.required && !member.nullable;
    let plain = |of: &str, by: &str| ReadAs {
        of: of.to_owned(),
        by: format!("fields.{by}({name:?})"),
        uses: Vec::new(),
    };
    let enumeration = model.schemas.iter().find_map(|schema| plan.enum_of(schema, name));
    let is_listed = |list: &[&str]| {
        let known = |schema: &String| list.contains(&format!("{schema}.{name}").as_str());
        model.schemas.iter().any(known)
    };
    let resolved = plan.table.resolve(&member.of);
    let read = match (&resolved, enumeration) {
        (Type::Text | Type::OneOf(_), Some(of)) => ReadAs {
            of: if is_required {
                of.to_owned()
            } else {
                format!("Option<{of}>")
            },
            by: if is_required {
                format!("{of}::from(fields.text({name:?}))")
            } else {
                format!("fields.optional_text({name:?}).map({of}::from)")
            },
            uses: vec![of.to_owned()],
        },
        (Type::List(_), Some(of)) => ReadAs {
            of: format!("Vec<{of}>"),
            by: format!("fields.texts({name:?}).into_iter().map({of}::from).collect()"),
            uses: vec![of.to_owned()],
        },
        (Type::Text | Type::OneOf(_), None) => {
            let is_essential =
                is_listed(&rules::ESSENTIAL) || (name == "id" && is_required && model.is_answer);
            let is_identified = name == "id" && rules::IDENTIFIED.contains(&model.name.as_str());
            if is_essential {
                plain("String", "essential")
            } else if is_required || is_identified {
                plain("String", "text")
            } else {
                plain("Option<String>", "optional_text")
            }
        }
        (Type::Integer, _) if is_listed(&rules::ESSENTIAL) => plain("i64", "integer"),
        (Type::Integer, _) => plain("Option<i64>", "optional_integer"),
        (Type::Fraction, _) => plain("Option<f64>", "optional_fraction"),
        (Type::Flag, _) if is_required && !rules::GRANTS.contains(&name.as_str()) => plain("bool", "flag"),
        (Type::Flag, _) => plain("Option<bool>", "optional_flag"),
        (Type::Any, _) => plain("Option<Value>", "value"),
        (Type::Map(_), _) if member.nullable && !name.ends_with("metadata") => {
            plain("Option<Map<String, Value>>", "optional_map")
        }
        (Type::Map(_), _) => plain("Map<String, Value>", "map"),
        (Type::Ref(schema), _) => {
            let of = plan.name(schema);
            ReadAs {
                uses: vec![of.clone()],
                ..if is_required {
                    plain(&of, "object")
                } else {
                    plain(&format!("Option<{of}>"), "optional_object")
                }
            }
        }
        (Type::List(item), None) => match &**item {
            Type::Text | Type::OneOf(_) => plain("Vec<String>", "texts"),
            Type::Ref(schema) => {
                let of = plan.name(schema);
                ReadAs {
                    uses: vec![of.clone()],
                    ..plain(&format!("Vec<{of}>"), "objects")
                }
            }
            other => return Err(format!("{}.{name}: a list of {other:?}", model.name).into()),
        },
    };
    Ok(read)
}

pub(crate) fn enumeration(name: &str, values: &[String]) -> String {
    let mut source = Source::default();
    source.uses("crate::model::open_enums");
    source.line("open_enums! {");
    source.docs([format!("The {}, as Clerk's texts.", spoken(name))]);
    source.line(format!("{name} {{"));
    for value in values {
        let variant = if value.is_empty() {
            "Empty".to_owned()
        } else {
            pascal(value)
        };
        source.line(format!("{variant} = {value:?},"));
    }
    source.line("}\n}");
    source.finish()
}
