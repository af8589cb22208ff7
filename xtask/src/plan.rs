//! What is to be generated: the models, enums, parameters and calls, and which file and feature each belongs to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::error::Error;

use crate::names::{pascal, snake};
use crate::rules;
use crate::table::{Member, Operation, Schema, Table, Type};
use crate::words::singular;

/// Types of no namespace in particular.
const SHARED: [&str; 4] = [
    "DeletedObject",
    "Verification",
    "LinkedIdentification",
    "ClerkError",
];
pub(crate) const SHARED_FOLDER: &str = "shared";

/// One file of one concept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct File {
    pub(crate) folder: String,
    pub(crate) module: String,
}

/// An object of answers.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) schemas: Vec<String>,
    pub(crate) members: Vec<Member>,
    /// Whether a call answers with it, so that it is of no use without its id.
    pub(crate) is_answer: bool,
}

pub(crate) struct Plan<'a> {
    pub(crate) table: &'a Table,
    pub(crate) models: BTreeMap<String, Model>,
    /// Objects that are part of bodies.
    pub(crate) params: BTreeMap<String, &'a Schema>,
    pub(crate) enums: BTreeMap<String, Vec<String>>,
    /// Where each type is.
    pub(crate) files: BTreeMap<String, File>,
    /// The features with which each file is compiled.
    pub(crate) features: BTreeMap<File, BTreeSet<&'static str>>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(table: &'a Table) -> Result<Self, Box<dyn Error>> {
        let mut plan = Self {
            table,
            models: BTreeMap::new(),
            params: BTreeMap::new(),
            enums: enums(table)?,
            files: BTreeMap::new(),
            features: BTreeMap::new(),
        };
        for operation in &table.operations {
            if rules::feature_of(&snake(&operation.namespace)).is_none() {
                return Err(format!("{} belongs to no feature", operation.namespace).into());
            }
        }
        plan.find_models()?;
        plan.find_params();
        plan.place();
        plan.spread_features();
        Ok(plan)
    }

    /// The Rust name of a schema.
    pub(crate) fn name(&self, schema: &str) -> String {
        self.table
            .types
            .get(schema)
            .cloned()
            .unwrap_or_else(|| pascal(schema))
    }

    /// The enum of a member of a schema, if it has one.
    pub(crate) fn enum_of(&self, schema: &str, member: &str) -> Option<&str> {
        self.table
            .enums
            .get(&format!("{schema}.{member}"))
            .map(String::as_str)
    }

    /// The schema that an answer or a list of them is made of.
    pub(crate) fn answer_schema(&self, operation: &Operation) -> Option<String> {
        let name = operation.response_schema.trim_matches(['[', ']', '{', '}']);
        let schema = self.table.schemas.get(name)?;
        let of = match schema.kind.as_str() {
            "page" | "alias" => self.table.resolve(schema.of.as_ref()?),
            _ => return Some(name.to_owned()),
        };
        innermost(&of)
    }

    fn find_models(&mut self) -> Result<(), Box<dyn Error>> {
        let mut pending: VecDeque<String> = VecDeque::new();
        let mut answers = BTreeSet::new();
        for operation in &self.table.operations {
            if let Some(schema) = self.answer_schema(operation)
                && rules::by_hand(&schema).is_none()
            {
                answers.insert(self.name(&schema));
                pending.push_back(schema);
            }
        }
        let mut seen = BTreeSet::new();
        while let Some(schema) = pending.pop_front() {
            if !seen.insert(schema.clone()) {
                continue;
            }
            let found = &self
                .table
                .schemas
                .get(&schema)
                .ok_or_else(|| format!("no schema {schema}"))?;
            for member in found.members.iter().filter(|member| !rules::is_left_out(member)) {
                pending.extend(innermost(&self.table.resolve(&member.of)));
            }
        }
        for schema in seen {
            let name = self.name(&schema);
            let is_answer = answers.contains(&name);
            let members: Vec<Member> = self.table.schemas[&schema]
                .members
                .iter()
                .filter(|member| !rules::is_left_out(member))
                .cloned()
                .collect();
            match self.models.get_mut(&name) {
                None => {
                    let model = Model {
                        name: name.clone(),
                        schemas: vec![schema],
                        members,
                        is_answer,
                    };
                    self.models.insert(name, model);
                }
                Some(model) => merge(model, schema, members),
            }
        }
        Ok(())
    }

    fn find_params(&mut self) {
        let mut pending: VecDeque<String> = VecDeque::new();
        for operation in &self.table.operations {
            let Some(schema) = &operation.body_schema else {
                continue;
            };
            if operation.body_is_list {
                pending.push_back(schema.clone());
                continue;
            }
            for member in &self.table.schemas[schema].members {
                pending.extend(innermost(&self.table.resolve(&member.of)));
            }
        }
        while let Some(schema) = pending.pop_front() {
            let found = &self.table.schemas[&schema];
            if self.params.insert(self.name(&schema), found).is_none() {
                for member in &found.members {
                    pending.extend(innermost(&self.table.resolve(&member.of)));
                }
            }
        }
    }

    /// Which folder and file each type is in.
    fn place(&mut self) {
        let namespaces: BTreeSet<String> = self
            .table
            .operations
            .iter()
            .map(|operation| snake(&operation.namespace))
            .collect();
        let mut files = BTreeMap::new();
        for name in self.models.keys() {
            if let Some(folder) = by_name(name, &namespaces) {
                files.insert(name.clone(), folder);
            }
        }
        for operation in &self.table.operations {
            let folder = snake(&operation.namespace);
            let mut pending: Vec<(String, String)> = self
                .answer_schema(operation)
                .into_iter()
                .map(|schema| (schema, folder.clone()))
                .collect();
            while let Some((schema, parent)) = pending.pop() {
                let name = self.name(&schema);
                let is_new = !files.contains_key(&name);
                let folder = files.entry(name.clone()).or_insert(parent).clone();
                let is_first_visit = is_new || !self.files.contains_key(&name);
                if !is_first_visit {
                    continue;
                }
                self.files.insert(
                    name.clone(),
                    File {
                        folder: folder.clone(),
                        module: snake(&name),
                    },
                );
                if let Some(found) = self.table.schemas.get(&schema) {
                    for member in &found.members {
                        let inner = innermost(&self.table.resolve(&member.of));
                        pending.extend(inner.map(|schema| (schema, folder.clone())));
                    }
                }
            }
        }
        self.files.retain(|name, _| self.models.contains_key(name));
        self.place_params();
        self.place_enums();
    }

    fn place_params(&mut self) {
        for operation in &self.table.operations {
            let Some(schema) = &operation.body_schema else {
                continue;
            };
            let mut pending = Vec::new();
            if operation.body_is_list {
                pending.push(schema.clone());
            } else {
                for member in &self.table.schemas[schema].members {
                    pending.extend(innermost(&self.table.resolve(&member.of)));
                }
            }
            while let Some(schema) = pending.pop() {
                let name = self.name(&schema);
                let file = File {
                    folder: snake(&operation.namespace),
                    module: snake(&name),
                };
                self.files.entry(name).or_insert(file);
                for member in &self.table.schemas[&schema].members {
                    pending.extend(innermost(&self.table.resolve(&member.of)));
                }
            }
        }
    }

    /// An enum is where it is first used: in an answer, a part of a body, or a call.
    fn place_enums(&mut self) {
        for (name, members) in &self.table.enum_names {
            let schemas: Vec<&str> = members
                .iter()
                .filter_map(|member| member.split('.').next())
                .collect();
            let folder = schemas
                .iter()
                .find_map(|schema| self.files.get(&self.name(schema)))
                .map(|file| file.folder.clone())
                .or_else(|| {
                    let of = |operation: &&Operation| {
                        operation
                            .body_schema
                            .as_deref()
                            .is_some_and(|schema| schemas.contains(&schema))
                    };
                    self.table
                        .operations
                        .iter()
                        .find(of)
                        .map(|operation| snake(&operation.namespace))
                });
            let file = File {
                folder: folder.unwrap_or_else(|| SHARED_FOLDER.to_owned()),
                module: snake(name),
            };
            self.files.insert(name.clone(), file);
        }
    }

    /// The types that a type or a body has in it.
    fn types_of(&self, schema: &Schema) -> Vec<String> {
        let mut types = Vec::new();
        for member in &schema.members {
            types.extend(self.enum_of(&schema.name, &member.name).map(str::to_owned));
            let inner = innermost(&self.table.resolve(&member.of));
            types.extend(inner.map(|schema| self.name(&schema)));
        }
        types
    }

    fn spread_features(&mut self) {
        let mut features: BTreeMap<File, BTreeSet<&'static str>> = BTreeMap::new();
        for operation in &self.table.operations {
            let namespace = snake(&operation.namespace);
            let Some(feature) = rules::feature_of(&namespace) else {
                continue;
            };
            let mut pending: Vec<String> = self
                .answer_schema(operation)
                .map(|schema| self.name(&schema))
                .into_iter()
                .collect();
            if let Some(schema) = &operation.body_schema {
                pending.extend(self.types_of(&self.table.schemas[schema]));
                if operation.body_is_list {
                    pending.push(self.name(schema));
                }
            }
            for parameter in &operation.query {
                pending.extend(rules::query_enum(&operation.id, &parameter.name).map(str::to_owned));
            }
            while let Some(name) = pending.pop() {
                let Some(file) = self.files.get(&name) else {
                    continue;
                };
                if !features.entry(file.clone()).or_default().insert(feature) {
                    continue;
                }
                if let Some(model) = self.models.get(&name) {
                    for schema in &model.schemas {
                        pending.extend(self.types_of(&self.table.schemas[schema]));
                    }
                }
                if let Some(schema) = self.params.get(&name) {
                    pending.extend(self.types_of(schema));
                }
            }
        }
        self.features = features;
    }
}

