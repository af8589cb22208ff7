//! The checked-in table: operations, types, and what is added to them here.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// What a member or a parameter is of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Text,
    /// One of these texts.
    OneOf(Vec<String>),
    Integer,
    Fraction,
    Flag,
    Any,
    Ref(String),
    List(Box<Type>),
    Map(Box<Type>),
}

/// A member of an object, or a parameter.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) of: Type,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    /// Of the query: one pair with all values, divided by commas.
    pub(crate) is_csv: bool,
    /// The only value there is.
    pub(crate) constant: Option<Value>,
    pub(crate) minimum: Option<i64>,
    pub(crate) maximum: Option<i64>,
}

#[derive(Debug, Clone)]
pub(crate) struct Schema {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) members: Vec<Member>,
    /// What a page has items of, and what an alias stands for.
    pub(crate) of: Option<Type>,
    /// The schemas of a union.
    pub(crate) variants: Vec<String>,
    /// Undeclared members are allowed.
    pub(crate) extra: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) namespace: String,
    pub(crate) method_name: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) path_parameters: Vec<String>,
    pub(crate) query: Vec<Member>,
    pub(crate) is_upload: bool,
    pub(crate) body_schema: Option<String>,
    /// The body is a list of what the schema describes.
    pub(crate) body_is_list: bool,
    pub(crate) body_is_required: bool,
    /// The members of the body in the order of the table.
    pub(crate) body_order: Vec<String>,
    pub(crate) response_schema: String,
    pub(crate) response_shape: String,
    pub(crate) deprecated: bool,
    pub(crate) auth_key: String,
    pub(crate) risk: String,
}

pub(crate) struct Table {
    pub(crate) operations: Vec<Operation>,
    pub(crate) schemas: BTreeMap<String, Schema>,
    /// The Rust type of a schema, where it is not its name.
    pub(crate) types: BTreeMap<String, String>,
    /// The enum of a member, by `Schema.member`.
    pub(crate) enums: BTreeMap<String, String>,
    /// The enums in the order of the file.
    pub(crate) enum_names: Vec<(String, Vec<String>)>,
}

type Row = BTreeMap<String, String>;

fn rows(path: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut lines = text.lines().filter(|line| !line.is_empty());
    let heads: Vec<&str> = lines.next().ok_or("an empty table")?.split('\t').collect();
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != heads.len() {
                return Err(format!("{}: not {} columns: {line}", path.display(), heads.len()).into());
            }
            let pairs = heads.iter().zip(cells);
            Ok(pairs
                .map(|(head, cell)| ((*head).to_owned(), cell.to_owned()))
                .collect())
        })
        .collect()
}

impl Table {
    pub(crate) fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let names: BTreeMap<String, String> = rows(&folder.join("names.tsv"))?
            .into_iter()
            .map(|mut row| (take(&mut row, "operation_id"), take(&mut row, "method")))
            .collect();
        let operations = rows(&folder.join("operations.tsv"))?
            .into_iter()
            .map(|row| operation(row, &names))
            .collect::<Result<_, _>>()?;
        let types = rows(&folder.join("types.tsv"))?
            .into_iter()
            .map(|mut row| (take(&mut row, "schema"), take(&mut row, "type")))
            .collect();
        let mut enums = BTreeMap::new();
        let mut enum_names = Vec::new();
        for mut row in rows(&folder.join("enums.tsv"))? {
            let name = take(&mut row, "name");
            let members: Vec<String> = take(&mut row, "members").split(' ').map(str::to_owned).collect();
            enums.extend(members.iter().map(|member| (member.clone(), name.clone())));
            enum_names.push((name, members));
        }
        let document: Value = serde_json::from_str(&fs::read_to_string(folder.join("schemas.json"))?)?;
        let schemas = document["schemas"].as_object().ok_or("no schemas")?;
        let schemas = schemas
            .iter()
            .map(|(name, value)| Ok((name.clone(), schema(name, value)?)))
            .collect::<Result<_, Box<dyn Error>>>()?;
        Ok(Self {
            operations,
            schemas,
            types,
            enums,
            enum_names,
        })
    }

    /// The schema behind a name, aliases followed.
    pub(crate) fn resolve(&self, of: &Type) -> Type {
        match of {
            Type::Ref(name) => match self.schemas.get(name) {
                Some(schema) if schema.kind == "alias" => {
                    schema.of.as_ref().map_or(Type::Any, |of| self.resolve(of))
                }
                _ => of.clone(),
            },
            Type::List(of) => Type::List(Box::new(self.resolve(of))),
            other => other.clone(),
        }
    }
}

fn take(row: &mut Row, column: &str) -> String {
    row.remove(column).unwrap_or_default()
}

