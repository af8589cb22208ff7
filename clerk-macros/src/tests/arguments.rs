use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::messages;
use crate::args::Args;
use crate::report::Report;

/// The messages for these arguments, and the runtime they name.
fn args(tokens: TokenStream) -> (Vec<String>, Option<String>) {
    let mut report = Report::default();
    let args = Args::parse(tokens, &mut report);
    (
        messages(report.into_tokens()),
        args.runtime.map(|path| path.to_token_stream().to_string()),
    )
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
        quote!(role("org:admin")),
        quote!(role = org::admin()),
        quote!(any(role = "org:admin", all())),
        quote!(any),
        quote!(any = "org:admin"),
        quote!(any("org:admin")),
        quote!(any(token = "api_key")),
        quote!(any(not(role = "org:admin"))),
        quote!(all(any(rol = "org:admin"))),
        quote!(reverification),
        quote!(reverification = "srict"),
        quote!(reverification()),
        quote!(reverification(level = "strict", after_minutes = 10)),
        quote!(reverification(level = "second_factor")),
        quote!(reverification(after_minutes = 10)),
        quote!(reverification(level = "second_factor", after_minutes = 0)),
        quote!(reverification(level = "second_factor", after_minutes = -1)),
        quote!(reverification(level = "second_factor", after_minutes = "10")),
        quote!(reverification(
            level = "second_factor",
            level = "first_factor",
            after_minutes = 10
        )),
        quote!(reverification(level = "second_factor", after = 10)),
        quote!(state),
        quote!(state = "App"),
        quote!(permission = Self::READ),
        quote!(reverification = Self::FRESH),
        quote!(state = Self),
        quote!(state = App +),
        quote!(state = App + Send),
        quote!(role = "org:a" || role = "org:b"),
        quote!(role = A | B),
        quote!(role = ["org:a", "org:b"]),
        quote!(scope = SCOPE),
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
        quote!(redirect_to_sign_in = true),
        quote!(redirect_to_sign_in("/sign-in")),
        quote!(redirect_to_sign_in, redirect_to_sign_in),
    ] {
        let (messages, _) = args(refused.clone());
        assert_eq!(messages.len(), 1, "{refused}: {messages:?}");
    }
}

#[test]
fn requirements_nest_and_take_keys_and_constants() {
    for accepted in [
        quote!(role = "org:admin"),
        quote!(role = Roles::Admin, permission = crate::Perm::Read),
        quote!(permission = "org:invoices:read"),
        quote!(feature = "invoices", plan = "user:pro"),
        quote!(any(role = "org:admin", all(permission = "org:a:b", plan = "pro"))),
        quote!(reverification = "strict_mfa"),
        quote!(reverification = OURS),
        quote!(reverification(after_minutes = 0.5, level = "first_factor",)),
        quote!(any(role = "org:admin"),),
        quote!(state = App<A, B>, crate = a),
    ] {
        assert_eq!(args(accepted.clone()).0, Vec::<String>::new(), "{accepted}");
    }
}

