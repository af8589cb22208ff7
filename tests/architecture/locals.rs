//! The names that blocks, functions and generics bind, which hide those of the module.

use std::collections::BTreeMap;

/// What a local name stands for.
enum Local {
    /// A variable, a parameter or an item of the block itself.
    Own,
    /// What a `use` in a block takes the name from.
    Use(Vec<String>),
}

#[derive(Default)]
struct Scope {
    names: BTreeMap<String, Local>,
    /// The paths before `::*`.
    globs: Vec<Vec<String>>,
}

/// The scopes around a place, innermost last.
#[derive(Default)]
pub(crate) struct Locals {
    scopes: Vec<Scope>,
}

impl Locals {
    pub(crate) fn enter(&mut self) {
        self.scopes.push(Scope::default());
    }

    pub(crate) fn leave(&mut self) {
        self.scopes.pop();
    }

    /// Binds a variable, a parameter or an item of the block.
    pub(crate) fn own(&mut self, name: String) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.names.insert(name, Local::Own);
        }
    }

    /// Imports a path under a name; without a name, everything in it.
    pub(crate) fn import(&mut self, name: Option<String>, path: Vec<String>) {
        let Some(scope) = self.scopes.last_mut() else {
            return;
        };
        match name {
            Some(name) => {
                scope.names.insert(name, Local::Use(path));
            }
            None => scope.globs.push(path),
        }
    }

    /// Writes a path as the module would have to; nothing if it starts with a variable or an item of the block.
    pub(crate) fn written_out(&self, path: Vec<String>) -> Option<Vec<String>> {
        let first = path.first()?;
        match self.scopes.iter().rev().find_map(|scope| scope.names.get(first)) {
            None => Some(path),
            Some(Local::Own) => None,
            Some(Local::Use(start)) => Some(start.iter().chain(&path[1..]).cloned().collect()),
        }
    }

    /// What the scopes import everything from, innermost first.
    pub(crate) fn globs(&self) -> Vec<Vec<String>> {
        let scopes = self.scopes.iter().rev();
        scopes.flat_map(|scope| scope.globs.iter().cloned()).collect()
    }
}