fn operation(mut row: Row, names: &BTreeMap<String, String>) -> Result<Operation, Box<dyn Error>> {
    let mut cell = |column: &str| Some(take(&mut row, column)).filter(|cell| cell != "-");
    let id = cell("operation_id").ok_or("an operation without id")?;
    let js_method = cell("js_method");
    // Two operations share one method in JavaScript, which tells them apart by an argument.
    let method = names
        .get(&id)
        .cloned()
        .or(js_method)
        .ok_or_else(|| format!("{id} has no method"))?;
    let (namespace, method_name) = method.split_once('.').ok_or_else(|| format!("{id}: {method}"))?;
    let list = |cell: Option<String>, separator: char| -> Vec<String> {
        let cell = cell.unwrap_or_default();
        let items = cell
            .split(separator)
            .map(str::trim)
            .filter(|item| !item.is_empty());
        items.map(str::to_owned).collect()
    };
    let path_parameters = list(cell("path_params"), ',');
    let query = list(cell("query_params"), ';')
        .iter()
        .map(|text| parameter(text))
        .collect::<Result<_, _>>()?;
    let body_order = list(cell("body_fields"), ';');
    let body_order = body_order
        .iter()
        .filter_map(|text| text.split(':').next())
        .map(str::to_owned)
        .collect();
    let body = cell("body_schema");
    let body_is_list = body.as_deref().is_some_and(|name| name.starts_with('['));
    Ok(Operation {
        namespace: namespace.to_owned(),
        method_name: method_name.to_owned(),
        method: cell("method").unwrap_or_default(),
        path: cell("path").unwrap_or_default(),
        path_parameters: path_parameters
            .iter()
            .map(|text| text.split(':').next().unwrap_or_default().to_owned())
            .collect(),
        query,
        is_upload: cell("body_content_type").as_deref() == Some("multipart/form-data"),
        body_schema: body.map(|name| name.trim_matches(['[', ']']).to_owned()),
        body_is_list,
        body_is_required: cell("body_presence").as_deref() == Some("req"),
        body_order,
        response_schema: cell("response_schema").unwrap_or_default(),
        response_shape: cell("response_shape").unwrap_or_default(),
        deprecated: cell("deprecated").as_deref() == Some("yes"),
        auth_key: cell("auth_key").unwrap_or_default(),
        risk: cell("risk").unwrap_or_default(),
        id,
    })
}

/// `name:type:req|opt:style[:deprecated]`
fn parameter(text: &str) -> Result<Member, Box<dyn Error>> {
    let parts: Vec<&str> = text.split(':').collect();
    let [name, of, presence, style, rest @ ..] = &parts[..] else {
        return Err(format!("not a parameter: {text}").into());
    };
    Ok(Member {
        name: (*name).to_owned(),
        of: parameter_type(of)?,
        required: *presence == "req",
        nullable: false,
        deprecated: rest.contains(&"deprecated"),
        is_csv: *style == "csv",
        constant: None,
        minimum: None,
        maximum: None,
    })
}

fn parameter_type(text: &str) -> Result<Type, Box<dyn Error>> {
    if let Some(item) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        return Ok(Type::List(Box::new(parameter_type(item)?)));
    }
    if let Some(values) = text.strip_prefix("enum(").and_then(|text| text.strip_suffix(')')) {
        return Ok(match values {
            // A text for Clerk.
            "true|false" => Type::Flag,
            _ => Type::OneOf(values.split('|').map(str::to_owned).collect()),
        });
    }
    match text {
        "string" => Ok(Type::Text),
        "integer" | "number" => Ok(Type::Integer),
        "boolean" => Ok(Type::Flag),
        _ => Err(format!("not a type: {text}").into()),
    }
}

fn schema(name: &str, value: &Value) -> Result<Schema, Box<dyn Error>> {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let members = value
        .get("merged")
        .or(value.get("fields"))
        .and_then(Value::as_object);
    let members = members
        .into_iter()
        .flatten()
        .map(|(name, value)| member(name, value))
        .collect::<Result<_, _>>()?;
    Ok(Schema {
        name: name.to_owned(),
        kind: text("kind"),
        members,
        of: value.get("of").map(schema_type).transpose()?,
        variants: value["variants"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|variant| variant["ref"].as_str())
            .map(str::to_owned)
            .collect(),
        extra: value["extra"] == true,
    })
}

fn member(name: &str, value: &Value) -> Result<Member, Box<dyn Error>> {
    let flag = |key: &str| value[key] == true;
    let values = value["enum"].as_array();
    Ok(Member {
        name: name.to_owned(),
        of: schema_type(value)?,
        required: flag("required"),
        nullable: flag("nullable"),
        deprecated: flag("deprecated"),
        is_csv: false,
        constant: values
            .filter(|values| values.len() == 1)
            .map(|values| values[0].clone()),
        minimum: value["min"].as_i64(),
        maximum: value["max"].as_i64(),
    })
}

fn schema_type(value: &Value) -> Result<Type, Box<dyn Error>> {
    if let Some(name) = value["ref"].as_str() {
        return Ok(Type::Ref(name.to_owned()));
    }
    for (key, wrap) in [("array", Type::List as fn(Box<Type>) -> Type), ("map", Type::Map)] {
        if let Some(of) = value.get(key) {
            return Ok(wrap(Box::new(schema_type(of)?)));
        }
    }
    let values = value["enum"].as_array().filter(|values| values.len() > 1);
    match (value["type"].as_str(), values) {
        (Some("string"), Some(values)) => Ok(Type::OneOf(
            values
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        )),
        (Some("string"), None) => Ok(Type::Text),
        (Some("integer"), _) => Ok(Type::Integer),
        (Some("number"), _) if value["format"].is_string() => Ok(Type::Fraction),
        // Times and durations: whole numbers.
        (Some("number"), _) => Ok(Type::Integer),
        (Some("boolean"), _) => Ok(Type::Flag),
        (Some("any"), _) => Ok(Type::Any),
        _ => Err(format!("not a type: {value}").into()),
    }
}