#[test]
fn keys_have_the_form_that_clerk_gives_them() {
    for (kind, good, bad) in [
        (
            quote!(role),
            vec!["org:admin", "org:billing_manager"],
            vec![
                "",
                "admin",
                "org:",
                "org:a:b",
                "org:a b",
                "user:admin",
                "org:ädmin",
            ],
        ),
        (
            quote!(permission),
            vec!["org:invoices:read", "org:a-b:c_d"],
            vec![
                "",
                "invoices:read",
                "org:read",
                "org:sys_memberships:read",
                "org:a:b:c",
                "org:a:",
                "org::b",
            ],
        ),
        (
            quote!(feature),
            vec!["invoices", "org:invoices", "user:invoices", "o:a", "u:a"],
            vec!["", "team:invoices", "org:", "org:a:b", "a b"],
        ),
        (
            quote!(plan),
            vec!["pro", "user:pro"],
            vec!["", "pro plan", "ou:pro"],
        ),
        (
            quote!(scope),
            vec!["a", "b:c", "https://x/y"],
            vec!["", "a b", "\"", "\\"],
        ),
    ] {
        for key in good {
            assert_eq!(args(quote!(#kind = #key)).0, Vec::<String>::new(), "{kind} {key}");
        }
        for key in bad {
            assert_eq!(args(quote!(#kind = #key)).0.len(), 1, "{kind} {key}");
        }
    }
}

#[test]
fn an_argument_under_another_name_is_told_what_to_write() {
    for (argument, expected) in [
        (quote!(roles = ["org:admin"]), "any(role = "),
        (quote!(hasAnyRole("org:admin")), "any(role = "),
        (quote!(permissions("org:a:b")), "all of them are required"),
        (quote!(orgRole = "org:admin"), "`role = "),
        (quote!(orgPermission = "org:a:b"), "`permission = "),
        (quote!(redirect), "`redirect_to_sign_in`"),
        (quote!(unauthenticatedUrl = "/"), "`redirect_to_sign_in`"),
        (quote!(unauthorized_url = "/"), "401 or 403"),
        (quote!(treatPendingAsSignedOut = false), "pending session"),
        (quote!(acceptsToken = "api_key"), "`token = "),
        (quote!(api_key), "`token = "),
        (quote!(level = "strict"), "`reverification("),
        (quote!(optional), "`#[public]`"),
        (quote!(admin), "`role = "),
        (quote!(org), "`org_id: OrgId`"),
        (quote!(either(role = "org:admin")), "`any("),
        (quote!(path = "/me"), "router"),
        (quote!(role: "org:admin"), "`role = "),
        (quote!(role = "org:admin"; plan = "pro"), "commas"),
        (quote!(role = "org:admin, org:member"), "any(role = "),
        (quote!(role = any("org:a", "org:b")), "any(role = "),
        (quote!("org:a:b"), "`permission = "),
        (quote!(!role = "org:admin"), "not("),
        (quote!(|auth| true), "no function"),
        (quote!({ role: "org:admin" }), "brackets"),
        (quote!(any(roles = "org:admin")), "any(role = "),
        (quote!(token = ["api_key"]), "any("),
        (quote!(token = TokenType::ApiKey), "in quotes"),
    ] {
        let shown = argument.to_string();
        let (messages, _) = args(argument);
        assert_eq!(messages.len(), 1, "{shown}: {messages:?}");
        assert!(messages[0].contains(expected), "{shown}: {messages:?}");
    }
}

/// The only message for these arguments.
fn message(tokens: TokenStream) -> String {
    let (messages, _) = args(tokens.clone());
    let [message] = messages.as_slice() else {
        panic!("{tokens}: {messages:?}");
    };
    message.clone()
}

#[test]
fn a_negation_is_never_turned_into_its_opposite() {
    for negated in [
        quote!(role != "org:guest"),
        quote!(permission != Perm::Read),
        quote!(role = !"org:guest"),
        quote!(plan <> "free"),
        quote!(any(role != Roles::Guest)),
        quote!(reverification != "strict"),
        quote!(token != "api_key"),
        quote!(unless(role = "org:guest")),
        quote!(all(except(role = "org:guest"))),
    ] {
        let message = message(negated.clone());
        assert!(message.contains("there is no `not(..)`"), "{negated}: {message}");
    }
}

#[test]
fn each_way_to_say_it_elsewhere_is_answered_with_ours() {
    for (wrong, right) in [
        (quote!(role == "org:admin"), "write `role = \"org:admin\"`"),
        (quote!(any(role == Roles::Admin)), "write `role = Roles :: Admin`"),
        (quote!(token == "api_key"), "write `token = \"api_key\"`"),
        (quote!(Roles::Admin), "write `role = Roles::Admin`"),
        (quote!(Roles.Admin), "write `role = Roles::Admin`"),
        (
            quote!(crate::access::Roles::Admin),
            "write `role = crate::access::Roles::Admin`",
        ),
        (quote!(crate::path), "`crate` takes the path of the runtime crate"),
        (
            quote!(any(Perm::Read, role = "org:admin")),
            "write `permission = Perm::Read`",
        ),
        (
            quote!(Mine::Read),
            "write `role = Mine::Read` or `permission = Mine::Read`",
        ),
        (quote!(role = Roles.Admin), "write `role = Roles::Admin`"),
        (quote!(role = admin), "write `role = \"org:admin\"`"),
        (quote!(plan = pro), "write `plan = \"pro\"`"),
        (
            quote!(permission = read),
            "write `permission = \"org:invoices:read\"`",
        ),
        (quote!(redirectToSignIn), "did you mean `redirect_to_sign_in`?"),
        (
            quote!(auth.protect()),
            "`#[protected]` is what `auth.protect()` is",
        ),
        (quote!(auth.has("org:admin")), "call `auth.has(..)` in the body"),
        (quote!(role = "org:Admin"), "write `\"org:admin\"`"),
        (
            quote!(permission = "org:Invoices:Read"),
            "write `\"org:invoices:read\"`",
        ),
        (quote!(role = "Admin"), "write `\"admin\"`"),
        (quote!(feature = "Export"), "write `\"export\"`"),
    ] {
        let message = message(wrong.clone());
        assert!(message.contains(right), "{wrong}: {message}");
    }
}
