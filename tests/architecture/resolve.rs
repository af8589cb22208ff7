//! From a path to the module whose file defines the item.

use crate::names::{Binding, Kind, Names, of_modules};
use crate::sources::Modules;

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Module(usize),
    Item(Item),
    /// Another crate, or a name that every module has.
    Elsewhere,
}

/// An item, by the module that defines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) module: usize,
    pub(crate) name: String,
    /// What the path says after the item: a variant, an associated function.
    pub(crate) rest: Vec<String>,
}

/// How a name is looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lookup {
    /// As the first of a path, where the other crates and the prelude are in scope too.
    First,
    /// After `::`. A name without definition is then made by a macro of that module.
    Member,
    /// For a glob, which only has what is known to be there.
    Glob,
}

/// The modules of a crate and their names.
pub(crate) struct Resolver<'a> {
    pub(crate) modules: &'a Modules<'a>,
    pub(crate) names: Vec<Names>,
}

/// The `use` declarations on the way, each by its module and path.
type Way = Vec<(usize, Vec<String>)>;

impl<'a> Resolver<'a> {
    pub(crate) fn new(modules: &'a Modules<'a>) -> Self {
        let names = of_modules(modules);
        Self { modules, names }
    }

    /// Follows a path from a module through re-exports, renames and globs. Several results are those of several `cfg`s, or of
    /// one name in several namespaces.
    pub(crate) fn resolve(&self, module: usize, path: &[String]) -> Vec<Found> {
        self.path(module, path, &mut Vec::new())
    }

    /// Follows a path that may start with a name from one of the globs of the blocks around it.
    pub(crate) fn resolve_in(&self, module: usize, globs: &[Vec<String>], path: &[String]) -> Vec<Found> {
        if let [first, rest @ ..] = path {
            for glob in globs {
                let way = &mut Vec::new();
                let found = self.of_glob(module, glob, first, way);
                if !found.is_empty() {
                    return found
                        .into_iter()
                        .flat_map(|found| self.proceed(found, rest, way))
                        .collect();
                }
            }
        }
        self.resolve(module, path)
    }

    /// Follows the path of a macro, whose name may also be known by the order of the text.
    pub(crate) fn resolve_macro(&self, module: usize, path: &[String]) -> Vec<Found> {
        let found = self.resolve(module, path);
        let [name] = path else { return found };
        if found.iter().any(|found| matches!(found, Found::Item(_))) {
            return found;
        }
        let mut scope = Some(module);
        while let Some(module) = scope {
            let children = (0..self.modules.list.len()).filter(|child| {
                let child = &self.modules.list[*child];
                child.parent == Some(module) && child.macro_use
            });
            for definer in std::iter::once(module).chain(children) {
                if self.names[definer].kind(definer, name) == Some(&Kind::Macro) {
                    return vec![Found::Item(Item::new(definer, name))];
                }
            }
            scope = self.modules.list[module].parent;
        }
        found
    }

    /// Follows type aliases to the type.
    pub(crate) fn unalias(&self, item: Item) -> Vec<Item> {
        let mut done: Vec<Item> = Vec::new();
        let mut open = vec![item];
        let mut steps = 0;
        while let Some(item) = open.pop() {
            steps += 1;
            let Some(Kind::Alias(Some(path))) = self.names[item.module].kind(item.module, &item.name) else {
                done.push(item);
                continue;
            };
            if steps > 32 {
                break;
            }
            for found in self.resolve(item.module, path) {
                if let Found::Item(mut target) = found {
                    target.rest.extend(item.rest.iter().cloned());
                    open.push(target);
                }
            }
        }
        done
    }

