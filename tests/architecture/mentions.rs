//! Every path that a crate's sources mention, with the place where it stands.

use std::rc::Rc;

use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, Block, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprPath, ExprStruct, ExprWhile,
    GenericParam, Generics, ImplItem, ImplItemFn, Item, ItemFn, ItemImpl, ItemMacro, ItemMod, ItemUse, Local,
    Macro, Pat, PatIdent, Path, Stmt, TraitItem, TypePath, Visibility,
};

use crate::locals::Locals;
use crate::names::{definition, is_reexport, leaves, text, type_path};
use crate::place::Place;
use crate::sources::Modules;
use crate::tokens;

/// What a path stands in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Within {
    /// What `Self` is.
    pub(crate) self_type: Option<Vec<String>>,
    pub(crate) functions: Vec<Function>,
    /// Whether an item around the functions is under `cfg(fuzzing)`.
    fuzzing: bool,
}

/// A function around a path.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    pub(crate) name: String,
    /// Whether it is compiled for fuzzing only.
    pub(crate) fuzzing: bool,
}

/// A path in the sources.
pub(crate) struct Mention {
    pub(crate) module: usize,
    pub(crate) line: usize,
    pub(crate) place: Place,
    /// The path as the module sees it: names that a block imports are written out.
    pub(crate) path: Vec<String>,
    /// What the blocks around it import everything from, innermost first.
    pub(crate) globs: Vec<Vec<String>>,
    /// The path as it stands there.
    pub(crate) written: String,
    pub(crate) within: Rc<Within>,
}

/// Collects the paths of all modules. Attributes, doc comments and visibilities are left out.
pub(crate) fn of_modules(modules: &Modules<'_>) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (module, content) in modules.list.iter().enumerate() {
        let mut walk = Walk {
            module,
            locals: Locals::default(),
            within: Rc::default(),
            mentions: &mut mentions,
        };
        for item in content.items {
            walk.visit_item(item);
        }
    }
    mentions
}

struct Walk<'m> {
    module: usize,
    locals: Locals,
    within: Rc<Within>,
    mentions: &'m mut Vec<Mention>,
}

impl Walk<'_> {
    fn mention(&mut self, path: Vec<String>, line: usize, place: Place) {
        let written = path.join("::");
        let (path, globs) = match place {
            Place::Use { .. } | Place::Glob => (Some(path), Vec::new()),
            _ => (self.locals.written_out(path), self.locals.globs()),
        };
        if let Some(path) = path {
            self.mentions.push(Mention {
                module: self.module,
                line,
                place,
                path,
                globs,
                written,
                within: Rc::clone(&self.within),
            });
        }
    }

    fn path(&mut self, path: &Path, place: Place) {
        if path.leading_colon.is_none() {
            let segments: Vec<String> = path.segments.iter().map(|segment| text(&segment.ident)).collect();
            if let Some(first) = path.segments.first() {
                self.mention(segments, line(first.ident.span()), place);
            }
        }
        // The generic arguments.
        visit::visit_path(self, path);
    }

    fn scope(&mut self, inside: impl FnOnce(&mut Self)) {
        self.locals.enter();
        inside(self);
        self.locals.leave();
    }

    fn within(&mut self, change: impl FnOnce(&mut Within), inside: impl FnOnce(&mut Self)) {
        let outside = Rc::clone(&self.within);
        change(Rc::make_mut(&mut self.within));
        inside(self);
        self.within = outside;
    }

    fn function(&mut self, name: String, attributes: &[Attribute], inside: impl FnOnce(&mut Self)) {
        let fuzzing = attributes.iter().any(is_fuzzing);
        self.within(
            |within| {
                let fuzzing = fuzzing || within.fuzzing;
                within.functions.push(Function { name, fuzzing });
            },
            inside,
        );
    }

    fn tokens(&mut self, found: Vec<tokens::TokenPath>) {
        for found in found {
            self.mention(found.path, found.line, found.place);
        }
    }
}

/// Tells whether an attribute is `cfg(fuzzing)` or a `cfg(all(..))` with it.
fn is_fuzzing(attribute: &Attribute) -> bool {
    let Ok(list) = attribute.meta.require_list() else {
        return false;
    };
    let tokens = list.tokens.to_string();
    let words: Vec<&str> = tokens.split(|char: char| !char.is_alphanumeric()).collect();
    list.path.is_ident("cfg")
        && words.contains(&"fuzzing")
        && !words.iter().any(|word| matches!(*word, "not" | "any"))
}

