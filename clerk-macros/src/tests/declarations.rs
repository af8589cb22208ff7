use proc_macro2::TokenStream;
use quote::quote;

use super::messages;
use crate::declare::keys;

fn declared(tokens: TokenStream) -> (Vec<String>, String) {
    let expansion = keys(tokens);
    (messages(expansion.clone()), expansion.to_string())
}

#[test]
fn keys_become_constants_of_their_kind() {
    let (messages, expansion) =
        declared(quote!(crate permission pub Perm { Read = "org:a:read", WRITE = "org:a:write" }));
    assert_eq!(messages, Vec::<String>::new());
    let ty = quote!(crate::__private::Permission);
    for part in [
        quote!(
            pub enum Perm {}
        ),
        quote!(#[allow(non_upper_case_globals)]),
        quote!(pub const Read: #ty<'static> = #ty("org:a:read");),
        quote!(pub const ALL: &'static [#ty<'static>] = &[Self::Read, Self::WRITE];),
    ] {
        assert!(expansion.contains(&part.to_string()), "{part}: {expansion}");
    }
    let (_, expansion) = declared(quote!(crate role Roles { ADMIN = "org:admin" }));
    assert!(!expansion.contains("allow"), "{expansion}");
}

#[test]
fn a_key_that_is_called_all_stands_in_for_the_list() {
    let (messages, expansion) = declared(quote!(crate plan Plans { ALL = "pro" }));
    assert_eq!(messages.len(), 1);
    assert_eq!(expansion.matches("const ALL").count(), 1, "{expansion}");
}

#[test]
fn mistakes_in_declarations_are_reported_once_each() {
    for (declaration, count) in [
        (quote!(crate permission Perm { A = "org:a:b", B = "org:a:b" }), 1),
        (quote!(crate role Roles { A = "org:a", A = "org:b" }), 1),
        (
            quote!(crate permission Perm { A = "org:sys_memberships:read", B = "org:x" }),
            2,
        ),
        (quote!(crate plan Plans { ALL = "pro" }), 1),
        (quote!(crate plan Plans { A }), 1),
        (quote!(crate plan Plans { A = pro }), 1),
        (quote!(crate plan Plans), 1),
        (quote!(crate plan { A = "pro" }), 1),
        (quote!(crate plan A {} B {}), 1),
    ] {
        let (messages, _) = declared(declaration.clone());
        assert_eq!(messages.len(), count, "{declaration}: {messages:?}");
    }
}
