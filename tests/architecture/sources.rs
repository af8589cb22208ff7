//! The files of a crate and the modules that are in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::{Attribute, Expr, ExprLit, Item, ItemMod, Lit, Meta};

/// A source file, with its path from the crate's `src`.
pub(crate) struct SourceFile {
    pub(crate) path: String,
    pub(crate) syntax: syn::File,
}

/// The parsed files of one crate, in the order of their paths.
pub(crate) struct Sources {
    /// The crate's folder in the workspace.
    pub(crate) name: String,
    pub(crate) files: Vec<SourceFile>,
}

impl Sources {
    /// Reads all `.rs` files below `src` of the crate's folder.
    pub(crate) fn read(workspace: &Path, name: &str) -> Self {
        let mut texts = BTreeMap::new();
        let src = workspace.join(name).join("src");
        collect(&src, "", &mut texts);
        Self::parse(name, &texts)
    }

    /// Parses texts by their paths from the crate's `src`.
    pub(crate) fn parse(name: &str, texts: &BTreeMap<String, String>) -> Self {
        let parse = |(path, text): (&String, &String)| SourceFile {
            path: path.clone(),
            syntax: syn::parse_file(text).unwrap_or_else(|error| panic!("{name}/src/{path}: {error}")),
        };
        Self {
            name: name.to_owned(),
            files: texts.iter().map(parse).collect(),
        }
    }

    /// Names a place as compilers do, from the workspace's root.
    pub(crate) fn place(&self, file: usize, line: usize) -> String {
        format!("{}/src/{}:{line}", self.name, self.files[file].path)
    }

    fn file(&self, path: &str) -> Option<usize> {
        self.files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()
    }
}

fn collect(folder: &Path, prefix: &str, texts: &mut BTreeMap<String, String>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = entry.path();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), texts);
        } else if name.ends_with(".rs") {
            texts.insert(format!("{prefix}{name}"), fs::read_to_string(&path).unwrap());
        }
    }
}

/// A module: a file, or part of one in braces.
pub(crate) struct Module<'a> {
    pub(crate) name: String,
    pub(crate) file: usize,
    pub(crate) parent: Option<usize>,
    pub(crate) items: &'a [Item],
    /// Whether `#[macro_use]` lets its macros out.
    pub(crate) macro_use: bool,
}

/// All modules of a crate; the first is the root.
pub(crate) struct Modules<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) list: Vec<Module<'a>>,
    /// The place and name of each `mod` whose file is missing.
    pub(crate) missing: Vec<(String, String)>,
}

impl<'a> Modules<'a> {
    /// Follows the `mod` declarations from `lib.rs` or `main.rs`.
    pub(crate) fn follow(sources: &'a Sources) -> Self {
        let root = ["lib.rs", "main.rs"]
            .into_iter()
            .find_map(|path| sources.file(path))
            .unwrap_or_else(|| panic!("{}: neither lib.rs nor main.rs", sources.name));
        let mut modules = Self {
            sources,
            list: vec![Module {
                name: "crate".to_owned(),
                file: root,
                parent: None,
                items: &sources.files[root].syntax.items,
                macro_use: false,
            }],
            missing: Vec::new(),
        };
        modules.descend(0, "", "");
        modules
    }

    /// Adds the children of a module; `children` is the folder of its files, `folder` that of its own file.
    fn descend(&mut self, parent: usize, children: &str, folder: &str) {
        let items = self.list[parent].items;
        for item in items {
            if let Item::Mod(declaration) = item {
                self.add(parent, declaration, children, folder);
            }
        }
    }

    fn add(&mut self, parent: usize, declaration: &'a ItemMod, children: &str, folder: &str) {
        let name = declaration.ident.to_string();
        let name = name.strip_prefix("r#").unwrap_or(&name).to_owned();
        let path = declaration.attrs.iter().find_map(path_attribute);
        let macro_use = declaration
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("macro_use"));
        if let Some((_, items)) = &declaration.content {
            let children = match path {
                Some(path) => normalized(&format!("{folder}{path}/")),
                None => format!("{children}{name}/"),
            };
            let file = self.list[parent].file;
            let module = self.push(name, file, parent, items, macro_use);
            self.descend(module, &children, &children);
            return;
        }
        let candidates = match path {
            Some(path) => vec![(normalized(&format!("{folder}{path}")), true)],
            None => vec![
                (format!("{children}{name}.rs"), false),
                (format!("{children}{name}/mod.rs"), true),
            ],
        };
        let found = candidates
            .iter()
            .find_map(|(path, owns)| Some((self.sources.file(path)?, path, *owns)));
        let Some((file, path, owns_folder)) = found else {
            let line = declaration.ident.span().start().line;
            let place = self.sources.place(self.list[parent].file, line);
            self.missing.push((place, name));
            return;
        };
        let own_folder = path.rfind('/').map_or("", |end| &path[..=end]).to_owned();
        let children = if owns_folder {
            own_folder.clone()
        } else {
            format!("{own_folder}{name}/")
        };
        let module = self.push(
            name,
            file,
            parent,
            &self.sources.files[file].syntax.items,
            macro_use,
        );
        self.descend(module, &children, &own_folder);
    }

    fn push(
        &mut self,
        name: String,
        file: usize,
        parent: usize,
        items: &'a [Item],
        macro_use: bool,
    ) -> usize {
        self.list.push(Module {
            name,
            file,
            parent: Some(parent),
            items,
            macro_use,
        });
        self.list.len() - 1
    }

    /// The files that no `mod` leads to.
    pub(crate) fn unreached(&self) -> Vec<usize> {
        let reached: BTreeSet<usize> = self.list.iter().map(|module| module.file).collect();
        (0..self.sources.files.len())
            .filter(|file| !reached.contains(file))
            .collect()
    }

    /// Finds the outermost module of a module's file.
    pub(crate) fn of_file(&self, mut module: usize) -> usize {
        while let Some(parent) = self.list[module].parent {
            if self.list[parent].file != self.list[module].file {
                break;
            }
            module = parent;
        }
        module
    }

    /// Tells whether a module is in another, at any depth.
    pub(crate) fn is_below(&self, mut module: usize, ancestor: usize) -> bool {
        while let Some(parent) = self.list[module].parent {
            if parent == ancestor {
                return true;
            }
            module = parent;
        }
        false
    }
}

/// Reads `#[path = ".."]`, in `cfg_attr` as well.
fn path_attribute(attribute: &Attribute) -> Option<String> {
    fn of_meta(meta: &Meta) -> Option<String> {
        match meta {
            Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
                Expr::Lit(ExprLit {
                    lit: Lit::Str(text), ..
                }) => Some(text.value()),
                _ => None,
            },
            Meta::List(list) if list.path.is_ident("cfg_attr") => list
                .parse_args_with(syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated)
                .ok()?
                .iter()
                .skip(1)
                .find_map(of_meta),
            _ => None,
        }
    }
    of_meta(&attribute.meta)
}

fn normalized(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
