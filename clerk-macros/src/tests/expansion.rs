use quote::quote;

use super::messages;
use crate::expand::{protected, public};

#[test]
fn a_handler_becomes_a_policy_and_a_guarded_function() {
    let handler = quote! {
        /// Docs.
        pub async fn h(user_id: UserId, Path(id): Path<u64>, org_id: &OrgId) -> R {
            body(id, org_id)
        }
    };
    let expected = quote! {
        #[doc(hidden)]
        pub struct NeedsStateWithClerk_h { a0: UserId, a2: OrgId, }
        impl ::clerk_runtime::__private::Policy for NeedsStateWithClerk_h {
            fn inject(
                __clerk_auth: &::clerk_runtime::__private::Auth
            ) -> ::core::result::Result<Self, ::clerk_runtime::__private::Rejection> {
                ::core::result::Result::Ok(Self {
                    a0: <UserId as ::clerk_runtime::__private::InjectUserId>::from_auth(__clerk_auth)?,
                    a2: <OrgId as ::clerk_runtime::__private::InjectOrgId>::from_auth(__clerk_auth)?,
                })
            }
        }
        const _: () = ::clerk_runtime::__private::is_response::<R>();
        /// Docs.
        #[doc = ""]
        #[doc = " Access: signed in."]
        pub async fn h(
            ::clerk_runtime::__private::Guard { value: NeedsStateWithClerk_h { a0: user_id, a2: org_id, }, .. }:
                ::clerk_runtime::__private::Guard<NeedsStateWithClerk_h>,
            Path(id): Path<u64>
        ) -> R {
            let ref org_id = org_id;
            body(id, org_id)
        }
    };
    assert_eq!(protected(quote!(), handler).to_string(), expected.to_string());
}

#[test]
fn a_renamed_runtime_is_the_only_one_named() {
    let handler = quote!(
        async fn h(user_id: &str, claims: renamed::Claims<T>) {}
    );
    let expansion = protected(quote!(crate = ::renamed), handler).to_string();
    assert!(!expansion.contains("clerk_runtime"), "{expansion}");
}

