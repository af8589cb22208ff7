use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::args::Args;
use crate::distance::{distance, nearest};
use crate::expand::protected;
use crate::report::Report;

#[test]
fn swaps_of_neighbours_count_once() {
    assert_eq!(distance("uesr_id", "user_id"), 1);
    assert_eq!(distance("userId", "user_id"), 1);
    assert_eq!(distance("", "auth"), 4);
    assert_eq!(distance("claims", "claims"), 0);
}

#[test]
fn short_names_are_not_near_to_everything() {
    let slots = ["user_id", "auth"];
    assert_eq!(nearest("path", slots), None);
    assert_eq!(nearest("atuh", slots), Some("auth"));
    assert_eq!(nearest("usr_id", slots), Some("user_id"));
    assert_eq!(nearest("body", slots), None);
}

/// The messages for these arguments, and the runtime they name.
fn args(tokens: TokenStream) -> (Vec<String>, Option<String>) {
    let mut report = Report::default();
    let args = Args::parse(tokens, &mut report);
    (
        messages(report.into_tokens()),
        args.runtime.map(|path| path.to_token_stream().to_string()),
    )
}

/// The text of each `compile_error!`.
fn messages(tokens: TokenStream) -> Vec<String> {
    let file: syn::File = syn::parse2(tokens).unwrap();
    file.items
        .into_iter()
        .filter_map(|item| match item {
            syn::Item::Macro(item) if item.mac.path.segments.last()?.ident == "compile_error" => {
                Some(item.mac.parse_body::<syn::LitStr>().unwrap().value())
            }
            _ => None,
        })
        .collect()
}

#[test]
fn arguments_are_a_path_to_the_runtime_or_nothing() {
    assert_eq!(args(quote!()), (vec![], None));
    assert_eq!(args(quote!(crate = a::b)), (vec![], Some("a :: b".into())));
    assert_eq!(
        args(quote!(crate = crate::b,)),
        (vec![], Some("crate :: b".into()))
    );
}

#[test]
fn every_other_argument_is_an_error() {
    for refused in [
        quote!(role),
        quote!(role = "org:admin"),
        quote!(any(role = "org:admin", all())),
        quote!(crate),
        quote!(crate =),
        quote!(crate = "text"),
        quote!(crate::path),
        quote!(crate = a<b>),
        quote!(crate = a b),
        quote!("text"),
        quote!(1),
        quote!(user_id),
        quote!(= a),
        quote!((crate = a)),
        quote!(Crate = a),
    ] {
        let (messages, runtime) = args(refused.clone());
        assert_eq!((messages.len(), runtime), (1, None), "{refused}: {messages:?}");
    }
}

#[test]
fn arguments_after_a_mistake_are_read_as_well() {
    let (messages, runtime) = args(quote!(role = "a", not(plan = "b"), crate = c, crate = d, "e"));
    assert_eq!(messages.len(), 4, "{messages:?}");
    assert_eq!(runtime.as_deref(), Some("c"));
}

#[test]
fn a_handler_becomes_a_policy_and_a_guarded_function() {
    let handler = quote! {
        /// Docs.
        pub async fn h(user_id: UserId, Path(id): Path<u64>, org_id: &OrgId) -> R {
            body(id)
        }
    };
    let expected = quote! {
        #[doc(hidden)]
        pub struct __clerk_policy_h { a0: UserId, a2: OrgId, }
        impl ::clerk_runtime::__private::Policy for __clerk_policy_h {
            fn inject(
                __clerk_auth: &::clerk_runtime::__private::Auth
            ) -> ::core::result::Result<Self, ::clerk_runtime::__private::Rejection> {
                ::core::result::Result::Ok(Self {
                    a0: <UserId as ::clerk_runtime::__private::UserIdSlot>::from_auth(__clerk_auth)?,
                    a2: <OrgId as ::clerk_runtime::__private::OrgIdSlot>::from_auth(__clerk_auth)?,
                })
            }
        }
        /// Docs.
        pub async fn h(
            ::clerk_runtime::__private::Guard { value: __clerk_policy_h { a0: user_id, a2: org_id, }, .. }:
                ::clerk_runtime::__private::Guard<__clerk_policy_h>,
            Path(id): Path<u64>
        ) -> R {
            let org_id: &OrgId = &org_id;
            body(id)
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
            quote!(role = "org:admin"),
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
            expansion.to_string().contains("Guard < __clerk_policy_h >"),
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
            go()
        }
    );
    let expansion = protected(quote!(), handler).to_string();
    let body = quote!(
        {
            #![allow(unused)]
            #![warn(x)]
            let user_id: &str = &user_id;
            go()
        }
    )
    .to_string();
    assert!(expansion.ends_with(&body), "{expansion}");
}

