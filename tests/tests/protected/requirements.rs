//! What handlers require, in quotes and as constants, and what those are answered who do not have it.

use axum::handler::Handler;
use clerk_runtime::authorize::{Reverification, ReverificationLevel};
use clerk_runtime::{Clerk, features, permissions, plans, protected, roles};
use clerk_testing::TokenBuilder;
use http::{StatusCode, header};
use serde_json::{Value, json};

use crate::support::World;

permissions! {
    /// What members may do.
    pub(crate) Perm {
        InvoicesRead = "org:invoices:read",
        /// Also sends them.
        InvoicesWrite = "org:invoices:write",
    }
}

roles! {
    Roles {
        Admin = "org:admin",
        Billing = "org:billing",
    }
}

features! { Features { Export = "export", Reports = "org:reports" } }

plans! {
    Plans {
        Pro = "org:pro",
        Free = "user:free",
    }
}

const HOURLY: Reverification = Reverification::Custom {
    level: ReverificationLevel::FirstFactor,
    after_minutes: 60.0,
};

#[protected(role = "org:admin")]
async fn role_in_quotes() {}

#[protected(role = Roles::Admin)]
async fn role() {}

#[protected(permission = Perm::InvoicesRead)]
async fn permission() {}

#[protected(feature = Features::Reports, plan = Plans::Pro)]
async fn feature_and_plan() {}

#[protected(all(any(role = Roles::Admin, all(permission = Perm::InvoicesRead, any(plan = Plans::Pro, feature = Features::Reports)))))]
async fn nested() {}

#[protected(any(
    role = "org:admin",
    all(
        permission = "org:invoices:read",
        any(plan = "org:pro", feature = "org:reports")
    )
))]
async fn nested_in_quotes() {}

#[protected(any(role = "org:billing", role = Roles::Admin), any(plan = Plans::Free, plan = Plans::Pro))]
async fn two_lists() {}

