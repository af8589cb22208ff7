//! From the model to tokens.

use proc_macro2::{Group, Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{FnArg, Pat, Path, Token, Type};

use crate::args::Args;
use crate::check;
use crate::combination;
use crate::handler::{self, Handler};
use crate::injected::{self, Injected};
use crate::parameter::{self, Parameter};
use crate::report::Report;
use crate::shape;

/// Expands `#[protected(args)] item`. With a mistake it writes everything else all the same, so that code that uses the
/// handler has no errors of its own.
pub(crate) fn protected(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let args = Args::parse(args, &mut report);
    let handler = match syn::parse2::<Handler>(item.clone()) {
        Ok(handler) if check::is_free(&handler, &mut report) => Ok(handler),
        Ok(_) => Err(()),
        Err(error) => {
            report.add(error);
            Err(())
        }
    };
    let expansion = match handler {
        Ok(handler) => expand(handler, &args, &mut report),
        Err(()) => item,
    };
    let errors = report.into_tokens();
    quote!(#errors #expansion)
}

fn expand(mut handler: Handler, args: &Args, report: &mut Report) -> TokenStream {
    let runtime = &Runtime::new(args.runtime.as_ref());
    check::signature(&mut handler, report);
    let parameters = parameter::classify(&handler.sig.inputs, &handler.sig.generics, report);
    check::count(&parameters, report);
    combination::check(args, &parameters, report);

    let name = handler.sig.ident.unraw();
    let policy = format_ident!("{}{}", check::POLICY, name, span = Span::call_site());
    let mut fields = Vec::new();
    let mut statements = TokenStream::new();
    let mut inputs = Punctuated::<FnArg, Token![,]>::new();
    for (index, parameter) in parameters.into_iter().enumerate() {
        match parameter {
            Parameter::Extracted(parameter) => inputs.push(FnArg::Typed(parameter)),
            // No variable may have such a type.
            Parameter::Broken(parameter) if shape::has_impl(&parameter.ty) => {
                inputs.push(FnArg::Typed(parameter))
            }
            Parameter::Injected(injected) => {
                let field = Field::new(index, *injected, runtime);
                statements.extend(field.borrow());
                fields.push(field);
            }
            Parameter::Broken(parameter) => {
                let cfgs = injected::conditions(&parameter.attrs);
                let (pat, ty) = (&parameter.pat, &parameter.ty);
                // The program does not compile anyway; this only gives the name a type.
                statements.extend(quote! {
                    #(#cfgs)* let #pat: #ty = ::core::option::Option::unwrap(::core::option::Option::None);
                });
            }
        }
    }
    let guard = guard_parameter(&policy, &fields, runtime);
    inputs.insert(0, guard);
    let declaration = declare(&handler, args, &policy, &fields, runtime);

    let Handler {
        attrs,
        vis,
        mut sig,
        body,
    } = handler;
    sig.inputs = inputs;
    let body: Group = handler::prepend(&body, &statements);
    quote! {
        #declaration
        #(#attrs)*
        #vis #sig #body
    }
}

/// The struct that holds the injected values, and how it takes them.
///
/// No `allow` is needed, as the lints that could mind skip code whose span is that of a procedural macro; one would not
/// compile where the lint is forbidden.
fn declare(
    handler: &Handler,
    args: &Args,
    policy: &Ident,
    fields: &[Field],
    runtime: &Runtime,
) -> TokenStream {
    let vis = &handler.vis;
    let [trait_, auth, rejection] = ["Policy", "Auth", "Rejection"].map(|name| runtime.item(name));
    let declarations = fields.iter().map(Field::declaration);
    let initialisers = fields.iter().map(|field| field.initialiser(runtime));
    let argument = Field::argument();
    let demands = demands(args, runtime);
    quote! {
        #[doc(hidden)]
        #vis struct #policy { #(#declarations,)* }

        impl #trait_ for #policy {
            #demands

            fn inject(#argument: &#auth) -> ::core::result::Result<Self, #rejection> {
                ::core::result::Result::Ok(Self { #(#initialisers,)* })
            }
        }
    }
}

/// What the attribute asks for, as the constants of the policy. What it does not say is the policy's default.
fn demands(args: &Args, runtime: &Runtime) -> TokenStream {
    let [accepts, token_type, when] =
        ["AcceptsToken", "TokenType", "WhenSignedOut"].map(|name| runtime.item(name));
    let token = args.token.as_ref().map(|token| {
        let value = token.expression(&accepts, &token_type);
        quote!(const ACCEPTS: #accepts = #value;)
    });
    let requirement = runtime.item("Requirement");
    let scopes = args.scopes.iter().map(|scope| &scope.0);
    let scopes = (!args.scopes.is_empty()).then(|| {
        quote! {
            const REQUIREMENT: ::core::option::Option<&'static #requirement<'static>> =
                ::core::option::Option::Some(&#requirement::All(&[#(#requirement::scope(#scopes)),*]));
        }
    });
    let redirect = args
        .redirect_to_sign_in
        .as_ref()
        .map(|_| quote!(const WHEN_SIGNED_OUT: #when = #when::RedirectToSignIn;));
    quote!(#token #scopes #redirect)
}

/// `Guard { value: Policy { a0: user_id }, .. }: Guard<Policy>`.
///
/// The values are taken apart here and not in the body, so that attributes such as `#[instrument]` can name them.
fn guard_parameter(policy: &Ident, fields: &[Field], runtime: &Runtime) -> FnArg {
    let guard = runtime.item("Guard");
    let patterns = fields.iter().map(Field::pattern);
    syn::parse_quote!(#guard { value: #policy { #(#patterns,)* }, .. }: #guard<#policy>)
}

/// An injected value as a field of the policy.
struct Field {
    name: Ident,
    injected: Injected,
    /// What the policy owns.
    owned: Type,
    is_borrowed: bool,
}

impl Field {
    fn new(index: usize, injected: Injected, runtime: &Runtime) -> Self {
        let (owned, is_borrowed) = match shape::bare(&injected.ty) {
            Type::Reference(reference) => {
                let owned = shape::bare(&reference.elem);
                let owned = match injected.slot.id_type() {
                    Some(id) if shape::is_named(owned, "str") => {
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
        }
    }

    /// The argument of `inject`. A plain name could be that of a constant of the user's, which hygiene does not tell apart.
    fn argument() -> Ident {
        Ident::new("__clerk_auth", Span::mixed_site())
    }

    fn declaration(&self) -> TokenStream {
        let Self { name, owned, .. } = self;
        let cfgs = self.injected.cfgs();
        quote!(#(#cfgs)* #name: #owned)
    }

    fn initialiser(&self, runtime: &Runtime) -> TokenStream {
        let Self { name, owned, .. } = self;
        let cfgs = self.injected.cfgs();
        let argument = Self::argument();
        let slot = runtime.item(&self.injected.slot.runtime_trait().to_string());
        quote!(#(#cfgs)* #name: <#owned as #slot>::from_auth(#argument)?)
    }

    fn pattern(&self) -> TokenStream {
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

    /// What the owned value of a borrowed parameter is called: its own name where it has one, for `#[instrument]`.
    fn lent(&self) -> Ident {
        match &self.injected.pat {
            Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => pat.ident.clone(),
            _ => format_ident!("__clerk_{}", self.name),
        }
    }

    /// The statement that makes a reference of the owned value.
    fn borrow(&self) -> Option<TokenStream> {
        let Injected { attrs, pat, ty, .. } = &self.injected;
        let lent = self.lent();
        self.is_borrowed
            .then(|| quote!(#(#attrs)* let #pat: #ty = &#lent;))
    }
}

/// Where the runtime is. All paths in the output start here or at `::core`.
struct Runtime {
    root: TokenStream,
    /// Blamed if nothing is there.
    span: Span,
}

impl Runtime {
    fn new(path: Option<&Path>) -> Self {
        match path {
            Some(path) => Self {
                span: Span::call_site().located_at(path.span()),
                root: path.to_token_stream(),
            },
            None => Self {
                span: Span::call_site(),
                root: quote!(::clerk_runtime),
            },
        }
    }

    fn item(&self, name: &str) -> TokenStream {
        let Self { root, span } = self;
        let private = Ident::new("__private", *span);
        let name = Ident::new(name, Span::call_site());
        quote!(#root::#private::#name)
    }
}