#[test]
fn types_of_token_scopes_and_the_redirect() {
    for accepted in [
        quote!(token = "api_key"),
        quote!(token = "any", redirect_to_sign_in),
        quote!(token = any("session_token", "oauth_token"), crate = a::b),
        quote!(token = "api_key", scope = "a", scope = "b:c"),
        quote!(token = any("m2m_token",),),
        quote!(redirect_to_sign_in),
    ] {
        assert_eq!(args(accepted.clone()).0, Vec::<String>::new(), "{accepted}");
    }
    for refused in [
        quote!(token),
        quote!(token = api_key),
        quote!(token = "api-key"),
        quote!(token = ""),
        quote!(token("api_key")),
        quote!(token = any),
        quote!(token = any()),
        quote!(token = any(api_key)),
        quote!(token = any("api_key", "api_key")),
        quote!(token = any("any")),
        quote!(token = all("api_key")),
        quote!(token = any("api_key") "m2m_token"),
        quote!(token = "api_key", token = "m2m_token"),
        quote!(scope = "a", scope),
        quote!(scope = "a b"),
        quote!(scope = ""),
        quote!(scope = "\""),
        quote!(scope = a),
        quote!(scope("a")),
        quote!(scope = "a", scope = "a"),
        quote!(redirect_to_sign_in = true),
        quote!(redirect_to_sign_in("/sign-in")),
        quote!(redirect_to_sign_in, redirect_to_sign_in),
    ] {
        let (messages, _) = args(refused.clone());
        assert_eq!(messages.len(), 1, "{refused}: {messages:?}");
    }
}

#[test]
fn what_can_never_hold_is_refused_and_the_rest_is_not() {
    let report = |arguments: TokenStream, parameter: TokenStream| {
        let item = quote!(async fn handler(#parameter) {});
        messages(protected(arguments, item)).len()
    };
    let session = quote!();
    let key = quote!(token = "api_key");
    let m2m = quote!(token = "m2m_token");
    let oauth = quote!(token = "oauth_token");
    let both = quote!(token = any("session_token", "oauth_token"));
    let either = quote!(token = any("session_token", "api_key"));
    let any = quote!(token = "any");
    let user = quote!(user_id: UserId);
    let maybe_user = quote!(user_id: Option<UserId>);
    for (parameter, accepted, refused) in [
        (
            &user,
            vec![&session, &oauth, &both],
            vec![&key, &m2m, &either, &any],
        ),
        (&quote!(user_id: &str), vec![&session, &oauth], vec![&key, &any]),
        (
            &maybe_user,
            vec![&key, &either, &any],
            vec![&session, &oauth, &m2m],
        ),
        (
            &quote!(session_id: SessionId),
            vec![&session],
            vec![&key, &both, &any],
        ),
        (
            &quote!(session_id: Option<SessionId>),
            vec![&session, &both, &any],
            vec![&key],
        ),
        (
            &quote!(claims: Claims<C>),
            vec![&session],
            vec![&key, &both, &any],
        ),
        (
            &quote!(auth: SessionAuth),
            vec![&session],
            vec![&key, &both, &any],
        ),
        (&quote!(auth: &Auth), vec![&session, &key, &both, &any], vec![]),
        (
            &quote!(org_id: OrgId),
            vec![&session, &key, &either, &any],
            vec![&m2m, &oauth],
        ),
        (
            &quote!(machine: MachineAuth),
            vec![&key, &m2m, &oauth],
            vec![&session, &both, &any],
        ),
        (
            &quote!(machine: Option<MachineAuth>),
            vec![&both, &any],
            vec![&session, &key],
        ),
    ] {
        for arguments in accepted {
            assert_eq!(
                report(arguments.clone(), parameter.clone()),
                0,
                "{arguments} {parameter}"
            );
        }
        for arguments in refused {
            assert_eq!(
                report(arguments.clone(), parameter.clone()),
                1,
                "{arguments} {parameter}"
            );
        }
    }
    for refused in [
        quote!(scope = "a"),
        quote!(token = "any", scope = "a"),
        quote!(token = "api_key", redirect_to_sign_in),
    ] {
        assert_eq!(report(refused.clone(), quote!()), 1, "{refused}");
    }
}