/// The statuses for nobody, and for callers who have ever more.
async fn statuses<H, T>(world: &World, handler: H) -> [u16; 7]
where
    H: Handler<T, Clerk>,
    T: 'static,
{
    let ada = || world.instance.user("ada").org("acme");
    let reader = || ada().permissions(["org:invoices:read"]);
    let mut statuses = [0; 7];
    for (at, caller) in [
        None,
        Some(world.instance.user("ada").role("org:admin")),
        Some(ada()),
        Some(ada().role("org:admin")),
        Some(reader()),
        Some(reader().plans(["o:pro"])),
        Some(
            reader()
                .plans(["o:pro"])
                .features(["o:reports"])
                .role("org:admin"),
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let bearer = caller.map(|caller: TokenBuilder| caller.bearer());
        statuses[at] = world.call_as(bearer.as_deref(), handler.clone()).await.0.as_u16();
    }
    statuses
}

#[tokio::test]
async fn requirements_are_enforced_at_all_depths() {
    let world = World::new().await;
    let admins = [401, 403, 403, 200, 403, 403, 200];
    assert_eq!(statuses(&world, role_in_quotes).await, admins);
    assert_eq!(statuses(&world, role).await, admins);
    assert_eq!(
        statuses(&world, permission).await,
        [401, 403, 403, 403, 200, 200, 200]
    );
    assert_eq!(
        statuses(&world, feature_and_plan).await,
        [401, 403, 403, 403, 403, 403, 200]
    );
    let nested_expected = [401, 403, 403, 200, 403, 200, 200];
    assert_eq!(statuses(&world, nested).await, nested_expected);
    assert_eq!(statuses(&world, nested_in_quotes).await, nested_expected);
    assert_eq!(
        statuses(&world, two_lists).await,
        [401, 403, 403, 403, 403, 403, 200]
    );
}

#[protected(reverification = "strict")]
async fn strict() {}

#[protected(reverification(after_minutes = 2.5, level = "first_factor"))]
async fn own_measure() {}

#[protected(role = Roles::Admin, reverification = HOURLY)]
async fn admin_within_the_hour() {}

/// What a caller is answered whose factors were verified so many minutes ago.
async fn answer<H, T>(world: &World, role: &str, (first, second): (i64, i64), handler: H) -> (u16, Value)
where
    H: Handler<T, Clerk>,
    T: 'static,
{
    let caller = world
        .instance
        .user("ada")
        .org("acme")
        .role(role)
        .fva(first, second);
    let (status, body) = world.call_as(Some(&caller.bearer()), handler).await;
    (status.as_u16(), serde_json::from_str(&body).unwrap_or_default())
}

fn reverify(metadata: Value) -> (u16, Value) {
    let error = json!({
        "type": "forbidden",
        "reason": "reverification-error",
        "metadata": { "reverification": metadata },
    });
    (403, json!({ "clerk_error": error }))
}

#[tokio::test]
async fn stale_factors_are_answered_as_clerk_does() {
    let world = World::new().await;
    let fine = (200, Value::Null);
    let denied = (403, json!({ "error": "Not authorized" }));
    let member = "org:member";
    assert_eq!(answer(&world, member, (30, 9), strict).await, fine);
    assert_eq!(
        answer(&world, member, (1, 30), strict).await,
        reverify(json!("strict"))
    );
    assert_eq!(answer(&world, member, (2, -1), own_measure).await, fine);
    assert_eq!(
        answer(&world, member, (3, 0), own_measure).await,
        reverify(json!({ "level": "first_factor", "afterMinutes": 2.5 })),
    );
    let admin = "org:admin";
    assert_eq!(answer(&world, admin, (59, -1), admin_within_the_hour).await, fine);
    assert_eq!(
        answer(&world, admin, (61, -1), admin_within_the_hour).await,
        reverify(json!({ "level": "first_factor", "afterMinutes": 60 })),
    );
    // Verifying again would not help.
    assert_eq!(
        answer(&world, member, (61, -1), admin_within_the_hour).await,
        denied
    );
}

#[protected(token = "api_key", scope = "invoices:read", scope = "invoices:list")]
async fn list() {}

#[protected(token = any("session_token", "api_key"), any(permission = Perm::InvoicesWrite, scope = "invoices:write"))]
async fn either() {}

#[tokio::test]
async fn denials_say_what_helps_and_nothing_else() {
    let world = World::new().await;
    let denied = world.respond(Some(&world.bearer), role).await;
    assert_eq!(denied.status(), StatusCode::FORBIDDEN);
    assert_eq!(denied.body(), r#"{"error":"Not authorized"}"#);
    assert_eq!(denied.headers()[header::CONTENT_TYPE], "application/json");
    assert!(!denied.headers().contains_key(header::WWW_AUTHENTICATE));

    let stale = world.instance.user("ada").fva(11, 11).bearer();
    let denied = world.respond(Some(&stale), strict).await;
    assert_eq!(denied.status(), StatusCode::FORBIDDEN);
    assert_eq!(denied.headers()[header::CONTENT_TYPE], "application/json");
    assert!(!denied.headers().contains_key(header::WWW_AUTHENTICATE));

    let key = world.instance.api_key("ada").scopes(["invoices:list"]).bearer();
    let denied = world.respond(Some(&key), list).await;
    assert_eq!(denied.status(), StatusCode::FORBIDDEN);
    assert_eq!(denied.body(), r#"{"error":"Not authorized"}"#);
    assert_eq!(
        denied.headers()[header::WWW_AUTHENTICATE],
        r#"Bearer error="insufficient_scope", scope="invoices:read invoices:list""#
    );
    let key = world
        .instance
        .api_key("ada")
        .scopes(["invoices:read", "invoices:list"])
        .bearer();
    assert_eq!(world.respond(Some(&key), list).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_list_may_ask_sessions_and_machines_for_different_things() {
    let world = World::new().await;
    let writer = world
        .instance
        .user("ada")
        .org("acme")
        .permissions(["org:invoices:write"]);
    let key = |scope: &str| world.instance.api_key("ada").scopes([scope]).bearer();
    for (bearer, expected) in [
        (writer.bearer(), StatusCode::OK),
        (key("invoices:write"), StatusCode::OK),
        (key("invoices:read"), StatusCode::FORBIDDEN),
        (world.bearer.clone(), StatusCode::FORBIDDEN),
    ] {
        assert_eq!(world.call_as(Some(&bearer), either).await.0, expected);
    }
    assert_eq!(world.call_as(None, either).await.0, StatusCode::UNAUTHORIZED);
}

#[test]
fn declared_keys_are_listed_in_order() {
    assert_eq!(Perm::ALL, [Perm::InvoicesRead, Perm::InvoicesWrite]);
    assert_eq!(Roles::ALL, [Roles::Admin, Roles::Billing]);
    assert_eq!(Features::ALL, [Features::Export, Features::Reports]);
    assert_eq!(Plans::ALL, [Plans::Pro, Plans::Free]);
    assert_eq!(Plans::Free.0, "user:free");
}
