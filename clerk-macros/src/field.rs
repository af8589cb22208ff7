//! Writes an injected parameter as a field of the policy, and gives it its name back in the body.

use proc_macro2::{Group, Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Pat, Type};

use crate::handler;
use crate::injected::Injected;
use crate::runtime::Runtime;
use crate::shape;

/// An injected value as a field of the policy.
pub(crate) struct Field {
    name: Ident,
    pub(crate) injected: Injected,
    /// What the policy owns.
    pub(crate) owned: Type,
    is_borrowed: bool,
    /// Set if the parameter is a `&str`, which is borrowed from an id.
    is_text: bool,
}

impl Field {
    pub(crate) fn new(index: usize, injected: Injected, runtime: &Runtime) -> Self {
        let mut is_text = false;
        let (owned, is_borrowed) = match shape::bare(&injected.ty) {
            Type::Reference(reference) => {
                let owned = shape::bare(&reference.elem);
                let owned = match injected.slot.id_type() {
                    Some(id) if shape::is_named(owned, "str") => {
                        is_text = true;
                        let id = runtime.item(&id.to_string());
                        syn::parse_quote!(#id)
                    }
                    _ => owned.clone(),
                };
                (owned, true)
            }
            owned => (owned.clone(), false),
        };
        Self {
            name: format_ident!("a{}", index, span = Span::mixed_site()),
            injected,
            owned,
            is_borrowed,
            is_text,
        }
    }

    /// The argument of `inject`. A plain name could be that of a constant of the user's, which hygiene does not tell apart.
    pub(crate) fn argument() -> Ident {
        Ident::new("__clerk_auth", Span::mixed_site())
    }

    pub(crate) fn declaration(&self) -> TokenStream {
        let Self { name, owned, .. } = self;
        let cfgs = self.injected.cfgs();
        quote!(#(#cfgs)* #name: #owned)
    }

    pub(crate) fn initialiser(&self, runtime: &Runtime) -> TokenStream {
        let Self { name, owned, .. } = self;
        let cfgs = self.injected.cfgs();
        let argument = Self::argument();
        let slot = runtime.item(&self.injected.slot.runtime_trait().to_string());
        quote!(#(#cfgs)* #name: <#owned as #slot>::from_auth(#argument)?)
    }

    pub(crate) fn pattern(&self) -> TokenStream {
        let Self {
            name,
            injected: Injected { attrs, pat, .. },
            ..
        } = self;
        if self.is_borrowed {
            let cfgs = self.injected.cfgs();
            let lent = self.lent();
            quote!(#(#cfgs)* #name: #lent)
        } else {
            quote!(#(#attrs)* #name: #pat)
        }
    }

    /// Returns the name of the owned value of a borrowed parameter: the parameter's own name where it has one, for
    /// `#[instrument]`. A name that says that it is not used is not used.
    fn lent(&self) -> Ident {
        match self.plain_name() {
            Some(name) if !name.to_string().starts_with('_') => name.clone(),
            _ => format_ident!("__clerk_{}", self.name),
        }
    }

    /// The name of the parameter, if its pattern is no more than that.
    fn plain_name(&self) -> Option<&Ident> {
        match &self.injected.pat {
            Pat::Ident(pat) if pat.by_ref.is_none() && pat.mutability.is_none() && pat.subpat.is_none() => {
                Some(&pat.ident)
            }
            _ => None,
        }
    }

    /// The statement that makes a reference of the owned value.
    ///
    /// `ref` has the span of the macro, and so has the pattern that begins with it: lints do not speak of what it shadows.
    pub(crate) fn borrow(&self, body: &Group) -> Option<TokenStream> {
        let Injected { attrs, pat, ty, .. } = &self.injected;
        let lent = self.lent();
        if !self.is_borrowed {
            return None;
        }
        // An `#[expect]` of the user's is about a pattern of the user's.
        let name = self
            .plain_name()
            .filter(|_| attrs.iter().all(|attr| attr.path().is_ident("cfg")));
        Some(match name {
            // So that the compiler says that it is not used.
            Some(name) if !handler::mentions(body.stream(), &name.to_string()) => return None,
            Some(name) if self.is_text => {
                quote!(#(#attrs)* let ref #name = *::core::ops::Deref::deref(&#lent);)
            }
            Some(name) => quote!(#(#attrs)* let ref #name = #lent;),
            None => quote!(#(#attrs)* let #pat: #ty = &#lent;),
        })
    }
}
