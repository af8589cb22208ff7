//! What each module calls by which name.

use std::collections::BTreeMap;

use syn::{Ident, Item, ItemUse, Type, UseTree, Visibility};

use crate::sources::Modules;

/// What sort of item a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Struct,
    Enum,
    /// Another name for the type at this path.
    Alias(Option<Vec<String>>),
    /// A trait or union.
    Type,
    /// A function, constant or static.
    Value,
    Macro,
}

/// What a name in a module stands for.
#[derive(Clone, Debug)]
pub(crate) enum Binding {
    Module(usize),
    /// An item and the module that defines it.
    Item(usize, Kind),
    /// What a `use` takes the name from.
    Use(Vec<String>),
}

/// The names of one module.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) bindings: BTreeMap<String, Vec<Binding>>,
    /// The paths before `::*`.
    pub(crate) globs: Vec<Vec<String>>,
    /// The variants of each enum.
    pub(crate) variants: BTreeMap<String, Vec<String>>,
}

/// One path of a `use`.
pub(crate) struct Leaf {
    pub(crate) path: Vec<String>,
    /// What the path is called from then on; nothing for `*`.
    pub(crate) name: Option<String>,
    pub(crate) line: usize,
}

/// Takes the braces of a `use` apart. Paths with a leading `::` lead to other crates and are left out.
pub(crate) fn leaves(item: &ItemUse) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    if item.leading_colon.is_none() {
        flatten(&item.tree, &mut Vec::new(), &mut leaves);
    }
    leaves
}

/// Tells whether a `use` offers its names to other modules.
pub(crate) fn is_reexport(item: &ItemUse) -> bool {
    !matches!(item.vis, Visibility::Inherited)
}

fn flatten(tree: &UseTree, prefix: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
    let mut leaf = |ident: &Ident, name: &Ident| {
        let mut path = prefix.clone();
        if ident != "self" || path.is_empty() {
            path.push(text(ident));
        }
        let name = if name == "self" {
            path.last().cloned()
        } else {
            Some(text(name))
        };
        let line = ident.span().start().line;
        leaves.push(Leaf { path, name, line });
    };
    match tree {
        UseTree::Name(tree) => leaf(&tree.ident, &tree.ident),
        UseTree::Rename(tree) => leaf(&tree.ident, &tree.rename),
        UseTree::Glob(tree) => leaves.push(Leaf {
            path: prefix.clone(),
            name: None,
            line: tree.star_token.span.start().line,
        }),
        UseTree::Path(tree) => {
            prefix.push(text(&tree.ident));
            flatten(&tree.tree, prefix, leaves);
            prefix.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                flatten(tree, prefix, leaves);
            }
        }
    }
}

/// An identifier without `r#`.
pub(crate) fn text(ident: &Ident) -> String {
    let text = ident.to_string();
    match text.strip_prefix("r#") {
        Some(plain) => plain.to_owned(),
        None => text,
    }
}

/// The names of all modules, in the order of the modules.
pub(crate) fn of_modules(modules: &Modules<'_>) -> Vec<Names> {
    let mut all: Vec<Names> = modules.list.iter().map(|_| Names::default()).collect();
    for (number, module) in modules.list.iter().enumerate() {
        if let Some(parent) = module.parent {
            all[parent].bind(module.name.clone(), Binding::Module(number));
        }
        for item in module.items {
            if let Some((name, kind)) = definition(item) {
                let exported = matches!(item, Item::Macro(item) if
                    item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export")));
                let binding = Binding::Item(number, kind);
                if exported && number != 0 {
                    all[0].bind(name.clone(), binding.clone());
                }
                all[number].bind(name, binding);
            }
            match item {
                Item::Use(item) => {
                    for leaf in leaves(item) {
                        match leaf.name {
                            Some(name) => all[number].bind(name, Binding::Use(leaf.path)),
                            None => all[number].globs.push(leaf.path),
                        }
                    }
                }
                Item::Enum(item) => {
                    let variants = item.variants.iter().map(|variant| text(&variant.ident)).collect();
                    all[number].variants.insert(text(&item.ident), variants);
                }
                Item::ExternCrate(item) if item.ident == "self" => {
                    if let Some((_, name)) = &item.rename {
                        all[number].bind(text(name), Binding::Module(0));
                    }
                }
                _ => {}
            }
        }
    }
    all
}

impl Names {
    fn bind(&mut self, name: String, binding: Binding) {
        self.bindings.entry(name).or_default().push(binding);
    }

    /// Tells of what sort the item is that the module itself defines by this name.
    pub(crate) fn kind(&self, module: usize, name: &str) -> Option<&Kind> {
        self.bindings.get(name)?.iter().find_map(|binding| match binding {
            Binding::Item(definer, kind) if *definer == module => Some(kind),
            _ => None,
        })
    }
}

/// The name and sort of what an item defines.
pub(crate) fn definition(item: &Item) -> Option<(String, Kind)> {
    let (ident, kind) = match item {
        Item::Struct(item) => (&item.ident, Kind::Struct),
        Item::Enum(item) => (&item.ident, Kind::Enum),
        Item::Union(item) => (&item.ident, Kind::Type),
        Item::Trait(item) => (&item.ident, Kind::Type),
        Item::TraitAlias(item) => (&item.ident, Kind::Type),
        Item::Type(item) => (&item.ident, Kind::Alias(type_path(&item.ty))),
        Item::Fn(item) => (&item.sig.ident, Kind::Value),
        Item::Const(item) => (&item.ident, Kind::Value),
        Item::Static(item) => (&item.ident, Kind::Value),
        Item::Macro(item) => (item.ident.as_ref()?, Kind::Macro),
        _ => return None,
    };
    Some((text(ident), kind))
}

/// The segments of a type that is a plain path.
pub(crate) fn type_path(ty: &Type) -> Option<Vec<String>> {
    match ty {
        Type::Path(path) if path.qself.is_none() && path.path.leading_colon.is_none() => Some(
            path.path
                .segments
                .iter()
                .map(|segment| text(&segment.ident))
                .collect(),
        ),
        Type::Paren(inner) => type_path(&inner.elem),
        Type::Group(inner) => type_path(&inner.elem),
        _ => None,
    }
}
