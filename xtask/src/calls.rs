//! The text of calls: the methods of a namespace, and what takes the optional arguments of one.

use std::error::Error;

use crate::arguments::{Argument, Kind, Place, is_constant, of_operation, of_schema};
use crate::names::{field, pascal, snake};
use crate::plan::Plan;
use crate::rules;
use crate::source::Source;
use crate::table::{Operation, Schema};
use crate::words;

/// A call and how it is offered.
pub(crate) struct Offered<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) arguments: Vec<Argument>,
    /// What answers are read into, and what reads them.
    answer: String,
    read: &'static str,
    answer_uses: Vec<String>,
}

/// How what is required is given.
pub(crate) enum Given {
    /// One by one.
    Each,
    /// The first of the path by itself, and the others by their names.
    Structure,
}

impl<'a> Offered<'a> {
    pub(crate) fn new(plan: &Plan<'_>, operation: &'a Operation) -> Result<Self, Box<dyn Error>> {
        let schema = plan.answer_schema(operation);
        let by_hand = schema.as_deref().and_then(rules::by_hand);
        let name = schema.map(|schema| plan.name(&schema)).unwrap_or_default();
        let shape = operation.response_shape.as_str();
        let (answer, read, uses) = match (by_hand, shape) {
            (Some((of, read)), _) => (of.to_owned(), read, vec![format!("crate::resources::{of}")]),
            (None, "object" | "union") => (
                name.clone(),
                "read::object",
                vec![format!("crate::resources::{name}")],
            ),
            (None, "array") => (
                format!("Vec<{name}>"),
                "read::list",
                vec![format!("crate::resources::{name}")],
            ),
            (None, "map") => {
                let uses = ["serde_json::Map", "serde_json::Value"].map(str::to_owned);
                ("Map<String, Value>".to_owned(), "read::members", uses.into())
            }
            (None, "html") => ("String".to_owned(), "read::text", Vec::new()),
            (None, "none") => ("()".to_owned(), "read::nothing", Vec::new()),
            (None, shape) if shape.contains("page:") => {
                let uses = ["crate::Page".to_owned(), format!("crate::resources::{name}")];
                (format!("Page<{name}>"), "read::page", uses.into())
            }
            (None, shape) => return Err(format!("{}: answers with {shape}", operation.id).into()),
        };
        Ok(Self {
            arguments: of_operation(plan, operation)?,
            operation,
            answer,
            read,
            answer_uses: uses,
        })
    }

    pub(crate) fn name(&self) -> String {
        pascal(&self.operation.id)
    }

    pub(crate) fn method(&self) -> String {
        field(&self.operation.method_name)
    }

    pub(crate) fn required(&self) -> Vec<&Argument> {
        self.arguments
            .iter()
            .filter(|argument| argument.is_required)
            .collect()
    }

    pub(crate) fn optional(&self) -> Vec<&Argument> {
        self.arguments
            .iter()
            .filter(|argument| !argument.is_required)
            .collect()
    }

    pub(crate) fn given(&self) -> Given {
        let many = if self.operation.body_is_list { 1 } else { 0 } + self.required().len() > 2;
        if many { Given::Structure } else { Given::Each }
    }

    /// Those of the required arguments that are in the structure.
    pub(crate) fn in_structure(&self) -> Vec<&Argument> {
        let required = self.required();
        match self.given() {
            Given::Each => Vec::new(),
            Given::Structure if required[0].place == Place::Path => required[1..].to_vec(),
            Given::Structure => required,
        }
    }

    fn is_paged(&self) -> bool {
        let has = |name: &str| self.arguments.iter().any(|argument| argument.member.name == name);
        (self.read == "read::page" || self.operation.id == "GetUserList") && has("limit") && has("offset")
    }

    fn is_long(&self) -> bool {
        matches!(self.read, "read::page" | "read::list")
    }

