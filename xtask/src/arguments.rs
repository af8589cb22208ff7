//! What calls are given: how it is written in Rust, and where it goes.

use std::error::Error;

use crate::names::field;
use crate::plan::Plan;
use crate::rules;
use crate::source::Source;
use crate::table::{Member, Operation, Schema, Type};

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Text,
    Texts,
    Enum(String),
    Enums(String),
    /// As a 32-bit number, which no page is too far for.
    Count,
    Integer,
    Flag,
    Any,
    TextMap,
    Object(String),
    Objects(String),
    File,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Csv,
    Body,
}

#[derive(Debug, Clone)]
pub(crate) struct Argument {
    pub(crate) member: Member,
    /// As Rust has it.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) place: Place,
    pub(crate) is_required: bool,
}

/// All arguments of a call, those that have only one value left out.
pub(crate) fn of_operation(plan: &Plan<'_>, operation: &Operation) -> Result<Vec<Argument>, Box<dyn Error>> {
    let mut arguments = Vec::new();
    for name in &operation.path_parameters {
        arguments.push(Argument {
            name: field(name),
            member: text(name),
            kind: Kind::Text,
            place: Place::Path,
            is_required: true,
        });
    }
    for member in &operation.query {
        // Always sent, so that the answer has one shape.
        let is_fixed = member.name == "paginated";
        // Two spellings of one parameter, the other of which is the newer one.
        let is_double = operation.query.iter().any(|other| {
            other.name != member.name && field(&other.name) == field(&member.name) && member.deprecated
        });
        if is_fixed || is_double {
            continue;
        }
        let kind = match &member.of {
            Type::Integer if matches!(member.name.as_str(), "limit" | "offset") => Kind::Count,
            Type::Integer => Kind::Integer,
            Type::Flag => Kind::Flag,
            Type::List(item) => match (&**item, rules::query_enum(&operation.id, &member.name)) {
                (_, Some(of)) => Kind::Enums(of.to_owned()),
                _ => Kind::Texts,
            },
            _ => match rules::query_enum(&operation.id, &member.name) {
                Some(of) => Kind::Enum(of.to_owned()),
                // Told as texts by the table, and as what they are by its notes.
                None if member.name == "verified" => Kind::Flag,
                None => Kind::Text,
            },
        };
        arguments.push(Argument {
            name: field(&member.name),
            is_required: member.required,
            place: if member.is_csv { Place::Csv } else { Place::Query },
            member: member.clone(),
            kind,
        });
    }
    if let Some(name) = &operation.body_schema
        && !operation.body_is_list
    {
        let schema = &plan.table.schemas[name];
        let mut members = of_schema(plan, schema)?;
        let position = |argument: &Argument| {
            operation
                .body_order
                .iter()
                .position(|known| *known == argument.member.name)
        };
        members.sort_by_key(position);
        arguments.extend(members);
    }
    Ok(arguments)
}

/// The members of an object that is sent.
pub(crate) fn of_schema(plan: &Plan<'_>, schema: &Schema) -> Result<Vec<Argument>, Box<dyn Error>> {
    let members = schema
        .members
        .iter()
        .filter(|member| !is_constant(plan, schema, member));
    members
        .map(|member| {
            let also = rules::ALSO_REQUIRED.contains(&(schema.name.as_str(), member.name.as_str()));
            Ok(Argument {
                name: field(&member.name),
                kind: kind(plan, schema, member)?,
                place: Place::Body,
                is_required: member.required || also,
                member: member.clone(),
            })
        })
        .collect()
}

/// Whether a member has to be sent, and there is only one value for it.
pub(crate) fn is_constant(plan: &Plan<'_>, schema: &Schema, member: &Member) -> bool {
    member.required && member.constant.is_some() && plan.enum_of(&schema.name, &member.name).is_none()
}

