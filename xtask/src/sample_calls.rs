//! The calls that the tests make: each operation with what is required only, with everything, with everything empty, and
//! with every null there may be. What has to come out is not known here; the tests read it from the table themselves.
//!
//! A text is `+`, the name of what it is for and ` a/b&c=é`; of a list, that with `1` and with `2`. Segments of a path are
//! the name and `-1 ?é`. An enum has its first value, a list of enums the first two. Numbers are 7, flags true, and what
//! can be anything `{"k":[1,null,"é"]}`. Where everything is empty, texts and lists are, numbers are 0 and flags false.

use std::error::Error;
use std::path::PathBuf;

use crate::arguments::{Argument, Kind, Place, of_schema};
use crate::calls::{Given, Offered};
use crate::names::pascal;
use crate::plan::Plan;
use crate::source::HEADER;
use crate::table::Type;
use crate::tree::{Files, namespaces};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Variant {
    None,
    All,
    Empty,
    Null,
}

impl Variant {
    fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::All => "all",
            Self::Empty => "empty",
            Self::Null => "null",
        }
    }
}

pub(crate) fn tree(plan: &Plan<'_>) -> Result<Files, Box<dyn Error>> {
    let mut files = Files::new();
    let mut root = format!("//! All calls, for tests to make.\n{HEADER}\n");
    let mut every = String::new();
    let mut hostile = String::new();
    for (namespace, calls) in namespaces(plan)? {
        let mut sample = Sample { plan };
        let text = sample.namespace(&namespace, &calls)?;
        files.insert(PathBuf::from(format!("{namespace}.rs")), text);
        root += &format!("mod {namespace};\n");
        every += &format!("{namespace}::every(client, calls);\n");
        hostile += &format!("{namespace}::with_id(client, id, calls);\n");
    }
    root += "mod models;\n\nuse clerk_client::Client;\n\npub(crate) use models::models;\n\nuse super::made::Calls;\n\n";
    root += &format!("pub(crate) fn every(client: &Client, calls: &mut Calls) {{\n{every}}}\n\n");
    root += "/// Every call once for each segment of its path that is given, which is `id`.\n";
    root += &format!("pub(crate) fn with_id(client: &Client, id: &str, calls: &mut Calls) {{\n{hostile}}}\n");
    files.insert(PathBuf::from("mod.rs"), root);
    files.insert(PathBuf::from("models.rs"), models(plan));
    Ok(files)
}

fn models(plan: &Plan<'_>) -> String {
    let mut text =
        format!("{HEADER}\nuse clerk_client::resources as of;\n\nuse crate::made::{{Reader, reader}};\n\n");
    text += "/// What reads each schema.\npub(crate) fn models() -> Vec<(&'static str, Reader)> {\nvec![\n";
    for model in plan.models.values() {
        for schema in &model.schemas {
            let variants = &plan.table.schemas[schema].variants;
            for schema in std::iter::once(schema).chain(variants) {
                text += &format!("({schema:?}, reader!(of::{})),\n", model.name);
            }
        }
    }
    text + "]\n}\n"
}

struct Sample<'a, 'b> {
    plan: &'b Plan<'a>,
}