fn line(span: Span) -> usize {
    span.start().line
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    // The module is one of the list.
    fn visit_item_mod(&mut self, _: &'ast ItemMod) {}

    fn visit_item(&mut self, item: &'ast Item) {
        self.scope(|walk| visit::visit_item(walk, item));
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        self.scope(|walk| visit::visit_impl_item(walk, item));
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        self.scope(|walk| visit::visit_trait_item(walk, item));
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let reexport = is_reexport(item);
        for leaf in leaves(item) {
            let place = if leaf.name.is_some() {
                Place::Use { reexport }
            } else {
                Place::Glob
            };
            self.mention(leaf.path, leaf.line, place);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        let name = text(&item.sig.ident);
        self.function(name, &item.attrs, |walk| visit::visit_item_fn(walk, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        let name = text(&item.sig.ident);
        self.function(name, &item.attrs, |walk| visit::visit_impl_item_fn(walk, item));
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let self_type = type_path(&item.self_ty);
        let fuzzing = item.attrs.iter().any(is_fuzzing);
        self.within(
            |within| {
                within.self_type = self_type;
                within.fuzzing |= fuzzing;
            },
            |walk| visit::visit_item_impl(walk, item),
        );
    }

    fn visit_generics(&mut self, generics: &'ast Generics) {
        for parameter in &generics.params {
            match parameter {
                GenericParam::Type(parameter) => self.locals.own(text(&parameter.ident)),
                GenericParam::Const(parameter) => self.locals.own(text(&parameter.ident)),
                _ => {}
            }
        }
        visit::visit_generics(self, generics);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.scope(|walk| {
            // Items are in scope before their statement too.
            for statement in &block.stmts {
                match statement {
                    Stmt::Item(Item::Use(item)) => {
                        for leaf in leaves(item) {
                            walk.locals.import(leaf.name, leaf.path);
                        }
                    }
                    Stmt::Item(item) => {
                        if let Some((name, _)) = definition(item) {
                            walk.locals.own(name);
                        }
                    }
                    _ => {}
                }
            }
            visit::visit_block(walk, block);
        });
    }

    fn visit_local(&mut self, local: &'ast Local) {
        // The new names are not yet in scope where they are assigned.
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
            if let Some((_, diverge)) = &init.diverge {
                self.visit_expr(diverge);
            }
        }
        self.visit_pat(&local.pat);
    }

    fn visit_expr_let(&mut self, expr: &'ast ExprLet) {
        self.visit_expr(&expr.expr);
        self.visit_pat(&expr.pat);
    }

    fn visit_expr_if(&mut self, expr: &'ast ExprIf) {
        self.scope(|walk| {
            walk.visit_expr(&expr.cond);
            walk.visit_block(&expr.then_branch);
        });
        if let Some((_, otherwise)) = &expr.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, expr: &'ast ExprWhile) {
        self.scope(|walk| visit::visit_expr_while(walk, expr));
    }

    fn visit_expr_for_loop(&mut self, expr: &'ast ExprForLoop) {
        self.visit_expr(&expr.expr);
        self.scope(|walk| {
            walk.visit_pat(&expr.pat);
            walk.visit_block(&expr.body);
        });
    }

    fn visit_expr_closure(&mut self, expr: &'ast ExprClosure) {
        self.scope(|walk| visit::visit_expr_closure(walk, expr));
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.scope(|walk| visit::visit_arm(walk, arm));
    }

    fn visit_pat(&mut self, pattern: &'ast Pat) {
        match pattern {
            Pat::Path(path) if path.qself.is_none() => self.path(&path.path, Place::Pattern),
            Pat::TupleStruct(tuple) if tuple.qself.is_none() => {
                self.path(&tuple.path, Place::Pattern);
                for element in &tuple.elems {
                    self.visit_pat(element);
                }
            }
            Pat::Struct(braced) if braced.qself.is_none() => {
                self.path(&braced.path, Place::Pattern);
                for field in &braced.fields {
                    self.visit_pat(&field.pat);
                }
            }
            _ => visit::visit_pat(self, pattern),
        }
    }

    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        let name = text(&pattern.ident);
        if name.starts_with(char::is_uppercase) {
            self.mention(vec![name], line(pattern.ident.span()), Place::Pattern);
        } else {
            self.locals.own(name);
        }
        if let Some((_, inner)) = &pattern.subpat {
            self.visit_pat(inner);
        }
    }

    fn visit_expr_path(&mut self, expr: &'ast ExprPath) {
        if let Some(qself) = &expr.qself {
            self.visit_qself(qself);
            if qself.position == 0 {
                visit::visit_path(self, &expr.path);
                return;
            }
        }
        let place = if expr.qself.is_some() {
            Place::Type
        } else {
            Place::Value
        };
        self.path(&expr.path, place);
    }

    fn visit_type_path(&mut self, ty: &'ast TypePath) {
        if let Some(qself) = &ty.qself {
            self.visit_qself(qself);
            if qself.position == 0 {
                visit::visit_path(self, &ty.path);
                return;
            }
        }
        self.path(&ty.path, Place::Type);
    }

    fn visit_expr_struct(&mut self, expr: &'ast ExprStruct) {
        let place = if expr.qself.is_some() {
            Place::Type
        } else {
            Place::Literal
        };
        self.path(&expr.path, place);
        for field in &expr.fields {
            self.visit_expr(&field.expr);
        }
        if let Some(rest) = &expr.rest {
            self.visit_expr(rest);
        }
    }

    // Bounds, implemented traits and what else has no place of its own.
    fn visit_path(&mut self, path: &'ast Path) {
        self.path(path, Place::Type);
    }

    fn visit_macro(&mut self, invocation: &'ast Macro) {
        self.path(&invocation.path, Place::Macro);
        let name = invocation.path.segments.last().map(|last| text(&last.ident));
        self.tokens(tokens::of_macro(
            &name.unwrap_or_default(),
            invocation.tokens.clone(),
        ));
    }

    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        if item.ident.is_some() {
            self.tokens(tokens::of_macro("macro_rules", item.mac.tokens.clone()));
        } else {
            self.visit_macro(&item.mac);
        }
    }
}