fn kind(plan: &Plan<'_>, schema: &Schema, member: &Member) -> Result<Kind, Box<dyn Error>> {
    if member.name == "file" {
        return Ok(Kind::File);
    }
    let enumeration = plan.enum_of(&schema.name, &member.name).map(str::to_owned);
    Ok(match (plan.table.resolve(&member.of), enumeration) {
        (Type::List(_), Some(of)) => Kind::Enums(of),
        (_, Some(of)) => Kind::Enum(of),
        (Type::Text | Type::OneOf(_), None) => Kind::Text,
        (Type::Integer, _) => Kind::Integer,
        (Type::Flag, _) => Kind::Flag,
        (Type::Any, _) => Kind::Any,
        (Type::Map(of), _) if *of == Type::Text && member.name == "reassignment_mappings" => Kind::TextMap,
        (Type::Map(_), _) => Kind::Any,
        (Type::Ref(name), _) => Kind::Object(plan.name(&name)),
        (Type::List(item), None) => match *item {
            Type::Text | Type::OneOf(_) => Kind::Texts,
            Type::Ref(name) => Kind::Objects(plan.name(&name)),
            other => return Err(format!("{}.{}: a list of {other:?}", schema.name, member.name).into()),
        },
        (other, _) => return Err(format!("{}.{}: {other:?}", schema.name, member.name).into()),
    })
}

fn text(name: &str) -> Member {
    Member {
        name: name.to_owned(),
        of: Type::Text,
        required: true,
        nullable: false,
        deprecated: false,
        is_csv: false,
        constant: None,
        minimum: None,
        maximum: None,
    }
}

impl Argument {
    /// As an argument of its own.
    pub(crate) fn positional(&self, source: &mut Source) -> String {
        self.import(source);
        match &self.kind {
            Kind::Text => "&str".to_owned(),
            Kind::Texts => "impl IntoIterator<Item = impl Into<String>>".to_owned(),
            Kind::Enum(of) => format!("impl Into<{of}>"),
            Kind::Enums(of) | Kind::Objects(of) => format!("impl IntoIterator<Item = {of}>"),
            Kind::Count => "u32".to_owned(),
            Kind::Integer if self.member.nullable => "Option<i64>".to_owned(),
            Kind::Integer => "i64".to_owned(),
            Kind::Flag => "bool".to_owned(),
            Kind::Any => "impl Into<Value>".to_owned(),
            Kind::TextMap => TEXT_MAP.to_owned(),
            Kind::Object(of) => of.clone(),
            Kind::File => "Upload".to_owned(),
        }
    }

    /// As a field of the structure with all that is required.
    pub(crate) fn in_structure(&self, source: &mut Source) -> String {
        match &self.kind {
            Kind::Text => "&'a str".to_owned(),
            Kind::Texts => "&'a [&'a str]".to_owned(),
            Kind::Enum(of) => {
                self.import(source);
                of.clone()
            }
            Kind::Enums(of) | Kind::Objects(of) => {
                self.import(source);
                format!("Vec<{of}>")
            }
            Kind::Any | Kind::TextMap => {
                source.uses("serde_json::Value");
                "Value".to_owned()
            }
            _ => self.positional(source),
        }
    }

    /// As the value of an optional argument.
    fn value(&self, source: &mut Source) -> String {
        self.import(source);
        if self.place == Place::Body && self.member.nullable {
            source.uses("crate::Patch");
            let of = match &self.kind {
                Kind::Text => "String".to_owned(),
                Kind::Texts => "Vec<String>".to_owned(),
                Kind::Enum(of) | Kind::Object(of) => of.clone(),
                Kind::Enums(of) | Kind::Objects(of) => format!("Vec<{of}>"),
                Kind::Integer | Kind::Count => "i64".to_owned(),
                Kind::Flag => "bool".to_owned(),
                Kind::Any | Kind::TextMap | Kind::File => {
                    source.uses("serde_json::Value");
                    "Value".to_owned()
                }
            };
            return format!("impl Into<Patch<{of}>>");
        }
        match &self.kind {
            Kind::Text => "impl Into<String>".to_owned(),
            _ => self.positional(source),
        }
    }

