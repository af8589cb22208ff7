//! Constructions of guarded types outside the file that may make them.

use std::collections::BTreeSet;

use syn::{FnArg, ImplItem, ReturnType};

use crate::mentions::Mention;
use crate::names::{Kind, text, type_path};
use crate::place::Place;
use crate::problem::Problem;
use crate::proofs::Proof;
use crate::resolve::{Found, Item, Resolver};

/// Checks one guarded type of the crate.
pub(crate) fn check(resolver: &Resolver<'_>, mentions: &[Mention], proof: &Proof) -> Vec<Problem> {
    if proof.name.is_empty() || proof.path.is_empty() {
        return vec![Problem {
            place: format!("ARCHITECTURE.md:{}", proof.line),
            what: "the item does not name a type and its file".to_owned(),
            fix: "write \"`Type` in `path`\", then a dash and prose".to_owned(),
        }];
    }
    let Some(guarded) = Guarded::find(resolver, proof) else {
        return vec![Problem {
            place: format!("ARCHITECTURE.md:{}", proof.line),
            what: format!(
                "`{}` of {} defines no struct or enum `{}`",
                proof.path, proof.crate_name, proof.name
            ),
            fix: "correct the path or the name".to_owned(),
        }];
    };
    let sources = resolver.modules.sources;
    let mut problems = guarded.missing();
    problems.extend(guarded.openings());
    let mut seen = BTreeSet::new();
    for mention in mentions {
        let file = resolver.modules.list[mention.module].file;
        let path = &sources.files[file].path;
        let excepted = mention
            .within
            .functions
            .iter()
            .any(|function| function.fuzzing && proof.except.contains(&function.name));
        if *path == proof.path || excepted || !matches!(mention.place, Place::Value | Place::Literal) {
            continue;
        }
        for rest in guarded.rests(mention) {
            let Some((how, fix)) = guarded.construction(mention, &rest, path) else {
                continue;
            };
            let what = format!(
                "`{}` {how} `{}` outside {}",
                mention.written, proof.name, proof.path
            );
            if seen.insert((file, mention.line, what.clone())) {
                problems.push(Problem {
                    place: sources.place(file, mention.line),
                    what,
                    fix,
                });
            }
        }
    }
    problems
}

/// Tells whether an attribute is a `derive`, in `cfg_attr` as well.
fn is_derive(attribute: &syn::Attribute) -> bool {
    let tokens = attribute.meta.require_list().map(|list| list.tokens.to_string());
    attribute.path().is_ident("derive")
        || (attribute.path().is_ident("cfg_attr") && tokens.is_ok_and(|tokens| tokens.contains("derive")))
}

struct Guarded<'r> {
    resolver: &'r Resolver<'r>,
    proof: &'r Proof,
    item: Item,
    is_enum: bool,
    constructors: BTreeSet<String>,
}

impl<'r> Guarded<'r> {
    fn find(resolver: &'r Resolver<'r>, proof: &'r Proof) -> Option<Self> {
        let modules = &resolver.modules;
        let mut candidates = modules.list.iter().enumerate().filter(|(number, module)| {
            let kind = resolver.names[*number].kind(*number, &proof.name);
            modules.sources.files[module.file].path == proof.path
                && matches!(kind, Some(Kind::Struct | Kind::Enum))
        });
        let (module, _) = candidates.next()?;
        let mut guarded = Self {
            resolver,
            proof,
            item: Item::new(module, &proof.name),
            is_enum: resolver.names[module].kind(module, &proof.name) == Some(&Kind::Enum),
            constructors: BTreeSet::new(),
        };
        guarded.constructors = guarded.find_constructors();
        Some(guarded)
    }

    /// The associated functions of the type that return it without having had one.
    fn find_constructors(&self) -> BTreeSet<String> {
        let mut constructors = BTreeSet::new();
        for (number, module) in self.resolver.modules.list.iter().enumerate() {
            for item in module.items {
                let syn::Item::Impl(item) = item else { continue };
                let own = type_path(&item.self_ty)
                    .is_some_and(|path| !self.leads_here(number, &[], &path).is_empty());
                if !own {
                    continue;
                }
                for item in &item.items {
                    let ImplItem::Fn(function) = item else { continue };
                    let receives = matches!(function.sig.inputs.first(), Some(FnArg::Receiver(_)));
                    if !receives && self.returns_it(&function.sig.output) {
                        constructors.insert(text(&function.sig.ident));
                    }
                }
            }
        }
        constructors
    }

