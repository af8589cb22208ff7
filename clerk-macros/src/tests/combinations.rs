use proc_macro2::TokenStream;
use quote::quote;

use super::messages;
use crate::expand::protected;

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
    assert_eq!(
        report(quote!(token = "api_key", redirect_to_sign_in), quote!()),
        1
    );
}

/// How many mistakes there are in arguments that are well-formed.
fn mistakes(arguments: &TokenStream) -> Vec<String> {
    messages(protected(
        arguments.clone(),
        quote!(
            async fn handler() {}
        ),
    ))
}

#[test]
fn contradictions_are_refused() {
    for refused in [
        quote!(role = "org:a", role = "org:b"),
        quote!(role = Roles::A, role = Roles::B),
        quote!(role = "org:a", all(plan = "p", role = "org:b")),
        quote!(any(plan = "p", all(role = "org:a", role = "org:b"))),
        quote!(any(any(plan = "p", all(role = "org:a", any(role = "org:b"))))),
        quote!(role = "org:a", any(role = "org:b", role = "org:c")),
        quote!(
            any(role = "org:a", role = "org:b"),
            any(role = "org:c", role = "org:d")
        ),
        quote!(
            token = any("session_token", "api_key"),
            any(role = "org:a", scope = "a"),
            any(role = "org:b", scope = "b")
        ),
        quote!(role = "org:a", role = "org:a"),
        quote!(any(plan = "p", plan = "p")),
        quote!(any(plan = "p", any(plan = "q", plan = "p"))),
        quote!(all(permission = A, feature = "f"), permission = A),
        quote!(reverification = "lax", reverification = "lax"),
        quote!(token = "api_key", scope = "a", scope = "a"),
        quote!(scope = "a"),
        quote!(token = "any", scope = "a"),
        quote!(token = "any", role = "org:a"),
        quote!(token = "api_key", role = "org:a"),
        quote!(token = "api_key", any(role = "org:a", plan = "p")),
        quote!(token = "m2m_token", reverification = "lax"),
        quote!(
            token = any("session_token", "api_key"),
            any(scope = "a", scope = "b")
        ),
        quote!(
            token = any("session_token", "api_key"),
            all(scope = "a", plan = "b")
        ),
    ] {
        assert_eq!(mistakes(&refused).len(), 1, "{refused}: {:?}", mistakes(&refused));
    }
}

#[test]
fn what_some_session_or_token_has_is_not_refused() {
    for accepted in [
        quote!(any(role = "org:a", role = "org:b")),
        quote!(
            any(role = "org:a", role = "org:b"),
            any(role = "org:c", role = "org:b")
        ),
        quote!(role = "org:a", any(role = "org:a", plan = "p")),
        quote!(any(role = Roles::A, plan = "p"), any(role = "org:b", plan = "q")),
        quote!(role = "org:a", permission = "org:a:b", permission = "org:a:c"),
        quote!(plan = "p", any(feature = "f", all(plan = "p", feature = "g"))),
        quote!(plan = "user:p", plan = "org:p"),
        quote!(reverification = "strict", reverification = "lax"),
        quote!(token = "api_key", scope = "a", scope = "b"),
        quote!(
            token = any("session_token", "api_key"),
            any(scope = "a", permission = "org:a:b")
        ),
        quote!(token = "any", any(scope = "a", role = "org:a")),
        quote!(
            token = "api_key",
            any(role = "org:a", scope = "a"),
            any(role = "org:b", scope = "b")
        ),
        quote!(token = "any"),
    ] {
        assert_eq!(mistakes(&accepted), Vec::<String>::new(), "{accepted}");
    }
}
