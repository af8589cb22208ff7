use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote};

use super::messages;
use crate::body::BODY_NAMES;
use crate::expand::{protected, public};
use crate::impl_block::handlers;

/// Returns what each of the ways to a handler says of a parameter.
fn refusals(parameter: &TokenStream) -> [Vec<String>; 4] {
    let handler = quote!(async fn h(#parameter) {});
    [
        messages(protected(quote!(), handler.clone())),
        messages(public(quote!(), handler.clone())),
        messages(handlers(quote!(), quote!(impl X { #[protected] #handler }))),
        messages(handlers(quote!(), quote!(impl X { #[public] #handler }))),
    ]
}

fn parse(text: &str) -> TokenStream {
    text.parse().unwrap()
}

/// A type inside an invisible group, as a fragment of `macro_rules` comes.
fn fragment(ty: &TokenStream) -> TokenStream {
    Group::new(Delimiter::None, ty.clone()).into_token_stream()
}

const TYPES: [&str; 36] = [
    "String",
    "std::string::String",
    "::alloc::string::String",
    "r#String",
    "(String)",
    "&str",
    "&'static str",
    "&String",
    "&mut String",
    "Bytes",
    "axum::body::Bytes",
    "::bytes::Bytes",
    "BytesMut",
    "Vec<u8>",
    "std::vec::Vec<core::primitive::u8>",
    "&[u8]",
    "[u8; 32]",
    "&[u8; N]",
    "Box<[u8]>",
    "Box<str>",
    "Arc<str>",
    "Rc<str>",
    "std::sync::Arc<String>",
    "Cow<'_, str>",
    "Cow<'static, [u8]>",
    "Option<String>",
    "std::option::Option<&'static str>",
    "Option<Vec<u8>>",
    "Result<String, StringRejection>",
    "Result<Bytes>",
    "Option<Result<String, E>>",
    "Result<Option<Box<str>>, E>",
    "Box<Option<Bytes>>",
    "Option::<(String)>",
    "(HeaderMap, String)",
    "Option<(Method, Bytes)>",
];

const REFUSED: [&str; 34] = [
    "user",
    "uid",
    "sub",
    "subject",
    "me",
    "_user",
    "r#user",
    "email",
    "username",
    "login",
    "account",
    "member",
    "owner",
    "caller",
    "actor",
    "org",
    "organization_id",
    "tenant_id",
    "tenantId",
    "workspace",
    "role",
    "org_role",
    "permission",
    "slug",
    "org_slug",
    "sid",
    "session",
    "token",
    "api_key",
    "client_id",
    "target_user",
    "id",
    "greeting",
    "__",
];

#[test]
fn text_and_bytes_need_the_name_of_a_body() {
    for ty in TYPES {
        let ty = parse(ty);
        let grouped = fragment(&ty);
        for (ty, names) in [(&ty, &REFUSED[..]), (&grouped, &REFUSED[..2])] {
            for name in names {
                let name = parse(name);
                for (entry, found) in refusals(&quote!(#name: #ty)).iter().enumerate() {
                    assert_eq!(found.len(), 1, "{name}: {ty} at {entry}: {found:?}");
                }
            }
        }
    }
}

#[test]
fn bodies_are_taken_under_their_names() {
    let compound = [
        "_body",
        "r#body",
        "raw_body",
        "request_body",
        "csv_text",
        "body_text",
        "webhook_payload",
        "xmlDocument",
        "body2",
        "__text",
        "comment_text",
        "factor_text",
        "score_data",
        "payload_of_webhook",
    ];
    for name in BODY_NAMES.into_iter().chain(compound) {
        let name = parse(name);
        for ty in TYPES {
            let ty = parse(ty);
            // Axum extracts no reference, whatever it is called.
            let expected = usize::from(ty.to_string().starts_with('&'));
            let [protected, public, protected_of_type, public_of_type] = refusals(&quote!(#name: #ty));
            for found in [protected, protected_of_type] {
                assert_eq!(found.len(), expected, "{name}: {ty}: {found:?}");
            }
            for found in [public, public_of_type] {
                assert!(found.is_empty(), "{name}: {ty}: {found:?}");
            }
        }
    }
}

#[test]
fn a_word_that_speaks_of_who_calls_makes_a_name_no_body() {
    for name in [
        "user_text",
        "text_of_user",
        "raw_user",
        "raw_user_id",
        "org_payload",
        "body_token",
        "tenantBody",
        "role_text",
        "raw_role",
        "raw_id",
        "id_text",
        "payload_email",
        "usr_text",
        "users_text",
        "raw_orgid",
        "api_key_text",
        "tennant_body",
        "organsation_text",
        "raw_sesssion",
        "raw_user_name",
        "bodyuser",
        "textual",
        "bod",
        "boddy",
    ] {
        let name = parse(name);
        for found in refusals(&quote!(#name: String)) {
            assert_eq!(found.len(), 1, "{name}: {found:?}");
        }
    }
}

#[test]
fn other_types_are_left_to_axum_under_any_name() {
    for parameter in [
        quote!(user: User),
        quote!(user: Option<MyUser>),
        quote!(user: Vec<String>),
        quote!(user: Vec<u16>),
        quote!(user: [u64; 4]),
        quote!(#[extract] user: u64),
        quote!(user: Json<String>),
        quote!(Json(user): Json<String>),
        quote!(Path(user): Path<String>),
        quote!(Path((org, user)): Path<(String, String)>),
        quote!(State(role): State<String>),
        quote!(user: Extracted<String>),
        quote!(user: Result<Path<String>, String>),
        quote!(user: <String as Other>::Type),
        quote!((user, _): (User, String)),
        quote!((user, body): (User, String)),
        quote!(#[extract] user: String),
        quote!(#[extract] org_slug: Option<Result<Bytes, E>>),
        quote!(#[extract] (user, text): (String, Bytes)),
    ] {
        for found in refusals(&parameter) {
            assert!(found.is_empty(), "{parameter}: {found:?}");
        }
    }
}

#[test]
fn patterns_are_looked_into() {
    for (parameter, count) in [
        (quote!(mut user: String), 1),
        (quote!(ref user: String), 1),
        (quote!(mut body: String), 0),
        (quote!(user @ _: String), 1),
        (quote!(body @ user: String), 1),
        (quote!((user): String), 1),
        (quote!(&user: &String), 1),
        (quote!((_, user): (HeaderMap, String)), 1),
        (quote!((user, role): (String, Bytes)), 1),
        (quote!((_, (_, user)): (HeaderMap, (Method, String))), 1),
        (quote!((_, body): (HeaderMap, String)), 0),
        (quote!((.., user): (HeaderMap, Method, String)), 1),
        (quote!((.., body): (HeaderMap, Method, String)), 0),
        (quote!(((user, body)): (User, String)), 0),
        (quote!(String { len: user }: String), 1),
        (quote!([first, ..]: [u8; 4]), 1),
        (quote!(Ok(user): Result<String, Infallible>), 1),
        (quote!((Ok(user) | Err(user)): Result<String, String>), 1),
        (quote!(Ok(body): Result<String, Infallible>), 0),
        // Nothing can be mistaken for anybody that has no name.
        (quote!(_: String), 0),
        (quote!(_: Result<Bytes, E>), 0),
        (quote!((_, _): (HeaderMap, String)), 0),
        (quote!(#[cfg(any())] user: String), 1),
        (quote!(#[allow(unused)] user: String), 1),
        (quote!(#[cfg_attr(any(), extract)] user: String), 1),
        (quote!(user: String, role: Bytes), 2),
    ] {
        for (entry, found) in refusals(&parameter).iter().enumerate() {
            assert_eq!(found.len(), count, "{parameter} at {entry}: {found:?}");
        }
    }
}

#[test]
fn slots_are_no_bodies() {
    for parameter in [
        quote!(user_id: String),
        quote!(user_id: &str),
        quote!(_session_id: Option<String>),
        quote!(#[auth(org_id)] tenant: String),
        quote!(#[auth(user_id)] body: &str),
        quote!(user: UserId),
    ] {
        let handler = quote!(async fn h(#parameter) {});
        let found = messages(protected(quote!(), handler));
        assert!(found.is_empty(), "{parameter}: {found:?}");
    }
    for parameter in [
        quote!(user_id: String),
        quote!(user_id: Vec<u8>),
        quote!(org_id: Result<String, E>),
    ] {
        let handler = quote!(async fn h(#parameter) {});
        let found = messages(public(quote!(), handler));
        let asks_for_protected = found
            .iter()
            .all(|message| message.ends_with("or write `#[protected]`"));
        assert!(found.len() == 1 && asks_for_protected, "{parameter}: {found:?}");
    }
}

#[test]
fn a_message_says_what_would_happen_and_what_to_write() {
    let read = "`uid` would be read from the body of the request";
    for (parameter, of_protected, of_public) in [
        (
            quote!(uid: String),
            [read, "`user_id: UserId`"],
            [read, "`auth.user_id()`"],
        ),
        (
            quote!(uid: Result<Bytes, E>),
            [read, "call it `body`"],
            [read, "`#[extract]`"],
        ),
        (
            quote!((_, uid): (HeaderMap, BytesMut)),
            [read, "`user_id: UserId`"],
            [read, "`auth.user_id()`"],
        ),
        (
            quote!(uid: (HeaderMap, String)),
            [read, "`user_id: UserId`"],
            [read, "`auth.user_id()`"],
        ),
        (
            quote!(uid: (String, HeaderMap)),
            ["axum does not extract `(String, HeaderMap)`", "`body: String`"],
            ["axum does not extract `(String, HeaderMap)`", "`body: String`"],
        ),
        (
            quote!(uid: Vec<u8>),
            [
                "`uid` is not a slot, and axum does not extract `Vec<u8>`",
                "`body: Bytes`",
            ],
            [
                "is given no `uid`, and axum does not extract `Vec<u8>`",
                "`body: Bytes`",
            ],
        ),
        (
            quote!(note: Cow<'static, str>),
            ["axum does not extract `Cow<'static, str>`", "`body: String`"],
            ["a public handler is given no `note`", "`body: String`"],
        ),
        (
            quote!(note: String),
            [
                "`note` would be read",
                "call it `body` if that is meant (or `text`, `payload`,",
            ],
            [
                "`note` would be read",
                "call it `body` if that is meant (or `text`, `payload`,",
            ],
        ),
    ] {
        let [protected, public, ..] = refusals(&parameter);
        for (found, expected) in [(protected, of_protected), (public, of_public)] {
            let [message] = &found[..] else {
                panic!("{parameter}: {found:?}")
            };
            for part in expected {
                assert!(message.contains(part), "{parameter}: {message}");
            }
        }
    }
}

#[test]
fn near_misses_of_slots_keep_their_question() {
    for name in ["usr_id", "sesion_id", "orgid", "clams", "auht"] {
        let name = parse(name);
        for ty in ["String", "Bytes", "Result<String, E>", "(HeaderMap, String)"] {
            let ty = parse(ty);
            let found = messages(protected(quote!(), quote!(async fn h(#name: #ty) {})));
            assert!(
                found.len() == 1 && found[0].contains("did you mean"),
                "{name}: {ty}: {found:?}"
            );
        }
    }
}

#[test]
fn what_may_be_an_alias_is_checked_by_the_compiler() {
    let check = "IsNoBody";
    let h = |parameter: TokenStream| quote!(async fn h(#parameter) {});
    for (handler, is_checked) in [
        (h(quote!(user: Name)), true),
        (h(quote!(user: module::Name)), true),
        (h(quote!(user: Option<Name>)), true),
        (h(quote!(user: <Name as Other>::Type)), true),
        (h(quote!(Path(id): Path<u64>, user: Name)), true),
        (h(quote!(user: Name, user_id: UserId)), true),
        (h(quote!(greeting: Name)), true),
        (h(quote!(user: Name, #[cfg(x)] body: String)), true),
        (h(quote!(user: Name, body: String)), false),
        (h(quote!(body: Name)), false),
        (h(quote!(#[extract] user: Name)), false),
        (h(quote!(_: Name)), false),
        (h(quote!(Name { user }: Name)), false),
        (h(quote!(request: Request)), false),
        (h(quote!(user: Name<'_>)), false),
        (
            quote!(
                async fn h<T>(user: T) {}
            ),
            false,
        ),
        (
            quote!(
                async fn h<T>(user: Wrapper<T>) {}
            ),
            false,
        ),
    ] {
        let [protected, public] = [
            protected(quote!(), handler.clone()),
            public(quote!(), handler.clone()),
        ];
        for expansion in [protected, public] {
            assert_eq!(expansion.to_string().contains(check), is_checked, "{handler}");
        }
    }
    let block = |generics: TokenStream, attribute: TokenStream, ty: TokenStream| {
        let block =
            quote!(#[cfg(y)] impl #generics X #generics { #[#attribute] #[cfg(x)] async fn h(user: #ty) {} });
        handlers(quote!(), block).to_string()
    };
    for attribute in [quote!(protected), quote!(public)] {
        let expansion = block(quote!(), attribute.clone(), quote!(Name));
        assert!(
            expansion.contains("# [cfg (x)] # [cfg (y)] const _ : () = { use"),
            "{expansion}"
        );
        for (generics, ty) in [
            (quote!(<T>), quote!(T)),
            (quote!(), quote!(Self)),
            (quote!(), quote!(Self::Type)),
        ] {
            let expansion = block(generics, attribute.clone(), ty);
            assert!(!expansion.contains(check), "{expansion}");
        }
    }
}

#[test]
fn the_documentation_lists_the_same_names() {
    let source = include_str!("../lib.rs");
    let (_, list) = source.split_once("A body is called ").unwrap();
    let (list, _) = list.split_once('.').unwrap();
    let documented: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
    assert_eq!(documented, BODY_NAMES);
}

#[test]
fn the_body_is_taken_once_and_last() {
    for (parameters, expected) in [
        (
            quote!(Json(a): Json<u8>, Path(b): Path<u8>),
            "`Json` takes the body",
        ),
        (
            quote!(a: Request, user_id: UserId, b: Method),
            "`Request` takes the body",
        ),
        (quote!(a: Option<Json<u8>>, b: Method), "`Json` takes the body"),
        (
            quote!(Form(a): Form<u8>, b: Method, body: String),
            "`Form` and `String` both take",
        ),
    ] {
        let found = messages(protected(quote!(), quote!(async fn h(#parameters) {})));
        assert_eq!(found.len(), 1, "{parameters}: {found:?}");
        assert!(found[0].starts_with(expected), "{found:?}");
    }
    let webhook = quote!(
        async fn h(Webhook(a): Webhook, b: Method) {}
    );
    let found = messages(public(quote!(), webhook));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("`Webhook` takes the body"), "{found:?}");
    for parameters in [
        quote!(Path(b): Path<u8>, Json(a): Json<u8>),
        quote!(Json(a): Json<u8>, user_id: UserId),
        quote!(#[extract] Json(a): Json<u8>, b: Method),
        quote!(#[cfg(a)] Json(a): Json<u8>, #[cfg(not(a))] Form(a): Form<u8>),
    ] {
        let found = messages(protected(quote!(), quote!(async fn h(#parameters) {})));
        assert_eq!(found, Vec::<String>::new(), "{parameters}");
    }
}

#[test]
fn what_axum_does_not_extract_is_told_where_it_could_be() {
    for (parameter, expected) in [
        (quote!(id: u64), "`Path(..): Path<u64>`"),
        (quote!(id: uuid::Uuid), "`Path(..): Path<uuid::Uuid>`"),
        (quote!(item: Value), "`Json(..): Json<Value>`"),
        (quote!(clerk: Clerk), "`State(clerk): State<Clerk>`"),
    ] {
        for found in refusals(&parameter) {
            assert_eq!(found.len(), 1, "{parameter}: {found:?}");
            assert!(found[0].contains(expected), "{found:?}");
        }
    }
}

#[test]
fn an_extension_is_not_what_was_verified() {
    for parameter in [
        quote!(Extension(user_id): Extension<UserId>),
        quote!(Extension(who): axum::Extension<Claims<Mine>>),
    ] {
        for found in refusals(&parameter) {
            assert_eq!(found.len(), 1, "{parameter}: {found:?}");
        }
    }
    for parameter in [
        quote!(Extension(user): Extension<User>),
        quote!(#[extract] Extension(user_id): Extension<UserId>),
        quote!(#[extract] Path(user_id): Path<UserId>),
        quote!(Path(user_id): Path<String>),
    ] {
        for found in refusals(&parameter) {
            assert_eq!(found, Vec::<String>::new(), "{parameter}");
        }
    }
}

#[test]
fn an_id_that_the_caller_writes_is_not_taken_for_a_verified_one() {
    for parameter in [
        quote!(Path(id): Path<UserId>),
        quote!(Path((id, page)): Path<(clerk_runtime::UserId, u32)>),
        quote!(id: Option<Path<OrgId>>),
        quote!(id: Result<axum::extract::Path<SessionId>, PathRejection>),
        quote!(Query(id): Query<OrgId>),
        quote!(Json(id): Json<UserId>),
        quote!(Json(id): Json<Option<UserId>>),
        quote!(Form(id): Form<SessionId>),
    ] {
        for found in refusals(&parameter) {
            assert_eq!(found.len(), 1, "{parameter}: {found:?}");
            assert!(found[0].contains("it is not verified"), "{parameter}: {found:?}");
        }
        let marked = refusals(&quote!(#[extract] #parameter));
        assert_eq!(marked, [const { Vec::<String>::new() }; 4], "{parameter}");
    }
}

#[test]
fn a_webhook_is_for_a_public_handler_that_verifies_it() {
    for parameter in [
        quote!(Webhook(event): Webhook),
        quote!(event: Result<clerk_runtime::Webhook, WebhookRejection>),
    ] {
        let [protected, public, protected_method, public_method] = refusals(&parameter);
        for found in [protected, protected_method] {
            assert_eq!(found.len(), 1, "{parameter}: {found:?}");
            assert!(
                found[0].contains("Clerk sends webhooks without a token"),
                "{found:?}"
            );
        }
        assert_eq!(
            [public, public_method],
            [const { Vec::<String>::new() }; 2],
            "{parameter}"
        );
    }
    for parameter in [
        quote!(event: WebhookEvent),
        quote!(Json(event): Json<WebhookEvent>),
        quote!(event: Option<Json<WebhookEvent>>),
        quote!(Extension(event): Extension<WebhookEvent>),
        quote!(event: Option<Webhook>),
    ] {
        let [_, public, _, public_method] = refusals(&parameter);
        for found in [public, public_method] {
            assert_eq!(found.len(), 1, "{parameter}: {found:?}");
            assert!(found[0].contains("write `Webhook(event): Webhook`"), "{found:?}");
        }
    }
}