    /// The file of its own, if there is something to be in it.
    pub(crate) fn file(&self) -> Option<String> {
        if self.optional().is_empty() && self.in_structure().is_empty() {
            return None;
        }
        let mut source = Source::default();
        self.structure(&mut source);
        self.builder(&mut source);
        Some(source.finish())
    }

    fn structure(&self, source: &mut Source) {
        let members = self.in_structure();
        if members.is_empty() {
            return;
        }
        let types: Vec<String> = members
            .iter()
            .map(|argument| argument.in_structure(source))
            .collect();
        let lifetime = if types.iter().any(|of| of.contains("'a")) {
            "<'a>"
        } else {
            ""
        };
        let elided = if lifetime.is_empty() { "" } else { "<'_>" };
        let name = format!("{}Params", self.name());
        source.docs([format!(
            "What [`{}`](super::{}::{}) cannot do without. `Debug` shows nothing of it.",
            self.method(),
            pascal(&snake(&self.operation.namespace)),
            self.method()
        )]);
        source.line(format!("#[derive(Clone)]\npub struct {name}{lifetime} {{"));
        for (argument, of) in members.iter().zip(types) {
            source.docs([words::member(&argument.member)]);
            source.line(format!("pub {}: {of},", argument.name));
        }
        source.line("}\n");
        source.line(format!("impl std::fmt::Debug for {name}{elided} {{"));
        source.line("fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {");
        source.line(format!(
            "f.debug_struct({name:?}).finish_non_exhaustive()\n}}\n}}\n"
        ));
    }

    fn builder(&self, source: &mut Source) {
        if self.optional().is_empty() {
            return;
        }
        for path in &self.answer_uses {
            source.uses(path);
        }
        source.uses("crate::Call");
        source.uses("crate::call::calls");
        let (name, answer) = (self.name(), &self.answer);
        source.docs([format!(
            "The call of [`{}`](super::{}::{}), with methods for what may be left out. Sent by `.await`.",
            self.method(),
            pascal(&snake(&self.operation.namespace)),
            self.method()
        )]);
        source.line("#[derive(Clone)]\n#[must_use = \"a call is only sent by `.await`\"]");
        source.line(format!("pub struct {name}(pub(crate) Call<{answer}>);\n"));
        source.line(format!("impl {name} {{"));
        for argument in self.optional() {
            argument.setter(source, "self.0.draft");
        }
        if self.is_paged() {
            self.stream(source);
        }
        source.line("}\n");
        source.line(format!("calls! {{ {name} -> {answer}; }}"));
    }

    fn stream(&self, source: &mut Source) {
        source.uses("crate::Pages");
        let item = self
            .answer
            .trim_end_matches('>')
            .rsplit('<')
            .next()
            .unwrap_or_default();
        source.docs(["All items of all pages, fetched as they are asked for."]);
        source.line(format!("pub fn into_stream(self) -> Pages<{item}> {{"));
        if self.operation.id == "GetUserList" {
            source.uses("crate::call::read");
            source.line("Pages::by_cursor(self.0.draft, read::page, |user| &user.id)");
        } else {
            source.line("Pages::by_offset(self.0.draft, self.0.read)");
        }
        source.line("}\n");
    }