    fn path(&self, module: usize, path: &[String], way: &mut Way) -> Vec<Found> {
        let mut start = module;
        let mut led = false;
        let mut rest = path;
        while let [first, others @ ..] = rest {
            match first.as_str() {
                "crate" if !led => start = 0,
                "self" if !led => {}
                "super" => match self.modules.list[start].parent {
                    Some(parent) => start = parent,
                    None => return vec![Found::Elsewhere],
                },
                _ => break,
            }
            led = true;
            rest = others;
        }
        if led {
            return self.proceed(Found::Module(start), rest, way);
        }
        let [first, others @ ..] = rest else {
            return vec![Found::Elsewhere];
        };
        let found = self.name(start, first, Lookup::First, way);
        let mut all = Vec::new();
        for found in found {
            all.extend(self.proceed(found, others, way));
        }
        if all.is_empty() {
            vec![Found::Elsewhere]
        } else {
            all
        }
    }

    fn proceed(&self, found: Found, rest: &[String], way: &mut Way) -> Vec<Found> {
        let [next, others @ ..] = rest else {
            return vec![found];
        };
        match found {
            Found::Elsewhere => vec![Found::Elsewhere],
            Found::Item(mut item) => {
                // A function of the module's name has nothing after `::`.
                if let Some(Kind::Value | Kind::Macro) = self.names[item.module].kind(item.module, &item.name)
                {
                    return Vec::new();
                }
                item.rest.extend(rest.iter().cloned());
                vec![Found::Item(item)]
            }
            Found::Module(module) => {
                let members = self.name(module, next, Lookup::Member, way);
                members
                    .into_iter()
                    .flat_map(|found| self.proceed(found, others, way))
                    .collect()
            }
        }
    }

    fn name(&self, module: usize, name: &str, lookup: Lookup, way: &mut Way) -> Vec<Found> {
        let names = &self.names[module];
        let mut all = Vec::new();
        for binding in names.bindings.get(name).into_iter().flatten() {
            match binding {
                Binding::Module(module) => all.push(Found::Module(*module)),
                Binding::Item(module, _) => all.push(Found::Item(Item::new(*module, name))),
                Binding::Use(path) => {
                    let found = self.step(module, path, way);
                    all.extend(found);
                }
            }
        }
        all.dedup();
        // A name that is also a crate's stands for the crate only if it is nothing here.
        if all.iter().any(|found| *found != Found::Elsewhere) {
            all.retain(|found| *found != Found::Elsewhere);
        }
        if !all.is_empty() {
            return all;
        }
        for glob in &names.globs {
            all.extend(self.of_glob(module, glob, name, way));
        }
        if all.is_empty() && lookup == Lookup::Member {
            all.push(Found::Item(Item::new(module, name)));
        }
        all
    }

    /// Looks for a name in what stands before `::*`.
    fn of_glob(&self, module: usize, glob: &[String], name: &str, way: &mut Way) -> Vec<Found> {
        let mut all = Vec::new();
        for found in self.step(module, glob, way) {
            match found {
                Found::Module(origin) => {
                    let key = (origin, vec!["*".to_owned(), name.to_owned()]);
                    if way.contains(&key) {
                        continue;
                    }
                    way.push(key);
                    all.extend(self.name(origin, name, Lookup::Glob, way));
                    way.pop();
                }
                Found::Item(mut item) => {
                    if self.is_variant(&item, name) {
                        item.rest.push(name.to_owned());
                        all.push(Found::Item(item));
                    }
                }
                Found::Elsewhere => {}
            }
        }
        all
    }

    /// Tells whether an item is an enum with a variant of this name.
    pub(crate) fn is_variant(&self, item: &Item, name: &str) -> bool {
        let variants = self.names[item.module].variants.get(&item.name);
        variants.is_some_and(|variants| variants.iter().any(|variant| variant == name))
    }

    /// Follows the path of a `use`, unless that is already being done.
    fn step(&self, module: usize, path: &[String], way: &mut Way) -> Vec<Found> {
        let key = (module, path.to_vec());
        if way.contains(&key) {
            return Vec::new();
        }
        way.push(key);
        let found = self.path(module, path, way);
        way.pop();
        found
    }
}

impl Item {
    pub(crate) fn new(module: usize, name: &str) -> Self {
        Self {
            module,
            name: name.to_owned(),
            rest: Vec::new(),
        }
    }
}
