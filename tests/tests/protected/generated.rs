//! Handlers that a `macro_rules` macro writes.

use clerk_runtime::{Clerk, OrgId, UserId, handlers, permissions, protected, roles};
use http::StatusCode;

use crate::support::World;

macro_rules! handler {
    ($(#[$meta:meta])* $vis:vis $name:ident($value:ident: $ty:ty) -> $output:ty $body:block) => {
        $(#[$meta])*
        #[protected]
        $vis async fn $name($value: $ty, _org_id: &OrgId) -> $output $body
    };
}

handler!(pub(crate) owned(user_id: UserId) -> String { user_id.into() });
handler!(borrowed(user_id: &str) -> String { user_id.to_owned() });
handler!(by_type(me: &UserId) -> String { me.to_string() });

macro_rules! hygienic {
    ($name:ident, $slot:ident, $runtime:path, $pattern:pat) => {
        #[protected(crate = $runtime)]
        async fn $name($pattern: UserId, #[auth($slot)] id: &str) -> String {
            let user_id = id;
            format!("{user_id}")
        }
    };
}

hygienic!(from_fragments, session_id, ::clerk_runtime, ref _user);

macro_rules! whole {
    ($item:item) => {
        #[protected]
        $item
    };
}

whole! {
    async fn item(user_id: &str) -> String {
        user_id.to_owned()
    }
}

macro_rules! keys {
    ($vis:vis $name:ident { $($key:ident = $text:literal),* }) => {
        permissions! { $vis $name { $($key = $text),* } }
    };
}

keys!(pub(crate) Perm { Read = "org:invoices:read", Write = "org:invoices:write" });

roles! { Roles { Admin = "org:admin" } }

macro_rules! requires {
    ($name:ident, $role:path, $permission:literal, $level:literal, $minutes:literal, $token:literal, $state:ty) => {
        #[protected(
            token = any($token),
            state = $state,
            any(role = $role, all(permission = $permission, reverification(level = $level, after_minutes = $minutes))),
        )]
        async fn $name(_user_id: &str) {}
    };
}

requires!(
    with_fragments,
    Roles::Admin,
    "org:invoices:read",
    "first_factor",
    5,
    "session_token",
    Clerk
);

macro_rules! requires_tokens {
    ($name:ident, $($requirement:tt)*) => {
        #[protected($($requirement)*)]
        async fn $name() {}
    };
}

requires_tokens!(with_tokens, any(permission = Perm::Write, role = "org:admin"));

macro_rules! requires_expression {
    ($name:ident, $key:expr) => {
        #[protected(permission = $key)]
        async fn $name() {}
    };
}

requires_expression!(with_constant_expression, Perm::Read);
requires_expression!(with_text_expression, "org:invoices:read");

macro_rules! block {
    ($ty:ty, $name:ident, $role:path, $body:block) => {
        #[handlers]
        impl $ty {
            #[protected(role = $role)]
            async fn $name(_user_id: &str) -> String $body
        }
    };
}

struct Invoices;

block!(Invoices, list, Roles::Admin, { "listed".to_owned() });

#[tokio::test]
async fn requirements_from_macros_are_enforced() {
    let world = World::new().await;
    let ada = || world.instance.user("ada").org("acme");
    let admin = ada().role("org:admin").bearer();
    let reader = || ada().permissions(["org:invoices:read"]);
    let (fresh, stale) = (reader().bearer(), reader().fva(6, -1).bearer());
    macro_rules! statuses {
        ($handler:expr) => {{
            let mut statuses = Vec::new();
            for bearer in [
                None,
                Some(&*world.bearer),
                Some(&admin),
                Some(&fresh),
                Some(&stale),
            ] {
                statuses.push(world.call_as(bearer, $handler).await.0.as_u16());
            }
            statuses
        }};
    }
    assert_eq!(statuses!(with_fragments), [401, 403, 200, 200, 403]);
    assert_eq!(statuses!(with_tokens), [401, 403, 200, 403, 403]);
    assert_eq!(statuses!(with_constant_expression), [401, 403, 403, 200, 200]);
    assert_eq!(statuses!(with_text_expression), [401, 403, 403, 200, 200]);
    assert_eq!(statuses!(Invoices::list), [401, 403, 200, 403, 403]);
    assert_eq!(
        world.call_as(Some(&admin), Invoices::list).await,
        (StatusCode::OK, "listed".into())
    );
    assert_eq!(Perm::ALL.len(), 2);
}

#[tokio::test]
async fn handlers_from_macros_run() {
    let world = World::new().await;
    let ada = world.user_id();
    assert_eq!(world.call(owned).await.1, ada);
    assert_eq!(world.call(borrowed).await.1, ada);
    assert_eq!(world.call(by_type).await.1, ada);
    assert!(world.call(from_fragments).await.1.starts_with("sess_"));
    assert_eq!(world.call(item).await.1, ada);
}