    /// The method of the namespace.
    fn offer(&self, plan: &Plan<'_>, source: &mut Source) {
        for path in self.answer_uses.iter().filter(|_| self.optional().is_empty()) {
            source.uses(path);
        }
        source.uses("crate::Call");
        source.uses("http::Method");
        if self.read.starts_with("read::") {
            source.uses("crate::call::read");
        }
        let operation = self.operation;
        source.docs(words::operation(operation, &self.method()));
        if operation.deprecated {
            source.line("#[deprecated(note = \"Clerk has deprecated this call\")]");
        }
        let mut parameters = vec!["&self".to_owned()];
        let in_structure = self.in_structure();
        let each = self
            .required()
            .into_iter()
            .filter(|required| !in_structure.iter().any(|other| other.name == required.name));
        let each: Vec<&Argument> = each.collect();
        parameters.extend(
            each.iter()
                .map(|argument| format!("{}: {}", argument.name, argument.positional(source))),
        );
        if !in_structure.is_empty() {
            let of = format!("{}Params", self.name());
            source.uses(format!("crate::resources::{of}"));
            let has_lifetime = in_structure
                .iter()
                .any(|argument| matches!(argument.kind, Kind::Text | Kind::Texts));
            parameters.push(format!("params: {of}{}", if has_lifetime { "<'_>" } else { "" }));
        }
        if let (true, Some(schema)) = (operation.body_is_list, &operation.body_schema) {
            let item = plan.name(schema);
            source.uses(format!("crate::resources::{item}"));
            parameters.push(format!("items: impl IntoIterator<Item = {item}>"));
        }
        let is_built = !self.optional().is_empty();
        let answer = if is_built {
            self.name()
        } else {
            format!("Call<{}>", self.answer)
        };
        if is_built {
            source.uses(format!("crate::resources::{}", self.name()));
        }
        source.line(format!(
            "pub fn {}({}) -> {answer} {{",
            self.method(),
            parameters.join(", ")
        ));
        let statements = self.statements(plan, source);
        let path: String = operation
            .path
            .split('/')
            .map(
                |segment| match segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                    Some(name) => format!("{{{}}}", snake(name)),
                    None => segment.to_owned(),
                },
            )
            .collect::<Vec<_>>()
            .join("/");
        let filled: Vec<String> = self
            .required()
            .iter()
            .filter(|argument| argument.place == Place::Path)
            .map(|argument| {
                let is_inside = in_structure.iter().any(|other| other.name == argument.name);
                format!("{}{}", if is_inside { "params." } else { "" }, argument.name)
            })
            .collect();
        let call = format!(
            "Call::new(self.0, Method::{}, {path:?}, &[{}], {})",
            operation.method,
            filled.join(", "),
            self.read
        );
        let wrap = |call: &str| {
            if is_built {
                format!("{}({call})", self.name())
            } else {
                call.to_owned()
            }
        };
        if statements.is_empty() {
            source.line(wrap(&call));
        } else {
            source.line(format!("let mut call = {call};\nlet draft = &mut call.draft;"));
            for statement in statements {
                source.line(statement);
            }
            source.line(wrap("call"));
        }
        source.line("}\n");
    }

    fn statements(&self, plan: &Plan<'_>, source: &mut Source) -> Vec<String> {
        let operation = self.operation;
        let mut statements = Vec::new();
        if rules::is_unversioned(operation) {
            statements.push("draft.is_versioned = false;".to_owned());
        }
        if rules::WANTS_JSON.contains(&operation.id.as_str()) {
            statements.push("draft.wants_json = true;".to_owned());
        }
        let key = match operation.auth_key.as_str() {
            "machine" => Some("Machine"),
            "secret|machine" => Some("MachineOrSecret"),
            "none" => Some("None"),
            _ => None,
        };
        if let Some(key) = key {
            source.uses("crate::call::Key");
            statements.push(format!("draft.key = Key::{key};"));
        }
        if self.is_long() {
            statements.push("draft.allow_long_answer();".to_owned());
        }
        if self.operation.id == "GetJWKS" {
            statements.push("draft.max_response_bytes = crate::key_set::MAX_BYTES;".to_owned());
        }
        if operation.query.iter().any(|member| member.name == "paginated") {
            statements.push("draft.parameter(\"paginated\", true.to_string());".to_owned());
        }
        if operation.body_is_list {
            statements.push("draft.body.set(items.into_iter().collect());".to_owned());
            return statements;
        }
        let in_structure = self.in_structure();
        for argument in self
            .required()
            .iter()
            .filter(|argument| argument.place != Place::Path)
        {
            let is_inside = in_structure.iter().any(|other| other.name == argument.name);
            let given = if is_inside {
                format!("params.{}", argument.name)
            } else {
                argument.name.clone()
            };
            statements.push(argument.put(source, &given, is_inside));
        }
        if let Some(schema) = &operation.body_schema {
            let schema = &plan.table.schemas[schema];
            statements.extend(constants(plan, schema));
            let is_filled = statements
                .iter()
                .any(|statement| statement.contains("draft.set(") || statement.contains("draft.text("));
            if operation.body_is_required && !is_filled && !operation.is_upload {
                statements.push("draft.body.start();".to_owned());
            }
        }
        statements
    }
}