#[test]
fn no_mistake_leaves_a_handler_without_guard() {
    let mistaken = [
        (
            quote!(role = "admin"),
            quote!(
                async fn h() {}
            ),
        ),
        (
            quote!(),
            quote!(
                fn h() {}
            ),
        ),
        (
            quote!(),
            quote!(
                async fn h(user_id: &mut UserId) {}
            ),
        ),
        (
            quote!(),
            quote!(
                async fn h(#[auth(nobody)] user_id: UserId) {}
            ),
        ),
        (
            quote!(),
            quote!(
                async fn h(usr_id: String) {}
            ),
        ),
    ];
    for (args, handler) in mistaken {
        let expansion = protected(args, handler.clone());
        assert!(
            expansion.to_string().contains("Guard < NeedsStateWithClerk_h >"),
            "{handler}"
        );
        assert_eq!(messages(expansion).len(), 1, "{handler}");
    }
}

#[test]
fn what_is_not_a_handler_comes_out_as_it_was_with_an_error() {
    let items = [
        quote!(
            struct S;
        ),
        quote!(
            enum E {
                A,
            }
        ),
        quote!(union U { a: u8 }),
        quote!(impl S { fn f() {} }),
        quote!(
            trait T {}
        ),
        quote!(
            mod m {}
        ),
        quote!(
            static X: u8 = 1;
        ),
        quote!(
            const X: u8 = 1;
        ),
        quote!(
            use a::b;
        ),
        quote!(
            type A = B;
        ),
        quote!(
            unsafe impl Send for S {}
        ),
        quote!(
            extern "C" {}
        ),
        quote!(
            macro_rules! m {
                () => {};
            }
        ),
    ];
    for item in items {
        let expansion = protected(quote!(), item.clone());
        assert!(expansion.to_string().ends_with(&item.to_string()), "{item}");
        assert_eq!(messages(expansion).len(), 1, "{item}");
    }
}

#[test]
fn statements_come_after_inner_attributes() {
    let handler = quote!(
        async fn h(user_id: &str) {
            #![allow(unused)]
            #![warn(x)]
            go("{user_id}")
        }
    );
    let expansion = protected(quote!(), handler).to_string();
    let body = quote!(
        {
            #![allow(unused)]
            #![warn(x)]
            let ref user_id = *::core::ops::Deref::deref(&user_id);
            go("{user_id}")
        }
    )
    .to_string();
    assert!(expansion.ends_with(&body), "{expansion}");
}

#[test]
fn a_borrowed_parameter_that_is_not_used_stays_unused() {
    let handler = quote!(
        async fn h(user_id: &str) {
            go()
        }
    );
    let expansion = protected(quote!(), handler).to_string();
    assert!(expansion.contains("a0 : user_id"), "{expansion}");
    let body = quote!({ go() });
    assert!(expansion.ends_with(&body.to_string()), "{expansion}");
}

#[test]
fn a_public_handler_takes_a_statement_and_nothing_else() {
    let handler = quote!(
        pub async fn health(Path(id): Path<u64>) -> R {
            body
        }
    );
    let expected = quote! {
        const _: () = ::clerk_runtime::__private::is_response::<R>();
        #[doc = ""]
        #[doc = " Access: public."]
        pub async fn health(_: ::clerk_runtime::__private::Public, Path(id): Path<u64>) -> R {
            body
        }
    };
    assert_eq!(public(quote!(), handler).to_string(), expected.to_string());
    let handler = quote!(
        async fn h(auth: Auth, me: Option<SessionAuth>, #[extract] user_id: String) {}
    );
    assert_eq!(
        messages(public(quote!(crate = a::b), handler)),
        Vec::<String>::new()
    );
}

#[test]
fn a_public_handler_says_nothing_of_who_calls() {
    let plain = quote!(
        async fn h() {}
    );
    for args in [
        quote!(role = "org:admin"),
        quote!(true),
        quote!("everybody"),
        quote!(crate),
        quote!(__clerk_done),
    ] {
        assert_eq!(messages(public(args.clone(), plain.clone())).len(), 1, "{args}");
    }
    for parameter in [
        quote!(user_id: UserId),
        quote!(user_id: &UserId),
        quote!(user: Option<UserId>),
        quote!(user_id: String),
        quote!(session: SessionAuth),
        quote!(auth: &Auth),
        quote!(org_id: OrgId),
        quote!(claims: Claims<C>),
        quote!(machine: MachineAuth),
        quote!(#[auth(user_id)] me: String),
        quote!(#[auth(user)] me: String),
        quote!(&self),
    ] {
        let handler = quote!(async fn h(#parameter) {});
        let messages = messages(public(quote!(), handler));
        assert_eq!(messages.len(), 1, "{parameter}: {messages:?}");
    }
    for handler in [
        quote!(
            fn h() {}
        ),
        quote!(
            #[protected]
            async fn h() {}
        ),
    ] {
        assert_eq!(messages(public(quote!(), handler.clone())).len(), 1, "{handler}");
    }
}

#[test]
fn a_statement_that_was_expanded_is_not_expanded_again() {
    for (expand, first) in [
        (
            protected as fn(_, _) -> _,
            quote!(g: ::clerk_runtime::__private::Guard<NeedsStateWithClerk_h>),
        ),
        (public, quote!(_: ::clerk_runtime::__private::Public)),
    ] {
        let handler = quote!(async fn h(#first) {});
        assert_eq!(
            expand(quote!(__clerk_done), handler.clone()).to_string(),
            handler.to_string()
        );
        // Without a guard the word opens nothing.
        let refused = messages(expand(
            quote!(__clerk_done),
            quote!(
                async fn h() {}
            ),
        ));
        assert_eq!(refused.len(), 1, "{refused:?}");
    }
}

#[test]
fn requirements_become_constants_and_a_line_for_rustdoc() {
    for (args, constant, line) in [
        (
            quote!(role = "org:admin"),
            quote!(::clerk_runtime::__private::Requirement::Role(
                ::clerk_runtime::__private::Role("org:admin")
            )),
            "`role org:admin`",
        ),
        (
            quote!(any(permission = Perm::Read, plan = "pro"), reverification = "lax"),
            quote!(::clerk_runtime::__private::Requirement::All(&[
                ::clerk_runtime::__private::Requirement::Any(&[
                    ::clerk_runtime::__private::Requirement::Permission(
                        const {
                            let __clerk_key: ::clerk_runtime::__private::Permission<'static> = Perm::Read;
                            __clerk_key
                        }
                    ),
                    ::clerk_runtime::__private::Requirement::Plan(::clerk_runtime::__private::Plan("pro"))
                ]),
                ::clerk_runtime::__private::Requirement::Reverification(
                    ::clerk_runtime::__private::Reverification::Lax
                )
            ])),
            "`all(any(permission Perm::Read, plan pro), reverification lax)`",
        ),
        (
            quote!(
                token = any("session_token", "api_key"),
                any(role = "org:a", scope = "s")
            ),
            quote!(::clerk_runtime::__private::Requirement::Any(&[
                ::clerk_runtime::__private::Requirement::Role(::clerk_runtime::__private::Role("org:a")),
                ::clerk_runtime::__private::Requirement::Scope(::clerk_runtime::__private::Scope("s"))
            ])),
            "`any(role org:a, scope s)` with `session_token or api_key`",
        ),
    ] {
        let expansion = protected(
            args,
            quote!(
                async fn h() {}
            ),
        )
        .to_string();
        let constant = quote!(::core::option::Option::Some(#constant);).to_string();
        assert!(expansion.contains(&constant), "{expansion}");
        assert!(
            expansion.contains(&format!("\" Access: {line}.\"")),
            "{expansion}"
        );
    }
}

#[test]
fn a_policy_is_there_where_its_function_is() {
    let expansion = protected(
        quote!(state = App),
        quote!(
            #[cfg(test)]
            async fn h() {}
        ),
    );
    assert_eq!(
        expansion.to_string().matches("# [cfg (test)]").count(),
        4,
        "{expansion}"
    );
}
