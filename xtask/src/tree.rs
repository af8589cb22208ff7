//! Which files there are, and the tables of contents of their folders.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::PathBuf;

use crate::calls::{self, Offered};
use crate::models;
use crate::names::{pascal, snake};
use crate::plan::{File, Plan, SHARED_FOLDER};
use crate::rules;
use crate::source::HEADER;

/// The texts of files by their paths.
pub(crate) type Files = BTreeMap<PathBuf, String>;

/// What a module gives away, and when it is compiled.
struct Module {
    names: Vec<String>,
    features: BTreeSet<&'static str>,
}

pub(crate) fn resources(plan: &Plan<'_>) -> Result<Files, Box<dyn Error>> {
    let mut files = Files::new();
    let mut folders: BTreeMap<String, BTreeMap<String, Module>> = BTreeMap::new();
    let mut add = |file: &File, names: Vec<String>, features: BTreeSet<&'static str>, text: String| {
        let path = PathBuf::from(&file.folder).join(format!("{}.rs", file.module));
        if files.insert(path, text).is_some() {
            return Err(format!("two files {file:?}"));
        }
        let folder = folders.entry(file.folder.clone()).or_default();
        folder.insert(file.module.clone(), Module { names, features });
        Ok(())
    };
    for (name, file) in &plan.files {
        let text = if let Some(model) = plan.models.get(name) {
            models::model(plan, model)?
        } else if let Some(schema) = plan.params.get(name) {
            calls::params(plan, name, schema)?
        } else if let Some(values) = plan.enums.get(name) {
            models::enumeration(name, values)
        } else {
            // An alias, or what is read by hand.
            continue;
        };
        let features = plan.features.get(file).cloned().unwrap_or_default();
        if features.is_empty() {
            return Err(format!("{name} is used by nothing").into());
        }
        add(file, vec![name.clone()], features, text)?;
    }
    for (namespace, offered) in namespaces(plan)? {
        let feature = rules::feature_of(&namespace).ok_or("a namespace without feature")?;
        let features = BTreeSet::from([feature]);
        let file = |module: &str| File {
            folder: namespace.clone(),
            module: module.to_owned(),
        };
        let text = calls::namespace(plan, &namespace, &offered);
        add(&file("methods"), vec![pascal(&namespace)], features.clone(), text)?;
        for call in &offered {
            if let Some(text) = call.file() {
                let mut names = Vec::new();
                if !call.optional().is_empty() {
                    names.push(call.name());
                }
                if !call.in_structure().is_empty() {
                    names.push(format!("{}Params", call.name()));
                }
                add(&file(&snake(&call.name())), names, features.clone(), text)?;
            }
        }
    }
    refuse_doubles(&folders)?;
    for (folder, modules) in &folders {
        files.insert(PathBuf::from(folder).join("mod.rs"), contents(folder, modules));
    }
    files.insert(PathBuf::from("mod.rs"), root(&folders));
    Ok(files)
}

/// All calls by their namespaces, in the order of the table.
pub(crate) fn namespaces<'a>(plan: &Plan<'a>) -> Result<BTreeMap<String, Vec<Offered<'a>>>, Box<dyn Error>> {
    let mut namespaces: BTreeMap<String, Vec<Offered<'a>>> = BTreeMap::new();
    for operation in &plan.table.operations {
        let offered = Offered::new(plan, operation)?;
        let calls = namespaces.entry(snake(&operation.namespace)).or_default();
        if calls.iter().any(|known| known.method() == offered.method()) {
            return Err(format!("{}: two methods of one name", operation.id).into());
        }
        calls.push(offered);
    }
    Ok(namespaces)
}

fn refuse_doubles(folders: &BTreeMap<String, BTreeMap<String, Module>>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for name in folders
        .values()
        .flat_map(BTreeMap::values)
        .flat_map(|module| &module.names)
    {
        if !seen.insert(name) {
            return Err(format!("two types are called {name}"));
        }
    }
    Ok(())
}

fn condition(features: &BTreeSet<&str>) -> String {
    let each: Vec<String> = features
        .iter()
        .map(|feature| format!("feature = {feature:?}"))
        .collect();
    match &each[..] {
        [one] => format!("#[cfg({one})]"),
        many => format!("#[cfg(any({}))]", many.join(", ")),
    }
}

fn contents(folder: &str, modules: &BTreeMap<String, Module>) -> String {
    let about = if folder == SHARED_FOLDER {
        "What is part of many resources"
    } else {
        rules::about(folder)
    };
    let mut text = format!("//! {about}.\n{HEADER}\n");
    for (name, module) in modules {
        text += &format!("{}\nmod {name};\n", condition(&module.features));
    }
    text.push('\n');
    for (name, module) in modules {
        text += &format!(
            "{}\npub use {name}::{{{}}};\n",
            condition(&module.features),
            module.names.join(", ")
        );
    }
    text
}

fn root(folders: &BTreeMap<String, BTreeMap<String, Module>>) -> String {
    let mut text = format!(
        "//! The resources of the Backend API, as Clerk's JavaScript has them, over the one way out.\n{HEADER}\n"
    );
    let features = |modules: &BTreeMap<String, Module>| -> BTreeSet<&str> {
        modules
            .values()
            .flat_map(|module| module.features.iter().copied())
            .collect()
    };
    for (folder, modules) in folders {
        text += &format!("{}\npub mod {folder};\n", condition(&features(modules)));
    }
    text.push('\n');
    for (folder, modules) in folders {
        text += &format!("{}\npub use {folder}::*;\n", condition(&features(modules)));
    }
    text += "\n#[cfg(feature = \"sessions\")]\npub use crate::by_hand::*;\n";
    text
}
