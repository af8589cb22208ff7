use proc_macro2::TokenStream;
use quote::quote;

use super::messages;
use crate::impl_block::handlers;

fn refused(function: &TokenStream) -> usize {
    messages(handlers(quote!(), quote!(impl X { #function }))).len()
}

#[test]
fn a_function_that_returns_a_future_states_something() {
    for ty in [
        "impl Future<Output = R>",
        "impl Send + core::future::Future<Output = R> + 'static",
        "(impl Future<Output = R>)",
        "Pin<Box<dyn Future<Output = R> + Send>>",
        "std::pin::Pin<std::boxed::Box<dyn std::future::Future<Output = R>>>",
        "Pin<Box<impl Future<Output = R>>>",
        "Box<dyn Future<Output = R> + Unpin>",
        "Pin<&'static mut dyn Future<Output = R>>",
        "BoxFuture<'static, R>",
        "futures::future::LocalBoxFuture<'static, R>",
        "ResponseFuture",
        "std::future::Ready<R>",
        "tokio::task::JoinHandle<R>",
    ] {
        let ty: TokenStream = ty.parse().unwrap();
        for function in [
            quote!(fn h() -> #ty {}),
            quote!(pub fn h(user_id: UserId) -> #ty {}),
            quote!(fn h(self) -> #ty {}),
        ] {
            assert_eq!(refused(&function), 1, "{function}");
        }
    }
}

#[test]
fn plain_functions_state_nothing() {
    for ty in [
        "String",
        "impl Iterator<Item = R>",
        "impl IntoFuture<Output = R>",
        "impl Fn() -> R",
        "Pin<Box<dyn Stream<Item = R>>>",
        "Box<dyn Fn() -> R>",
        "Vec<BoxFuture<'static, R>>",
        "Option<BoxFuture<'static, R>>",
        "Ready",
        "Poll<R>",
        "[u8; 4]",
        "()",
    ] {
        let ty: TokenStream = ty.parse().unwrap();
        let function = quote!(fn h(&self) -> #ty {});
        assert_eq!(refused(&function), 0, "{function}");
    }
    assert_eq!(
        refused(&quote!(
            fn h() {}
        )),
        0
    );
    assert_eq!(
        refused(&quote!(
            #[public]
            fn h() -> impl Future<Output = R> {}
        )),
        1
    );
}
