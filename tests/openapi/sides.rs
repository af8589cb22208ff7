//! `#[utoipa::path]` above and below the attribute: the same operation.

use clerk_runtime::openapi::routes;
use clerk_runtime::routing::get;
use clerk_runtime::{Clerk, GuardedRouter, MachineAuth, UserId, permissions, protected, public};
use serde_json::Value;
use utoipa::OpenApi;
use utoipa::openapi::path::Paths;

use crate::support::{shown, statuses};

permissions! {
    Perm { Read = "org:invoices:read" }
}

macro_rules! both_sides {
    ($($name:ident [$($doc:literal)*] #[$access:meta] ($($parameter:ident: $type:ty)?);)*) => {
        mod above {
            use super::*;
            $(
                $(#[doc = $doc])*
                #[utoipa::path(get, path = concat!("/", stringify!($name)), responses((status = 200)))]
                #[$access]
                pub(super) async fn $name($($parameter: $type)?) {
                    $(let _ = $parameter;)?
                }
            )*
        }

        mod below {
            use super::*;
            $(
                $(#[doc = $doc])*
                #[$access]
                #[utoipa::path(get, path = concat!("/", stringify!($name)), responses((status = 200)))]
                pub(super) async fn $name($($parameter: $type)?) {
                    $(let _ = $parameter;)?
                }
            )*
        }

        /// Operations by the macro and by the table, each above and below.
        fn operations() -> Vec<(&'static str, [Value; 4])> {
            #[derive(OpenApi)]
            #[openapi(paths($(above::$name),*))]
            struct Above;
            #[derive(OpenApi)]
            #[openapi(paths($(below::$name),*))]
            struct Below;

            let by_table = |table: clerk_runtime::AccessTable, mut api: utoipa::openapi::OpenApi| {
                assert!(table.document(&mut api).is_empty());
                api.paths
            };
            let above: GuardedRouter<Clerk> = GuardedRouter::new()
                $(.route(concat!("/", stringify!($name)), get(above::$name)))*;
            let below: GuardedRouter<Clerk> = GuardedRouter::new()
                $(.route(concat!("/", stringify!($name)), get(below::$name)))*;
            let above = by_table(above.access_table(), Above::openapi());
            let below = by_table(below.access_table(), Below::openapi());
            let of = |paths: &Paths, name: &str| {
                let mut operation = shown(&paths.paths[&format!("/{name}")])["get"].take();
                // The names of the modules, which tell the sides apart.
                operation.as_object_mut().unwrap().remove("tags");
                operation
            };
            vec![$({
                let (_, by_macro_above, _): clerk_runtime_routes!() = routes!(above::$name);
                let (_, by_macro_below, _): clerk_runtime_routes!() = routes!(below::$name);
                let name = stringify!($name);
                (name, [
                    of(&by_macro_above, name),
                    of(&by_macro_below, name),
                    of(&above, name),
                    of(&below, name),
                ])
            }),*]
        }
    };
}

macro_rules! clerk_runtime_routes {
    () => {
        utoipa_axum::router::UtoipaMethodRouter<Clerk>
    };
}

both_sides! {
    open [" Anyone."] #[public] ();
    undocumented_open [] #[public] ();
    signed_in [" Somebody."] #[protected] (user_id: UserId);
    undocumented [] #[protected] (user_id: &str);
    long [" One line." "" " And another," " and one more." "" " The last."]
        #[protected(role = "org:admin")] ();
    constant [] #[protected(permission = Perm::Read)] ();
    nested [] #[protected(any(permission = Perm::Read, all(role = "org:admin", plan = "pro")))] ();
    fresh [] #[protected(reverification = "strict")] ();
    key [] #[protected(token = "api_key", scope = "invoices:read")] (machine: MachineAuth);
    either [] #[protected(token = any("oauth_token", "session_token"), any(role = "org:admin", scope = "read"))] ();
    page [] #[protected(redirect_to_sign_in)] ();
}

#[test]
fn both_sides_give_the_same_operation() {
    let all = operations();
    assert_eq!(all.len(), 11);
    for (name, operations) in all {
        let [first, others @ ..] = &operations;
        assert!(first["security"].is_array(), "{name}");
        for other in others {
            assert_eq!(first, other, "{name}");
        }
        let access = first["description"].as_str().unwrap();
        assert_eq!(access.matches("Access: ").count(), 1, "{access}");
        assert_eq!(statuses(first).contains(&"401"), !name.contains("open"), "{name}");
    }
}