impl Sample<'_, '_> {
    fn namespace(&mut self, name: &str, calls: &[Offered<'_>]) -> Result<String, Box<dyn Error>> {
        let mut text = format!("{HEADER}\n#![allow(deprecated, unused_imports, unused_variables)]\n\n");
        text += "use clerk_client::resources::*;\nuse clerk_client::{Client, Patch, Upload};\nuse serde_json::json;\n\nuse super::super::made::Calls;\n\n";
        text += "pub(super) fn every(client: &Client, calls: &mut Calls) {\n";
        for call in calls {
            for variant in [Variant::None, Variant::All, Variant::Empty, Variant::Null] {
                let optional = call.optional();
                let is_wanted = match variant {
                    Variant::None => true,
                    Variant::All if call.operation.body_is_list => true,
                    Variant::All | Variant::Empty => !optional.is_empty(),
                    Variant::Null => optional.iter().any(|argument| is_nullable(argument)),
                };
                if is_wanted {
                    let made = self.call(name, call, variant, None)?;
                    text += &format!(
                        "calls.add({:?}, {:?}, {made});\n",
                        call.operation.id,
                        variant.name()
                    );
                }
            }
        }
        text += "}\n\npub(super) fn with_id(client: &Client, id: &str, calls: &mut Calls) {\n";
        for call in calls {
            for parameter in &call.operation.path_parameters {
                let made = self.call(name, call, Variant::None, Some(parameter))?;
                text += &format!("calls.add({:?}, {parameter:?}, {made});\n", call.operation.id);
            }
        }
        Ok(text + "}\n")
    }

    fn call(
        &mut self,
        namespace: &str,
        call: &Offered<'_>,
        variant: Variant,
        hostile: Option<&str>,
    ) -> Result<String, Box<dyn Error>> {
        let in_structure = call.in_structure();
        let mut arguments = Vec::new();
        let mut fields = Vec::new();
        for argument in call.required() {
            let is_hostile = argument.place == Place::Path && hostile == Some(argument.member.name.as_str());
            let is_inside = in_structure.iter().any(|other| other.name == argument.name);
            let value = if is_hostile {
                "id".to_owned()
            } else {
                self.required(argument, is_inside)?
            };
            if is_inside {
                fields.push(format!("{}: {value}", argument.name));
            } else {
                arguments.push(value);
            }
        }
        if let Given::Structure = call.given() {
            arguments.push(format!("{}Params {{ {} }}", call.name(), fields.join(", ")));
        }
        if let (true, Some(schema)) = (call.operation.body_is_list, &call.operation.body_schema) {
            let one = self.object(&self.plan.name(schema), variant)?;
            arguments.push(format!("[{one}]"));
        }
        let mut text = format!("client.{namespace}().{}({})", call.method(), arguments.join(", "));
        if variant != Variant::None {
            for argument in call.optional() {
                if let Some(value) = self.optional(argument, variant)? {
                    text += &format!(".{}({value})", argument.name);
                }
            }
        }
        Ok(text)
    }

    fn required(&mut self, argument: &Argument, is_inside: bool) -> Result<String, Box<dyn Error>> {
        let value = self.value(argument, Variant::All)?;
        Ok(match &argument.kind {
            Kind::Texts if is_inside => format!("&{value}"),
            Kind::Enum(of) if is_inside => format!("{of}::from({value})"),
            Kind::Enums(_) | Kind::Objects(_) if is_inside => format!("vec!{value}"),
            Kind::Integer if argument.member.nullable => format!("Some({value})"),
            _ => value,
        })
    }

    fn optional(&mut self, argument: &Argument, variant: Variant) -> Result<Option<String>, Box<dyn Error>> {
        if variant == Variant::Null {
            return Ok(is_nullable(argument).then(|| "Patch::Null".to_owned()));
        }
        let value = self.value(argument, variant)?;
        let is_patch = is_nullable(argument);
        Ok(Some(match &argument.kind {
            Kind::Enum(of) if is_patch => format!("{of}::from({value})"),
            Kind::Objects(_) | Kind::Enums(_) if is_patch => format!("vec!{value}"),
            Kind::Texts if is_patch && variant == Variant::Empty => "Vec::<String>::new()".to_owned(),
            Kind::Texts if variant == Variant::Empty => "Vec::<String>::new()".to_owned(),
            _ => value,
        }))
    }

    fn value(&mut self, argument: &Argument, variant: Variant) -> Result<String, Box<dyn Error>> {
        let name = &argument.member.name;
        let is_empty = variant == Variant::Empty;
        let text = |more: &str| format!("{:?}", format!("+{name} a/b&c=é{more}"));
        let values = match &argument.member.of {
            Type::OneOf(values) => values.clone(),
            Type::List(of) => match &**of {
                Type::OneOf(values) => values.clone(),
                _ => Vec::new(),
            },
            // Of a single one.
            _ => argument
                .member
                .constant
                .iter()
                .filter_map(|value| value.as_str())
                .map(str::to_owned)
                .collect(),
        };
        Ok(match &argument.kind {
            Kind::Text if argument.place == Place::Path => format!("{:?}", format!("{name}-1 ?é")),
            Kind::Text if is_empty => "\"\"".to_owned(),
            Kind::Text => values
                .first()
                .map_or_else(|| text(""), |first| format!("{first:?}")),
            Kind::Enum(_) => format!("{:?}", values.first().ok_or("an enum without values")?),
            Kind::Texts if is_empty => "[]".to_owned(),
            Kind::Texts if values.len() > 1 => format!("[{:?}, {:?}]", values[0], values[1]),
            Kind::Texts => format!("[{}, {}]", text("1"), text("2")),
            Kind::Enums(_) if is_empty => "[]".to_owned(),
            Kind::Enums(of) => format!("[{of}::from({:?}), {of}::from({:?})]", values[0], values[1]),
            Kind::Count | Kind::Integer => if is_empty { "0" } else { "7" }.to_owned(),
            Kind::Flag => (!is_empty).to_string(),
            Kind::Any if is_empty => "json!({})".to_owned(),
            Kind::Any => "json!({ \"k\": [1, null, \"é\"] })".to_owned(),
            Kind::TextMap if is_empty => "[(\"\", \"\"); 0]".to_owned(),
            Kind::TextMap => "[(\"k\", \"v\")]".to_owned(),
            Kind::Object(of) => self.object(of, variant)?,
            Kind::Objects(_) if is_empty => "[]".to_owned(),
            Kind::Objects(of) => format!("[{}]", self.object(of, variant)?),
            Kind::File => {
                "Upload::new(&b\"\\x89PNG\\r\\n--\"[..], \"image/png\").file_name(\"a \\\"b\\\".png\")"
                    .to_owned()
            }
        })
    }

    /// With all members, or with those only that it cannot do without.
    fn object(&mut self, name: &str, variant: Variant) -> Result<String, Box<dyn Error>> {
        let schema = *self.plan.params.get(name).ok_or_else(|| format!("no {name}"))?;
        let arguments = of_schema(self.plan, schema)?;
        let required: Vec<String> = arguments
            .iter()
            .filter(|argument| argument.is_required)
            .map(|argument| self.required(argument, false))
            .collect::<Result<_, _>>()?;
        let mut text = format!("{}::new({})", pascal(name), required.join(", "));
        if variant == Variant::All {
            for argument in arguments.iter().filter(|argument| !argument.is_required) {
                if let Some(value) = self.optional(argument, variant)? {
                    text += &format!(".{}({value})", argument.name);
                }
            }
        }
        Ok(text)
    }
}

fn is_nullable(argument: &Argument) -> bool {
    argument.place == Place::Body && argument.member.nullable
}
