//! From the model to tokens.

use proc_macro2::{Group, Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, Generics, Pat, PatType, Token, Type, Visibility};

use crate::alias;
use crate::args::{Args, PublicArgs};
use crate::block::Block;
use crate::body::Caller;
use crate::check;
use crate::combination;
use crate::extracted;
use crate::field::Field;
use crate::handler::{self, Handler};
use crate::injected;
use crate::openapi;
use crate::output;
use crate::parameter::{self as parameters, Parameter};
use crate::policy;
use crate::report::Report;
use crate::runtime::{Runtime, shown_at};
use crate::shape;

/// Expands `#[protected(args)] item`. With a mistake it writes everything else all the same, so that code that uses the
/// handler has no errors of its own.
pub(crate) fn protected(args: TokenStream, item: TokenStream) -> TokenStream {
    free(args, item, Block::of_attribute(), |args, handler, report| {
        let args = Args::parse(args, report);
        guarded(handler, args, Place::Module, report)
    })
}

/// Expands `#[public(args)] item`.
pub(crate) fn public(args: TokenStream, item: TokenStream) -> TokenStream {
    // It declares nothing that could not stand in a block.
    free(args, item, None, |args, handler, report| {
        opened(handler, PublicArgs::parse(args, report), Place::Module, report)
    })
}