    fn returns_it(&self, output: &ReturnType) -> bool {
        struct Search<'n>(&'n str, bool);
        impl<'ast> syn::visit::Visit<'ast> for Search<'_> {
            fn visit_ident(&mut self, ident: &'ast syn::Ident) {
                self.1 |= ident == "Self" || ident == self.0;
            }
        }
        let mut search = Search(&self.proof.name, false);
        syn::visit::Visit::visit_return_type(&mut search, output);
        search.1
    }

    /// What a path says after the guarded type; nothing if it leads elsewhere.
    fn leads_here(&self, module: usize, globs: &[Vec<String>], path: &[String]) -> Vec<Vec<String>> {
        let mut rests = Vec::new();
        for found in self.resolver.resolve_in(module, globs, path) {
            let Found::Item(item) = found else { continue };
            for item in self.resolver.unalias(item) {
                if (item.module, &item.name) == (self.item.module, &self.item.name) {
                    rests.push(item.rest);
                }
            }
        }
        rests.dedup();
        rests
    }

    fn rests(&self, mention: &Mention) -> Vec<Vec<String>> {
        if mention.path.first().is_some_and(|first| first == "Self") {
            let Some(self_type) = &mention.within.self_type else {
                return Vec::new();
            };
            let path: Vec<String> = self_type.iter().chain(&mention.path[1..]).cloned().collect();
            return self.leads_here(mention.module, &mention.globs, &path);
        }
        self.leads_here(mention.module, &mention.globs, &mention.path)
    }

    /// What a mention does, with the way to mend it.
    fn construction(&self, mention: &Mention, rest: &[String], path: &str) -> Option<(&'static str, String)> {
        let Proof { name, path: own, .. } = self.proof;
        match rest {
            [] if !self.is_enum => Some((
                "constructs",
                format!("construct `{name}` in {own} alone, and hand it on from there"),
            )),
            [variant] if self.resolver.is_variant(&self.item, variant) => Some((
                "constructs",
                format!("construct `{name}` in {own} alone, and hand it on from there"),
            )),
            [function] if mention.place == Place::Value && self.constructors.contains(function) => {
                let allowed = self.proof.made_by.iter().any(|(functions, files)| {
                    functions.contains(function) && files.iter().any(|file| file == path)
                });
                (!allowed).then(|| {
                    let fix = format!(
                        "take a `{name}` as an argument; or let the item of `{name}` under `## Proofs` say \
                         \"made by `{function}` in `{path}`\""
                    );
                    ("makes a", fix)
                })
            }
            _ => None,
        }
    }

    /// Finds what lets others make the type without its constructors: some derives, and public fields alone.
    fn openings(&self) -> Vec<Problem> {
        let module = &self.resolver.modules.list[self.item.module];
        let own = module.items.iter().find(|item| match item {
            syn::Item::Struct(item) => item.ident == self.item.name,
            syn::Item::Enum(item) => item.ident == self.item.name,
            _ => false,
        });
        let (attributes, fields, line) = match own {
            Some(syn::Item::Struct(item)) => {
                (&item.attrs, Some(&item.fields), item.ident.span().start().line)
            }
            Some(syn::Item::Enum(item)) => (&item.attrs, None, item.ident.span().start().line),
            _ => return Vec::new(),
        };
        let mut found = Vec::new();
        for attribute in attributes {
            let tokens = attribute.meta.require_list().map(|list| list.tokens.to_string());
            let tokens = tokens.unwrap_or_default();
            let mut words = tokens.split(|char: char| !char.is_alphanumeric());
            let derived = words.find(|word| ["Default", "Deserialize"].contains(word));
            if let (true, Some(derived)) = (is_derive(attribute), derived) {
                found.push((
                    format!("derives `{derived}`"),
                    "without proof nothing of the type may come to be",
                ));
            }
        }
        let is_public = |field: &syn::Field| matches!(field.vis, syn::Visibility::Public(_));
        if fields.is_some_and(|fields| fields.iter().all(is_public)) {
            found.push((
                "has public fields alone".to_owned(),
                "make one of its fields private",
            ));
        }
        let problem = |(what, fix): (String, &str)| Problem {
            place: self.resolver.modules.sources.place(module.file, line),
            what: format!("`{}` {what}", self.proof.name),
            fix: fix.to_owned(),
        };
        found.into_iter().map(problem).collect()
    }

    /// Compares what the page says with the code: files and constructors that do not exist.
    fn missing(&self) -> Vec<Problem> {
        let files = &self.resolver.modules.sources.files;
        let mut problems = Vec::new();
        for (functions, paths) in &self.proof.made_by {
            let unknown = functions
                .iter()
                .filter(|function| !self.constructors.contains(*function));
            let absent = paths
                .iter()
                .filter(|path| !files.iter().any(|file| file.path == **path));
            for name in unknown.chain(absent) {
                problems.push(Problem {
                    place: format!("ARCHITECTURE.md:{}", self.proof.line),
                    what: format!(
                        "`{name}` is neither a constructor of `{}` nor a file",
                        self.proof.name
                    ),
                    fix: "correct the item, or take it off the list".to_owned(),
                });
            }
        }
        problems
    }
}