/// What puts in the members that have only one value.
fn constants(plan: &Plan<'_>, schema: &Schema) -> Vec<String> {
    let members = schema
        .members
        .iter()
        .filter(|member| is_constant(plan, schema, member));
    members
        .filter_map(|member| Some((member, member.constant.as_ref()?)))
        .map(|(member, value)| format!("draft.set({:?}, Some({value}.into()));", member.name))
        .collect()
}

/// The file with the methods of a namespace.
pub(crate) fn namespace(plan: &Plan<'_>, name: &str, calls: &[Offered<'_>]) -> String {
    let mut source = Source::default();
    source.uses("crate::Client");
    let of = pascal(name);
    source.line("impl Client {");
    source.docs([format!("{}.", rules::about(name))]);
    source.line(format!(
        "pub fn {name}(&self) -> {of}<'_> {{\n{of}(self)\n}}\n}}\n"
    ));
    source.docs([format!("{}, by [`Client::{name}`].", rules::about(name))]);
    source.line(format!(
        "#[derive(Debug, Clone, Copy)]\npub struct {of}<'a>(pub(crate) &'a Client);\n"
    ));
    source.line(format!("impl {of}<'_> {{"));
    for call in calls {
        call.offer(plan, &mut source);
    }
    source.line("}");
    source.finish()
}

/// The file of an object that is part of bodies.
pub(crate) fn params(plan: &Plan<'_>, name: &str, schema: &Schema) -> Result<String, Box<dyn Error>> {
    let mut source = Source::default();
    source.uses("crate::call::{Members, params}");
    let arguments = of_schema(plan, schema)?;
    source.docs([format!(
        "{}, to be sent. `Debug` shows the names of its members only.",
        capital(name)
    )]);
    source.line("#[derive(Clone, PartialEq)]");
    source.line(format!("pub struct {name}(Members);\n\nimpl {name} {{"));
    let required: Vec<&Argument> = arguments.iter().filter(|argument| argument.is_required).collect();
    let parameters: Vec<String> = required
        .iter()
        .map(|argument| format!("{}: {}", argument.name, argument.positional(&mut source)))
        .collect();
    source.docs(["With what it cannot do without."]);
    if required.is_empty() {
        source.line("#[allow(clippy::new_without_default, reason = \"it is made to be filled\")]");
    }
    source.line(format!("pub fn new({}) -> Self {{", parameters.join(", ")));
    let constants = constants(plan, schema);
    if required.is_empty() && constants.is_empty() {
        source.line("Self(Members::default())\n}\n");
    } else {
        source.line("let mut draft = Members::default();");
        for argument in &required {
            let put = argument.put(&mut source, &argument.name, false);
            source.line(put);
        }
        for constant in constants {
            source.line(constant);
        }
        source.line("Self(draft)\n}\n");
    }
    for argument in arguments.iter().filter(|argument| !argument.is_required) {
        argument.setter(&mut source, "self.0");
    }
    if schema.extra {
        source.uses("serde_json::Value");
        source.docs(["Another member, under a name of your choice."]);
        source.line("pub fn member(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {");
        source.line("self.0.insert(name.into(), value.into());\nself\n}\n");
    }
    source.line(format!("}}\n\nparams!({name});"));
    Ok(source.finish())
}

fn capital(name: &str) -> String {
    crate::names::capital(&crate::names::spoken(name))
}