    fn import(&self, source: &mut Source) {
        match &self.kind {
            Kind::Enum(of) | Kind::Enums(of) | Kind::Object(of) | Kind::Objects(of) => {
                source.uses(format!("crate::resources::{of}"));
            }
            Kind::Any => source.uses("serde_json::Value"),
            Kind::File => source.uses("crate::Upload"),
            _ => {}
        }
    }

    /// What puts the argument into `draft`, where `given` is what it is called there.
    pub(crate) fn put(&self, source: &mut Source, given: &str, is_structure: bool) -> String {
        let wire = format!("{:?}", self.member.name);
        if self.place != Place::Body {
            return self.put_into_query(&wire, given);
        }
        match &self.kind {
            Kind::Text => format!("draft.text({wire}, {given});"),
            Kind::Texts => {
                source.uses("crate::call::texts");
                let given = if is_structure {
                    format!("{given}.iter().copied()")
                } else {
                    given.to_owned()
                };
                format!("draft.set({wire}, Some(texts({given})));")
            }
            Kind::Enum(_) if is_structure => format!("draft.set({wire}, Some({given}.into()));"),
            Kind::Enum(of) => {
                format!("let {given}: {of} = {given}.into();\ndraft.set({wire}, Some({given}.into()));")
            }
            Kind::Enums(_) | Kind::Objects(_) => {
                format!("draft.set({wire}, Some({given}.into_iter().collect()));")
            }
            Kind::Any if is_structure => format!("draft.set({wire}, Some({given}));"),
            Kind::TextMap => {
                source.uses("crate::call::text_map");
                format!("draft.set({wire}, Some(text_map({given})));")
            }
            Kind::File => format!("draft.upload({given});"),
            Kind::Count | Kind::Integer | Kind::Flag | Kind::Any | Kind::Object(_) => {
                format!("draft.set({wire}, Some({given}.into()));")
            }
        }
    }

    fn put_into_query(&self, wire: &str, given: &str) -> String {
        match (&self.kind, self.place) {
            (Kind::Text, _) => format!("draft.parameter({wire}, {given}.into());"),
            (Kind::Texts, Place::Csv) => {
                format!(
                    "let {given}: Vec<String> = {given}.into_iter().map(Into::into).collect();\n\
                     draft.parameter({wire}, {given}.join(\",\"));"
                )
            }
            (Kind::Texts, _) => {
                format!("draft.parameters({wire}, {given}.into_iter().map(Into::into).collect());")
            }
            (Kind::Enum(of), _) => {
                format!("let {given}: {of} = {given}.into();\ndraft.parameter({wire}, {given}.to_string());")
            }
            (Kind::Enums(_), _) => {
                format!("draft.parameters({wire}, {given}.into_iter().map(|one| one.to_string()).collect());")
            }
            _ => format!("draft.parameter({wire}, {given}.to_string());"),
        }
    }

    /// The method that sets an optional argument of what holds a draft there.
    pub(crate) fn setter(&self, source: &mut Source, held: &str) {
        source.docs([crate::words::member(&self.member)]);
        if self.member.deprecated {
            source.line("#[deprecated(note = \"Clerk has deprecated it\")]");
        }
        let value = self.value(source);
        let name = &self.name;
        source.line(format!("pub fn {name}(mut self, {name}: {value}) -> Self {{"));
        source.line(format!("let draft = &mut {held};"));
        if self.place == Place::Body && self.member.nullable {
            source.line(format!(
                "draft.set({:?}, {name}.into().into_member());",
                self.member.name
            ));
        } else if self.kind == Kind::Text && self.place == Place::Body {
            source.uses("serde_json::Value");
            source.line(format!(
                "draft.set({:?}, Some(Value::String({name}.into())));",
                self.member.name
            ));
        } else {
            let put = self.put(source, name, false);
            source.line(put);
        }
        source.line("self\n}\n");
    }
}

const TEXT_MAP: &str = "impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>";
