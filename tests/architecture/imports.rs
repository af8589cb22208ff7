//! Which file imports what from which.

use crate::mentions::Mention;
use crate::place::Place;
use crate::resolve::{Found, Resolver};

/// One item that a file imports from the file that defines it, where it does so first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Import {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) line: usize,
    /// The path as it stands there.
    pub(crate) written: String,
    /// The name by which the other file defines it.
    pub(crate) item: String,
}

/// Resolves all mentions of other files' items. What a file re-exports from files below it is no import of its own.
pub(crate) fn of_mentions(resolver: &Resolver<'_>, mentions: &[Mention]) -> Vec<Import> {
    let modules = resolver.modules;
    let mut imports = Vec::new();
    for mention in mentions {
        let from = modules.list[mention.module].file;
        let found = match mention.place {
            Place::Macro => resolver.resolve_macro(mention.module, &mention.path),
            _ => resolver.resolve_in(mention.module, &mention.globs, &mention.path),
        };
        for found in found {
            let Found::Item(item) = found else { continue };
            let to = modules.list[item.module].file;
            let facade = modules.of_file(mention.module);
            let reexported =
                mention.place == Place::Use { reexport: true } && modules.is_below(item.module, facade);
            if from != to && !reexported {
                imports.push(Import {
                    from,
                    to,
                    line: mention.line,
                    written: mention.written.clone(),
                    item: item.name,
                });
            }
        }
    }
    // The first of each item remains.
    imports.sort_by(|a, b| (a.from, a.to, &a.item, a.line).cmp(&(b.from, b.to, &b.item, b.line)));
    imports.dedup_by(|a, b| (a.from, a.to, &a.item) == (b.from, b.to, &b.item));
    imports.sort_by_key(|import| (import.from, import.line, import.to));
    imports
}
