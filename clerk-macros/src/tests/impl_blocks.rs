use quote::quote;

use super::messages;
use crate::impl_block::handlers;

#[test]
fn policies_move_out_of_the_block() {
    let block = quote! {
        #[cfg(x)]
        impl<T> a::Invoices<T> where T: Clone {
            const N: S = S { n: 1 };
            #[protected(role = "org:admin")]
            pub async fn list(user_id: UserId) { Self::go() }
            #[clerk_runtime::public]
            async fn terms() {}
            fn go() {}
        }
    };
    let expansion = handlers(quote!(), block).to_string();
    let [declarations, block] = expansion.split("# [cfg (x)] impl < T >").collect::<Vec<_>>()[..] else {
        panic!("{expansion}");
    };
    assert!(
        declarations.contains("pub struct NeedsStateWithClerk_a_Invoices_T_list { a0 : UserId , }"),
        "{declarations}"
    );
    assert_eq!(declarations.matches("# [cfg (x)]").count(), 2, "{declarations}");
    for part in [
        quote!(
            const N: S = S { n: 1 };
        ),
        quote!(
            fn go() {}
        ),
        quote!(
            async fn terms(_: ::clerk_runtime::__private::Public) {}
        ),
        // Both names stay, as imports of them are used.
        quote!(#[protected(__clerk_done)]),
        quote!(#[clerk_runtime::public(__clerk_done)]),
        quote!({ Self::go() }),
    ] {
        assert!(block.contains(&part.to_string()), "{part}: {block}");
    }
}

#[test]
fn every_asynchronous_function_states_something() {
    for (item, count) in [
        (
            quote!(impl X { async fn a() {} #[public] async fn b() {} pub async fn c(&self) {} }),
            2,
        ),
        (
            quote!(impl X { fn a(&self) {} #[cfg_attr(x, protected)] async fn b() {} }),
            1,
        ),
        (
            quote!(impl X { #[cfg_attr(x, clerk_runtime::public)] fn b() {} #[cfg_attr(x, inline)] fn c() {} }),
            1,
        ),
        (quote!(impl X { #[protected] #[public] async fn a() {} }), 1),
        (quote!(impl X { #[protected = "org:admin"] async fn a() {} }), 1),
        (
            quote!(
                #[clerk_runtime::handlers]
                impl X {
                    #[protected]
                    async fn a() {}
                }
            ),
            1,
        ),
        (
            quote!(impl X { #[protected(any(reverification = Self::FRESH))] async fn a() {} }),
            1,
        ),
        (
            quote!(impl X { #[protected(state = Arc<Self>)] async fn a() {} }),
            1,
        ),
        (
            quote!(
                impl<T> X<T> {
                    #[protected(any(plan = "p", role = T::ROLE))]
                    async fn a() {}
                }
            ),
            1,
        ),
        (
            quote!(
                impl<T> X<T> {
                    #[protected(state = App<T>)]
                    async fn a() {}
                }
            ),
            1,
        ),
        (quote!(impl X { #[protected] async fn a(&self) {} }), 1),
        (
            quote!(impl X { #[protected] async fn a(claims: Claims<Self>) {} }),
            1,
        ),
        (
            quote!(impl X { #[protected(permission = Self::READ)] async fn a() {} }),
            1,
        ),
        (
            quote!(
                impl<T> X<T> {
                    #[protected]
                    async fn a(claims: Claims<T>) {}
                }
            ),
            1,
        ),
        (quote!(impl X { #[protected] fn a() {} }), 1),
        (quote!(impl T for X { #[protected] async fn a() {} }), 1),
        (quote!(impl [u8] { #[protected] async fn a() {} }), 1),
        (
            quote!(
                mod m {}
            ),
            1,
        ),
        (
            quote!(
                async fn f() {}
            ),
            1,
        ),
    ] {
        let messages = messages(handlers(quote!(), item.clone()));
        assert_eq!(messages.len(), count, "{item}: {messages:?}");
    }
    assert_eq!(
        messages(handlers(quote!(role = "org:admin"), quote!(impl X {}))).len(),
        1
    );
}

#[test]
fn types_of_other_arguments_have_other_policies() {
    for (ty, name) in [
        (quote!(Store<Memory>), "Store_Memory"),
        (quote!(Store<(u8, a::B), -1>), "Store_u8_a_B_1"),
        (quote!(crate::r#type::Lent<'a>), "crate_type_Lent_a"),
    ] {
        let expansion = handlers(quote!(), quote!(impl #ty { #[protected] async fn h() {} })).to_string();
        assert!(
            expansion.contains(&format!("struct NeedsStateWithClerk_{name}_h ")),
            "{expansion}"
        );
    }
}

#[test]
fn what_is_no_block_of_handlers_is_left_without_guards() {
    let block = quote!(impl Api for X { #[protected] #[inline] async fn a() { #[public] fn b() {} } });
    let expansion = handlers(quote!(), block).to_string();
    let expected = quote!(impl Api for X { #[inline] async fn a() { #[public] fn b() {} } });
    assert!(expansion.ends_with(&expected.to_string()), "{expansion}");
    let module = quote!(
        mod m {
            #[protected]
            async fn a() {}
        }
    );
    let expansion = handlers(quote!(), module.clone()).to_string();
    assert!(expansion.ends_with(&module.to_string()), "{expansion}");
}
