//! Public errors, and whether their `Debug` reads as their `Display`: it is what `main` prints of an error.

use std::collections::BTreeMap;
use std::path::Path;

use syn::visit::Visit;
use syn::{Attribute, Ident, Item, Visibility};

use crate::problem::Problem;
use crate::sources::Sources;

const MACRO: &str = "debug_as_display";

/// The errors of a crate.
#[derive(Default)]
struct Errors {
    /// Each `impl … Error for` or derived `Error`, by the type's name and its place.
    found: Vec<(String, String)>,
    /// The public types.
    public: Vec<String>,
    /// The types whose `Debug` is their `Display`.
    shown: Vec<String>,
}

/// Finds the public errors of a crate that are not given to the macro.
fn check(sources: &Sources) -> (usize, Vec<Problem>) {
    let mut errors = Errors::default();
    for (number, file) in sources.files.iter().enumerate() {
        let mut reader = Reader {
            errors: &mut errors,
            place: |line| sources.place(number, line),
        };
        reader.visit_file(&file.syntax);
    }
    let Errors { found, public, shown } = errors;
    let is_public = |name: &String| public.contains(name);
    let found: Vec<_> = found.into_iter().filter(|(name, _)| is_public(name)).collect();
    let problems = found.iter().filter(|(name, _)| !shown.contains(name));
    let problems = problems.map(|(name, place)| Problem {
        place: place.clone(),
        what: format!("`Debug` of the error `{name}` may not read as its `Display`"),
        fix: format!("derive no `Debug`, and write `{MACRO}!({name});`"),
    });
    (found.len(), problems.collect())
}

struct Reader<'a, P> {
    errors: &'a mut Errors,
    place: P,
}

impl<P: Fn(usize) -> String> Reader<'_, P> {
    fn read_type(&mut self, name: &Ident, attributes: &[Attribute], visibility: &Visibility) {
        if matches!(visibility, Visibility::Public(_)) {
            self.errors.public.push(name.to_string());
        }
        let mut derives_error = false;
        for attribute in attributes.iter().filter(|one| one.path().is_ident("derive")) {
            let read = attribute.parse_nested_meta(|derived| {
                derives_error |= derived
                    .path
                    .segments
                    .last()
                    .is_some_and(|last| last.ident == "Error");
                Ok(())
            });
            read.expect("a list of derives");
        }
        if derives_error {
            self.found(name);
        }
    }

    fn found(&mut self, name: &Ident) {
        let place = (self.place)(name.span().start().line);
        self.errors.found.push((name.to_string(), place));
    }
}

impl<'ast, P: Fn(usize) -> String> Visit<'ast> for Reader<'_, P> {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Enum(item) => self.read_type(&item.ident, &item.attrs, &item.vis),
            Item::Struct(item) => self.read_type(&item.ident, &item.attrs, &item.vis),
            Item::Impl(item) => {
                let of_trait = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
                if let (Some(name), syn::Type::Path(path)) = (of_trait, &*item.self_ty)
                    && name.ident == "Error"
                    && let Some(name) = path.path.segments.last()
                {
                    self.found(&name.ident);
                }
            }
            Item::Macro(item) if item.mac.path.is_ident(MACRO) => {
                let tokens = item.mac.tokens.to_string();
                self.errors
                    .shown
                    .extend(tokens.split_whitespace().next().map(str::to_owned));
            }
            _ => {}
        }
        syn::visit::visit_item(self, item);
    }
}

#[test]
fn every_public_error_reads_in_debug_as_in_display() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut count = 0;
    let mut problems = Vec::new();
    for name in ["clerk-runtime", "clerk-client", "clerk-testing", "clerk-macros"] {
        let (found, unshown) = check(&Sources::read(root, name));
        count += found;
        problems.extend(unshown.iter().map(ToString::to_string));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(count >= 19, "only {count} errors were found");
}

#[test]
fn a_planted_error_is_found() {
    let text = "#[derive(Debug, thiserror::Error)] #[error(\"a\")] pub struct A;
        #[derive(Debug, Error)] #[error(\"b\")] pub enum B {}
        #[derive(Debug)] pub struct C<'a>(&'a str);
        impl std::error::Error for C<'_> {}
        #[derive(thiserror::Error)] #[error(\"d\")] pub struct D<'a>(&'a str);
        debug_as_display!(D<'_>);
        #[derive(Debug, thiserror::Error)] #[error(\"e\")] pub(crate) struct E;
        #[derive(Debug)] pub struct Error2;";
    let texts = BTreeMap::from([("lib.rs".to_owned(), text.to_owned())]);
    let (found, problems) = check(&Sources::parse("planted", &texts));
    let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(found, 4);
    assert_eq!(
        places,
        [
            "planted/src/lib.rs:1",
            "planted/src/lib.rs:2",
            "planted/src/lib.rs:4"
        ]
    );
}