/// The schema in a list or a map.
pub(crate) fn innermost(of: &Type) -> Option<String> {
    match of {
        Type::Ref(name) => Some(name.clone()),
        Type::List(of) | Type::Map(of) => innermost(of),
        _ => None,
    }
}

/// The namespace that a type is called after.
fn by_name(name: &str, namespaces: &BTreeSet<String>) -> Option<String> {
    if SHARED.contains(&name) {
        return Some(SHARED_FOLDER.to_owned());
    }
    if ["Commerce", "Billing"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
    {
        return Some("billing".to_owned());
    }
    let stem = |namespace: &&String| {
        let stem = pascal(&singular(namespace));
        name.strip_prefix(&stem)
            .is_some_and(|rest| !rest.starts_with(char::is_lowercase))
    };
    namespaces
        .iter()
        .filter(stem)
        .max_by_key(|namespace| namespace.len())
        .cloned()
}

/// One type for several schemas: what one of them may lack is optional.
fn merge(model: &mut Model, schema: String, members: Vec<Member>) {
    for known in &mut model.members {
        match members.iter().find(|member| member.name == known.name) {
            None => known.required = false,
            Some(member) => {
                known.required &= member.required;
                known.nullable |= member.nullable;
            }
        }
    }
    for member in members {
        if !model.members.iter().any(|known| known.name == member.name) {
            model.members.push(Member {
                required: false,
                ..member
            });
        }
    }
    model.members.sort_by(|one, other| one.name.cmp(&other.name));
    model.schemas.push(schema);
}

/// The values of each enum: those of all members that have it, in their order.
fn enums(table: &Table) -> Result<BTreeMap<String, Vec<String>>, Box<dyn Error>> {
    let mut enums = BTreeMap::new();
    for (name, members) in &table.enum_names {
        let mut values: Vec<String> = Vec::new();
        for member in members {
            let (schema, field) = member.split_once('.').ok_or("a member without schema")?;
            let schema = table
                .schemas
                .get(schema)
                .ok_or_else(|| format!("{name}: no schema {schema}"))?;
            let found = schema.members.iter().find(|known| known.name == field);
            let found = found.ok_or_else(|| format!("{name}: no member {member}"))?;
            let own = match (&found.of, &found.constant) {
                (Type::OneOf(values), _) => values.clone(),
                (Type::List(of), _) => match &**of {
                    Type::OneOf(values) => values.clone(),
                    _ => return Err(format!("{member} is no enum").into()),
                },
                (_, Some(value)) => value.as_str().map(str::to_owned).into_iter().collect(),
                _ => return Err(format!("{member} is no enum").into()),
            };
            for value in own {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        enums.insert(name.clone(), values);
    }
    Ok(enums)
}