fn free(
    args: TokenStream,
    item: TokenStream,
    block: Option<Block>,
    expand: impl FnOnce(TokenStream, Handler, &mut Report) -> Expansion,
) -> TokenStream {
    let mut report = Report::default();
    let expansion = match syn::parse2::<Handler>(item.clone()) {
        Ok(handler) if check::is_done(&args, &handler) => item,
        Ok(handler) if check::is_free(&handler, block, &mut report) => {
            let Expansion {
                declaration,
                function,
            } = expand(args, handler, &mut report);
            quote!(#declaration #function)
        }
        Ok(_) => item,
        Err(error) => {
            report.add(error);
            item
        }
    };
    let errors = report.into_tokens();
    quote!(#errors #expansion)
}

/// Where a handler stands.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Module,
    Impl(ImplBlock<'a>),
}

/// The `impl` block that a handler stands in, but its policy does not.
#[derive(Clone, Copy)]
pub(crate) struct ImplBlock<'a> {
    /// What tells its type from others, as a part of a name.
    pub(crate) name: &'a str,
    pub(crate) generics: &'a Generics,
    /// All attributes.
    pub(crate) attrs: &'a [Attribute],
}

/// The facts about a handler that items declared beside it need.
struct Surroundings {
    /// A part of its name.
    of_type: String,
    /// The handler's own, and those of the `impl` block.
    generics: Generics,
    cfgs: Vec<Attribute>,
}

impl Surroundings {
    fn of(handler: &Handler, place: Place<'_>) -> Self {
        let mut surroundings = Self {
            of_type: String::new(),
            generics: handler.sig.generics.clone(),
            cfgs: cfgs_of(&handler.attrs).cloned().collect(),
        };
        if let Place::Impl(block) = place {
            let inherited = block.generics.params.iter().cloned();
            surroundings.generics.params.extend(inherited);
            surroundings.of_type = format!("{}_", block.name);
            surroundings.cfgs.extend(cfgs_of(block.attrs).cloned());
        }
        surroundings
    }
}

/// What becomes of a handler.
pub(crate) struct Expansion {
    /// The policy, which stands beside functions but not in `impl` blocks.
    pub(crate) declaration: TokenStream,
    pub(crate) function: TokenStream,
}

/// A handler behind a guard.
pub(crate) fn guarded(
    mut handler: Handler,
    mut args: Args,
    place: Place<'_>,
    report: &mut Report,
) -> Expansion {
    let runtime = &Runtime::new(args.runtime.as_ref());
    check::signature(&mut handler, report);
    check::debug_handler(&mut handler, report);
    let Surroundings {
        of_type,
        generics,
        cfgs,
    } = Surroundings::of(&handler, place);
    let parameters = parameters::classify(&handler.sig.inputs, &generics, report);
    check::count(&parameters, report);
    extracted::body_is_last(&parameters, report);
    check::settled(&mut args, &generics, report);
    combination::check(&args, &parameters, report);
    let extracted = extracted::checks(&parameters, args.state.as_ref(), &generics, &cfgs, runtime);
    let aliases = alias::checks(&parameters, &generics, &cfgs, Caller::SignedIn, runtime);

    let output = output::check(&handler.sig.output, &generics, &cfgs, runtime, report);

    let name = handler.sig.ident.unraw();
    let policy = format_ident!("{}{}{}", check::POLICY, of_type, name, span = Span::call_site());
    let Sorted {
        mut inputs,
        fields,
        statements,
    } = Sorted::of(parameters, &handler.body, runtime);
    inputs.insert(0, guard_parameter(&policy, &fields, runtime));
    let declaration = declare(&handler.vis, &cfgs, &args, &policy, &fields, runtime);
    let access = policy::access_line(&args);
    openapi::secure(&mut handler.attrs, &args);
    Expansion {
        declaration: quote!(#declaration #aliases #extracted #output),
        function: function(handler, inputs, &statements, &access),
    }
}

/// A handler that anyone may call.
pub(crate) fn opened(
    mut handler: Handler,
    mut args: PublicArgs,
    place: Place<'_>,
    report: &mut Report,
) -> Expansion {
    let runtime = &Runtime::new(args.runtime.as_ref());
    check::signature(&mut handler, report);
    let Surroundings { generics, cfgs, .. } = Surroundings::of(&handler, place);
    let parameters = parameters::classify_open(&handler.sig.inputs, report);
    extracted::body_is_last(&parameters, report);
    check::settled_state(&mut args.state, &generics, report);
    let extracted = extracted::checks(&parameters, args.state.as_ref(), &generics, &cfgs, runtime);
    let output = output::check(&handler.sig.output, &generics, &cfgs, runtime, report);
    let aliases = alias::checks(&parameters, &generics, &cfgs, Caller::Anyone, runtime);
    let Sorted {
        mut inputs,
        statements,
        ..
    } = Sorted::of(parameters, &handler.body, runtime);
    inputs.insert(0, parameter(quote!(_), runtime.item("Public")));
    Expansion {
        declaration: quote!(#aliases #extracted #output),
        function: function(handler, inputs, &statements, "public"),
    }
}

/// Parameters by where they come from.
struct Sorted {
    /// Those that axum passes.
    inputs: Punctuated<FnArg, Token![,]>,
    /// Those that the policy passes.
    fields: Vec<Field>,
    /// What gives the others their names in the body.
    statements: TokenStream,
}

impl Sorted {
    fn of(parameters: Vec<Parameter>, body: &Group, runtime: &Runtime) -> Self {
        let mut fields = Vec::new();
        let mut statements = TokenStream::new();
        let mut inputs = Punctuated::<FnArg, Token![,]>::new();
        for (index, parameter) in parameters.into_iter().enumerate() {
            match parameter {
                Parameter::Extracted { parameter, .. } => inputs.push(FnArg::Typed(parameter)),
                // No variable may have such a type.
                Parameter::Broken(parameter) if shape::has_impl(&parameter.ty) => {
                    inputs.push(FnArg::Typed(parameter))
                }
                Parameter::Injected(injected) => {
                    let field = Field::new(index, *injected, runtime);
                    statements.extend(field.borrow(body));
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
        Self {
            inputs,
            fields,
            statements,
        }
    }
}

fn cfgs_of(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg"))
}

/// The function with its new parameters. What it says of access is for rustdoc, where the guard means nothing to a reader.
fn function(
    handler: Handler,
    inputs: Punctuated<FnArg, Token![,]>,
    statements: &TokenStream,
    access: &str,
) -> TokenStream {
    let Handler {
        attrs,
        vis,
        mut sig,
        body,
    } = handler;
    // The guard is not one that the user wrote. Where they wrote too many themselves, clippy may say so.
    let is_one_too_many = sig.inputs.len() <= CLIPPY_PARAMETERS && inputs.len() > CLIPPY_PARAMETERS;
    let silent = is_one_too_many
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "one of them is the guard")]));
    sig.inputs = inputs;
    let body: Group = handler::prepend(&body, statements);
    let access = format!(" Access: {access}.");
    quote! {
        #(#attrs)*
        #[doc = ""]
        #[doc = #access]
        #silent
        #vis #sig #body
    }
}

/// Is the number of parameters that clippy's `too_many_arguments` lets pass.
const CLIPPY_PARAMETERS: usize = 7;

/// The struct that holds the injected values, and how it takes them.
///
/// No `allow` is needed, as the lints that could mind skip code whose span is that of a procedural macro; one would not
/// compile where the lint is forbidden.
fn declare(
    vis: &Visibility,
    // Where the function does not exist, neither does its policy.
    cfgs: &[Attribute],
    args: &Args,
    policy: &Ident,
    fields: &[Field],
    runtime: &Runtime,
) -> TokenStream {
    let [trait_, auth, rejection] = ["Policy", "Auth", "Rejection"].map(|name| runtime.item(name));
    let declarations = fields.iter().map(Field::declaration);
    let initialisers = fields.iter().map(|field| field.initialiser(runtime));
    let argument = Field::argument();
    let demands = policy::demands(args, runtime);
    let state = args.state.as_ref().map(|state| {
        let span = Span::call_site().located_at(state.span());
        let has_clerk = shown_at(span, runtime.item("HasClerk"));
        let asked = quote_spanned!(span=> <#state as #has_clerk>::clerk);
        quote!(#(#cfgs)* const _: () = { let _ = #asked; };)
    });
    let constants = policy::constant_checks(args, runtime).map(|checks| quote!(#(#cfgs)* #checks));
    quote! {
        #constants

        #(#cfgs)*
        #[doc(hidden)]
        #vis struct #policy { #(#declarations,)* }

        #(#cfgs)*
        impl #trait_ for #policy {
            #demands

            fn inject(#argument: &#auth) -> ::core::result::Result<Self, #rejection> {
                ::core::result::Result::Ok(Self { #(#initialisers,)* })
            }
        }

        #state
    }
}

/// `Guard { value: Policy { a0: user_id }, .. }: Guard<Policy>`.
///
/// The values are taken apart here and not in the body, so that attributes such as `#[instrument]` can name them.
fn guard_parameter(policy: &Ident, fields: &[Field], runtime: &Runtime) -> FnArg {
    let guard = runtime.item("Guard");
    let patterns = fields.iter().map(Field::pattern);
    parameter(
        quote!(#guard { value: #policy { #(#patterns,)* }, .. }),
        quote!(#guard<#policy>),
    )
}

/// A parameter of tokens that need not be looked into, so they are not parsed for each handler.
fn parameter(pat: TokenStream, ty: TokenStream) -> FnArg {
    FnArg::Typed(PatType {
        attrs: Vec::new(),
        pat: Box::new(Pat::Verbatim(pat)),
        colon_token: Token![:](Span::call_site()),
        ty: Box::new(Type::Verbatim(ty)),
    })
}
