//! The types that prove something: which file may make them, as the page lists it.

use crate::page::{before_dash, quoted, section};

/// A type that only its own file constructs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proof {
    /// The crate's folder in the workspace.
    pub(crate) crate_name: String,
    pub(crate) line: usize,
    pub(crate) name: String,
    /// The file that defines and constructs it.
    pub(crate) path: String,
    /// Constructors and the files that may call them.
    pub(crate) made_by: Vec<(Vec<String>, Vec<String>)>,
    /// Functions under `cfg(fuzzing)` that may do anything.
    pub(crate) except: Vec<String>,
}

/// Reads the section `## Proofs`. Items before the first heading are about `first`.
///
/// An item is `` `Type` in `path` ``, then `` , made by `new` in `path` `` as often as needed, then
/// `` (except `function` under `cfg(fuzzing)`) ``, then a dash and prose.
pub(crate) fn read(page: &str, first: &str) -> Vec<Proof> {
    let parts = section(page, "Proofs").unwrap_or_default();
    let mut proofs = Vec::new();
    for part in &parts {
        let crate_name = if part.heading.is_empty() {
            first
        } else {
            &part.heading
        };
        for item in &part.items {
            let (text, _) = before_dash(&item.text);
            let (text, exception) = text.split_once("(except ").unwrap_or((text, ""));
            let mut clauses = text.split("made by ");
            let own = quoted(clauses.next().unwrap_or_default());
            let own = |position: usize| own.get(position).copied().unwrap_or_default().to_owned();
            let made_by = clauses.map(|clause| {
                let (functions, files) = clause.split_once(" in ").unwrap_or((clause, ""));
                let owned = |text: &str| quoted(text).into_iter().map(str::to_owned).collect();
                (owned(functions), owned(files))
            });
            proofs.push(Proof {
                crate_name: crate_name.to_owned(),
                line: item.line,
                name: own(0),
                path: own(1),
                made_by: made_by.collect(),
                except: quoted(exception)
                    .into_iter()
                    .filter(|name| !name.starts_with("cfg"))
                    .map(str::to_owned)
                    .collect(),
            });
        }
    }
    proofs
}
